/* pool_attention.h: many steps to one, a weighted mean that learns which steps matter
 * (Yang et al. 2016; of speech emotion: Mirsamadi, Barsoum & Zhang 2017). The other
 * poolings are in pool.h. */
#ifndef LAYERS_POOL_ATTENTION_H
#define LAYERS_POOL_ATTENTION_H

#include "layers/linear.h"
#include "layers/sequence.h"

typedef struct PoolAttention {
	/* F -> 1, without a bias: the same added to all scores changes nothing */
	Linear score;
} PoolAttention;

/* Parameter "name.weight" (1,F), as Linear's. Stops unless width is at least 1. */
PoolAttention pool_attention_new_at(
        Site site, Params *params, const char *name, int width, Rng *rng);
#define pool_attention_new(...) pool_attention_new_at(HERE, __VA_ARGS__)

/* (B,T,F) -> (B,F) over the valid steps. `weights`, if not NULL, becomes how much was
 * taken of each step: (B,1,T), zero in the padding. */
Var *pool_attention_at(
        Site site, const PoolAttention *pool, Tape *tape, Sequence s, Var **weights);
#define pool_attention(...) pool_attention_at(HERE, __VA_ARGS__)

#endif
