/* fma_made() against fmaf: the same bits for awkward and for random operands. TRIPLES= says
 * how many random ones: make proof asks for a hundred million. */
#include "tensor/fma_made.h"
#include "tensor/rng.h"
#include "tests/support/harness.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

static uint32_t bits_of(float x)
{
	uint32_t bits;
	memcpy(&bits, &x, sizeof bits);
	return bits;
}

static float float_of(uint32_t bits)
{
	float x;
	memcpy(&x, &bits, sizeof x);
	return x;
}

/* Two NaNs are the same, whatever they carry. */
static bool same(float x, float y)
{
	return bits_of(x) == bits_of(y) || (isnan(x) && isnan(y));
}

/* Four triples at once and each alone. Returns for how many of them a sum rounded to a
 * double and then to a float is wrong: what this is all about. */
static int check_four(const float a[4], const float b[4], const float c[4])
{
	FmaFour x, y, z;
	memcpy(&x, a, sizeof x);
	memcpy(&y, b, sizeof y);
	memcpy(&z, c, sizeof z);
	FmaFour made = fma_made_four(x, y, z);
	int twice = 0;
	for (int i = 0; i < 4; i++) {
		float expected = __builtin_fmaf(a[i], b[i], c[i]);
		float one = fma_made(a[i], b[i], c[i]);
		ck_assert_msg(same(one, expected) && same(made[i], expected),
		        "%a * %a + %a: one %a, of four %a, expected %a", (double)a[i],
		        (double)b[i], (double)c[i], (double)one, (double)made[i],
		        (double)expected);
		twice += !same(
		        (float)((double)a[i] * (double)b[i] + (double)c[i]), expected);
	}
	return twice;
}

START_TEST(fma_awkward_operands_are_right)
{
	static const float awkward[] = { 0, 1, 2, 3, 0.5f, 1.5f, FLT_EPSILON,
		FLT_EPSILON / 2, 1 + FLT_EPSILON, 1 - FLT_EPSILON / 2, 2 - FLT_EPSILON,
		FLT_MIN, FLT_MAX, FLT_MAX / 2, 0x1p-149f, 0x1p-148f, 0x1.8p-148f,
		0x1.fffffcp-127f, 0x1p-127f, 0x1p-126f, 0x1.000002p-126f, 0x1p-75f,
		0x1.8p-75f, 0x1.000002p-75f, 0x1.fffffep-76f, 0x1p-74f, 0x1p-100f,
		0x1p100f, 0x1p23f, 0x1p24f, 0x1.000002p24f, 0x1.fffffep23f, 0x1p25f,
		0x1.001p12f, 0x1.001p0f, 0x1.000202p0f, 0x1.555556p0f, 0x1.aaaaaap0f,
		0x1p63f, 0x1p64f, 0x1p-53f, 0x1p-54f, 0x1.8p-53f, 0x1p-29f, 0x1.8p-24f,
		0x1.000002p-24f, 0x1p-24f, 0x1p-25f, INFINITY, NAN };
	enum { COUNT = 2 * sizeof awkward / sizeof *awkward };
	float all[COUNT + 4] = { 0 };
	for (int i = 0; i < COUNT; i++)
		all[i] = i % 2 ? -awkward[i / 2] : awkward[i / 2];
	int twice = 0;
	for (int i = 0; i < COUNT; i++)
		for (int j = 0; j < COUNT; j++)
			for (int k = 0; k < COUNT; k += 4) {
				const float a[] = { all[i], all[i], all[i], all[i] };
				const float b[] = { all[j], all[j], all[j], all[j] };
				twice += check_four(a, b, all + k);
			}
	ck_assert_int_gt(twice, 100);
}
END_TEST

/* A float with random digits, and an exponent from `least` on. */
static float some(Rng *rng, int least, int range)
{
	uint32_t bits = rng_u32(rng);
	float x = float_of(0x3f800000u | (bits & 0x7fffff));
	return ldexpf(bits >> 31 ? -x : x, least + rng_below(rng, range));
}

/* Of each kind, one quarter: any bits at all; products as large as c; products that are
 * half a unit of c but for less than a double holds, (1+d)(1-d) = 1 - d^2; and results
 * around FLT_MIN. */
static void draw(Rng *rng, int kind, float *a, float *b, float *c)
{
	if (kind == 0) {
		*a = float_of(rng_u32(rng));
		*b = float_of(rng_u32(rng));
		*c = float_of(rng_u32(rng));
	} else if (kind == 1) {
		*a = some(rng, 0, 1);
		*b = some(rng, -30, 60);
		*c = some(rng, -30, 60);
	} else if (kind == 2) {
		const float d = (float)rng_below(rng, 512) * FLT_EPSILON;
		const int exponent = rng_below(rng, 100) - 50;
		*a = ldexpf(1 + d, exponent);
		*b = ldexpf(rng_u32(rng) & 1 ? 1 - d : d - 1, -24);
		*c = some(rng, exponent, 1);
	} else {
		*a = some(rng, -80, 30);
		*b = some(rng, -80, 20);
		*c = some(rng, -150, 28);
	}
}

START_TEST(fma_random_operands_are_right)
{
	const char *wanted = getenv("TRIPLES");
	const long triples = wanted ? atol(wanted) : 400000;
	Rng rng = rng_new(7);
	int twice[4] = { 0 };
	for (long t = 0; t < triples; t += 4) {
		const int kind = (int)(t / 4 % 4);
		float a[4], b[4], c[4];
		for (int i = 0; i < 4; i++)
			draw(&rng, kind, a + i, b + i, c + i);
		twice[kind] += check_four(a, b, c);
	}
	ck_assert_int_gt(triples, 0);
	ck_assert_int_gt(twice[2], (int)(triples / 100)); /* they are no easy operands */
}
END_TEST

TEST_MAIN("fma", fma_awkward_operands_are_right, fma_random_operands_are_right)
