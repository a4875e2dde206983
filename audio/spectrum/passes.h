/* passes.h: the discrete Fourier transform of a length whose only prime factors are 2, 3
 * and 5: one pass over the data for each factor. fft.h takes every length. */
#ifndef AUDIO_SPECTRUM_PASSES_H
#define AUDIO_SPECTRUM_PASSES_H

#include "tensor/arena.h"
#include "tensor/real.h"

enum { MOST_PASSES = 24, FFT_LANES = 16 };

typedef struct Pass Pass;
typedef void Butterflies(const Pass *pass, real *restrict out, const real *restrict x);

struct Pass {
	Butterflies *run;
	int radix, groups, stride; /* r, m and s of the formula in passes.c */
	int first;                 /* radix of the first of two passes in one, or 0 */
	const real *twiddles;      /* (groups, radix - 1, 2) */
};

typedef struct Passes {
	int length, count;
	Pass pass[MOST_PASSES];
} Passes;

/* Plans the passes, their tables in the arena. Returns what no factor divides: 1 if the
 * passes do the whole length. */
int passes_plan(Passes *passes, Arena *arena, int length);

/* x (N, 2, 16) -> out (N, 2, 16), as fft_forward; `scratch` has as many numbers. */
void passes_run(const Passes *passes, real *restrict out, const real *restrict x,
        real *restrict scratch);

#endif
