/* rotary.h: where a step stands, said by an angle (Su et al. 2021): queries and keys are
 * turned by an angle that grows with the position, so that their product knows only how
 * far apart they are. */
#ifndef LAYERS_ROTARY_H
#define LAYERS_ROTARY_H

#include "layers/sequence.h"

/* Which two numbers of a head are turned together. A model's weights are made for one of
 * the two: with the other it says fluent nonsense. */
typedef enum RotaryLayout {
	ROTARY_HALVES, /* i and i + d/2: Hugging Face's safetensors */
	ROTARY_PAIRS,  /* 2i and 2i + 1: Meta's own files, llama2.c, GGUF's "llama" */
} RotaryLayout;

typedef struct Rotary {
	RotaryLayout layout;
	int width, longest;  /* d numbers a head; positions 0..longest-1 */
	real *cosine, *sine; /* (longest,d/2) */
} Rotary;

/* The pair i is turned by theta^(-2i/d) a step; theta 10000 in the paper. The table lives
 * in `arena`. Stops unless width is even, both sizes are at least 1 and theta positive. */
Rotary rotary_new_at(Site site, Arena *arena, int width, int longest, double theta,
        RotaryLayout layout);
#define rotary_new(...) rotary_new_at(HERE, __VA_ARGS__)

/* x (B,T,heads d) -> the same shape, each head turned; step t of utterance b stands at
 * position before[b] + t (NULL: at t). Padding stays zero. Stops where a head has another
 * width, or a position is not below `longest`. */
Sequence rotary_forward_at(
        Site site, const Rotary *rotary, Tape *tape, Sequence x, const int before[]);
#define rotary_forward(...) rotary_forward_at(HERE, __VA_ARGS__)

#endif
