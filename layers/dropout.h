/* dropout.h: while training, a random part of the numbers is zero, and what is left is
 * scaled up so that the mean stays (Srivastava et al. 2014, in the "inverted" form,
 * PyTorch's F.dropout). */
#ifndef LAYERS_DROPOUT_H
#define LAYERS_DROPOUT_H

#include "autograd/tape.h"
#include "tensor/rng.h"

/* Any shape -> the same shape; `rate` is the part that is dropped. rng NULL (evaluation)
 * or rate 0: x itself, and no node. Each row along the first dimension (each utterance)
 * draws a stream of its own, so that what is dropped does not depend on how long the
 * others are; `rng` advances by the same step whatever the shape. Stops unless 0 <=
 * rate < 1. */
Var *dropout_forward_at(Site site, Tape *tape, Var *x, real rate, Rng *rng);
#define dropout_forward(...) dropout_forward_at(HERE, __VA_ARGS__)

/* For layers that drop by themselves: the stream of one call, and `count` factors drawn
 * from a stream, 0 or 1/(1-rate). */
Rng dropout_stream(Rng *rng);
void dropout_mask(real *mask, size_t count, real rate, Rng *own);

#endif
