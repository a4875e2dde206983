#include "layers/rmsnorm.h"
#include "tests/support/gradient.h"

/* in: x, weight */
static Var *rmsnorm(Tape *tape, const void *context)
{
	Var *const *in = context;
	RmsNorm norm = { in[1], (real)1e-5 };
	return rmsnorm_forward(&norm, tape, in[0]);
}

static Var *large_epsilon(Tape *tape, const void *context)
{
	Var *const *in = context;
	RmsNorm norm = { in[1], (real)0.25 };
	return rmsnorm_forward(&norm, tape, in[0]);
}

/* x = [1 7]: mean square 25, so z = [0.2 1.4] (but for epsilon); w = [2 10]. */
START_TEST(rmsnorm_by_hand_gives_value)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real x[] = { 1, 7 }, w[] = { 2, 10 }, y[] = { (real)0.4, 14 };
	Var *in[] = { tape_variable(&tape, tensor_view(x, SHAPE(1, 2)), "x"),
		tape_variable(&tape, tensor_view(w, SHAPE(2)), "w") };
	ASSERT_TENSOR_CLOSE(
	        rmsnorm(&tape, in)->value, tensor_view(y, SHAPE(1, 2)), 1e-5, 0);
	arena_free(arena);
}
END_TEST

START_TEST(rmsnorm_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	const int sizes[][2] = { { 1, 2 }, { 3, 5 }, { 2, 33 } };
	for (int i = 0; i < 3; i++) {
		const int *s = sizes[i];
		Var *in[] = { random_variable(arena, "x", 1, SHAPE(s[0], s[1])),
			random_variable(arena, "w", 2, SHAPE(s[1])) };
		ASSERT_GRADIENT(rmsnorm, in, 2, in);
		ASSERT_GRADIENT(large_epsilon, in, 2, in);
		in[i % 2]->grad.data = NULL;
		ASSERT_GRADIENT(rmsnorm, in, 2, in);
	}
	arena_free(arena);
}
END_TEST

START_TEST(rmsnorm_agrees_with_pytorch)
{
	ASSERT_AGREES(rmsnorm, "language.txt", "rmsnorm", 2);
}
END_TEST

/* Padding is zeros, and nothing divides by 0. */
START_TEST(rmsnorm_of_zeros_is_zero)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Tensor zeros = tensor_zeros(arena, SHAPE(2, 8));
	Var *in[] = { tape_constant(&tape, zeros, "x"),
		random_variable(arena, "w", 1, SHAPE(8)) };
	ASSERT_TENSOR_CLOSE(rmsnorm(&tape, in)->value, zeros, 0, 0);
	arena_free(arena);
}
END_TEST

START_TEST(rmsnorm_new_scales_by_one_and_checks_shapes)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	RmsNorm norm = rmsnorm_new(&params, "norm", 3);
	ck_assert_int_eq(params.count, 1);
	ck_assert_str_eq(params.items[0]->name, "norm.weight");
	ASSERT_TENSOR_SAME(norm.weight->value, tensor_full(arena, 1, SHAPE(3)));
	Var *x = random_variable(arena, "x", 1, SHAPE(2, 4));
	ASSERT_STOPS("rmsnorm_forward at tests/layers/test_rmsnorm.c:",
	        rmsnorm_forward(&norm, &tape, x));
	ASSERT_STOPS(
	        "x \"x\" (2,4) by weight \"norm.weight\" (3): the last dimension of x must be 3",
	        rmsnorm_forward(&norm, &tape, x));
	ASSERT_STOPS("x is NULL", rmsnorm_forward(&norm, &tape, NULL));
	ASSERT_STOPS("\"n\" of width 0", rmsnorm_new(&params, "n", 0));
	arena_free(arena);
}
END_TEST

TEST_MAIN("rmsnorm", rmsnorm_by_hand_gives_value, rmsnorm_gradient_agrees_with_slopes,
        rmsnorm_agrees_with_pytorch, rmsnorm_of_zeros_is_zero,
        rmsnorm_new_scales_by_one_and_checks_shapes)
