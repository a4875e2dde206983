/* fft_real.h: the transform of real numbers, in half the work: X_(N-k) = conj X_k, so
 * that only k = 0..N/2 are wanted, the `bins`. Sixteen at a time, as in fft.h. */
#ifndef AUDIO_SPECTRUM_FFT_REAL_H
#define AUDIO_SPECTRUM_FFT_REAL_H

#include "audio/spectrum/fft.h"

typedef struct FftReal FftReal;

/* In the arena. Stops if `length` is not 1..FFT_LONGEST. Odd lengths take twice as
 * long. */
const FftReal *fft_real_new_at(Site site, Arena *arena, int length);
#define fft_real_new(...) fft_real_new_at(HERE, __VA_ARGS__)

int fft_real_length(const FftReal *fft); /* N: there are N / 2 + 1 bins */

/* x (N, 16) -> out (bins, 2, 16). `scratch` has fft_real_scratch() numbers; nothing
 * may overlap. */
void fft_real_forward(const FftReal *fft, real *restrict out, const real *restrict x,
        real *restrict scratch);
size_t fft_real_scratch(const FftReal *fft);

#endif
