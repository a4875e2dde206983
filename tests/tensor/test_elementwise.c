#include "tensor/elementwise.h"
#include "tensor/compare.h"
#include "tensor/rng.h"
#include "tests/support/harness.h"

static Arena *arena;

static void make_arena(void)
{
	arena = arena_new("test");
}

static Tensor tensor_of(const real *numbers, int ndim, const int shape[])
{
	Tensor x = tensor_view(NULL, ndim, shape);
	return tensor_from(arena, numbers, tensor_count(x), ndim, shape);
}

#define NUMBERS(...) ((const real[]){ __VA_ARGS__ })

START_TEST(add_same_shape_adds_each)
{
	make_arena();
	Tensor a = tensor_of(NUMBERS(1, 2, 3, 4), SHAPE(2, 2));
	Tensor b = tensor_of(NUMBERS(10, 20, 30, 40), SHAPE(2, 2));
	Tensor out = tensor_new(arena, SHAPE(2, 2));
	tensor_add(out, a, b);
	ASSERT_TENSOR_SAME(out, tensor_of(NUMBERS(11, 22, 33, 44), SHAPE(2, 2)));
	tensor_sub(out, a, b);
	ASSERT_TENSOR_SAME(out, tensor_of(NUMBERS(-9, -18, -27, -36), SHAPE(2, 2)));
	tensor_mul(out, a, b);
	ASSERT_TENSOR_SAME(out, tensor_of(NUMBERS(10, 40, 90, 160), SHAPE(2, 2)));
	tensor_div(out, b, a);
	ASSERT_TENSOR_SAME(out, tensor_of(NUMBERS(10, 10, 10, 10), SHAPE(2, 2)));
	arena_free(arena);
}
END_TEST

START_TEST(sub_trailing_row_and_column_repeat)
{
	make_arena();
	Tensor a = tensor_of(NUMBERS(1, 2, 3, 4, 5, 6), SHAPE(2, 3));
	Tensor row = tensor_of(NUMBERS(1, 2, 3), SHAPE(3));
	Tensor column = tensor_of(NUMBERS(10, 20), SHAPE(2, 1));
	Tensor one = tensor_of(NUMBERS(7), SCALAR);
	Tensor out = tensor_new(arena, SHAPE(2, 3));
	tensor_sub(out, a, row);
	ASSERT_TENSOR_SAME(out, tensor_of(NUMBERS(0, 0, 0, 3, 3, 3), SHAPE(2, 3)));
	tensor_sub(out, column, a);
	ASSERT_TENSOR_SAME(out, tensor_of(NUMBERS(9, 8, 7, 16, 15, 14), SHAPE(2, 3)));
	tensor_sub(out, column, row);
	ASSERT_TENSOR_SAME(out, tensor_of(NUMBERS(9, 8, 7, 19, 18, 17), SHAPE(2, 3)));
	tensor_sub(out, one, a);
	ASSERT_TENSOR_SAME(out, tensor_of(NUMBERS(6, 5, 4, 3, 2, 1), SHAPE(2, 3)));
	arena_free(arena);
}
END_TEST

START_TEST(mul_in_place_gives_the_same)
{
	make_arena();
	Tensor a = tensor_of(NUMBERS(1, 2, 3, 4), SHAPE(2, 2));
	tensor_mul(a, a, a);
	tensor_mul(a, a, tensor_of(NUMBERS(2, 3), SHAPE(2)));
	ASSERT_TENSOR_SAME(a, tensor_of(NUMBERS(2, 12, 18, 48), SHAPE(2, 2)));
	arena_free(arena);
}
END_TEST

START_TEST(compare_gives_one_or_zero)
{
	make_arena();
	Tensor a = tensor_of(NUMBERS(1, 2, 3, (real)__builtin_nan("")), SHAPE(4));
	Tensor two = tensor_of(NUMBERS(2), SHAPE(1)), out = tensor_new(arena, SHAPE(4));
	tensor_equal(out, a, two);
	ASSERT_TENSOR_SAME(out, tensor_of(NUMBERS(0, 1, 0, 0), SHAPE(4)));
	tensor_not_equal(out, a, two);
	ASSERT_TENSOR_SAME(out, tensor_of(NUMBERS(1, 0, 1, 1), SHAPE(4)));
	tensor_less(out, a, two);
	ASSERT_TENSOR_SAME(out, tensor_of(NUMBERS(1, 0, 0, 0), SHAPE(4)));
	tensor_less_equal(out, a, two);
	ASSERT_TENSOR_SAME(out, tensor_of(NUMBERS(1, 1, 0, 0), SHAPE(4)));
	tensor_greater(out, a, two);
	ASSERT_TENSOR_SAME(out, tensor_of(NUMBERS(0, 0, 1, 0), SHAPE(4)));
	tensor_greater_equal(out, a, two);
	ASSERT_TENSOR_SAME(out, tensor_of(NUMBERS(0, 1, 1, 0), SHAPE(4)));
	arena_free(arena);
}
END_TEST

START_TEST(broadcast_empty_and_scalar_have_shapes)
{
	make_arena();
	Tensor empty = tensor_new(arena, SHAPE(2, 0)), shape;
	Tensor one = tensor_of(NUMBERS(7), SCALAR);
	ck_assert(tensor_broadcast(&shape, empty, one, NULL));
	ck_assert_str_eq(tensor_shape_text(shape).text, "(2,0)");
	tensor_add(empty, empty, one);
	tensor_sum_to(one, empty);
	ck_assert(one.data[0] == 7);
	tensor_add(one, one, one);
	ck_assert(one.data[0] == 14);
	Tensor row = tensor_new(arena, SHAPE(1, 3)),
	       none = tensor_new(arena, SHAPE(0, 1));
	shape = tensor_broadcast_shape(HERE, "test", row, none);
	ck_assert_str_eq(tensor_shape_text(shape).text, "(0,3)");
	arena_free(arena);
}
END_TEST

/* Where element (i,j,k,l) lies in x, broadcast to a larger shape, straight from the
 * rule. */
static real *broadcast_at(Tensor x, const int index[], int ndim)
{
	size_t at = 0;
	for (int d = 0; d < x.ndim; d++) {
		int i = x.shape[d] == 1 ? 0 : index[d + ndim - x.ndim];
		at = at * (size_t)x.shape[d] + (size_t)i;
	}
	return &x.data[at];
}

static void index_of(Tensor shape, size_t flat, int index[])
{
	for (int d = shape.ndim - 1; d >= 0; d--) {
		index[d] = (int)(flat % (size_t)shape.shape[d]);
		flat /= (size_t)shape.shape[d];
	}
}

/* A random operand for a result of this shape: dimensions dropped in front, others set
 * to 1. */
static Tensor random_operand(Rng *rng, Tensor shape)
{
	int drop = rng_below(rng, 3) ? 0 : rng_below(rng, shape.ndim + 1), sizes[4];
	Tensor x = { .ndim = shape.ndim - drop };
	for (int d = 0; d < x.ndim; d++)
		sizes[d] = rng_below(rng, 3) ? shape.shape[d + drop] : 1;
	x = tensor_new(arena, x.ndim, sizes);
	for (size_t i = 0; i < tensor_count(x); i++)
		x.data[i] = (real)rng_below(rng, 1000);
	return x;
}

/* Every combination of ranks and repeated dimensions, against the rule; the numbers are
 * integers, so that every order of summing is exact. Some rows are longer than the
 * buffer. */
START_TEST(broadcast_random_shapes_agree_with_the_rule)
{
	make_arena();
	Rng rng = rng_new(1);
	for (int trial = 0; trial < 2000; trial++) {
		int sizes[4], ndim = rng_below(&rng, 5), index[4];
		for (int d = 0; d < ndim; d++)
			sizes[d] =
			        1 + rng_below(&rng,
			                    d == ndim - 1 && trial % 50 == 0 ? 600 : 5);
		Tensor full = tensor_view(NULL, ndim, sizes);
		Tensor a = random_operand(&rng, full), b = random_operand(&rng, full);
		Tensor out = tensor_broadcast_shape(HERE, "test", a, b);
		out = tensor_new(arena, out.ndim, out.shape);
		tensor_sub(out, a, b);
		for (size_t i = 0; i < tensor_count(out); i++) {
			index_of(out, i, index);
			real expected = *broadcast_at(a, index, out.ndim) -
			                *broadcast_at(b, index, out.ndim);
			ck_assert_msg(out.data[i] == expected, "%s - %s, element %zu",
			        tensor_shape_text(a).text, tensor_shape_text(b).text, i);
		}
		Tensor sums = tensor_full(arena, 5, a.ndim, a.shape);
		Tensor expected = tensor_clone(arena, sums);
		tensor_sum_to(sums, out);
		for (size_t i = 0; i < tensor_count(out); i++) {
			index_of(out, i, index);
			*broadcast_at(expected, index, out.ndim) += out.data[i];
		}
		ASSERT_TENSOR_SAME(sums, expected);
		arena_reset(arena);
	}
	arena_free(arena);
}
END_TEST

START_TEST(sum_to_adds_over_what_was_repeated)
{
	make_arena();
	Tensor x = tensor_of(NUMBERS(1, 2, 3, 4, 5, 6), SHAPE(2, 3));
	Tensor row = tensor_of(NUMBERS(100, 100, 100), SHAPE(3));
	tensor_sum_to(row, x);
	ASSERT_TENSOR_SAME(row, tensor_of(NUMBERS(105, 107, 109), SHAPE(3)));
	Tensor column = tensor_of(NUMBERS(100, 200), SHAPE(2, 1));
	tensor_sum_to(column, x);
	ASSERT_TENSOR_SAME(column, tensor_of(NUMBERS(106, 215), SHAPE(2, 1)));
	Tensor one = tensor_of(NUMBERS(0.5), SCALAR);
	tensor_sum_to(one, x);
	ASSERT_TENSOR_SAME(one, tensor_of(NUMBERS(21.5), SCALAR));
	tensor_sum_to(x, x);
	ASSERT_TENSOR_SAME(x, tensor_of(NUMBERS(2, 4, 6, 8, 10, 12), SHAPE(2, 3)));
	arena_free(arena);
}
END_TEST

START_TEST(add_misfit_stops_and_explains)
{
	make_arena();
	Tensor a = tensor_new(arena, SHAPE(16, 128)), b = tensor_new(arena, SHAPE(96));
	Tensor c = tensor_new(arena, SHAPE(16)), big = tensor_view(NULL, SHAPE(65536, 1));
	Tensor wide = tensor_view(NULL, SHAPE(65536));
	ASSERT_STOPS(
	        "tensor_add at tests/tensor/test_elementwise.c:", tensor_add(a, a, b));
	ASSERT_STOPS(
	        "a (16,128) and b (96): sizes 128 and 96 of dimension -1, counted from the end, differ. Shapes are aligned at their last dimension; two sizes must be equal, or one of them 1.",
	        tensor_add(a, a, b));
	ASSERT_STOPS(
	        "or one of them 1. Hint: reshape (16) to (16,1).", tensor_sub(a, c, a));
	ASSERT_STOPS("tensor_mul at", tensor_mul(a, a, b));
	ASSERT_STOPS("tensor_div at", tensor_div(a, a, b));
	ASSERT_STOPS("tensor_equal at", tensor_equal(a, a, b));
	ASSERT_STOPS("tensor_not_equal at", tensor_not_equal(a, a, b));
	ASSERT_STOPS("tensor_less at", tensor_less(a, a, b));
	ASSERT_STOPS("tensor_less_equal at", tensor_less_equal(a, a, b));
	ASSERT_STOPS("tensor_greater at", tensor_greater(a, a, b));
	ASSERT_STOPS("tensor_greater_equal at", tensor_greater_equal(a, a, b));
	ASSERT_STOPS("a (16,128) and b () give (16,128), but out is (16)",
	        tensor_add(c, a, tensor_new(arena, SCALAR)));
	ASSERT_STOPS(
	        "a (65536,1) and b (65536): the result would have more than 2147483647 elements",
	        tensor_add(a, big, wide));
	ASSERT_STOPS("tensor_sum_to at", tensor_sum_to(b, a));
	ASSERT_STOPS("out (16,128) does not broadcast to x (16,1)",
	        tensor_sum_to(a, tensor_new(arena, SHAPE(16, 1))));
	ck_assert(!tensor_broadcast(&a, a, b, NULL));
	arena_free(arena);
}
END_TEST

TEST_MAIN("elementwise", add_same_shape_adds_each, sub_trailing_row_and_column_repeat,
        mul_in_place_gives_the_same, compare_gives_one_or_zero,
        broadcast_empty_and_scalar_have_shapes,
        broadcast_random_shapes_agree_with_the_rule, sum_to_adds_over_what_was_repeated,
        add_misfit_stops_and_explains)
