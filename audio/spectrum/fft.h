/* fft.h: the discrete Fourier transform of any length, sixteen at a time.
 *
 *     X_k = sum_n x_n e^(-2 pi i k n / N),    k = 0..N-1
 *
 * Sixteen transforms lie side by side: a row holds one number of each, and a complex row
 * is two such rows, real parts then imaginary parts. Speech is cut into hundreds of
 * frames, so there are always sixteen to do; together they take hardly longer than one,
 * since a row is one or a few vectors. Every lane gets the same bits whatever the
 * others hold. A lane that is not needed may be zero. */
#ifndef AUDIO_SPECTRUM_FFT_H
#define AUDIO_SPECTRUM_FFT_H

#include "audio/spectrum/passes.h"
#include "tensor/arena.h"
#include "tensor/error.h"
#include "tensor/real.h"

/* The tables for one length. Not changed by its use, so that threads can share it. */
typedef struct Fft Fft;

/* In the arena. Stops if `length` is not 1..FFT_LONGEST. Lengths whose only prime factors
 * are 2, 3 and 5 are fast; any other costs about six times as much. */
enum { FFT_LONGEST = 1 << 20 };
const Fft *fft_new_at(Site site, Arena *arena, int length);
#define fft_new(...) fft_new_at(HERE, __VA_ARGS__)

/* x (N, 2, 16) -> out (N, 2, 16). `scratch` has fft_scratch() numbers; nothing may
 * overlap. */
void fft_forward(const Fft *fft, real *restrict out, const real *restrict x,
        real *restrict scratch);
size_t fft_scratch(const Fft *fft);

#endif
