#include "autograd/ops.h"
#include "tests/support/gradient.h"

static Var *sum_of(Tape *tape, const void *context)
{
	Var *const *in = context;
	return op_add(tape, in[0], in[1]);
}

static Var *difference(Tape *tape, const void *context)
{
	Var *const *in = context;
	return op_sub(tape, in[0], in[1]);
}

static Var *product(Tape *tape, const void *context)
{
	Var *const *in = context;
	return op_mul(tape, in[0], in[1]);
}

static Var *quotient(Tape *tape, const void *context)
{
	Var *const *in = context;
	return op_div(tape, in[0], in[1]);
}

static Var *scaled(Tape *tape, const void *context)
{
	Var *const *in = context;
	return op_scale(tape, in[0], (real)-0.75);
}

static GradcheckFunction *const binary[] = { sum_of, difference, product, quotient };
enum { BINARY = sizeof binary / sizeof binary[0] };

/* b of a quotient, and so that the slopes are mild: 1 to 3, of either sign. */
static Var *away_from_zero(Arena *arena, int seed, int ndim, const int shape[])
{
	Var *x = random_variable(arena, "b", seed, ndim, shape);
	for (size_t i = 0; i < tensor_count(x->value); i++) {
		real *x_i = &x->value.data[i];
		*x_i = *x_i < 0 ? -1 - *x_i * *x_i / 4 : 1 + *x_i * *x_i / 4;
	}
	return x;
}

/* a = [1 2; 3 4], b = [10 20] repeated: y by hand, and with dy = 1 the gradients by
 * hand. */
START_TEST(arithmetic_row_gives_value_and_gradient)
{
	Arena *arena = arena_new("test");
	const struct {
		GradcheckFunction *function;
		real y[4], da[4], db[2];
	} cases[] = {
		{ sum_of, { 11, 22, 13, 24 }, { 1, 1, 1, 1 }, { 2, 2 } },
		{ difference, { -9, -18, -7, -16 }, { 1, 1, 1, 1 }, { -2, -2 } },
		{ product, { 10, 40, 30, 80 }, { 10, 20, 10, 20 }, { 4, 6 } },
		/* db_j = -sum_i a_ij / b_j^2: -4/100, -6/400 */
		{ quotient, { (real)0.1, (real)0.1, (real)0.3, (real)0.2 },
		        { (real)0.1, (real)0.05, (real)0.1, (real)0.05 },
		        { (real)-0.04, (real)-0.015 } },
	};
	for (int i = 0; i < 4; i++) {
		Tape tape = tape_new(arena);
		real a[] = { 1, 2, 3, 4 }, b[] = { 10, 20 };
		Var *in[] = { tape_variable(&tape, tensor_view(a, SHAPE(2, 2)), "a"),
			tape_variable(&tape, tensor_view(b, SHAPE(2)), "b") };
		Var *y = cases[i].function(&tape, in);
		tape_backward(&tape, op_sum(&tape, y));
		ASSERT_TENSOR_CLOSE(
		        y->value, tensor_view((real *)cases[i].y, SHAPE(2, 2)), 0, 1e-6);
		ASSERT_TENSOR_CLOSE(in[0]->grad,
		        tensor_view((real *)cases[i].da, SHAPE(2, 2)), 0, 1e-6);
		ASSERT_TENSOR_CLOSE(
		        in[1]->grad, tensor_view((real *)cases[i].db, SHAPE(2)), 0, 1e-6);
	}
	arena_free(arena);
}
END_TEST

/* Each way in which one operand, or both, can be repeated. */
START_TEST(arithmetic_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	const struct {
		int a_ndim, a[4], b_ndim, b[4];
	} shapes[] = {
		{ 2, { 3, 5 }, 2, { 3, 5 } },
		{ 2, { 3, 5 }, 1, { 5 } },
		{ 1, { 5 }, 2, { 3, 5 } },
		{ 2, { 3, 5 }, 2, { 3, 1 } },
		{ 2, { 1, 5 }, 2, { 3, 1 } },
		{ 0, { 0 }, 3, { 2, 3, 4 } },
		{ 3, { 2, 3, 4 }, 0, { 0 } },
		{ 4, { 2, 1, 3, 1 }, 3, { 4, 1, 5 } },
		{ 1, { 37 }, 1, { 37 } },
		{ 0, { 0 }, 0, { 0 } },
	};
	int count = (int)(sizeof shapes / sizeof shapes[0]);
	for (int i = 0; i < count; i++)
		for (int f = 0; f < BINARY; f++) {
			Var *in[] = { random_variable(arena, "a", i, shapes[i].a_ndim,
				              shapes[i].a),
				away_from_zero(
				        arena, 100 + i, shapes[i].b_ndim, shapes[i].b) };
			ASSERT_GRADIENT(binary[f], in, 2, in);
		}
	Var *x[] = { random_variable(arena, "x", 1, SHAPE(3, 5)) };
	ASSERT_GRADIENT(scaled, x, 1, x);
	arena_free(arena);
}
END_TEST

START_TEST(arithmetic_input_without_gradient_is_left_alone)
{
	Arena *arena = arena_new("test");
	for (int f = 0; f < BINARY; f++)
		for (int repeated = 0; repeated < 2; repeated++) {
			int rows = repeated ? 1 : 3;
			Var *left[] = { random_constant(arena, "a", 1, SHAPE(3, 4)),
				away_from_zero(arena, 2, SHAPE(rows, 4)) };
			ASSERT_GRADIENT(binary[f], left, 2, left);
			Var *right[] = { random_variable(arena, "a", 1, SHAPE(3, 4)),
				away_from_zero(arena, 2, SHAPE(rows, 4)) };
			right[1]->grad.data = NULL;
			ASSERT_GRADIENT(binary[f], right, 2, right);
		}
	arena_free(arena);
}
END_TEST

/* x + x, x x, x - x and x / x: the last two are constant, and their gradients cancel. */
START_TEST(arithmetic_of_a_var_with_itself_adds_both_gradients)
{
	Arena *arena = arena_new("test");
	Var *x = away_from_zero(arena, 1, SHAPE(2, 3));
	Var *in[] = { x, x };
	ASSERT_GRADIENT(sum_of, in, 1, in);
	ASSERT_GRADIENT(product, in, 1, in);
	for (int f = 1; f < BINARY; f += 2) {
		Tape tape = tape_new(arena);
		tensor_fill(x->grad, 0);
		tape_backward(&tape, op_sum(&tape, binary[f](&tape, in)));
		ASSERT_TENSOR_CLOSE(x->grad, tensor_zeros(arena, SHAPE(2, 3)), 1e-6, 0);
	}
	arena_free(arena);
}
END_TEST

START_TEST(arithmetic_agrees_with_pytorch)
{
	ASSERT_AGREES(sum_of, "autograd.txt", "add", 2);
	ASSERT_AGREES(sum_of, "autograd.txt", "add.broadcast", 2);
	ASSERT_AGREES(difference, "autograd.txt", "sub", 2);
	ASSERT_AGREES(product, "autograd.txt", "mul", 2);
	ASSERT_AGREES(quotient, "autograd.txt", "div", 2);
	ASSERT_AGREES(scaled, "autograd.txt", "scale", 1);
}
END_TEST

START_TEST(arithmetic_wrong_shapes_stop)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *a = random_variable(arena, "text.pooled", 1, SHAPE(16, 128));
	Var *b = random_variable(arena, "weight", 2, SHAPE(16));
	ASSERT_STOPS("op_add at tests/autograd/test_arithmetic.c:", op_add(&tape, a, b));
	ASSERT_STOPS(
	        "a \"text.pooled\" (16,128) and b \"weight\" (16): sizes 128 and 16 of dimension -1",
	        op_add(&tape, a, b));
	ASSERT_STOPS("Hint: reshape (16) to (16,1)", op_sub(&tape, a, b));
	ASSERT_STOPS("op_mul at", op_mul(&tape, a, b));
	ASSERT_STOPS("op_div at", op_div(&tape, a, b));
	ASSERT_STOPS("a is NULL", op_add(&tape, NULL, b));
	ASSERT_STOPS("b is NULL", op_mul(&tape, a, NULL));
	ASSERT_STOPS("x is NULL", op_scale(&tape, NULL, 2));
	arena_free(arena);
}
END_TEST

TEST_MAIN("arithmetic", arithmetic_row_gives_value_and_gradient,
        arithmetic_gradient_agrees_with_slopes,
        arithmetic_input_without_gradient_is_left_alone,
        arithmetic_of_a_var_with_itself_adds_both_gradients,
        arithmetic_agrees_with_pytorch, arithmetic_wrong_shapes_stop)
