/* fma_made() against fmaf: the same bits for awkward and for random operands, and so for
 * the tile of the matrix product that is made of it. TRIPLES= says how many random ones:
 * make proof asks for a hundred million. */
#include "tensor/fma_made.h"
#include "tensor/rng.h"
#include "tests/support/harness.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#ifndef REAL_IS_DOUBLE
#define matmul_tile made_tile /* beside the one of this machine */
#include "tutorials/web/matmul_tile.c"
#undef matmul_tile
#endif

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

static long triples(void)
{
	const char *wanted = getenv("TRIPLES");
	return wanted ? atol(wanted) : 400000;
}

START_TEST(fma_random_operands_are_right)
{
	const long count = triples();
	Rng rng = rng_new(7);
	int twice[4] = { 0 };
	for (long t = 0; t < count; t += 4) {
		const int kind = (int)(t / 4 % 4);
		float a[4], b[4], c[4];
		for (int i = 0; i < 4; i++)
			draw(&rng, kind, a + i, b + i, c + i);
		twice[kind] += check_four(a, b, c);
	}
	ck_assert_int_gt(count, 0);
	ck_assert_int_gt(twice[2], (int)(count / 100)); /* they are no easy operands */
}
END_TEST

#ifndef REAL_IS_DOUBLE

enum { DEEPEST = 40, COLUMNS = WIDE_VECTORS * LANES };

typedef struct Product {
	int rows, vectors, columns, depth;
	bool starts;
	float a[TILE_ROWS * DEEPEST], b[DEEPEST * COLUMNS], start[TILE_ROWS * COLUMNS];
} Product;

/* An operand of a tile, of each kind: sums of few digits, full of ties; results around
 * FLT_MIN; results around FLT_MAX; many zeros, of both signs; and any that does no harm. */
static float operand(Rng *rng, int kind)
{
	if (kind == 0)
		return (float)(2 * (int)rng_below(rng, 1 << 12) - (1 << 12) + 1);
	if (kind == 1)
		return some(rng, -75, 1); /* half a digit of FLT_MIN */
	if (kind == 2)
		return some(rng, 61, 4);
	if (kind == 3)
		return (float)((int)rng_below(rng, 3) - 1) * some(rng, 0, 2);
	return some(rng, -2, 4);
}

/* Harmless kinds get triples that may do harm, each as the first of a sum. */
static void product_draw(Product *p, Rng *rng)
{
	int kind = (int)rng_below(rng, 12);
	bool wide = rng_below(rng, 4) == 0;
	p->vectors = wide ? WIDE_VECTORS : 1 + (int)rng_below(rng, 2);
	p->rows = 1 + (int)rng_below(rng, wide ? WIDE_ROWS : TILE_ROWS);
	p->columns = p->vectors * LANES;
	p->depth = 1 + (int)rng_below(rng, DEEPEST);
	p->starts = kind >= 4 || rng_below(rng, 2);
	for (int i = 0; i < p->rows * p->depth; i++)
		p->a[i] = operand(rng, kind);
	for (int i = 0; i < p->depth * p->columns; i++)
		p->b[i] = operand(rng, kind);
	for (int i = 0; i < p->rows * p->columns; i++)
		p->start[i] = kind == 1 ? some(rng, -127, 3) : operand(rng, kind);
	for (int i = 0; i < p->rows && kind >= 4; i++) {
		int j = i % p->columns;
		draw(rng, kind % 4, p->a + i, p->b + j, p->start + i * p->columns + j);
	}
}

/* a by columns and b by rows, or both the other way: b in panels. */
static void product_check(const Product *p, bool other, long *twice)
{
	static float rows[TILE_ROWS * DEEPEST], panels[DEEPEST * COLUMNS],
	        out[TILE_ROWS * COLUMNS];
	const int R = p->rows, C = p->columns, K = p->depth;
	Tile tile = { .depth = K, .a = p->a, .a_row = 1, .a_step = (size_t)R };
	tile.b = p->b;
	tile.b_panel = PANEL;
	tile.b_step = (size_t)C;
	if (other) {
		for (int k = 0; k < K; k++) {
			for (int i = 0; i < R; i++)
				rows[i * K + k] = p->a[k * R + i];
			for (int j = 0; j < C; j++)
				panels[j / PANEL * K * PANEL + k * PANEL + j % PANEL] =
				        p->b[k * C + j];
		}
		tile.a = rows;
		tile.a_row = (size_t)K;
		tile.a_step = 1;
		tile.b = panels;
		tile.b_panel = (size_t)(K * PANEL);
		tile.b_step = PANEL;
	}
	tile.start = p->starts ? p->start : NULL;
	tile.start_row = tile.out_row = (size_t)C;
	tile.out = out;
	made_tile(R, p->vectors, &tile);
	for (int i = 0; i < R; i++)
		for (int j = 0; j < C; j++) {
			float once = p->starts ? p->start[i * C + j] : 0, both = once;
			for (int k = 0; k < K; k++) {
				float a = p->a[k * R + i], b = p->b[k * C + j];
				once = __builtin_fmaf(a, b, once);
				both = (float)((double)a * (double)b + (double)both);
			}
			ck_assert_msg(same(out[i * C + j], once),
			        "%d x %d x %d: (%d,%d) is %a, expected %a", R, K, C, i, j,
			        (double)out[i * C + j], (double)once);
			*twice += !same(both, once);
		}
}

START_TEST(tile_of_made_products_is_right)
{
	static Product product;
	Rng rng = rng_new(8);
	long done = 0, twice = 0, tiles = 0;
	for (; done < triples(); tiles++) {
		product_draw(&product, &rng);
		product_check(&product, rng_below(&rng, 2), &twice);
		done += (long)product.rows * product.columns * product.depth;
	}
	ck_assert_int_gt(twice, tiles / 50); /* they are no easy operands */
}
END_TEST

TEST_MAIN("fma", fma_awkward_operands_are_right, fma_random_operands_are_right,
        tile_of_made_products_is_right)

#else

TEST_MAIN("fma", fma_awkward_operands_are_right, fma_random_operands_are_right)

#endif
