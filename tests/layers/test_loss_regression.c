#include "layers/loss.h"
#include "layers/loss_regression.h"
#include "tests/support/gradient.h"

/* As in tests/golden/make_layers.py. */
static real numbers[] = { (real)0.5, -1, (real)1.25, 0, (real)-0.75, (real)0.5,
	(real)0.25, 2 };
static real second[] = { -1, 0, (real)0.5, 2 }; /* the second column of them */

static Var *mean_squared(Tape *tape, const void *context)
{
	Var *const *in = context;
	return loss_mean_squared(tape, in[0], tensor_view(numbers, SHAPE(4, 2)), 0);
}

static Var *mean_absolute(Tape *tape, const void *context)
{
	Var *const *in = context;
	return loss_mean_absolute(tape, in[0], tensor_view(numbers, SHAPE(4, 2)), 0);
}

static Var *columns(Tape *tape, const void *context)
{
	Var *const *in = context;
	return loss_concordance(tape, in[0], tensor_view(numbers, SHAPE(4, 2)));
}

static Var *one_column(Tape *tape, const void *context)
{
	Var *const *in = context;
	return loss_concordance(tape, in[0], tensor_view(second, SHAPE(4)));
}

/* x = [1 4], targets [3 3]: (4 + 1) / 2, gradient [-2 1]. Divided by 10 instead: a
 * fifth of that. */
START_TEST(mean_squared_by_hand_gives_value_and_gradient)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real x_data[] = { 1, 4 }, y_data[] = { 3, 3 };
	Tensor y = tensor_view(y_data, SHAPE(2));
	Var *x = tape_variable(&tape, tensor_view(x_data, SHAPE(2)), "x");
	Var *loss = loss_mean_squared(&tape, x, y, 0);
	ASSERT_CLOSE(loss->value.data[0], 2.5, 0, 1e-7);
	tape_backward(&tape, loss);
	ASSERT_CLOSE(x->grad.data[0], -2, 0, 1e-7);
	ASSERT_CLOSE(x->grad.data[1], 1, 0, 1e-7);
	ASSERT_CLOSE(loss_mean_squared(&tape, x, y, 10)->value.data[0], 0.5, 0, 1e-7);
	arena_free(arena);
}
END_TEST

/* x = [1 4 2], targets [3 3 2]: (2 + 1 + 0) / 3, gradient [-1/3 1/3 0]. Divided by 6
 * instead: half of that. */
START_TEST(mean_absolute_by_hand_gives_value_and_gradient)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real x_data[] = { 1, 4, 2 }, y_data[] = { 3, 3, 2 };
	Tensor y = tensor_view(y_data, SHAPE(3));
	Var *x = tape_variable(&tape, tensor_view(x_data, SHAPE(3)), "x");
	Var *loss = loss_mean_absolute(&tape, x, y, 0);
	ASSERT_CLOSE(loss->value.data[0], 1, 0, 1e-7);
	tape_backward(&tape, loss);
	ASSERT_CLOSE(x->grad.data[0], -1.0 / 3, 0, 1e-7);
	ASSERT_CLOSE(x->grad.data[1], 1.0 / 3, 0, 1e-7);
	ASSERT_CLOSE(x->grad.data[2], 0, 0, 0);
	ASSERT_CLOSE(loss_mean_absolute(&tape, x, y, 6)->value.data[0], 0.5, 0, 1e-7);
	arena_free(arena);
}
END_TEST

/* x = [0 2], y = [1 5]: means 1 3, variances 1 4, covariance 2, so CCC = 4 / (1 + 4 +
 * 4). */
START_TEST(concordance_by_hand_gives_value)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real x_data[] = { 0, 2 }, y_data[] = { 1, 5 };
	Var *x = tape_variable(&tape, tensor_view(x_data, SHAPE(2)), "x");
	Var *loss = loss_concordance(&tape, x, tensor_view(y_data, SHAPE(2)));
	ASSERT_CLOSE(loss->value.data[0], 1 - 4.0 / 9, 0, 1e-6);
	Var *same = loss_concordance(&tape, x, x->value);
	ASSERT_CLOSE(same->value.data[0], 0, 1e-6, 0);
	arena_free(arena);
}
END_TEST

START_TEST(regression_gradient_agrees_with_slopes_and_pytorch)
{
	Arena *arena = arena_new("test");
	Var *in[] = { random_variable(arena, "x", 1, SHAPE(4, 2)) };
	ASSERT_GRADIENT(mean_squared, in, 1, in);
	ASSERT_GRADIENT(mean_absolute, in, 1, in);
	ASSERT_GRADIENT(columns, in, 1, in);
	Var *flat[] = { random_variable(arena, "x", 1, SHAPE(4)) };
	ASSERT_GRADIENT(one_column, flat, 1, flat);
	ASSERT_AGREES(mean_squared, "layers.txt", "mean_squared", 1);
	ASSERT_AGREES(one_column, "layers.txt", "concordance", 1);
	ASSERT_AGREES(columns, "layers.txt", "concordance.columns", 1);
	arena_free(arena);
}
END_TEST

START_TEST(concordance_of_what_does_not_vary_is_zero)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = tape_variable(&tape, tensor_full(arena, 3, SHAPE(4)), "x");
	Var *loss = loss_concordance(&tape, x, tensor_full(arena, 3, SHAPE(4)));
	ASSERT_CLOSE(loss->value.data[0], 1, 0, 0);
	tape_backward(&tape, loss);
	ASSERT_TENSOR_SAME(x->grad, tensor_zeros(arena, SHAPE(4)));
	arena_free(arena);
}
END_TEST

START_TEST(regression_wrong_shapes_stop)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = random_variable(arena, "x", 1, SHAPE(4, 2));
	Tensor other = tensor_zeros(arena, SHAPE(2, 4));
	ASSERT_STOPS("loss_mean_squared at tests/layers/test_loss_regression.c:",
	        loss_mean_squared(&tape, x, other, 0));
	ASSERT_STOPS("x \"x\" (4,2) and targets (2,4): the shapes differ",
	        loss_concordance(&tape, x, other));
	Var *one = random_variable(arena, "x", 1, SHAPE(1, 2));
	ASSERT_STOPS("x \"x\" (1,2): expected (batch) or (batch, values), of at least 2",
	        loss_concordance(&tape, one, tensor_zeros(arena, SHAPE(1, 2))));
	Var *none = random_variable(arena, "x", 1, SHAPE(0));
	ASSERT_STOPS("no elements",
	        loss_mean_squared(&tape, none, tensor_zeros(arena, SHAPE(0)), 0));
	arena_free(arena);
}
END_TEST

TEST_MAIN("loss_regression", mean_squared_by_hand_gives_value_and_gradient,
        mean_absolute_by_hand_gives_value_and_gradient, concordance_by_hand_gives_value,
        regression_gradient_agrees_with_slopes_and_pytorch,
        concordance_of_what_does_not_vary_is_zero, regression_wrong_shapes_stop)
