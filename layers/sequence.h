/* sequence.h: a batch of sequences of unequal length.
 *
 * x is (B,T,F); utterance b fills its first lengths[b] steps, 1 <= lengths[b] <= T, and
 * every step after that is zero: in the value always, in the gradient by the layers that
 * read it. Every layer that returns a Sequence keeps that promise, so an utterance gives
 * the same bits alone and in a padded batch. */
#ifndef LAYERS_SEQUENCE_H
#define LAYERS_SEQUENCE_H

#include "autograd/tape.h"

typedef struct Sequence {
	Var *x;             /* (B,T,F) */
	const int *lengths; /* (B); lives at least as long as the tape's step */
} Sequence;

/* The F numbers of step t of utterance b, in a (B,T,F) tensor. */
static inline real *sequence_step(Tensor x, int b, int t)
{
	size_t T = (size_t)x.shape[1], F = (size_t)x.shape[2];
	return x.data + ((size_t)b * T + (size_t)t) * F;
}

/* Zero in steps `length`..T-1 of utterance b. */
void sequence_clear_padding(Tensor x, int b, int length);

/* Stops, in the name of `operation`, unless x has rank 3 and 1 <= lengths[b] <= T for
 * every b. */
void sequence_check(Site site, const Tape *tape, const char *operation, Sequence s);

/* The same sequence with zero after each length, in value and gradient: for what was made
 * step by step and knows no lengths, such as linear_forward, whose bias fills the
 * padding too. Where there is no padding, s itself. */
Sequence sequence_mask_at(Site site, Tape *tape, Sequence s);
#define sequence_mask(...) sequence_mask_at(HERE, __VA_ARGS__)

#endif
