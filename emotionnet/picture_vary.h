/* picture_vary.h: more training from the same pictures: each is shown a little otherwise
 * every time. */
#ifndef EMOTIONNET_PICTURE_VARY_H
#define EMOTIONNET_PICTURE_VARY_H

#include "autograd/tape.h"
#include "tensor/rng.h"

/* Pictures (B,...) of side x side pixels each, at mean 0 and deviation 1 -> the same shape: by
 * chance mirrored left to right; moved by up to a twelfth of the side each way, zeros moving
 * in; and 0.8 to 1.2 times as far from the mean, by 0.2 lighter or darker at most. Each
 * picture draws a stream of its own, and `rng` advances by one call whatever the shape, as
 * in dropout.h. What comes is a constant: nothing goes back through it. */
Var *picture_vary(Tape *tape, const Var *x, int side, Rng *rng);

#endif
