#include "layers/groupnorm.h"
#include "autograd/ops.h"
#include "tests/support/gradient.h"

/* Set by the test that calls `groupnorm` through a function pointer. */
static int groups;

/* in: x, weight, bias */
static Var *groupnorm(Tape *tape, const void *context)
{
	Var *const *in = context;
	GroupNorm norm = { in[1], in[2], groups, (real)1e-5 };
	return groupnorm_forward(&norm, tape, in[0]);
}

/* Two pixels of two numbers, 1 2 and 3 6. In one group: mean 3, variance 3.5. In two: means 2
 * and 4, variances 1 and 4, so that z is -1 and 1; w = 2 4, b = 10 20. */
START_TEST(groupnorm_by_hand_gives_value)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real x[] = { 1, 2, 3, 6 }, w[] = { 2, 4 }, b[] = { 10, 20 };
	Var *in[] = { tape_variable(&tape, tensor_view(x, SHAPE(1, 2, 2)), "x"),
		tape_variable(&tape, tensor_view(w, SHAPE(2)), "w"),
		tape_variable(&tape, tensor_view(b, SHAPE(2)), "b") };
	real two[] = { 8, 16, 12, 24 };
	real r = (real)0.534522484; /* 1 / sqrt(3.5) */
	real one[] = { 10 - 4 * r, 20 - 4 * r, 10, 20 + 12 * r };
	groups = 2;
	ASSERT_TENSOR_CLOSE(
	        groupnorm(&tape, in)->value, tensor_view(two, SHAPE(1, 2, 2)), 1e-4, 0);
	groups = 1;
	ASSERT_TENSOR_CLOSE(
	        groupnorm(&tape, in)->value, tensor_view(one, SHAPE(1, 2, 2)), 1e-4, 0);
	arena_free(arena);
}
END_TEST

START_TEST(groupnorm_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	const int sizes[][4] = { { 1, 1, 1, 2 }, { 2, 3, 2, 4 }, { 3, 2, 5, 6 } };
	for (int i = 0; i < 3; i++) {
		const int *s = sizes[i];
		Var *in[] = { random_variable(arena, "x", 1, 4, s),
			random_variable(arena, "w", 2, SHAPE(s[3])),
			random_variable(arena, "b", 3, SHAPE(s[3])) };
		groups = 1;
		ASSERT_GRADIENT(groupnorm, in, 3, in);
		groups = 2;
		if (i) /* of one number nothing is left but the bias */
			ASSERT_GRADIENT(groupnorm, in, 3, in);
		in[i]->grad.data = NULL;
		groups = 1;
		ASSERT_GRADIENT(groupnorm, in, 3, in);
	}
	arena_free(arena);
}
END_TEST

START_TEST(groupnorm_agrees_with_pytorch)
{
	static const char *const names[] = {
		[1] = "norm1", [3] = "norm3", [6] = "norm6"
	};
	for (groups = 1; groups <= 6; groups++)
		if (names[groups])
			ASSERT_AGREES(groupnorm, "conv2d.txt", names[groups], 3);
}
END_TEST

START_TEST(groupnorm_of_equal_numbers_is_the_bias)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *in[] = { tape_constant(&tape, tensor_full(arena, 5, SHAPE(1, 1, 8)), "x"),
		random_variable(arena, "w", 1, SHAPE(8)),
		random_variable(arena, "b", 2, SHAPE(8)) };
	groups = 4;
	ASSERT_TENSOR_SAME(
	        tensor_reshape(groupnorm(&tape, in)->value, SHAPE(8)), in[2]->value);
	arena_free(arena);
}
END_TEST

START_TEST(groupnorm_picture_alone_or_in_a_batch_gives_same_bits)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *w = random_variable(arena, "w", 2, SHAPE(12));
	Var *b = random_variable(arena, "b", 3, SHAPE(12));
	Var *batch = random_variable(arena, "x", 1, SHAPE(5, 7, 12));
	groups = 3;
	Var *all = groupnorm(&tape, (Var *[]){ batch, w, b });
	tape_backward(&tape, op_sum(&tape, op_mul(&tape, all, all)));
	for (int i = 0; i < 5; i++) {
		Tensor x = tensor_slice(batch->value, i, i + 1);
		Var *one = tape_variable(&tape, x, "one");
		Var *y = groupnorm(&tape, (Var *[]){ one, w, b });
		ASSERT_TENSOR_SAME(y->value, tensor_slice(all->value, i, i + 1));
		tape_backward(&tape, op_sum(&tape, op_mul(&tape, y, y)));
		ASSERT_TENSOR_SAME(one->grad, tensor_slice(batch->grad, i, i + 1));
	}
	arena_free(arena);
}
END_TEST

START_TEST(groupnorm_new_is_the_identity_scale_and_checks_shapes)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	GroupNorm norm = groupnorm_new(&params, "norm", 6, 3);
	ck_assert_str_eq(params.items[0]->name, "norm.weight");
	ck_assert_str_eq(params.items[1]->name, "norm.bias");
	ASSERT_TENSOR_SAME(norm.weight->value, tensor_full(arena, 1, SHAPE(6)));
	ASSERT_TENSOR_SAME(norm.bias->value, tensor_zeros(arena, SHAPE(6)));
	Var *x = random_variable(arena, "x", 1, SHAPE(2, 4));
	ASSERT_STOPS("groupnorm_forward at tests/layers/test_groupnorm.c:",
	        groupnorm_forward(&norm, &tape, x));
	ASSERT_STOPS(
	        "x \"x\" (2,4) by weight \"norm.weight\" (6): expected pictures whose last dimension is 6",
	        groupnorm_forward(&norm, &tape, x));
	ASSERT_STOPS(
	        "expected pictures", groupnorm_forward(&norm, &tape,
	                                     random_variable(arena, "x", 1, SHAPE(6))));
	ASSERT_STOPS("x is NULL", groupnorm_forward(&norm, &tape, NULL));
	ASSERT_STOPS("\"n\" of width 0 in 1 groups", groupnorm_new(&params, "n", 0, 1));
	ASSERT_STOPS("\"n\" of width 6 in 4 groups", groupnorm_new(&params, "n", 6, 4));
	arena_free(arena);
}
END_TEST

TEST_MAIN("groupnorm", groupnorm_by_hand_gives_value,
        groupnorm_gradient_agrees_with_slopes, groupnorm_agrees_with_pytorch,
        groupnorm_of_equal_numbers_is_the_bias,
        groupnorm_picture_alone_or_in_a_batch_gives_same_bits,
        groupnorm_new_is_the_identity_scale_and_checks_shapes)
