/* The gradient check must be able to fail: here are backwards that are wrong in each way
 * it looks for, beside right ones that might raise a false alarm. */
#include "autograd/ops.h"
#include "tests/support/gradient.h"

#include <math.h>

/* y = x^2 of each element, with a backward of the test's choice. */
static Var *square_with(Tape *tape, Var *x, const Op *op)
{
	Tensor y = tensor_like(tape->arena, x->value);
	for (size_t i = 0; i < tensor_count(y); i++)
		y.data[i] = x->value.data[i] * x->value.data[i];
	return tape_push(HERE, tape, op, y, NULL, INPUTS(x));
}

static void right_backward(const Node *node)
{
	Var *x = node->in[0];
	for (size_t i = 0; i < tensor_count(x->value); i++)
		x->grad.data[i] += 2 * x->value.data[i] * node->out->grad.data[i];
}

static void last_row_wrong_backward(const Node *node)
{
	right_backward(node);
	Var *x = node->in[0];
	x->grad.data[tensor_count(x->value) - 1] *= (real)1.5;
}

static void overwriting_backward(const Node *node)
{
	tensor_fill(node->in[0]->grad, 0);
	right_backward(node);
}

static void silent_backward(const Node *node)
{
	(void)node;
}

static void nan_backward(const Node *node)
{
	right_backward(node);
	node->in[0]->grad.data[0] = (real)NAN;
}

static Var *right(Tape *tape, const void *x)
{
	static const Op op = { .name = "square", .backward = right_backward };
	return square_with(tape, (Var *)x, &op);
}

static Var *last_row_wrong(Tape *tape, const void *x)
{
	static const Op op = { .name = "square", .backward = last_row_wrong_backward };
	return square_with(tape, (Var *)x, &op);
}

static Var *overwriting(Tape *tape, const void *x)
{
	static const Op op = { .name = "square", .backward = overwriting_backward };
	return square_with(tape, (Var *)x, &op);
}

static Var *silent(Tape *tape, const void *x)
{
	static const Op op = { .name = "square", .backward = silent_backward };
	return square_with(tape, (Var *)x, &op);
}

static Var *not_a_number(Tape *tape, const void *x)
{
	static const Op op = { .name = "square", .backward = nan_backward };
	return square_with(tape, (Var *)x, &op);
}

static GradcheckResult check(Arena *arena, GradcheckFunction *function, Var *x)
{
	return gradcheck(arena, function, x, 1, &x);
}

START_TEST(gradcheck_right_gradient_passes)
{
	Arena *arena = arena_new("test");
	Var *x = random_variable(arena, "x", 1, SHAPE(3, 4));
	Tensor before = tensor_clone(arena, x->value);
	GradcheckResult result = check(arena, right, x);
	ck_assert_msg(result.passed, "%s", result.text);
	ck_assert_int_eq(result.checked, 12);
	ck_assert_int_eq(result.kinks, 0);
	ck_assert_str_eq(result.text, "");
	ASSERT_TENSOR_SAME(x->value, before);
	arena_free(arena);
}
END_TEST

/* x = [1 2; 3 4]: the last element's slope is 8, the backward says 12. */
START_TEST(gradcheck_wrong_element_is_named)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real numbers[] = { 1, 2, 3, 4 };
	Var *x = tape_variable(&tape, tensor_view(numbers, SHAPE(2, 2)), "fc.weight");
	GradcheckResult result = check(arena, last_row_wrong, x);
	ck_assert(!result.passed);
	ck_assert_int_eq(result.wrong, 1);
	ck_assert_int_eq(result.input, 0);
	ck_assert_uint_eq(result.element, 3);
	ASSERT_CLOSE(result.found.data[3] / result.expected.data[3], 1.5, 0, 0.01);
	ASSERT_CONTAINS(
	        result.text, "gradient of \"fc.weight\"[1,1] of shape (2,2): found ");
	ASSERT_CONTAINS(result.text, "1 of 4 elements checked are wrong");
	arena_free(arena);
}
END_TEST

START_TEST(gradcheck_scalar_output_is_not_weighted)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = tape_variable(&tape, tensor_full(arena, 3, SCALAR), NULL);
	GradcheckResult result = check(arena, last_row_wrong, x);
	ASSERT_CONTAINS(
	        result.text, "gradient of input 0 of shape (): found 9, expected 6");
	arena_free(arena);
}
END_TEST

START_TEST(gradcheck_overwritten_gradient_fails)
{
	Arena *arena = arena_new("test");
	Var *x = random_variable(arena, "x", 1, SHAPE(3));
	GradcheckResult result = check(arena, overwriting, x);
	ck_assert(!result.passed);
	ck_assert(result.overwritten);
	ck_assert_int_eq(result.wrong, 0);
	ASSERT_CONTAINS(result.text, "a backward adds (+=) into a gradient");
	arena_free(arena);
}
END_TEST

START_TEST(gradcheck_missing_gradient_fails)
{
	Arena *arena = arena_new("test");
	Var *x = random_variable(arena, "x", 1, SHAPE(3));
	ASSERT_CONTAINS(check(arena, silent, x).text, "found 0, expected");
	tensor_fill(x->value,
	        0); /* where the slope is 0, silence is right, and proves nothing */
	GradcheckResult result = check(arena, silent, x);
	ck_assert(!result.passed);
	ASSERT_CONTAINS(result.text, "\"x\" of shape (3) gets no gradient");
	arena_free(arena);
}
END_TEST

START_TEST(gradcheck_nan_is_the_worst_element)
{
	Arena *arena = arena_new("test");
	Var *x = random_variable(arena, "x", 1, SHAPE(3));
	GradcheckResult result = check(arena, not_a_number, x);
	ck_assert(!result.passed);
	ASSERT_CONTAINS(result.text, "\"x\"[0] of shape (3): found nan, expected");
	tensor_fill(x->value, (real)INFINITY);
	ASSERT_CONTAINS(check(arena, right, x).text, "before anything is moved");
	arena_free(arena);
}
END_TEST

static Var *noisy(Tape *tape, const void *x)
{
	static real noise = 1;
	noise += (real)0.5;
	return op_scale(tape, (Var *)x, noise);
}

START_TEST(gradcheck_function_that_changes_fails)
{
	Arena *arena = arena_new("test");
	Var *x = random_variable(arena, "x", 1, SHAPE(3));
	ASSERT_CONTAINS(check(arena, noisy, x).text, "different values");
	arena_free(arena);
}
END_TEST

START_TEST(gradcheck_nothing_to_check_fails)
{
	Arena *arena = arena_new("test");
	Var *x = random_constant(arena, "x", 1, SHAPE(3));
	ASSERT_CONTAINS(check(arena, right, x).text, "the output wants no gradient");
	Var *y = random_variable(arena, "y", 1, SHAPE(3));
	GradcheckResult result = gradcheck(arena, right, y, 1, &x);
	ASSERT_CONTAINS(result.text, "no element was checked");
	arena_free(arena);
}
END_TEST

static Var *rectify(Tape *tape, const void *x)
{
	return op_relu(tape, (Var *)x);
}

/* At 0 the slope of relu is 0 on one side and 1 on the other. The 1e-6 is beside the
 * kink, but the step reaches over it. */
START_TEST(gradcheck_kinks_raise_no_alarm)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real numbers[] = { -1, 0, (real)1e-6, 1 };
	Var *x = tape_variable(&tape, tensor_view(numbers, SHAPE(4)), "x");
	GradcheckResult result = check(arena, rectify, x);
	ck_assert_msg(result.passed, "%s", result.text);
	ck_assert_int_ge(result.kinks, 1);
	arena_free(arena);
}
END_TEST

static void steep_backward(const Node *node)
{
	Var *x = node->in[0];
	for (size_t i = 0; i < tensor_count(x->value); i++)
		if (x->value.data[i] >= 0)
			x->grad.data[i] += 2 * node->out->grad.data[i];
}

/* relu again, but 2 is no slope of it, at the kink or anywhere. */
static Var *steep(Tape *tape, const void *x)
{
	static const Op op = { .name = "steep", .backward = steep_backward };
	Var *v = (Var *)x;
	Tensor y = tensor_like(tape->arena, v->value);
	for (size_t i = 0; i < tensor_count(y); i++)
		y.data[i] = v->value.data[i] > 0 ? v->value.data[i] : 0;
	return tape_push(HERE, tape, &op, y, NULL, INPUTS(v));
}

START_TEST(gradcheck_kink_excuses_no_gradient_outside_it)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = tape_variable(&tape, tensor_zeros(arena, SHAPE(1)), "x");
	GradcheckResult result = check(arena, steep, x);
	ck_assert(!result.passed);
	ck_assert_int_eq(result.wrong, 1);
	arena_free(arena);
}
END_TEST

TEST_MAIN("gradcheck", gradcheck_right_gradient_passes, gradcheck_wrong_element_is_named,
        gradcheck_scalar_output_is_not_weighted, gradcheck_overwritten_gradient_fails,
        gradcheck_missing_gradient_fails, gradcheck_nan_is_the_worst_element,
        gradcheck_function_that_changes_fails, gradcheck_nothing_to_check_fails,
        gradcheck_kinks_raise_no_alarm, gradcheck_kink_excuses_no_gradient_outside_it)
