#include "autograd/ops.h"
#include "autograd/largest.h"
#include "tests/support/gradient.h"

/* The input, and the axis where the operation has one. */
typedef struct Reduction {
	Var *x;
	int axis;
} Reduction;

static Var *sum_all(Tape *tape, const void *context)
{
	const Reduction *r = context;
	return op_sum(tape, r->x);
}

static Var *mean_all(Tape *tape, const void *context)
{
	const Reduction *r = context;
	return op_mean(tape, r->x);
}

static Var *sum_along(Tape *tape, const void *context)
{
	const Reduction *r = context;
	return op_sum_axis(tape, r->x, r->axis);
}

static Var *mean_along(Tape *tape, const void *context)
{
	const Reduction *r = context;
	return op_mean_axis(tape, r->x, r->axis);
}

static Var *max_along(Tape *tape, const void *context)
{
	const Reduction *r = context;
	return op_max_axis(tape, r->x, r->axis);
}

static Var *softmax(Tape *tape, const void *context)
{
	const Reduction *r = context;
	return op_softmax(tape, r->x);
}

static Var *log_softmax(Tape *tape, const void *context)
{
	const Reduction *r = context;
	return op_log_softmax(tape, r->x);
}

/* x = [1 5 3; 4 2 6]. With dy = 1, or (1,2,..) along the result, the gradients by
 * hand. */
START_TEST(reduce_two_by_three_gives_value_and_gradient)
{
	const struct {
		GradcheckFunction *function;
		int axis, ndim, shape[1];
		real y[3], dx[6];
	} cases[] = {
		{ sum_all, 0, 0, { 0 }, { 21 }, { 1, 1, 1, 1, 1, 1 } },
		{ mean_all, 0, 0, { 0 }, { (real)3.5 },
		        { (real)(1. / 6), (real)(1. / 6), (real)(1. / 6), (real)(1. / 6),
		                (real)(1. / 6), (real)(1. / 6) } },
		{ sum_along, 0, 1, { 3 }, { 5, 7, 9 }, { 1, 2, 3, 1, 2, 3 } },
		{ sum_along, -1, 1, { 2 }, { 9, 12 }, { 1, 1, 1, 2, 2, 2 } },
		{ mean_along, 0, 1, { 3 }, { (real)2.5, (real)3.5, (real)4.5 },
		        { (real)0.5, 1, (real)1.5, (real)0.5, 1, (real)1.5 } },
		{ max_along, 0, 1, { 3 }, { 4, 5, 6 }, { 0, 2, 0, 1, 0, 3 } },
		{ max_along, 1, 1, { 2 }, { 5, 6 }, { 0, 1, 0, 0, 0, 2 } },
	};
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		Tape tape = tape_new(arena);
		real x[] = { 1, 5, 3, 4, 2, 6 }, weights[] = { 1, 2, 3 };
		Reduction r = { tape_variable(&tape, tensor_view(x, SHAPE(2, 3)), "x"),
			cases[i].axis };
		Var *y = cases[i].function(&tape, &r);
		ASSERT_TENSOR_CLOSE(y->value,
		        tensor_view((real *)cases[i].y, cases[i].ndim, cases[i].shape), 0,
		        1e-6);
		Var *w = tape_constant(
		        &tape, tensor_view(weights, y->value.ndim, y->value.shape), "w");
		tape_backward(&tape, op_sum(&tape, op_mul(&tape, y, w)));
		ASSERT_TENSOR_CLOSE(r.x->grad,
		        tensor_view((real *)cases[i].dx, SHAPE(2, 3)), 0, 1e-6);
	}
	arena_free(arena);
}
END_TEST

/* x = (ln 1, ln 2, ln 5): probabilities 1/8, 2/8, 5/8. With dy = (8, 0, 0), sum dy y = 1
 * and dx = y (dy - 1) = (7/8, -2/8, -5/8). For log-softmax dx = dy - 8 y = (7, -2,
 * -5). */
START_TEST(softmax_gives_value_and_gradient)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real x[] = { 0, (real)0.6931471805599453, (real)1.6094379124341003 };
	real first[] = { 8, 0, 0 };
	Reduction r = { tape_variable(&tape, tensor_view(x, SHAPE(3)), "x"), 0 };
	Var *w = tape_constant(&tape, tensor_view(first, SHAPE(3)), "w");

	Var *y = softmax(&tape, &r);
	real value[] = { (real)0.125, (real)0.25, (real)0.625 };
	ASSERT_TENSOR_CLOSE(y->value, tensor_view(value, SHAPE(3)), 0, 1e-6);
	tape_backward(&tape, op_sum(&tape, op_mul(&tape, y, w)));
	real dx[] = { (real)0.875, (real)-0.25, (real)-0.625 };
	ASSERT_TENSOR_CLOSE(r.x->grad, tensor_view(dx, SHAPE(3)), 0, 1e-6);

	tensor_fill(r.x->grad, 0);
	tape_backward(&tape, op_sum(&tape, op_mul(&tape, log_softmax(&tape, &r), w)));
	real log_dx[] = { 7, -2, -5 };
	ASSERT_TENSOR_CLOSE(r.x->grad, tensor_view(log_dx, SHAPE(3)), 0, 1e-6);
	arena_free(arena);
}
END_TEST

static GradcheckFunction *const functions[] = { sum_all, mean_all, sum_along, mean_along,
	max_along, softmax, log_softmax };
enum { FUNCTIONS = sizeof functions / sizeof functions[0] };

START_TEST(reduce_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	for (int f = 0; f < FUNCTIONS; f++)
		for (int axis = -1; axis < 3; axis++) {
			Reduction r = { random_variable(arena, "x", f, SHAPE(3, 2, 5)),
				axis };
			ASSERT_GRADIENT(functions[f], &r, 1, &r.x);
		}
	for (int f = 0; f < FUNCTIONS; f++) {
		Reduction r = { random_variable(arena, "x", 50 + f, SHAPE(37)), 0 };
		ASSERT_GRADIENT(functions[f], &r, 1, &r.x);
	}
	arena_free(arena);
}
END_TEST

/* Of two largest the first gets it all: a fair gradient, at a kink. */
START_TEST(max_axis_tie_goes_to_the_first)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real x[] = { 1, 7, 7, 2 };
	Reduction r = { tape_variable(&tape, tensor_view(x, SHAPE(1, 4)), "x"), 1 };
	tape_backward(&tape, op_sum(&tape, max_along(&tape, &r)));
	real dx[] = { 0, 1, 0, 0 };
	ASSERT_TENSOR_SAME(r.x->grad, tensor_view(dx, SHAPE(1, 4)));
	ASSERT_GRADIENT(max_along, &r, 1, &r.x);
	arena_free(arena);
}
END_TEST

START_TEST(reduce_same_input_twice_adds_both_gradients)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = tape_variable(&tape, tensor_full(arena, 2, SHAPE(4)), "x");
	tape_backward(&tape, op_add(&tape, op_sum(&tape, x), op_mean(&tape, x)));
	ASSERT_TENSOR_CLOSE(x->grad, tensor_full(arena, (real)1.25, SHAPE(4)), 0, 1e-6);
	arena_free(arena);
}
END_TEST

static Var *golden_input(
        Tape *tape, const void *context, GradcheckFunction *function, int axis)
{
	Var *const *in = context;
	Reduction r = { in[0], axis };
	return function(tape, &r);
}

static Var *golden_sum(Tape *tape, const void *in)
{
	return golden_input(tape, in, sum_all, 0);
}

static Var *golden_mean(Tape *tape, const void *in)
{
	return golden_input(tape, in, mean_all, 0);
}

static Var *golden_sum_axis(Tape *tape, const void *in)
{
	return golden_input(tape, in, sum_along, 1);
}

static Var *golden_mean_axis(Tape *tape, const void *in)
{
	return golden_input(tape, in, mean_along, 0);
}

static Var *golden_max_axis(Tape *tape, const void *in)
{
	return golden_input(tape, in, max_along, -1);
}

static Var *golden_softmax(Tape *tape, const void *in)
{
	return golden_input(tape, in, softmax, 0);
}

static Var *golden_log_softmax(Tape *tape, const void *in)
{
	return golden_input(tape, in, log_softmax, 0);
}

START_TEST(reduce_agrees_with_pytorch)
{
	ASSERT_AGREES(golden_sum, "autograd.txt", "sum", 1);
	ASSERT_AGREES(golden_mean, "autograd.txt", "mean", 1);
	ASSERT_AGREES(golden_sum_axis, "autograd.txt", "sum_axis", 1);
	ASSERT_AGREES(golden_mean_axis, "autograd.txt", "mean_axis", 1);
	ASSERT_AGREES(golden_max_axis, "autograd.txt", "max_axis", 1);
	ASSERT_AGREES(golden_softmax, "autograd.txt", "softmax", 1);
	ASSERT_AGREES(golden_log_softmax, "autograd.txt", "log_softmax", 1);
}
END_TEST

START_TEST(reduce_wrong_axis_stops)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = random_variable(arena, "text.seq", 1, SHAPE(2, 3));
	Var *scalar = random_variable(arena, NULL, 1, SCALAR);
	Var *empty = random_variable(arena, "none", 1, SHAPE(0, 3));
	ASSERT_STOPS(
	        "op_sum_axis at tests/autograd/test_reduce.c:", op_sum_axis(&tape, x, 2));
	ASSERT_STOPS(
	        "axis 2 of x \"text.seq\" (2,3): expected -2 to 1. Hint: axes count from 0; -1 is the last.",
	        op_mean_axis(&tape, x, 2));
	ASSERT_STOPS("axis -3 of x", op_max_axis(&tape, x, -3));
	ASSERT_STOPS("axis -1 of x (): a scalar has no axis", op_softmax(&tape, scalar));
	ASSERT_STOPS("op_log_softmax at", op_log_softmax(&tape, scalar));
	ASSERT_STOPS("x \"none\" (0,3) has no elements", op_mean(&tape, empty));
	ASSERT_STOPS("axis 0 of x \"none\" (0,3) has no elements",
	        op_mean_axis(&tape, empty, 0));
	ASSERT_STOPS("axis 0 of x \"none\" (0,3) has no elements",
	        op_max_axis(&tape, empty, 0));
	ASSERT_STOPS("x is NULL", op_sum(&tape, NULL));
	ASSERT_STOPS("x is NULL", op_softmax(&tape, NULL));
	arena_free(arena);
}
END_TEST

TEST_MAIN("reduce", reduce_two_by_three_gives_value_and_gradient,
        softmax_gives_value_and_gradient, reduce_gradient_agrees_with_slopes,
        max_axis_tie_goes_to_the_first, reduce_same_input_twice_adds_both_gradients,
        reduce_agrees_with_pytorch, reduce_wrong_axis_stops)
