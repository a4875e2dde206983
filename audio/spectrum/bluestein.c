/* Bluestein (1970): by n k = (n^2 + k^2 - (k - n)^2) / 2 the transform is a convolution
 *
 *     X_k = c_k sum_n (x_n c_n) conj(c_(k-n)),    c_n = e^(-pi i n^2 / N)
 *
 * done with transforms of a length M >= 2 N - 1 that is a power of 2. The inverse
 * transform is the forward one with real and imaginary parts exchanged before and after,
 * over M. n^2 is taken mod 2 N in integers, so that the angle is exact for any N. */
#include "audio/spectrum/bluestein.h"
#include "audio/spectrum/complex.h"
#include "audio/spectrum/passes.h"
#include "tensor/elementary.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct Bluestein {
	int length, inner_length; /* N and M */
	Passes inner;             /* of length M */
	const real *chirp;        /* c_n: (N, 2) */
	const real *kernel;       /* the transform of conj(c), over M: (M, 2) */
};

/* Room of the chirp's convolution: the padded input, its transform, and their scratch. */
static size_t inner_room(const Bluestein *plan)
{
	return (size_t)COMPLEX_ROW * (size_t)plan->inner_length;
}

/* c_n = e^(-pi i n^2 / N) */
static void fill_chirp(real *chirp, int n)
{
	for (int k = 0; k < n; k++) {
		int64_t square = (int64_t)k * k % (2 * (int64_t)n);
		double angle = PI * (double)square / n;
		chirp[2 * k] = (real)double_cos(angle);
		chirp[2 * k + 1] = (real)-double_sin(angle);
	}
}

/* The transform of conj(c) / M, which stands at n and, since c_(-n) = c_n, at M - n.
 * Lane 0 is enough. */
static void fill_kernel(real *kernel, const Bluestein *plan, Arena *scratch)
{
	int n = plan->length, m = plan->inner_length;
	ArenaMark mark = arena_mark(scratch);
	size_t room = inner_room(plan);
	real *rows = ARENA_ARRAY(scratch, real, room);
	real *transform = ARENA_ARRAY(scratch, real, room);
	for (int k = 0; k < n; k++) {
		const int places[] = { k, (m - k) % m };
		for (int i = 0; i < 2; i++) {
			real *row = rows + (size_t)COMPLEX_ROW * (size_t)places[i];
			row[0] = plan->chirp[2 * k] / (real)m;
			row[FFT_LANES] = -plan->chirp[2 * k + 1] / (real)m;
		}
	}
	passes_run(&plan->inner, transform, rows, ARENA_ARRAY(scratch, real, room));
	for (int k = 0; k < m; k++) {
		const real *row = transform + (size_t)COMPLEX_ROW * (size_t)k;
		kernel[2 * k] = row[0];
		kernel[2 * k + 1] = row[FFT_LANES];
	}
	arena_rewind(scratch, mark);
}

const Bluestein *bluestein_new(Arena *arena, int length)
{
	int m = 1;
	while (m < 2 * length - 1)
		m *= 2;
	real *chirp = ARENA_ARRAY(arena, real, 2 * (size_t)length);
	real *kernel = ARENA_ARRAY(arena, real, 2 * (size_t)m);
	Bluestein *plan = ARENA_NEW(arena, Bluestein);
	*plan = (Bluestein){
		.length = length,
		.inner_length = m,
		.chirp = chirp,
		.kernel = kernel,
	};
	passes_plan(&plan->inner, arena, m);
	fill_chirp(chirp, length);
	fill_kernel(kernel, plan, arena);
	return plan;
}

size_t bluestein_scratch(const Bluestein *plan)
{
	return 3 * inner_room(plan);
}

/* out = swap(x w) for `rows` rows, swap exchanging real and imaginary part where
 * `exchange` is set; w is (rows, 2). */
static void multiply_rows(real *restrict out, const real *restrict x, const real *w,
        int rows, bool exchange)
{
	for (int n = 0; n < rows; n++, w += 2, x += COMPLEX_ROW, out += COMPLEX_ROW)
		for (int l = 0; l < FFT_LANES; l += VECTOR_LANES) {
			Complex y = complex_mul(complex_load(x + l), w);
			complex_store(out + l, exchange ? (Complex){ y.im, y.re } : y);
		}
}

void bluestein_forward(const Bluestein *plan, real *restrict out, const real *restrict x,
        real *restrict scratch)
{
	int n = plan->length, m = plan->inner_length;
	size_t room = inner_room(plan), used = (size_t)COMPLEX_ROW * (size_t)n;
	real *a = scratch, *b = scratch + room, *c = scratch + 2 * room;
	multiply_rows(a, x, plan->chirp, n, false);
	memset(a + used, 0, (room - used) * sizeof(real));
	passes_run(&plan->inner, b, a, c);
	multiply_rows(a, b, plan->kernel, m, true);
	passes_run(&plan->inner, b, a, c);
	for (size_t i = 0; i < used; i += COMPLEX_ROW) { /* the second exchange */
		memcpy(a + i, b + i + FFT_LANES, FFT_LANES * sizeof(real));
		memcpy(a + i + FFT_LANES, b + i, FFT_LANES * sizeof(real));
	}
	multiply_rows(out, a, plan->chirp, n, false);
}
