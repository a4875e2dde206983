/* embedding_bag.h: one vector for a bag of ids, the weighted sum of their rows: PyTorch's
 * nn.EmbeddingBag, sparse. */
#ifndef LAYERS_EMBEDDING_BAG_H
#define LAYERS_EMBEDDING_BAG_H

#include "layers/params.h"

/* A table of which a step reads few rows: its gradient is sparse
 * (autograd/fast/touched.h), so that forward, backward and optimiser take time by the
 * rows that occur, not by those that there are. Parameter "name.weight" (ids,width), all 0
 * at first: what was never seen says nothing. So what reads the vectors must not begin
 * at 0. Stops if a size is less than 1. */
Var *embedding_bag_new_at(
        Site site, Params *params, const char *name, int ids, int width);
#define embedding_bag_new(...) embedding_bag_new_at(HERE, __VA_ARGS__)

typedef struct Bags {
	int count;
	const int *ends;     /* (count): where in `ids` the next bag begins */
	const int *ids;      /* of all bags, one after the other */
	const real *weights; /* of each id */
} Bags;

/* -> (count,width); of an empty bag 0. Ids and weights are kept: they live as long as the
 * tape's step. Stops if an id is no row of the table. */
Var *embedding_bag_forward_at(Site site, Var *weight, Tape *tape, const Bags *bags);
#define embedding_bag_forward(...) embedding_bag_forward_at(HERE, __VA_ARGS__)

#endif
