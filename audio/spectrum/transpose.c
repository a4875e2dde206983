/* Shuffle a pack of cards perfectly, and the one at i of N goes to 2 i, or 2 (i - N/2) +
 * 1 in the second half: the highest binary digit of i becomes the lowest, the others move
 * up. With i = l W + n and l of four digits, four shuffles bring all of l below n: n 16 +
 * l, which is the transpose. Plain loops, that every compiler makes vector
 * instructions of, where a transpose by rows and columns stays scalar. */
#include "audio/spectrum/transpose.h"

#include <string.h>

enum { LANES = 16 };

static void shuffle(real *restrict to, const real *restrict from, size_t half)
{
	for (size_t i = 0; i < half; i++) {
		to[2 * i] = from[i];
		to[2 * i + 1] = from[half + i];
	}
}

static void unshuffle(real *restrict to, const real *restrict from, size_t half)
{
	for (size_t i = 0; i < half; i++) {
		to[i] = from[2 * i];
		to[half + i] = from[2 * i + 1];
	}
}

void transpose_to_lanes(real *restrict out, size_t stride, const real *restrict x,
        real *restrict scratch, int length)
{
	size_t half = (size_t)length * LANES / 2;
	real *other = scratch + 2 * half;
	shuffle(scratch, x, half);
	shuffle(other, scratch, half);
	shuffle(scratch, other, half);
	shuffle(other, scratch, half);
	for (size_t n = 0; n < (size_t)length; n++, out += stride, other += LANES)
		memcpy(out, other, LANES * sizeof(real));
}

void transpose_from_lanes(
        real *restrict out, real *restrict x, real *restrict scratch, int length)
{
	size_t half = (size_t)length * LANES / 2;
	unshuffle(scratch, x, half);
	unshuffle(x, scratch, half);
	unshuffle(scratch, x, half);
	unshuffle(out, scratch, half);
}
