/* heads.h: softmax(Q K' / sqrt(d)) V for several heads side by side: the operation that
 * every attention is made of (attention.h, grouped.h). */
#ifndef LAYERS_HEADS_H
#define LAYERS_HEADS_H

#include "layers/sequence.h"
#include "tensor/matrix.h"
#include "tensor/rng.h"

typedef enum AttentionMask {
	ATTENTION_ALL,    /* every step up to the length */
	ATTENTION_CAUSAL, /* no step after the one that looks */
} AttentionMask;

typedef struct Heads {
	int count, width;   /* d columns each */
	int sharing;        /* so many use the same keys and values */
	int q, k, v;        /* where the columns begin in each array */
	AttentionMask mask; /* causal: the last step that looks sees the last there is */
	real rate;          /* of the weights that are dropped */
	Rng rng;            /* which ones: each utterance, head and step has a stream */
} Heads;

/* Steps of q (B,T,..) look at steps with keys k and values v (B,U,..) -> (B,T,D), zero
 * after each length; D = count width. `mean` (B,T,U), which was zero, gets the weights
 * (the mean of the heads) unless it has no data. Shapes are the caller's to check. */
Sequence heads_forward_at(Site site, Tape *tape, Sequence q, Sequence k, Var *v,
        const Heads *heads, Tensor mean);

/* The same of one utterance without a tape: y (T,D) from q (T,..), k and v (U,..). */
void heads_apply(
        Arena *scratch, Matrix y, Matrix q, Matrix k, Matrix v, const Heads *heads);

#endif
