#include "tensor/quantised.h"
#include "tensor/fma.h"
#include "tensor/matmul.h"
#include "tensor/reduce.h"
#include "tensor/rng.h"
#include "tests/support/harness.h"

#include <string.h>

/* The codes of all layouts, by GGUF. */
static const unsigned codes[] = { 0, 1, 30, 2, 3, 6, 7, 8, 12, 14 };
enum { CODES = sizeof codes / sizeof codes[0] };

typedef struct Case {
	Arena *arena;
	Rng rng;
	Pool *pool;
} Case;

static Case case_new(int threads)
{
	return (Case){ arena_new("test"), rng_new(20), pool_new(threads) };
}

static void case_free(Case *c)
{
	pool_free(c->pool);
	arena_free(c->arena);
}

/* Random bytes, at an odd address; scales, which might be infinite, are written over. */
static Quantised random_weight(Case *c, unsigned code, int rows, int columns)
{
	const BlockLayout *layout = block_layout_find(code);
	size_t blocks = (size_t)rows * (size_t)(columns / layout->numbers);
	size_t size = (size_t)layout->bytes;
	unsigned char *data = arena_alloc(c->arena, blocks * size + 1);
	data++;
	for (size_t i = 0; i < blocks * size; i++)
		data[i] = (unsigned char)rng_below(&c->rng, 256);
	for (size_t b = 0; b < blocks; b++) {
		unsigned char *block = data + b * size;
		float number = (float)rng_uniform(&c->rng) - 0.5f;
		unsigned char scale[2] = { 7, 0x2c + (unsigned char)(b % 4) };
		if (code == 0)
			memcpy(block, &number, sizeof number);
		else if (code == 30)
			block[1] = 0x3f;
		else
			memcpy(block + (code == 14 ? 208 : 0), scale, 2);
		if (code == 3 || code == 7 || code == 12)
			memcpy(block + 2, scale, 2);
	}
	return (Quantised){ layout, data, rows, columns };
}

static Matrix random_matrix(Case *c, int rows, int columns)
{
	size_t count = (size_t)rows * (size_t)columns;
	real *data = arena_alloc(c->arena, count * sizeof(real));
	for (size_t i = 0; i < count; i++)
		data[i] = rng_uniform(&c->rng) - (real)0.5;
	return matrix_view(data, rows, columns, columns);
}

static Matrix unpacked(Case *c, const Quantised *w)
{
	Matrix all = random_matrix(c, w->rows, w->columns);
	quantised_unpack(all.data, w, 0, w->rows);
	return all;
}

static void check_same(Matrix a, Matrix b, const char *what)
{
	size_t bytes = (size_t)a.rows * (size_t)a.columns * sizeof(real);
	ck_assert_msg(!memcmp(a.data, b.data, bytes), "%s: other bits", what);
}

START_TEST(quantised_product_has_the_bits_of_the_unpacked_one)
{
	for (int threads = 1; threads <= 3; threads += 2) {
		Case c = case_new(threads);
		for (int i = 0; i < CODES; i++) {
			Quantised w = random_weight(&c, codes[i], 259, 512);
			Matrix all = unpacked(&c, &w), x = random_matrix(&c, 17, 512);
			Matrix bias = random_matrix(&c, 1, 259);
			Matrix y = random_matrix(&c, 17, 259);
			Matrix expected = random_matrix(&c, 17, 259);
			Matrix start = matrix_view(bias.data, 17, 259, 0);
			quantised_product(y, start, x, &w, c.arena, c.pool);
			matmul_from(expected, start, x, matrix_transpose(all));
			check_same(y, expected, w.layout->name);
			start.data = NULL;
			quantised_product(y, start, x, &w, c.arena, NULL);
			matmul_from(expected, start, x, matrix_transpose(all));
			check_same(y, expected, w.layout->name);
		}
		case_free(&c);
	}
}
END_TEST

START_TEST(quantised_back_has_the_bits_of_the_unpacked_one)
{
	Case c = case_new(1);
	for (int i = 0; i < CODES; i++) {
		Quantised w = random_weight(&c, codes[i], 300, 256);
		Matrix all = unpacked(&c, &w), dy = random_matrix(&c, 5, 300);
		Matrix dx = random_matrix(&c, 5, 256), expected = dx;
		expected.data = arena_copy(c.arena, dx.data, 5 * 256 * sizeof(real));
		quantised_back(dx, dy, &w, c.arena);
		matmul(expected, dy, all, MATMUL_ADD);
		check_same(dx, expected, w.layout->name);
	}
	case_free(&c);
}
END_TEST

START_TEST(quantised_product_row_agrees_with_the_unpacked_one)
{
	for (int threads = 1; threads <= 3; threads += 2) {
		Case c = case_new(threads);
		for (int i = 0; i < CODES; i++) {
			Quantised w = random_weight(&c, codes[i], 37, 768);
			Matrix all = unpacked(&c, &w), x = random_matrix(&c, 1, 768);
			Matrix start = random_matrix(&c, 1, 37);
			Matrix y = random_matrix(&c, 1, 37), none = start;
			quantised_product_row(y, start, x, &w, c.arena, c.pool);
			for (int o = 0; o < 37; o++) {
				double sum = (double)start.data[o], all_of_it = 0;
				for (int k = 0; k < 768; k++) {
					double term = (double)x.data[k] *
					              (double)matrix_row(all, o)[k];
					sum += term;
					all_of_it += term < 0 ? -term : term;
				}
				ASSERT_CLOSE(y.data[o], sum, 2e-6 * all_of_it, 0);
			}
			none.data = NULL;
			Matrix again = random_matrix(&c, 1, 37);
			quantised_product_row(again, none, x, &w, c.arena, NULL);
			for (int o = 0; o < 37; o++)
				again.data[o] += start.data[o];
			check_same(y, again, w.layout->name);
		}
		case_free(&c);
	}
}
END_TEST

/* What block_packed.c says of the order of its sums, in plain loops, for Q4_1. */
START_TEST(block_layout_dot_takes_its_sums_in_the_order_it_says)
{
	Case c = case_new(1);
	Quantised w = random_weight(&c, 3, 1, 320);
	Matrix x = random_matrix(&c, 1, 320), y = random_matrix(&c, 1, 1);
	quantised_product_row(y, (Matrix){ .rows = 1, .columns = 1, .column_stride = 1 },
	        x, &w, c.arena, NULL);
	real lanes[16] = { 0 }, shift = 0, one[32], numbers[32];
	for (int b = 0; b < 10; b++) {
		unsigned char block[20];
		const real *x_b = x.data + 32 * b;
		memcpy(block, w.data + 20 * b, 20);
		memset(block + 4, 0, 16); /* all q are 0: what is left is m */
		w.layout->unpack(numbers, block, 1);
		real m = numbers[0];
		memset(block + 2, 0, 2);
		memset(block + 4, 0x11, 16); /* all q are 1, and m is 0: d */
		w.layout->unpack(one, block, 1);
		for (int l = 0; l < 16; l++) {
			int byte = w.data[20 * b + 4 + l];
			real t = (real)(byte & 15) * x_b[l];
			t = real_fma((real)(byte >> 4), x_b[l + 16], t);
			lanes[l] = real_fma(one[0], t, lanes[l]);
		}
		shift = real_fma(m, real_sum(x_b, 32), shift);
	}
	real expected = real_sum(lanes, 16) + shift;
	ck_assert(!memcmp(&expected, y.data, sizeof expected));
	case_free(&c);
}
END_TEST

TEST_MAIN("quantised", quantised_product_has_the_bits_of_the_unpacked_one,
        quantised_back_has_the_bits_of_the_unpacked_one,
        quantised_product_row_agrees_with_the_unpacked_one,
        block_layout_dot_takes_its_sums_in_the_order_it_says)
