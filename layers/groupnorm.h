/* groupnorm.h: each picture brought to mean 0 and variance 1, its numbers of a pixel in some
 * groups, then scaled (Wu & He 2018): PyTorch's nn.GroupNorm on pixels whose numbers lie side
 * by side. Unlike batch normalisation it knows no other picture: one gives the same bits
 * alone and in any batch, and nothing has to be remembered for prediction. */
#ifndef LAYERS_GROUPNORM_H
#define LAYERS_GROUPNORM_H

#include "layers/params.h"

typedef struct GroupNorm {
	Var *weight, *bias; /* (C) */
	int groups;
	/* added to the variance, so that equal numbers do not divide by 0 */
	real epsilon;
} GroupNorm;

/* Parameters "name.weight", all 1, and "name.bias", all 0; epsilon 1e-5. Stops unless width
 * is a multiple of groups, and both are at least 1. */
GroupNorm groupnorm_new_at(
        Site site, Params *params, const char *name, int width, int groups);
#define groupnorm_new(...) groupnorm_new_at(HERE, __VA_ARGS__)

/* (B,...,C) -> the same shape: over all numbers of a picture that belong to one group. Stops
 * where x has less than two dimensions, or another C. */
Var *groupnorm_forward_at(Site site, const GroupNorm *norm, Tape *tape, Var *x);
#define groupnorm_forward(...) groupnorm_forward_at(HERE, __VA_ARGS__)

#endif
