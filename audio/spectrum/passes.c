/* Cooley and Tukey (1965): with N = r m, split n = p + m i (i = 0..r-1) and k = r k' + j
 * (j = 0..r-1). Since e^(-2 pi i (p + m i)(r k' + j) / N) = w_m^(p k') w_N^(p j) w_r^(i
 * j), w_n = e^(-2 pi i / n),
 *
 *     X_(r k' + j) = sum_p w_m^(p k') [ w_N^(p j) sum_i w_r^(i j) x_(p + m i) ]
 *                    DFT of length m    twiddle      butterfly: a DFT of length r
 *
 * A pass does the r-point butterflies and the twiddles; what is left are r transforms of
 * length m, which the next pass treats all at once. Stockham's order: with s transforms
 * of length n under way, interleaved, element (q, p) of transform q stands at q + s p;
 * the pass writes result j of butterfly p to q + s (r p + j). After the last pass the
 * output is in its natural order, and no bit reversal is needed. Factors 4, 2, 3 and 5
 * have butterflies of their own, and 4 4 and 4 2 after each other a common one.
 *
 * Any other prime factor is left to bluestein.h. */
#include "audio/spectrum/passes.h"
#include "audio/spectrum/complex.h"
#include "tensor/elementary.h"

#include <stddef.h>
#include <string.h>

/* Calls `butterfly` for each p, q and vector of lanes: its inputs are `from` rows apart,
 * its outputs
 * `to` rows apart. Inlined with the butterfly a constant, so the call disappears. */
typedef void Butterfly(real *out, size_t to, const real *x, size_t from, const real *w);

VECTOR_INLINE void all_butterflies(const Pass *pass, int radix, Butterfly *butterfly,
        real *restrict out, const real *restrict x)
{
	size_t m = (size_t)pass->groups, s = (size_t)pass->stride, r = (size_t)radix;
	const real *w = pass->twiddles;
	for (size_t p = 0; p < m; p++, w += 2 * (r - 1)) {
		for (size_t q = 0; q < s; q++) {
			const real *x_pq = x + COMPLEX_ROW * (q + s * p);
			real *out_pq = out + COMPLEX_ROW * (q + s * r * p);
			for (int l = 0; l < FFT_LANES; l += VECTOR_LANES)
				butterfly(out_pq + l, COMPLEX_ROW * s, x_pq + l,
				        COMPLEX_ROW * s * m, w);
		}
	}
}

VECTOR_INLINE void butterfly2(
        real *out, size_t to, const real *x, size_t from, const real *w)
{
	Complex x0 = complex_load(x), x1 = complex_load(x + from);
	complex_store(out, complex_add(x0, x1));
	complex_store(out + to, complex_mul(complex_sub(x0, x1), w));
}

/* w_3 = -1/2 - i sqrt(3)/2 */
VECTOR_INLINE void butterfly3(
        real *out, size_t to, const real *x, size_t from, const real *w)
{
	const real half_root3 = (real)0.86602540378443864676;
	Complex x0 = complex_load(x), x1 = complex_load(x + from),
	        x2 = complex_load(x + 2 * from);
	Complex sum = complex_add(x1, x2), turned = complex_turn(complex_sub(x1, x2));
	Complex middle = complex_add_scaled(x0, (real)-0.5, sum);
	complex_store(out, complex_add(x0, sum));
	complex_store(
	        out + to, complex_mul(complex_add_scaled(middle, half_root3, turned), w));
	complex_store(out + 2 * to,
	        complex_mul(complex_add_scaled(middle, -half_root3, turned), w + 2));
}

typedef struct Four {
	Complex x[4];
} Four;

/* w_4 = -i: no product at all */
VECTOR_INLINE Four four(Complex x0, Complex x1, Complex x2, Complex x3, const real *w)
{
	Complex even = complex_add(x0, x2), odd = complex_add(x1, x3);
	Complex even_minus = complex_sub(x0, x2),
	        odd_minus = complex_turn(complex_sub(x1, x3));
	return (Four){ { complex_add(even, odd),
		complex_mul(complex_add(even_minus, odd_minus), w),
		complex_mul(complex_sub(even, odd), w + 2),
		complex_mul(complex_sub(even_minus, odd_minus), w + 4) } };
}

VECTOR_INLINE Four four_at(const real *x, size_t from, const real *w)
{
	return four(complex_load(x), complex_load(x + from), complex_load(x + 2 * from),
	        complex_load(x + 3 * from), w);
}

VECTOR_INLINE void butterfly4(
        real *out, size_t to, const real *x, size_t from, const real *w)
{
	Four result = four_at(x, from, w);
	for (size_t j = 0; j < 4; j++)
		complex_store(out + j * to, result.x[j]);
}

/* A pass of 4 and the one of 2 after it, in one: the same arithmetic, but what lies
 * between them stays in registers. Group p holds what the pass of 4 has in its groups p
 * and p + m, whose twiddles are w[0..5] and w[6..11]; then come those of the 2. */
VECTOR_INLINE void butterfly8(
        real *out, size_t to, const real *x, size_t from, const real *w)
{
	Four even = four_at(x, 2 * from, w), odd = four_at(x + from, 2 * from, w + 6);
	for (size_t j = 0; j < 4; j++) {
		complex_store(out + j * to, complex_add(even.x[j], odd.x[j]));
		complex_store(out + (4 + j) * to,
		        complex_mul(complex_sub(even.x[j], odd.x[j]), w + 12));
	}
}

/* Likewise two passes of 4: groups p, p + m, p + 2m and p + 3m of the first. */
VECTOR_INLINE void butterfly16(
        real *out, size_t to, const real *x, size_t from, const real *w)
{
	Four first[4];
	for (size_t h = 0; h < 4; h++)
		first[h] = four_at(x + h * from, 4 * from, w + 6 * h);
	for (size_t j = 0; j < 4; j++) {
		Four second = four(first[0].x[j], first[1].x[j], first[2].x[j],
		        first[3].x[j], w + 24);
		for (size_t k = 0; k < 4; k++)
			complex_store(out + (4 * k + j) * to, second.x[k]);
	}
}

/* w_5^j = cos(2 pi j / 5) - i sin(2 pi j / 5), and w_5^(5-j) is its mirror image */
VECTOR_INLINE void butterfly5(
        real *out, size_t to, const real *x, size_t from, const real *w)
{
	const real cos1 = (real)0.30901699437494742410,
	           cos2 = (real)-0.80901699437494742410;
	const real sin1 = (real)0.95105651629515357212,
	           sin2 = (real)0.58778525229247312917;
	Complex x0 = complex_load(x), x1 = complex_load(x + from),
	        x2 = complex_load(x + 2 * from);
	Complex x3 = complex_load(x + 3 * from), x4 = complex_load(x + 4 * from);
	Complex sum1 = complex_add(x1, x4), sum2 = complex_add(x2, x3);
	Complex turn1 = complex_turn(complex_sub(x1, x4)),
	        turn2 = complex_turn(complex_sub(x2, x3));
	Complex a = complex_add_scaled(complex_add_scaled(x0, cos1, sum1), cos2, sum2);
	Complex b = complex_add_scaled(complex_add_scaled(x0, cos2, sum1), cos1, sum2);
	Complex c = complex_add_scaled(complex_scale(sin1, turn1), sin2, turn2);
	Complex d = complex_add_scaled(complex_scale(sin2, turn1), -sin1, turn2);
	complex_store(out, complex_add(x0, complex_add(sum1, sum2)));
	complex_store(out + to, complex_mul(complex_add(a, c), w));
	complex_store(out + 2 * to, complex_mul(complex_add(b, d), w + 2));
	complex_store(out + 3 * to, complex_mul(complex_sub(b, d), w + 4));
	complex_store(out + 4 * to, complex_mul(complex_sub(a, c), w + 6));
}

#define PASS(radix)                                                                      \
	static void pass##radix(                                                         \
	        const Pass *pass, real *restrict out, const real *restrict x)            \
	{                                                                                \
		all_butterflies(pass, radix, butterfly##radix, out, x);                  \
	}
PASS(2)
PASS(3)
PASS(4)
PASS(5)
PASS(8)
PASS(16)

/* The factors that are tried, in this order. */
static const struct {
	int radix;
	int first; /* of a pass that is two in one: the first one's radix; else 0 */
	Butterflies *run;
} factors[] = { { 16, 4, pass16 }, { 8, 4, pass8 }, { 4, 0, pass4 }, { 2, 0, pass2 },
	{ 3, 0, pass3 }, { 5, 0, pass5 } };

/* e^(-2 pi i p j / n) for j = 1..radix-1, n = radix groups; returns where the next go. */
static real *turns(real *next, int radix, int groups, int p)
{
	for (int j = 1; j < radix; j++) {
		double angle = -2 * PI * ((double)p * j / (radix * groups));
		*next++ = (real)double_cos(angle);
		*next++ = (real)double_sin(angle);
	}
	return next;
}

/* (groups, radix - 1, 2): for each p. Where a pass is two in one, its first has radix /
 * first times as many groups, and those that meet in p come before the second's. */
static const real *twiddles_new(Arena *arena, int radix, int first, int groups)
{
	real *table = ARENA_ARRAY(arena, real, (size_t)(2 * groups * (radix - 1)));
	real *next = table;
	int second = first ? radix / first : radix;
	for (int p = 0; p < groups; p++) {
		for (int h = 0; first && h < second; h++)
			next = turns(next, first, second * groups, p + h * groups);
		next = turns(next, second, groups, p);
	}
	return table;
}

int passes_plan(Passes *passes, Arena *arena, int length)
{
	int rest = length, stride = 1;
	*passes = (Passes){ .length = length };
	for (size_t f = 0; f < sizeof factors / sizeof factors[0]; f++)
		while (rest % factors[f].radix == 0) {
			int radix = factors[f].radix;
			rest /= radix;
			passes->pass[passes->count++] = (Pass){
				.run = factors[f].run,
				.radix = radix,
				.first = factors[f].first,
				.groups = rest,
				.stride = stride,
			};
			stride *= radix;
		}
	for (int i = 0; rest == 1 && i < passes->count; i++) {
		Pass *pass = &passes->pass[i];
		pass->twiddles =
		        twiddles_new(arena, pass->radix, pass->first, pass->groups);
	}
	return rest;
}

/* The passes go back and forth between `scratch` and `out`, so that the last one ends
 * in `out`. */
void passes_run(const Passes *passes, real *restrict out, const real *restrict x,
        real *restrict scratch)
{
	if (passes->count == 0)
		memcpy(out, x, COMPLEX_ROW * sizeof(real));
	const real *from = x;
	for (int i = 0; i < passes->count; i++) {
		real *to = (passes->count - i) % 2 ? out : scratch;
		passes->pass[i].run(&passes->pass[i], to, from);
		from = to;
	}
}
