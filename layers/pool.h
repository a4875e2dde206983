/* pool.h: many steps to one: over a whole utterance, or over windows of it. Padding takes
 * no part.
 *
 * (B,T,F) -> (B,F) over the valid steps of each utterance, or -> (B,ceil(T/window),F). */
#ifndef LAYERS_POOL_H
#define LAYERS_POOL_H

#include "layers/sequence.h"

/* The largest of each feature. The gradient goes to that step alone, the first of equals.
 * A NaN counts as the largest, so that it is not lost. */
Var *pool_max_at(Site site, Tape *tape, Sequence s);
Var *pool_mean_at(Site site, Tape *tape, Sequence s);
Var *pool_last_at(Site site, Tape *tape, Sequence s); /* step lengths[b]-1 */
#define pool_max(...)  pool_max_at(HERE, __VA_ARGS__)
#define pool_mean(...) pool_mean_at(HERE, __VA_ARGS__)
#define pool_last(...) pool_last_at(HERE, __VA_ARGS__)

/* The largest in each window of `window` steps, one beside the other (PyTorch's
 * nn.MaxPool1d with ceil_mode): the last window of an utterance may be shorter. The
 * result has lengths of its own, ceil(length/window), which live as long as the tape's
 * step. Stops if window is less than 1. */
Sequence max_pool1d_at(Site site, Tape *tape, Sequence s, int window);
#define max_pool1d(...) max_pool1d_at(HERE, __VA_ARGS__)

/* Without the tape, for layers that pool by themselves: best_f = max_t x_tf of x
 * (steps,F), winner_f the first t that has it. At least one step. */
void pool_max_over(const real *x, int steps, int F, real *best, int *winner);

#endif
