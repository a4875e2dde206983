/* layernorm.h: each row brought to mean 0 and variance 1, then scaled (Ba, Kiros & Hinton
 * 2016), PyTorch's nn.LayerNorm over the last dimension. */
#ifndef LAYERS_LAYERNORM_H
#define LAYERS_LAYERNORM_H

#include "layers/params.h"

typedef struct LayerNorm {
	Var *weight, *bias; /* (N) */
	/* added to the variance, so that equal numbers do not divide by 0 */
	real epsilon;
} LayerNorm;

/* Parameters "name.weight", all 1, and "name.bias", all 0; epsilon 1e-5. Stops if width
 * is not at least 1. */
LayerNorm layernorm_new_at(Site site, Params *params, const char *name, int width);
#define layernorm_new(...) layernorm_new_at(HERE, __VA_ARGS__)

/* (...,N) -> (...,N), each row by itself. In a padded sequence the bias fills the padding
 * too: sequence_mask clears it. */
Var *layernorm_forward_at(Site site, const LayerNorm *norm, Tape *tape, Var *x);
#define layernorm_forward(...) layernorm_forward_at(HERE, __VA_ARGS__)

#endif
