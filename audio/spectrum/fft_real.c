/* N even, H = N/2: with the samples taken in pairs as complex numbers z_n = x_2n + i
 * x_(2n+1), Z their transform of length H and w = e^(-2 pi i / N), the transforms of the
 * even and the odd samples are
 *
 *     E_k = (Z_k + conj Z_(H-k)) / 2,    O_k = -i (Z_k - conj Z_(H-k)) / 2
 *     X_k = E_k + w^k O_k,    X_(H-k) = conj(E_k - w^k O_k),    Z_H = Z_0
 *
 * In rows of sixteen lanes, pairs of real rows are complex rows already: nothing is
 * moved. */
#include "audio/spectrum/fft_real.h"
#include "audio/spectrum/complex.h"
#include "tensor/elementary.h"

#include <stddef.h>
#include <string.h>

struct FftReal {
	int length;
	const Fft *complex;   /* of H, or of N where N is odd */
	const real *twiddles; /* w^k / 2 for k = 0..H/2: (H/2 + 1, 2) */
};

const FftReal *fft_real_new_at(Site site, Arena *arena, int length)
{
	FftReal *fft = ARENA_NEW(arena, FftReal);
	fft->length = length;
	int half = length > 0 && length % 2 == 0 ? length / 2 : length;
	fft->complex = fft_new_at(site, arena, half);
	real *twiddles = ARENA_ARRAY(arena, real, 2 * (size_t)(half / 2 + 1));
	for (int k = 0; k <= half / 2; k++) {
		double angle = -2 * PI * k / length;
		twiddles[2 * k] = (real)(double_cos(angle) / 2);
		twiddles[2 * k + 1] = (real)(double_sin(angle) / 2);
	}
	fft->twiddles = twiddles;
	return fft;
}

int fft_real_length(const FftReal *fft)
{
	return fft->length;
}

/* Room for the complex transform (or, N odd, its input and output) and for its
 * scratch. */
size_t fft_real_scratch(const FftReal *fft)
{
	size_t rows = fft->length % 2 ? 2 * (size_t)fft->length : (size_t)fft->length / 2;
	return rows * COMPLEX_ROW + fft_scratch(fft->complex);
}

/* X_k and X_(H-k) from Z_k and Z_(H-k); w is w^k / 2. */
VECTOR_INLINE void separate(
        real *x_k, real *x_mirror, const real *z_k, const real *z_mirror, const real *w)
{
	Vector half = vector_all((real)0.5);
	Complex a = complex_load(z_k), b = complex_load(z_mirror);
	b.im = -b.im;
	Complex even = complex_add(a, b);
	Complex odd = complex_mul(complex_turn(complex_sub(a, b)), w);
	even = (Complex){ even.re * half, even.im * half };
	Complex sum = complex_add(even, odd), difference = complex_sub(even, odd);
	difference.im = -difference.im;
	complex_store(x_k, sum);
	complex_store(x_mirror, difference);
}

static void even_forward(const FftReal *fft, real *restrict out, const real *restrict x,
        real *restrict scratch)
{
	int half = fft->length / 2;
	real *z = scratch; /* (H, 2, 16) */
	fft_forward(fft->complex, z, x, scratch + (size_t)half * COMPLEX_ROW);
	for (int k = 0; k <= half / 2; k++) {
		size_t at = (size_t)k * COMPLEX_ROW;
		size_t mirror = (size_t)(half - k) * COMPLEX_ROW;
		const real *z_mirror = k == 0 ? z : z + mirror;
		for (int l = 0; l < FFT_LANES; l += VECTOR_LANES)
			separate(out + at + l, out + mirror + l, z + at + l, z_mirror + l,
			        fft->twiddles + 2 * k);
	}
}

static void odd_forward(const FftReal *fft, real *restrict out, const real *restrict x,
        real *restrict scratch)
{
	size_t n = (size_t)fft->length;
	real *z = scratch, *transform = scratch + n * COMPLEX_ROW;
	memset(z, 0, n * COMPLEX_ROW * sizeof(real));
	for (size_t i = 0; i < n; i++)
		memcpy(z + i * COMPLEX_ROW, x + i * FFT_LANES, FFT_LANES * sizeof(real));
	fft_forward(fft->complex, transform, z, transform + n * COMPLEX_ROW);
	memcpy(out, transform, (n / 2 + 1) * COMPLEX_ROW * sizeof(real));
}

void fft_real_forward(const FftReal *fft, real *restrict out, const real *restrict x,
        real *restrict scratch)
{
	if (fft->length % 2)
		odd_forward(fft, out, x, scratch);
	else
		even_forward(fft, out, x, scratch);
}
