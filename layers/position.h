/* position.h: where in the sequence a step stands. Attention sees a set, not an order:
 * what it should know of the order has to stand in the steps themselves (Vaswani et al.
 * 2017, 3.5).
 *
 *     Position position = position_new(&params, "pos", 512, D, &rng);       learned
 *     Position position = position_sinusoidal_new(arena, 512, D);           or fixed
 *     x = position_forward(&position, &tape, x);
 */
#ifndef LAYERS_POSITION_H
#define LAYERS_POSITION_H

#include "layers/params.h"
#include "layers/sequence.h"

typedef struct Position {
	Var *weight; /* (longest,D): row t is added to step t */
} Position;

/* One learned vector for each of 0..longest-1: parameter "name.weight", N(0,1) as
 * PyTorch's nn.Embedding. Stops unless both sizes are at least 1. */
Position position_new_at(
        Site site, Params *params, const char *name, int longest, int width, Rng *rng);
#define position_new(...) position_new_at(HERE, __VA_ARGS__)

/* Sines and cosines of falling frequency, nothing to learn and nothing to save: feature
 * 2i of step t is sin(t / 10000^(2i/D)), feature 2i+1 the cosine of the same. The
 * table lives in `arena`. */
Position position_sinusoidal_new_at(Site site, Arena *arena, int longest, int width);
#define position_sinusoidal_new(...) position_sinusoidal_new_at(HERE, __VA_ARGS__)

/* (B,T,D) -> (B,T,D); padding stays zero. Stops where T is more than `longest`, or D
 * another. */
Sequence position_forward_at(Site site, const Position *position, Tape *tape, Sequence x);
#define position_forward(...) position_forward_at(HERE, __VA_ARGS__)
/* The same of steps that come after before[b] others of their utterance; NULL: none. */
Sequence position_after_at(
        Site site, const Position *position, Tape *tape, Sequence x, const int before[]);
#define position_after(...) position_after_at(HERE, __VA_ARGS__)

#endif
