#include "tensor/reduce.h"
#include "tensor/largest.h"
#include "tensor/rng.h"
#include "tests/support/harness.h"

#include <math.h>

#define NUMBERS(...) ((const real[]){ __VA_ARGS__ })

static Tensor tensor_of(Arena *arena, const real *numbers, int ndim, const int shape[])
{
	Tensor x = tensor_view(NULL, ndim, shape);
	return tensor_from(arena, numbers, tensor_count(x), ndim, shape);
}

static const real infinity = (real)HUGE_VAL, not_a_number = (real)__builtin_nan("");

/* The contract, written as plainly as can be. */
static real sum_by_the_contract(const real *x, size_t count)
{
	real lane[16] = { 0 };
	for (size_t i = 0; i < count; i++)
		lane[i % 16] += x[i];
	real a[8], b[4];
	for (int j = 0; j < 8; j++)
		a[j] = lane[j] + lane[j + 8];
	for (int j = 0; j < 4; j++)
		b[j] = a[j] + a[j + 4];
	return (b[0] + b[2]) + (b[1] + b[3]);
}

START_TEST(real_sum_has_the_order_of_its_contract)
{
	enum { MOST = 100 };
	real x[MOST];
	Rng rng = rng_new(1);
	for (int i = 0; i < MOST; i++)
		x[i] = (real)rng_normal(&rng);
	for (size_t count = 0; count <= MOST; count++) {
		real actual = real_sum(x, count),
		     expected = sum_by_the_contract(x, count);
		ck_assert_msg(actual == expected, "%zu numbers", count);
	}
	ck_assert(real_sum(NULL, 0) == 0);
}
END_TEST

START_TEST(real_dot_is_the_sum_of_the_products)
{
	enum { MOST = 100 };
	real x[MOST], y[MOST], products[MOST];
	Rng rng = rng_new(4);
	for (int i = 0; i < MOST; i++) {
		x[i] = (real)rng_normal(&rng);
		y[i] = (real)rng_normal(&rng);
		products[i] = x[i] * y[i];
	}
	for (size_t count = 0; count <= MOST; count++)
		ck_assert(real_dot(x, y, count) == sum_by_the_contract(products, count));
}
END_TEST

START_TEST(real_sum_is_close_to_the_exact_sum)
{
	enum { N = 100000 };
	static real x[N];
	double exact = 0;
	Rng rng = rng_new(2);
	for (int i = 0; i < N; i++) {
		x[i] = rng_uniform(&rng);
		exact += (double)x[i];
	}
	ASSERT_CLOSE(real_sum(x, N), exact, 0, 1e-6);
}
END_TEST

START_TEST(reduce_everything_gives_one_number)
{
	Arena *arena = arena_new("test");
	Tensor x = tensor_of(arena, NUMBERS(1, 5, -3, 2, 5, 2), SHAPE(2, 3));
	ck_assert(tensor_sum(x) == 12);
	ck_assert(tensor_mean(x) == 2);
	ck_assert(tensor_max(x) == 5);
	ck_assert_int_eq(tensor_argmax(x), 1);
	ck_assert(tensor_sum(tensor_new(arena, SHAPE(0, 3))) == 0);
	ck_assert(tensor_sum(tensor_full(arena, 4, SCALAR)) == 4);
	arena_free(arena);
}
END_TEST

START_TEST(sum_axis_drops_the_axis)
{
	Arena *arena = arena_new("test");
	Tensor x = tensor_of(
	        arena, NUMBERS(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), SHAPE(2, 3, 2));
	Tensor out = tensor_full(arena, 99, SHAPE(2, 2)); /* is set, not added to */
	tensor_sum_axis(out, x, 1);
	ASSERT_TENSOR_SAME(out, tensor_of(arena, NUMBERS(9, 12, 27, 30), SHAPE(2, 2)));
	tensor_mean_axis(out, x, -2);
	ASSERT_TENSOR_SAME(out, tensor_of(arena, NUMBERS(3, 4, 9, 10), SHAPE(2, 2)));
	out = tensor_full(arena, 99, SHAPE(2, 3));
	tensor_sum_axis(out, x, -1);
	ASSERT_TENSOR_SAME(
	        out, tensor_of(arena, NUMBERS(3, 7, 11, 15, 19, 23), SHAPE(2, 3)));
	out = tensor_full(arena, 99, SHAPE(3, 2));
	tensor_sum_axis(out, x, 0);
	ASSERT_TENSOR_SAME(
	        out, tensor_of(arena, NUMBERS(8, 10, 12, 14, 16, 18), SHAPE(3, 2)));
	out = tensor_full(arena, 99, SHAPE(2));
	tensor_sum_axis(out, tensor_new(arena, SHAPE(0, 2)), 0);
	ASSERT_TENSOR_SAME(out, tensor_zeros(arena, SHAPE(2)));
	out = tensor_new(arena, SCALAR);
	tensor_mean_axis(out, tensor_of(arena, NUMBERS(1, 2, 6), SHAPE(3)), 0);
	ck_assert(out.data[0] == 3);
	arena_free(arena);
}
END_TEST

/* Wherever the largest stands, and whatever is left over when vectors are full. */
START_TEST(real_largest_finds_it_at_every_place)
{
	enum { MOST = 70 };
	real x[MOST];
	Rng rng = rng_new(5);
	for (size_t count = 1; count <= MOST; count++)
		for (size_t at = 0; at < count; at++) {
			for (size_t i = 0; i < count; i++)
				x[i] = -1 - (real)rng_uniform(&rng);
			x[at] = (real)-0.5;
			ck_assert_msg(real_largest(x, count) == (real)-0.5,
			        "%zu numbers, the largest is number %zu", count, at);
			if (at == 0)
				continue;
			x[at] = not_a_number;
			ck_assert_msg(real_largest(x, count) <= -1,
			        "%zu numbers, number %zu is a NaN", count, at);
		}
}
END_TEST

START_TEST(max_axis_takes_the_first_largest)
{
	Arena *arena = arena_new("test");
	Tensor x = tensor_of(
	        arena, NUMBERS(1, 7, 2, 7, 0, 2, -infinity, 7, -5), SHAPE(3, 3));
	int position[3];
	Tensor out = tensor_new(arena, SHAPE(3));
	tensor_max_axis(out, x, 0);
	ASSERT_TENSOR_SAME(out, tensor_of(arena, NUMBERS(7, 7, 2), SHAPE(3)));
	tensor_argmax_axis(position, x, 0);
	ck_assert_int_eq(position[0], 1);
	ck_assert_int_eq(position[1], 0);
	ck_assert_int_eq(position[2], 0);
	tensor_max_axis(out, x, -1);
	ASSERT_TENSOR_SAME(out, tensor_of(arena, NUMBERS(7, 7, 7), SHAPE(3)));
	tensor_argmax_axis(position, x, -1);
	ck_assert_int_eq(position[0], 1);
	ck_assert_int_eq(position[1], 0);
	ck_assert_int_eq(position[2], 1);
	arena_free(arena);
}
END_TEST

START_TEST(max_keeps_a_nan_and_argmax_passes_it_over)
{
	Arena *arena = arena_new("test");
	Tensor x =
	        tensor_of(arena, NUMBERS(1, not_a_number, 9, not_a_number), SHAPE(2, 2));
	ck_assert(isnan(tensor_max(x)));
	ck_assert_int_eq(tensor_argmax(x), 2);
	int position[2];
	tensor_argmax_axis(position, x, 0);
	ck_assert_int_eq(position[0], 1);
	ck_assert_int_eq(position[1], 0); /* there is nothing else */
	Tensor first = tensor_of(arena, NUMBERS(not_a_number, -2, -1), SHAPE(3));
	ck_assert_int_eq(tensor_argmax(first), 2);
	Tensor out = tensor_new(arena, SHAPE(2));
	tensor_max_axis(out, x, 0);
	ck_assert(out.data[0] == 9);
	ck_assert(isnan(out.data[1]));
	arena_free(arena);
}
END_TEST

START_TEST(softmax_of_logarithms_gives_proportions)
{
	Arena *arena = arena_new("test");
	real a = (real)0.69314718055994531, b = (real)1.0986122886681098;
	Tensor x = tensor_of(arena, NUMBERS(0, a, b, 0, 0, 0), SHAPE(2, 3));
	Tensor out = tensor_like(arena, x);
	tensor_softmax(out, x);
	real third = (real)1 / 3;
	ASSERT_TENSOR_CLOSE(out,
	        tensor_of(arena, NUMBERS((real)1 / 6, third, 0.5, third, third, third),
	                SHAPE(2, 3)),
	        0, 3e-7);
	tensor_log_softmax(x, x); /* in place */
	ASSERT_CLOSE(x.data[0], -log(6), 0, 3e-7);
	ASSERT_CLOSE(x.data[2], -log(2), 0, 3e-7);
	tensor_softmax(x, x);
	ASSERT_TENSOR_CLOSE(x, out, 0, 6e-7);
	arena_free(arena);
}
END_TEST

START_TEST(softmax_extremes_stay_finite)
{
	Arena *arena = arena_new("test");
	Tensor x = tensor_of(arena,
	        NUMBERS((real)1e30, 0, -(real)1e30, -1000, -1001, -infinity),
	        SHAPE(2, 3));
	Tensor out = tensor_like(arena, x);
	tensor_softmax(out, x);
	Tensor first = tensor_row(out, 0), second = tensor_row(out, 1);
	ASSERT_TENSOR_SAME(first, tensor_of(arena, NUMBERS(1, 0, 0), SHAPE(3)));
	ASSERT_CLOSE(second.data[0], 1 / (1 + exp(-1)), 0, 3e-7);
	ck_assert(second.data[2] == 0);
	tensor_log_softmax(out, x);
	ASSERT_CLOSE(first.data[1], -1e30, 0, 1e-6);
	ck_assert(second.data[2] == -infinity);
	ASSERT_CLOSE(second.data[0], -log(1 + exp(-1)), 0, 1e-6);
	arena_free(arena);
}
END_TEST

START_TEST(softmax_of_nan_or_nothing_finite_is_nan)
{
	Arena *arena = arena_new("test");
	Tensor x = tensor_of(
	        arena, NUMBERS(1, not_a_number, -infinity, -infinity), SHAPE(2, 2));
	tensor_softmax(x, x);
	for (int i = 0; i < 4; i++)
		ck_assert(isnan(x.data[i]));
	arena_free(arena);
}
END_TEST

/* Long rows: more than one buffer, and an end that fills no whole lanes. A row padded
 * with -inf has the bits of the row alone. */
START_TEST(softmax_padding_does_not_change_a_bit)
{
	enum { N = 613, PADDED = 1000 };
	Arena *arena = arena_new("test");
	Tensor x = tensor_new(arena, SHAPE(1, N));
	Tensor padded = tensor_full(arena, -infinity, SHAPE(1, PADDED));
	Rng rng = rng_new(3);
	double sum = 0;
	for (int i = 0; i < N; i++) {
		x.data[i] = padded.data[i] = 4 * (real)rng_normal(&rng);
		sum += exp((double)x.data[i]);
	}
	Tensor y = tensor_like(arena, x), y_padded = tensor_like(arena, padded);
	tensor_softmax(y, x);
	tensor_softmax(y_padded, padded);
	ck_assert_mem_eq(y.data, y_padded.data, N * sizeof(real));
	ASSERT_CLOSE(real_sum(y.data, N), 1, 0, 1e-6);
	tensor_log_softmax(y, x);
	tensor_log_softmax(y_padded, padded);
	ck_assert_mem_eq(y.data, y_padded.data, N * sizeof(real));
	ASSERT_CLOSE(y.data[0], (double)x.data[0] - log(sum), 0, 1e-6);
	arena_free(arena);
}
END_TEST

START_TEST(reduce_wrong_shapes_stop)
{
	Arena *arena = arena_new("test");
	Tensor x = tensor_zeros(arena, SHAPE(2, 3)), one = tensor_new(arena, SCALAR);
	Tensor out = tensor_new(arena, SHAPE(3)), none = tensor_new(arena, SHAPE(0, 3));
	Tensor no_rows = tensor_new(arena, SHAPE(3, 0));
	int position[3];
	ASSERT_STOPS("tensor_sum_axis at tests/tensor/test_reduce.c:",
	        tensor_sum_axis(out, x, 2));
	ASSERT_STOPS(
	        "axis 2 of (2,3): expected -2 to 1. Hint: axes count from 0; -1 is the last.",
	        tensor_sum_axis(out, x, 2));
	ASSERT_STOPS("axis -3 of (2,3): expected -2 to 1", tensor_mean_axis(out, x, -3));
	ASSERT_STOPS("axis 0 of (): a scalar has no axis", tensor_max_axis(out, one, 0));
	ASSERT_STOPS("x (2,3) without axis 1 is (2), but out is (3)",
	        tensor_sum_axis(out, x, -1));
	ASSERT_STOPS("tensor_mean_axis at", tensor_mean_axis(out, x, -1));
	ASSERT_STOPS("tensor_max_axis at", tensor_max_axis(out, x, -1));
	ASSERT_STOPS("tensor_argmax_axis at", tensor_argmax_axis(position, x, 5));
	ASSERT_STOPS("axis 0 of (0,3) has no elements", tensor_mean_axis(out, none, 0));
	ASSERT_STOPS("axis 0 of (0,3) has no elements", tensor_max_axis(out, none, 0));
	ASSERT_STOPS(
	        "axis 0 of (0,3) has no elements", tensor_argmax_axis(position, none, 0));
	ASSERT_STOPS("tensor_mean at", tensor_mean(none));
	ASSERT_STOPS("tensor_max at", tensor_max(none));
	ASSERT_STOPS("x (0,3) has no elements", (void)tensor_argmax(none));
	ASSERT_STOPS("x is (2,3), but out is (3)", tensor_softmax(out, x));
	ASSERT_STOPS("tensor_log_softmax at", tensor_log_softmax(out, x));
	tensor_softmax(no_rows, no_rows);
	arena_free(arena);
}
END_TEST

TEST_MAIN("reduce", real_sum_has_the_order_of_its_contract,
        real_dot_is_the_sum_of_the_products, real_sum_is_close_to_the_exact_sum,
        reduce_everything_gives_one_number, sum_axis_drops_the_axis,
        real_largest_finds_it_at_every_place, max_axis_takes_the_first_largest,
        max_keeps_a_nan_and_argmax_passes_it_over,
        softmax_of_logarithms_gives_proportions, softmax_extremes_stay_finite,
        softmax_of_nan_or_nothing_finite_is_nan, softmax_padding_does_not_change_a_bit,
        reduce_wrong_shapes_stop)
