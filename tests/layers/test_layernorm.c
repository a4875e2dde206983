#include "autograd/ops.h"
#include "layers/layernorm.h"
#include "tests/support/gradient.h"

/* in: x, weight, bias */
static Var *layernorm(Tape *tape, const void *context)
{
	Var *const *in = context;
	LayerNorm norm = { in[1], in[2], (real)1e-5 };
	return layernorm_forward(&norm, tape, in[0]);
}

static Var *large_epsilon(Tape *tape, const void *context)
{
	Var *const *in = context;
	LayerNorm norm = { in[1], in[2], (real)0.25 };
	return layernorm_forward(&norm, tape, in[0]);
}

/* x = [1 3]: mean 2, variance 1, so z = [-1 1] (but for epsilon); w = [2 4], b = [10
 * 20]. */
START_TEST(layernorm_by_hand_gives_value)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real x[] = { 1, 3 }, w[] = { 2, 4 }, b[] = { 10, 20 }, y[] = { 8, 24 };
	Var *in[] = { tape_variable(&tape, tensor_view(x, SHAPE(1, 2)), "x"),
		tape_variable(&tape, tensor_view(w, SHAPE(2)), "w"),
		tape_variable(&tape, tensor_view(b, SHAPE(2)), "b") };
	ASSERT_TENSOR_CLOSE(
	        layernorm(&tape, in)->value, tensor_view(y, SHAPE(1, 2)), 1e-4, 0);
	arena_free(arena);
}
END_TEST

START_TEST(layernorm_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	const int sizes[][2] = { { 1, 2 }, { 3, 5 }, { 2, 33 } };
	for (int i = 0; i < 3; i++) {
		const int *s = sizes[i];
		Var *in[] = { random_variable(arena, "x", 1, SHAPE(s[0], s[1])),
			random_variable(arena, "w", 2, SHAPE(s[1])),
			random_variable(arena, "b", 3, SHAPE(s[1])) };
		ASSERT_GRADIENT(layernorm, in, 3, in);
		ASSERT_GRADIENT(large_epsilon, in, 3, in);
		in[i]->grad.data = NULL;
		ASSERT_GRADIENT(layernorm, in, 3, in);
	}
	arena_free(arena);
}
END_TEST

START_TEST(layernorm_agrees_with_pytorch)
{
	ASSERT_AGREES(layernorm, "layers.txt", "layernorm", 3);
	ASSERT_AGREES(large_epsilon, "layers.txt", "layernorm.epsilon", 3);
}
END_TEST

/* Numbers that are all the same have no variance, and are the bias. */
START_TEST(layernorm_of_equal_numbers_is_the_bias)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *in[] = { tape_constant(&tape, tensor_full(arena, 5, SHAPE(2, 8)), "x"),
		random_variable(arena, "w", 1, SHAPE(8)),
		random_variable(arena, "b", 2, SHAPE(8)) };
	Tensor y = layernorm(&tape, in)->value;
	ASSERT_TENSOR_SAME(tensor_row(y, 0), in[2]->value);
	ASSERT_TENSOR_SAME(tensor_row(y, 1), in[2]->value);
	arena_free(arena);
}
END_TEST

START_TEST(layernorm_row_alone_or_in_a_batch_gives_same_bits)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *w = random_variable(arena, "w", 2, SHAPE(37));
	Var *b = random_variable(arena, "b", 3, SHAPE(37));
	Var *batch = random_variable(arena, "x", 1, SHAPE(5, 37));
	Var *all = layernorm(&tape, (Var *[]){ batch, w, b });
	tape_backward(&tape, op_sum(&tape, op_mul(&tape, all, all)));
	for (int i = 0; i < 5; i++) {
		Var *row = tape_variable(&tape, tensor_row(batch->value, i), "row");
		Var *y = layernorm(&tape, (Var *[]){ row, w, b });
		ASSERT_TENSOR_SAME(y->value, tensor_row(all->value, i));
		tape_backward(&tape, op_sum(&tape, op_mul(&tape, y, y)));
		ASSERT_TENSOR_SAME(row->grad, tensor_row(batch->grad, i));
	}
	arena_free(arena);
}
END_TEST

START_TEST(layernorm_new_is_the_identity_scale_and_checks_shapes)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	LayerNorm norm = layernorm_new(&params, "norm", 3);
	ck_assert_str_eq(params.items[0]->name, "norm.weight");
	ck_assert_str_eq(params.items[1]->name, "norm.bias");
	ASSERT_TENSOR_SAME(norm.weight->value, tensor_full(arena, 1, SHAPE(3)));
	ASSERT_TENSOR_SAME(norm.bias->value, tensor_zeros(arena, SHAPE(3)));
	Var *x = random_variable(arena, "x", 1, SHAPE(2, 4));
	ASSERT_STOPS("layernorm_forward at tests/layers/test_layernorm.c:",
	        layernorm_forward(&norm, &tape, x));
	ASSERT_STOPS(
	        "x \"x\" (2,4) by weight \"norm.weight\" (3): the last dimension of x must be 3",
	        layernorm_forward(&norm, &tape, x));
	ASSERT_STOPS("x is NULL", layernorm_forward(&norm, &tape, NULL));
	ASSERT_STOPS("\"n\" of width 0", layernorm_new(&params, "n", 0));
	arena_free(arena);
}
END_TEST

TEST_MAIN("layernorm", layernorm_by_hand_gives_value,
        layernorm_gradient_agrees_with_slopes, layernorm_agrees_with_pytorch,
        layernorm_of_equal_numbers_is_the_bias,
        layernorm_row_alone_or_in_a_batch_gives_same_bits,
        layernorm_new_is_the_identity_scale_and_checks_shapes)
