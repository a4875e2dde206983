/* linear.h: y = x W' + b, PyTorch's nn.Linear. */
#ifndef LAYERS_LINEAR_H
#define LAYERS_LINEAR_H

#include "layers/params.h"

typedef struct Linear {
	Var *weight; /* (out,in) */
	Var *bias;   /* (out), or NULL: none */
} Linear;

/* Parameters "name.weight" and "name.bias", both U(-1/sqrt(in), 1/sqrt(in)), as PyTorch's
 * default. Stops unless both sizes are at least 1. */
Linear linear_new_at(
        Site site, Params *params, const char *name, int in, int out, Rng *rng);
/* The same without a bias: y = x W'. */
Linear linear_plain_new_at(
        Site site, Params *params, const char *name, int in, int out, Rng *rng);
#define linear_new(...)       linear_new_at(HERE, __VA_ARGS__)
#define linear_plain_new(...) linear_plain_new_at(HERE, __VA_ARGS__)

/* (...,in) -> (...,out): every dimension but the last is kept. */
Var *linear_forward_at(Site site, const Linear *linear, Tape *tape, Var *x);
#define linear_forward(...) linear_forward_at(HERE, __VA_ARGS__)

#endif
