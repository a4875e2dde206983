/* transpose.h: between frames one after the other and frames side by side. */
#ifndef AUDIO_SPECTRUM_TRANSPOSE_H
#define AUDIO_SPECTRUM_TRANSPOSE_H

#include "tensor/real.h"

#include <stddef.h>

/* (16, length) -> (length, 16), the rows of `out` `stride` numbers apart. `scratch` has 2
 * * 16 * length numbers; nothing may overlap. */
void transpose_to_lanes(real *restrict out, size_t stride, const real *restrict x,
        real *restrict scratch, int length);

/* (length, 16) -> (16, length). x is overwritten; `scratch` has as many numbers;
 * nothing may overlap. */
void transpose_from_lanes(
        real *restrict out, real *restrict x, real *restrict scratch, int length);

#endif
