/* attention.h: every step looks at all steps and takes from each in proportion (Vaswani
 * et al. 2017); PyTorch's nn.MultiheadAttention with batch_first. */
#ifndef LAYERS_ATTENTION_H
#define LAYERS_ATTENTION_H

#include "layers/heads.h"
#include "layers/linear.h"

typedef struct Attention {
	int width, heads;    /* D; each head has D / heads columns */
	Var *in_proj_weight; /* (3D,D): to queries, keys, values */
	Var *in_proj_bias;   /* (3D) */
	Linear out_proj;     /* D -> D */
	real dropout; /* 0 <= dropout < 1: of the weights that are dropped in training */
} Attention;

/* Parameters "name.in_proj_weight" (Xavier), "in_proj_bias" (0), "out_proj.weight" (as
 * Linear's) and "out_proj.bias" (0), as PyTorch's default; dropout 0. Stops unless heads
 * divides width. */
Attention attention_new_at(
        Site site, Params *params, const char *name, int width, int heads, Rng *rng);
#define attention_new(...) attention_new_at(HERE, __VA_ARGS__)

/* Steps of x look at steps of x: (B,T,D) -> (B,T,D). Padding is not looked at, and stays
 * zero. The memory it takes grows with T, not with its square. rng NULL (evaluation):
 * nothing is dropped; else as in dropout.h. */
Sequence attention_forward_at(Site site, const Attention *attention, Tape *tape,
        Sequence x, AttentionMask mask, Rng *rng);
#define attention_forward(...) attention_forward_at(HERE, __VA_ARGS__)

/* Cross-attention: steps of x look at steps of another sequence, (B,T,D) and (B,U,D)
 * -> (B,T,D). `weights`, if not NULL, becomes how much each step of x takes from each of
 * `memory`, the mean of the heads, without dropout: (B,T,U), rows that add up to 1, zero
 * in the padding of both; to be looked at: no gradient goes back through it. */
Sequence attention_across_at(Site site, const Attention *attention, Tape *tape,
        Sequence x, Sequence memory, Rng *rng, Var **weights);
#define attention_across(...) attention_across_at(HERE, __VA_ARGS__)

#endif
