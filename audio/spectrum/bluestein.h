/* bluestein.h: the transform of a length with a large prime factor, by way of one
 * without: what fft.h falls back on. */
#ifndef AUDIO_SPECTRUM_BLUESTEIN_H
#define AUDIO_SPECTRUM_BLUESTEIN_H

#include "tensor/arena.h"
#include "tensor/real.h"

typedef struct Bluestein Bluestein;

const Bluestein *bluestein_new(Arena *arena, int length);

/* x (N, 2, 16) -> out (N, 2, 16), as fft_forward. */
void bluestein_forward(const Bluestein *plan, real *restrict out, const real *restrict x,
        real *restrict scratch);
size_t bluestein_scratch(const Bluestein *plan); /* numbers */

#endif
