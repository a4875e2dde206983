/* loss_regression.h: numbers to come near to: valence, arousal. */
#ifndef LAYERS_LOSS_REGRESSION_H
#define LAYERS_LOSS_REGRESSION_H

#include "autograd/tape.h"

/* x and targets of one shape -> scalar; the targets are kept.
 *
 * The mean of (x - target)^2; divided by total_weight, 0: the number of elements. */
Var *loss_mean_squared_at(
        Site site, Tape *tape, Var *x, Tensor targets, real total_weight);
/* The mean of |x - target|, likewise: where a few targets are far out, these count less. */
Var *loss_mean_absolute_at(
        Site site, Tape *tape, Var *x, Tensor targets, real total_weight);
/* 1 - CCC, Lin's concordance (1989), of (B), or the mean over D columns of (B,D):
 * valence, arousal. It belongs to a batch as a whole and cannot be summed over shards.
 * Where neither x nor the targets vary, CCC is taken as 0. Stops unless B is at least
 * 2. */
Var *loss_concordance_at(Site site, Tape *tape, Var *x, Tensor targets);
#define loss_mean_squared(...)  loss_mean_squared_at(HERE, __VA_ARGS__)
#define loss_mean_absolute(...) loss_mean_absolute_at(HERE, __VA_ARGS__)
#define loss_concordance(...)   loss_concordance_at(HERE, __VA_ARGS__)

#endif
