/* Shannon: a sound without content above fc can be computed at any moment t from its
 * samples x_i,
 *
 *     y(t) = sum_i x_i h(t - i),    h(t) = 2 fc sinc(2 fc t),    sinc(u) = sin(pi u) / (pi u)
 *
 * (t and i in input samples, fc in cycles a sample). h is infinite, so it is faded out by
 * a window; Kaiser's
 * (1974) has one knob, beta, that trades stop band for width:
 *
 *     w(u) = I0(beta sqrt(1 - u^2)) / I0(beta)  for |u| < 1,    I0(x) = sum_k ((x/2)^k / k!)^2
 *
 * For A dB of stop band: beta = 0.1102 (A - 8.7), and a transition of d radians a sample
 * takes
 * (A - 7.95) / (2.285 d) coefficients. Ours begins at 0.9 of the lower Nyquist frequency
 * and ends at it: A = 96 and d = 0.1 pi give 123 coefficients at the lower rate,
 * HALF_WIDTH = 62 to either side.
 *
 * Polyphase: with input and output rates in the ratio M : L (lowest terms), output n
 * stands at input n M / L, of which only L different fractions exist. Each has one set of
 * coefficients; the outer loop makes a set, uses it for every L-th output, and forgets
 * it, so even rates without a common divisor need no table. Each set is divided by its
 * sum: a constant stays that constant. */
#include "audio/resample.h"
#include "tensor/elementary.h"
#include "tensor/fma.h"

#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

enum {
	LANES = 16,        /* partial sums of one output, the same on every machine */
	HALF_WIDTH = 62,   /* of the window, in samples of the lower rate */
	BESSEL_TERMS = 26, /* enough for I0(9.63) to 15 digits */
};

#define STOP_BAND   96.0 /* dB */
#define KAISER_BETA (0.1102 * (STOP_BAND - 8.7))
#define CUT_OFF     0.95 /* of the lower Nyquist frequency, the middle of the transition */

typedef struct Kernel {
	double half; /* width of the window to either side, in input samples */
	int reach;   /* `half` rounded up */
	int count;   /* of taps: 2 reach, and zeros up to whole lanes */
	double step; /* 2 pi fc: the angle of the sinc from one tap to the next */
	double *sin_k, *cos_k; /* of that angle at whole taps */
	double *y, *bessel, *exact;
	real *taps;
} Kernel;

/* `scale`: min(1, output rate / input rate). */
static Kernel kernel_new(Arena *arena, double scale)
{
	Kernel kernel = { .half = HALF_WIDTH / scale, .step = PI * CUT_OFF * scale };
	kernel.reach = (int)ceil(kernel.half);
	kernel.count = (2 * kernel.reach + LANES - 1) / LANES * LANES;
	size_t count = (size_t)kernel.count;
	kernel.sin_k = ARENA_ARRAY(arena, double, count);
	kernel.cos_k = ARENA_ARRAY(arena, double, count);
	kernel.y = ARENA_ARRAY(arena, double, count);
	kernel.bessel = ARENA_ARRAY(arena, double, count);
	kernel.exact = ARENA_ARRAY(arena, double, count);
	kernel.taps = ARENA_ARRAY(arena, real, count);
	for (int k = 0; k < kernel.count; k++) {
		double angle = kernel.step * (k - (kernel.reach - 1));
		kernel.sin_k[k] = double_sin(angle);
		kernel.cos_k[k] = double_cos(angle);
	}
	return kernel;
}

/* I0 of each tap's argument x, from y = (x/2)^2: 1 + y/1 (1 + y/4 (1 + y/9 (...))). Term
 * by term over all taps, which makes vectors of them. */
static void bessel(Kernel *kernel)
{
	for (int k = 0; k < kernel->count; k++)
		kernel->bessel[k] = 1;
	for (int term = BESSEL_TERMS; term > 0; term--) {
		double factor = 1.0 / (term * term);
		for (int k = 0; k < kernel->count; k++)
			kernel->bessel[k] = kernel->y[k] * factor * kernel->bessel[k] + 1;
	}
}

/* For an output that stands `fraction` (0..1) after an input sample: tap k belongs to the
 * input k - (reach - 1) after that one. By sin(a - b) = sin a cos b - cos a sin b, one
 * sine serves all. */
static void kernel_fill(Kernel *kernel, double fraction)
{
	double sum = 0, first = kernel->reach - 1 + fraction;
	double sin_f = double_sin(kernel->step * fraction);
	double cos_f = double_cos(kernel->step * fraction);
	for (int k = 0; k < kernel->count; k++) {
		double u = (k - first) / kernel->half;
		kernel->y[k] = KAISER_BETA * KAISER_BETA / 4 * (1 - u * u);
	}
	bessel(kernel);
	for (int k = 0; k < kernel->count; k++) {
		double angle = kernel->step * (k - first);
		double sine = kernel->sin_k[k] * cos_f - kernel->cos_k[k] * sin_f;
		double sinc = angle == 0 ? 1 : sine / angle;
		kernel->exact[k] = kernel->y[k] > 0 ? kernel->bessel[k] * sinc : 0;
	}
	for (int k = 0; k < kernel->count; k++)
		sum += kernel->exact[k];
	for (int k = 0; k < kernel->count; k++)
		kernel->taps[k] = (real)(kernel->exact[k] / sum);
}

/* Sixteen numbers in one register, or in several narrower ones. */
typedef real Lanes __attribute__((vector_size(LANES * sizeof(real))));

/* sum += a b, lane by lane */
__attribute__((always_inline)) static inline void multiply_add(
        Lanes *sum, const real *a, const real *b)
{
	Lanes x, y, z = *sum;
	memcpy(&x, a, sizeof x);
	memcpy(&y, b, sizeof y);
	for (int l = 0; l < LANES; l++)
		z[l] = real_fma(x[l], y[l], z[l]);
	*sum = z;
}

/* Sixteen partial sums, then halves onto halves. `count` is a multiple of LANES. */
static real dot(const real *a, const real *b, int count)
{
	Lanes sum = { 0 };
	for (int i = 0; i < count; i += LANES)
		multiply_add(&sum, a + i, b + i);
	real lane[LANES];
	memcpy(lane, &sum, sizeof lane);
	for (int l = 0; l < 8; l++)
		lane[l] += lane[l + 8];
	for (int l = 0; l < 4; l++)
		lane[l] += lane[l + 4];
	return (lane[0] + lane[2]) + (lane[1] + lane[3]);
}

static int greatest_common_divisor(int a, int b)
{
	while (b) {
		int rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

/* The samples with silence around them, so that every kernel finds all its inputs: input
 * 0 stands at index reach - 1. */
static const real *padded(Arena *arena, Clip clip, const Kernel *kernel)
{
	size_t count = (size_t)clip.count, room = (size_t)kernel->count;
	real *samples = ARENA_ARRAY(arena, real, count + 2 * room);
	memcpy(samples + kernel->reach - 1, clip.samples, count * sizeof(real));
	return samples;
}

Clip resample_at(Site site, Arena *arena, Clip clip, int rate)
{
	if (rate <= 0 || clip.rate <= 0)
		error_stop(site, "resample",
		        "from %d to %d samples a second: both must be positive",
		        clip.rate, rate);
	if (rate == clip.rate)
		return clip;
	int divisor = greatest_common_divisor(rate, clip.rate);
	int64_t up = rate / divisor, down = clip.rate / divisor; /* L and M */
	int64_t count = (clip.count * up + down - 1) / down;
	if (count > INT_MAX)
		error_stop(site, "resample",
		        "%d samples at %d become %lld at %d: a clip holds up to %d",
		        clip.count, clip.rate, (long long)count, rate, INT_MAX);
	Clip out = { .count = (int)count, .rate = rate };
	out.samples = arena_alloc(arena, (size_t)count * sizeof(real));

	ArenaMark mark = arena_mark(arena);
	Kernel kernel = kernel_new(arena, up < down ? (double)up / (double)down : 1);
	const real *samples = padded(arena, clip, &kernel);
	for (int64_t first = 0; first < up && first < count; first++) {
		kernel_fill(&kernel, (double)(first * down % up) / (double)up);
		for (int64_t n = first; n < count; n += up)
			out.samples[n] =
			        dot(samples + n * down / up, kernel.taps, kernel.count);
	}
	arena_rewind(arena, mark);
	return out;
}
