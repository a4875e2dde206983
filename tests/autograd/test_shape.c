#include "autograd/ops.h"
#include "tests/support/gradient.h"

#include <limits.h>

static Var *reshaped(Tape *tape, const void *context)
{
	Var *const *in = context;
	return op_reshape(tape, in[0], SHAPE(4, -1));
}

typedef struct Slice {
	Var *x;
	int axis, begin, end;
} Slice;

static Var *sliced(Tape *tape, const void *context)
{
	const Slice *s = context;
	return op_slice(tape, s->x, s->axis, s->begin, s->end);
}

typedef struct Concat {
	Var *x[3];
	int count, axis;
} Concat;

static Var *joined(Tape *tape, const void *context)
{
	const Concat *c = context;
	return op_concat(tape, c->axis, c->count, c->x);
}

/* Each output number is an input number: with dy = 1, 2, 3, ... the gradient is where it
 * came from. x = [1 2 3; 4 5 6]. */
START_TEST(slice_of_columns_gives_value_and_gradient)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real numbers[] = { 1, 2, 3, 4, 5, 6 }, weights[] = { 1, 2, 3, 4 };
	Var *x = tape_variable(&tape, tensor_view(numbers, SHAPE(2, 3)), "x");
	Var *w = tape_constant(&tape, tensor_view(weights, SHAPE(2, 2)), "w");
	Var *y = op_slice(&tape, x, -1, 1, 3);
	real value[] = { 2, 3, 5, 6 }, dx[] = { 0, 1, 2, 0, 3, 4 };
	ASSERT_TENSOR_SAME(y->value, tensor_view(value, SHAPE(2, 2)));
	tape_backward(&tape, op_sum(&tape, op_mul(&tape, y, w)));
	ASSERT_TENSOR_SAME(x->grad, tensor_view(dx, SHAPE(2, 3)));
	arena_free(arena);
}
END_TEST

START_TEST(concat_of_columns_gives_value_and_gradient)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real left[] = { 1, 2 }, right[] = { 3, 4, 5, 6 };
	real weights[] = { 1, 2, 3, 4, 5, 6 };
	Var *a = tape_variable(&tape, tensor_view(left, SHAPE(2, 1)), "a");
	Var *b = tape_variable(&tape, tensor_view(right, SHAPE(2, 2)), "b");
	Var *w = tape_constant(&tape, tensor_view(weights, SHAPE(2, 3)), "w");
	Var *y = op_concat(&tape, 1, INPUTS(a, b));
	real value[] = { 1, 3, 4, 2, 5, 6 }, da[] = { 1, 4 }, db[] = { 2, 3, 5, 6 };
	ASSERT_TENSOR_SAME(y->value, tensor_view(value, SHAPE(2, 3)));
	tape_backward(&tape, op_sum(&tape, op_mul(&tape, y, w)));
	ASSERT_TENSOR_SAME(a->grad, tensor_view(da, SHAPE(2, 1)));
	ASSERT_TENSOR_SAME(b->grad, tensor_view(db, SHAPE(2, 2)));
	arena_free(arena);
}
END_TEST

START_TEST(reshape_keeps_numbers_and_gradients)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = random_variable(arena, "x", 1, SHAPE(2, 6));
	Var *y = op_reshape(&tape, x, SHAPE(3, -1));
	ck_assert_ptr_eq(y->value.data, x->value.data);
	ck_assert_str_eq(tensor_shape_text(y->value).text, "(3,4)");
	tape_backward(&tape, op_sum(&tape, y));
	ck_assert_ptr_ne(y->grad.data, x->grad.data);
	ASSERT_TENSOR_SAME(x->grad, tensor_full(arena, 1, SHAPE(2, 6)));
	arena_free(arena);
}
END_TEST

START_TEST(shape_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	Var *x = random_variable(arena, "x", 1, SHAPE(2, 6));
	ASSERT_GRADIENT(reshaped, &x, 1, &x);
	const Slice slices[] = {
		{ NULL, 0, 1, 3 },
		{ NULL, 1, 0, 1 },
		{ NULL, -1, 2, 5 },
		{ NULL, 2, 0, 5 },
	};
	for (int i = 0; i < 4; i++) {
		Slice s = slices[i];
		s.x = random_variable(arena, "x", i, SHAPE(3, 2, 5));
		ASSERT_GRADIENT(sliced, &s, 1, &s.x);
	}
	for (int axis = 0; axis < 3; axis++) {
		int shapes[3][3] = { { 2, 3, 4 }, { 2, 3, 4 }, { 2, 3, 4 } };
		Concat c = { .count = 3, .axis = axis };
		for (int i = 0; i < 3; i++) {
			shapes[i][axis] = i + 1;
			c.x[i] = random_variable(arena, "x", i, 3, shapes[i]);
		}
		c.x[1]->grad.data = NULL;
		ASSERT_GRADIENT(joined, &c, 3, c.x);
	}
	arena_free(arena);
}
END_TEST

/* The same rows twice: both slices, and both halves, give their gradients back. */
START_TEST(shape_same_input_twice_adds_both_gradients)
{
	Arena *arena = arena_new("test");
	Var *x = random_variable(arena, "x", 1, SHAPE(3, 2));
	Concat c = { .x = { x, x }, .count = 2, .axis = 1 };
	ASSERT_GRADIENT(joined, &c, 1, &x);
	Tape tape = tape_new(arena);
	tensor_fill(x->grad, 0);
	Var *y = op_concat(&tape, 0,
	        INPUTS(op_slice(&tape, x, 0, 0, 2), op_slice(&tape, x, 0, 1, 3)));
	tape_backward(&tape, op_sum(&tape, y));
	real dx[] = { 1, 1, 2, 2, 1, 1 };
	ASSERT_TENSOR_SAME(x->grad, tensor_view(dx, SHAPE(3, 2)));
	arena_free(arena);
}
END_TEST

START_TEST(shape_empty_parts_are_allowed)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = random_variable(arena, "x", 1, SHAPE(3, 2));
	Var *none = op_slice(&tape, x, 1, 1, 1);
	ck_assert_str_eq(tensor_shape_text(none->value).text, "(3,0)");
	Var *y = op_concat(&tape, 1, INPUTS(none, x));
	ASSERT_TENSOR_SAME(y->value, x->value);
	tape_backward(&tape, op_sum(&tape, y));
	ASSERT_TENSOR_SAME(x->grad, tensor_full(arena, 1, SHAPE(3, 2)));
	Var *empty =
	        op_slice(&tape, random_variable(arena, "e", 1, SHAPE(0, 4)), 1, 1, 3);
	ck_assert_str_eq(tensor_shape_text(empty->value).text, "(0,2)");
	tape_backward(&tape, op_sum(&tape, empty));
	arena_free(arena);
}
END_TEST

static Var *golden_reshape(Tape *tape, const void *context)
{
	Var *const *in = context;
	return op_reshape(tape, in[0], SHAPE(4, 3));
}

static Var *golden_slice(Tape *tape, const void *context)
{
	Var *const *in = context;
	return op_slice(tape, in[0], 1, 1, 3);
}

static Var *golden_concat(Tape *tape, const void *context)
{
	Var *const *in = context;
	return op_concat(tape, 1, INPUTS(in[0], in[1]));
}

START_TEST(shape_agrees_with_pytorch)
{
	ASSERT_AGREES(golden_reshape, "autograd.txt", "reshape", 1);
	ASSERT_AGREES(golden_slice, "autograd.txt", "slice", 1);
	ASSERT_AGREES(golden_concat, "autograd.txt", "concat", 2);
}
END_TEST

START_TEST(reshape_wrong_size_stops)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = random_variable(arena, "pooled", 1, SHAPE(2, 3));
	ASSERT_STOPS("op_reshape at tests/autograd/test_shape.c:",
	        op_reshape(&tape, x, SHAPE(4, 2)));
	ASSERT_STOPS(
	        "x \"pooled\" (2,3): 6 numbers do not fill (4,-1). Hint: a reshape keeps",
	        op_reshape(&tape, x, SHAPE(4, -1)));
	ASSERT_STOPS("(-1,-1)", op_reshape(&tape, x, SHAPE(-1, -1)));
	ASSERT_STOPS("(-2,3)", op_reshape(&tape, x, SHAPE(-2, 3)));
	ASSERT_STOPS("(0,-1)", op_reshape(&tape, x, SHAPE(0, -1)));
	ASSERT_STOPS("5 dimensions", op_reshape(&tape, x, SHAPE(1, 1, 1, 2, 3)));
	ASSERT_STOPS("do not fill (2147483647,2147483647,4)",
	        op_reshape(&tape, x, SHAPE(INT_MAX, INT_MAX, 4)));
	ASSERT_STOPS("x is NULL", op_reshape(&tape, NULL, SHAPE(4, 2)));
	arena_free(arena);
}
END_TEST

START_TEST(slice_outside_stops)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = random_variable(arena, "seq", 1, SHAPE(2, 3));
	ASSERT_STOPS(
	        "1 to 4 along axis 1 of x \"seq\" (2,3): expected 0 <= begin <= end <= 3",
	        op_slice(&tape, x, 1, 1, 4));
	ASSERT_STOPS("2 to 1 along axis 0", op_slice(&tape, x, 0, 2, 1));
	ASSERT_STOPS("-1 to 1 along axis 0", op_slice(&tape, x, 0, -1, 1));
	ASSERT_STOPS("axis 2 of x", op_slice(&tape, x, 2, 0, 1));
	ASSERT_STOPS("x is NULL", op_slice(&tape, NULL, 0, 0, 1));
	arena_free(arena);
}
END_TEST

START_TEST(concat_mismatch_stops)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *a = random_variable(arena, "text", 1, SHAPE(16, 128));
	Var *b = random_variable(arena, "speech", 2, SHAPE(15, 96));
	Var *vector = random_variable(arena, "v", 2, SHAPE(16));
	ASSERT_STOPS("op_concat at tests/autograd/test_shape.c:",
	        op_concat(&tape, 1, INPUTS(a, b)));
	ASSERT_STOPS(
	        "x[0] \"text\" (16,128) and x[1] \"speech\" (15,96) along axis 1: expected equal shapes but for that axis",
	        op_concat(&tape, 1, INPUTS(a, b)));
	ASSERT_STOPS("x[1] \"v\" (16)", op_concat(&tape, 0, INPUTS(a, vector)));
	ASSERT_STOPS("x[1] is NULL", op_concat(&tape, 0, INPUTS(a, NULL)));
	ASSERT_STOPS("0 inputs: expected at least 1", op_concat(&tape, 0, 0, &a));
	ASSERT_STOPS("axis 2 of x", op_concat(&tape, 2, INPUTS(a, a)));
	arena_free(arena);
}
END_TEST

TEST_MAIN("shape", slice_of_columns_gives_value_and_gradient,
        concat_of_columns_gives_value_and_gradient, reshape_keeps_numbers_and_gradients,
        shape_gradient_agrees_with_slopes, shape_same_input_twice_adds_both_gradients,
        shape_empty_parts_are_allowed, shape_agrees_with_pytorch,
        reshape_wrong_size_stops, slice_outside_stops, concat_mismatch_stops)
