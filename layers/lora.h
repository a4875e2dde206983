/* lora.h: a Linear that may be given an adapter of low rank (Hu et al. 2021), as peft
 * writes it:
 *
 *     y = x W' + b + (alpha / r) (x A') B'        A (r,in), B (out,r)
 *
 * A large model is tuned by its adapters alone: W and b are frozen (params_freeze), and r
 * (in + out) numbers learn instead of in times out. B begins at 0, so that an adapter
 * begins as nothing. */
#ifndef LAYERS_LORA_H
#define LAYERS_LORA_H

#include "layers/linear.h"

typedef struct Lora {
	Linear linear;
	Var *a, *b; /* (r,in) and (out,r); NULL: the Linear as it is */
	real scale; /* alpha / r */
} Lora;

/* Without an adapter: parameter "name.weight" N(0, deviation^2), and "name.bias" 0 if it
 * has a bias: how the blocks of a language model begin. */
Lora lora_linear_new_at(Site site, Params *params, const char *name, int in, int out,
        bool bias, real deviation, Rng *rng);
#define lora_linear_new(...) lora_linear_new_at(HERE, __VA_ARGS__)

/* Gives it an adapter: parameters "NAME.lora_A.weight", U(-1/sqrt(in), 1/sqrt(in)), and
 * "NAME.lora_B.weight", 0, where "NAME.weight" is the weight's name. Nothing is frozen.
 * Stops unless rank is at least 1, if it has one already, or if its weight has no name. */
void lora_add_at(Site site, Lora *lora, Params *params, int rank, real alpha, Rng *rng);
#define lora_add(...) lora_add_at(HERE, __VA_ARGS__)

/* (...,in) -> (...,out). */
Var *lora_forward_at(Site site, const Lora *lora, Tape *tape, Var *x);
#define lora_forward(...) lora_forward_at(HERE, __VA_ARGS__)

/* W += (alpha / r) B A, and B = 0: the same answers from the Linear alone. Copies of the
 * weight that are kept (autograd/fast/kept.h) must be refreshed. Stops where the weight
 * is only as its file holds it: there is no room for a sum. */
void lora_merge_at(Site site, const Lora *lora);
#define lora_merge(...) lora_merge_at(HERE, __VA_ARGS__)

#endif
