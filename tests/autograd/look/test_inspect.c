#include "autograd/look/inspect.h"
#include "autograd/ops.h"
#include "tests/support/gradient.h"

#include <math.h>

START_TEST(check_finite_passes_what_is_finite)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Error error;
	ck_assert(tape_check_finite(&tape, &error)); /* nothing on it */
	Var *x = random_variable(arena, "x", 1, SHAPE(3, 4));
	Var *y = op_sum(&tape, op_tanh(&tape, x));
	ck_assert(tape_check_finite(&tape, &error));
	tape_backward(&tape, y);
	ck_assert(tape_check_finite(&tape, &error));
	arena_free(arena);
}
END_TEST

/* log(0) is the first; exp, the sum and all gradients have one too. */
START_TEST(check_finite_names_the_first_operation)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real numbers[] = { 1, 2, (real)0.5, 0, 4, 3 };
	Var *p = tape_variable(&tape, tensor_view(numbers, SHAPE(2, 3)), "p");
	Var *half = op_scale(&tape, p, (real)0.5);
	int line = __LINE__ + 1;
	Var *y = op_log(&tape, half);
	tape_backward(&tape, op_sum(&tape, op_mul(&tape, y, y)));
	Error error;
	ck_assert(!tape_check_finite(&tape, &error));
	char expected[256];
	snprintf(expected, sizeof expected,
	        "op_log at tests/autograd/look/test_inspect.c:%d made a -inf: element [1,0] of its output (2,3). From\n  input 0: op_scale at tests/autograd/look/test_inspect.c:%d (2,3), from 0 to 2",
	        line, line - 2);
	ck_assert_str_eq(error.text, expected);
	ck_assert(!tape_check_finite(&tape, NULL));
	arena_free(arena);
}
END_TEST

START_TEST(check_finite_names_a_parameter_that_brought_it)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = random_variable(arena, "x", 1, SHAPE(2, 3));
	Var *w = random_variable(arena, "fc.weight", 2, SHAPE(3, 2));
	w->value.data[3] = (real)NAN;
	op_matmul(&tape, op_tanh(&tape, x), w);
	Error error;
	ck_assert(!tape_check_finite(&tape, &error));
	ASSERT_CONTAINS(error.text,
	        "\"fc.weight\" (3,2) holds a nan at [1,1] before op_matmul at tests/autograd/look/test_inspect.c:");
	arena_free(arena);
}
END_TEST

/* 1/x is a large number and e^x is 1, but the slope of the first, -1/x^2, is too large
 * for a number. */
START_TEST(check_finite_names_the_gradient_and_who_added_to_it)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	double tiny = sizeof(real) == 4 ? 1e-30 : 1e-200;
	Var *x = tape_variable(&tape, tensor_full(arena, (real)tiny, SHAPE(2)), "x");
	Var *one = tape_constant(&tape, tensor_full(arena, 1, SHAPE(2)), "one");
	Var *inverse = op_div(&tape, one, x), *power = op_exp(&tape, x);
	tape_backward(&tape, op_sum(&tape, op_add(&tape, inverse, power)));
	Error error;
	ck_assert(!tape_check_finite(&tape, &error));
	ASSERT_CONTAINS(error.text,
	        "the gradient of \"x\" (2) is -inf at [0]. Added to by the backward of\n  op_exp at ");
	ASSERT_CONTAINS(error.text,
	        ", given a gradient from 1 to 1\n  op_div at tests/autograd/look/test_inspect.c:");
	arena_free(arena);
}
END_TEST

TEST_MAIN("inspect", check_finite_passes_what_is_finite,
        check_finite_names_the_first_operation,
        check_finite_names_a_parameter_that_brought_it,
        check_finite_names_the_gradient_and_who_added_to_it)
