#include "autograd/ops.h"
#include "autograd/smooth.h"
#include "tests/support/gradient.h"

#include <math.h>

static Var *relu(Tape *tape, const void *context)
{
	Var *const *in = context;
	return op_relu(tape, in[0]);
}

static Var *hyperbolic_tangent(Tape *tape, const void *context)
{
	Var *const *in = context;
	return op_tanh(tape, in[0]);
}

static Var *sigmoid(Tape *tape, const void *context)
{
	Var *const *in = context;
	return op_sigmoid(tape, in[0]);
}

static Var *exponential(Tape *tape, const void *context)
{
	Var *const *in = context;
	return op_exp(tape, in[0]);
}

static Var *gelu(Tape *tape, const void *context)
{
	Var *const *in = context;
	return op_gelu(tape, in[0]);
}

static Var *gelu_tanh(Tape *tape, const void *context)
{
	Var *const *in = context;
	return op_gelu_tanh(tape, in[0]);
}

static Var *silu(Tape *tape, const void *context)
{
	Var *const *in = context;
	return op_silu(tape, in[0]);
}

static Var *softplus(Tape *tape, const void *context)
{
	Var *const *in = context;
	return op_softplus(tape, in[0]);
}

static Var *logarithm(Tape *tape, const void *context)
{
	Var *const *in = context;
	return op_log(tape, in[0]);
}

static GradcheckFunction *const functions[] = { relu, hyperbolic_tangent, sigmoid,
	exponential, gelu, gelu_tanh, silu, softplus, logarithm };
enum { FUNCTIONS = sizeof functions / sizeof functions[0] };

/* Values and derivatives at two points that have short answers. */
START_TEST(pointwise_gives_value_and_gradient)
{
	const struct {
		GradcheckFunction *function;
		double x[2], y[2], dx[2];
	} cases[] = {
		{ relu, { -2, 3 }, { 0, 3 }, { 0, 1 } },
		{ hyperbolic_tangent, { 0, log(2) }, { 0, 0.6 }, { 1, 0.64 } },
		{ sigmoid, { 0, log(3) }, { 0.5, 0.75 }, { 0.25, 0.1875 } },
		{ exponential, { 0, log(2) }, { 1, 2 }, { 1, 2 } },
		{ gelu, { 0, 1 }, { 0, 0.84134474606854 }, { 0.5, 1.08331547058769 } },
		{ gelu_tanh, { 0, 1 }, { 0, 0.84119199060828 },
		        { 0.5, 1.08296408384578 } },
		{ silu, { 0, log(3) }, { 0, 0.75 * log(3) },
		        { 0.5, 0.75 + 0.1875 * log(3) } },
		{ softplus, { 0, log(3) }, { log(2), log(4) }, { 0.5, 0.75 } },
		{ logarithm, { 1, 4 }, { 0, log(4) }, { 1, 0.25 } },
	};
	Arena *arena = arena_new("test");
	for (int i = 0; i < FUNCTIONS; i++) {
		Tape tape = tape_new(arena);
		real x[] = { (real)cases[i].x[0], (real)cases[i].x[1] };
		Var *in[] = { tape_variable(&tape, tensor_view(x, SHAPE(2)), "x") };
		Var *y = cases[i].function(&tape, in);
		tape_backward(&tape, op_sum(&tape, y));
		for (int j = 0; j < 2; j++) {
			ASSERT_CLOSE(y->value.data[j], cases[i].y[j], 1e-7, 1e-6);
			ASSERT_CLOSE(in[0]->grad.data[j], cases[i].dx[j], 1e-7, 1e-6);
		}
	}
	arena_free(arena);
}
END_TEST

START_TEST(pointwise_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	for (int f = 0; f < FUNCTIONS; f++)
		for (int size = 2; size <= 34; size += 16) {
			Var *x = random_variable(arena, "x", size, SHAPE(size, 3));
			for (size_t i = 0; f == FUNCTIONS - 1 && i < 3 * (size_t)size;
			        i++)
				x->value.data[i] =
				        (real)fabs((double)x->value.data[i]) + 1;
			Var *in[] = { x };
			ASSERT_GRADIENT(functions[f], in, 1, in);
		}
	arena_free(arena);
}
END_TEST

START_TEST(pointwise_nan_is_not_hidden)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = tape_constant(&tape, tensor_full(arena, (real)NAN, SHAPE(17)), "x");
	for (int f = 0; f < FUNCTIONS; f++) {
		Var *y = functions[f](&tape, &x);
		for (int i = 0; i < 17; i++)
			ck_assert(isnan((double)y->value.data[i]));
	}
	arena_free(arena);
}
END_TEST

START_TEST(pointwise_same_input_twice_adds_both_gradients)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = tape_variable(&tape, tensor_full(arena, 1, SCALAR), "x");
	/* d(e^x + ln x)/dx = e + 1 at x = 1 */
	tape_backward(&tape, op_add(&tape, op_exp(&tape, x), op_log(&tape, x)));
	ASSERT_CLOSE(x->grad.data[0], 3.718281828459045, 0, 1e-6);
	arena_free(arena);
}
END_TEST

START_TEST(pointwise_agrees_with_pytorch)
{
	ASSERT_AGREES(relu, "autograd.txt", "relu", 1);
	ASSERT_AGREES(hyperbolic_tangent, "autograd.txt", "tanh", 1);
	ASSERT_AGREES(sigmoid, "autograd.txt", "sigmoid", 1);
	ASSERT_AGREES(exponential, "autograd.txt", "exp", 1);
	ASSERT_AGREES(logarithm, "autograd.txt", "log", 1);
	ASSERT_AGREES(gelu, "autograd.txt", "gelu", 1);
	ASSERT_AGREES(gelu_tanh, "autograd.txt", "gelu_tanh", 1);
	ASSERT_AGREES(silu, "autograd.txt", "silu", 1);
	ASSERT_AGREES(softplus, "autograd.txt", "softplus", 1);
}
END_TEST

/* e^-30 is far below what 1 + e^-30 can hold, and e^200 beyond the largest float. */
START_TEST(softplus_keeps_its_digits_at_both_ends)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real x[] = { -30, -5, 200 };
	Var *in[] = { tape_constant(&tape, tensor_view(x, SHAPE(3)), "x") };
	const real *y = softplus(&tape, in)->value.data;
	ASSERT_CLOSE(y[0], exp(-30), 0, 1e-6);
	ASSERT_CLOSE(y[1], log1p(exp(-5)), 0, 1e-6);
	ASSERT_CLOSE(y[2], 200, 0, 0);
	arena_free(arena);
}
END_TEST

START_TEST(pointwise_null_stops)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	ASSERT_STOPS("op_relu at tests/autograd/test_pointwise.c:", op_relu(&tape, NULL));
	ASSERT_STOPS("op_tanh at", op_tanh(&tape, NULL));
	ASSERT_STOPS("op_sigmoid at", op_sigmoid(&tape, NULL));
	ASSERT_STOPS("op_exp at", op_exp(&tape, NULL));
	ASSERT_STOPS("op_log at", op_log(&tape, NULL));
	ASSERT_STOPS("op_gelu at", op_gelu(&tape, NULL));
	ASSERT_STOPS("op_gelu_tanh at", op_gelu_tanh(&tape, NULL));
	ASSERT_STOPS("op_silu at", op_silu(&tape, NULL));
	ASSERT_STOPS("op_softplus at", op_softplus(&tape, NULL));
	ASSERT_STOPS("x is NULL", op_softplus(&tape, NULL));
	arena_free(arena);
}
END_TEST

TEST_MAIN("pointwise", pointwise_gives_value_and_gradient,
        pointwise_gradient_agrees_with_slopes, pointwise_nan_is_not_hidden,
        pointwise_same_input_twice_adds_both_gradients, pointwise_agrees_with_pytorch,
        softplus_keeps_its_digits_at_both_ends, pointwise_null_stops)
