/* rmsnorm.h: each row brought to a mean square of 1, then scaled (Zhang & Sennrich 2019),
 * PyTorch's nn.RMSNorm: LayerNorm without the mean and without a bias. */
#ifndef LAYERS_RMSNORM_H
#define LAYERS_RMSNORM_H

#include "layers/params.h"

typedef struct RmsNorm {
	Var *weight;  /* (N) */
	real epsilon; /* added to the mean square, so that zeros do not divide by 0 */
} RmsNorm;

/* Parameter "name.weight", all 1; epsilon 1e-5. Stops if width is not at least 1. */
RmsNorm rmsnorm_new_at(Site site, Params *params, const char *name, int width);
#define rmsnorm_new(...) rmsnorm_new_at(HERE, __VA_ARGS__)

/* (...,N) -> (...,N), each row by itself; rows of zeros stay zero. */
Var *rmsnorm_forward_at(Site site, const RmsNorm *norm, Tape *tape, Var *x);
#define rmsnorm_forward(...) rmsnorm_forward_at(HERE, __VA_ARGS__)

#endif
