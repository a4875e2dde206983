/* embedding.h: one vector for each id, PyTorch's nn.Embedding. */
#ifndef LAYERS_EMBEDDING_H
#define LAYERS_EMBEDDING_H

#include "layers/params.h"
#include "layers/sequence.h"

typedef struct Embedding {
	Var *weight; /* (V,E) */
	/* the id whose row is zero and stays so; EMBEDDING_NO_PADDING: none */
	int padding;
} Embedding;

enum { EMBEDDING_NO_PADDING = -1 };

/* Parameter "name.weight" of `ids` vectors of `width` numbers, N(0,1) as PyTorch's
 * default, the row of `padding` zero. Vectors trained elsewhere are written over
 * weight->value; params_freeze keeps them as they are. Stops if a size is less than 1
 * or `padding` is not an id. */
Embedding embedding_new_at(Site site, Params *params, const char *name, int ids,
        int width, int padding, Rng *rng);
#define embedding_new(...) embedding_new_at(HERE, __VA_ARGS__)

/* ids (B,T), utterance b's in its first lengths[b] steps -> (B,T,E). Ids after a length
 * are not read. `ids` and `lengths` are kept: they live as long as the tape's step. Stops
 * if a length is not 1..T or an id not 0..V-1. */
Sequence embedding_forward_at(Site site, const Embedding *embedding, Tape *tape,
        const int ids[], int B, int T, const int lengths[]);
#define embedding_forward(...) embedding_forward_at(HERE, __VA_ARGS__)

#endif
