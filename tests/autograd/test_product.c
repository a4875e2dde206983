#include "autograd/ops.h"
#include "tests/support/gradient.h"

static Var *product(Tape *tape, const void *context)
{
	Var *const *in = context;
	return op_matmul(tape, in[0], in[1]);
}

/* x = [1 2; 3 4], w = [5 6; 7 8]: y = [19 22; 43 50]. With dy = [1 0; 0 2],
 * dx = dy w' = [5 7; 12 16] and dw = x' dy = [1 6; 2 8]. */
START_TEST(matmul_two_by_two_gives_value_and_gradient)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real two[] = { 1, 2, 3, 4 }, four[] = { 5, 6, 7, 8 };
	Var *x = tape_variable(&tape, tensor_view(two, SHAPE(2, 2)), "x");
	Var *w = tape_variable(&tape, tensor_view(four, SHAPE(2, 2)), "w");
	Var *y = op_matmul(&tape, x, w);
	real expected[] = { 19, 22, 43, 50 };
	ASSERT_TENSOR_SAME(y->value, tensor_view(expected, SHAPE(2, 2)));

	real dy[] = { 1, 0, 0, 2 };
	y->grad.data = dy;
	y->node->op->backward(y->node);
	real dx[] = { 5, 7, 12, 16 }, dw[] = { 1, 6, 2, 8 };
	ASSERT_TENSOR_SAME(x->grad, tensor_view(dx, SHAPE(2, 2)));
	ASSERT_TENSOR_SAME(w->grad, tensor_view(dw, SHAPE(2, 2)));
	arena_free(arena);
}
END_TEST

START_TEST(matmul_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	const int sizes[][3] = { { 1, 1, 1 }, { 3, 5, 2 }, { 7, 1, 4 }, { 1, 9, 1 } };
	for (int i = 0; i < 4; i++) {
		const int *s = sizes[i];
		Var *in[] = { random_variable(arena, "x", 1, SHAPE(s[0], s[1])),
			random_variable(arena, "w", 2, SHAPE(s[1], s[2])) };
		ASSERT_GRADIENT(product, in, 2, in);
	}
	Var *sequence[] = { random_variable(arena, "x", 3, SHAPE(2, 3, 4)),
		random_variable(arena, "w", 4, SHAPE(4, 5)) };
	ASSERT_GRADIENT(product, sequence, 2, sequence);
	Var *vector[] = { random_variable(arena, "x", 5, SHAPE(4)),
		random_variable(arena, "w", 6, SHAPE(4, 3)) };
	ASSERT_GRADIENT(product, vector, 2, vector);
	arena_free(arena);
}
END_TEST

START_TEST(matmul_input_without_gradient_is_left_alone)
{
	Arena *arena = arena_new("test");
	Var *right[] = { random_constant(arena, "x", 1, SHAPE(2, 3)),
		random_variable(arena, "w", 2, SHAPE(3, 2)) };
	ASSERT_GRADIENT(product, right, 2, right);
	Var *left[] = { random_variable(arena, "x", 1, SHAPE(2, 3)),
		random_constant(arena, "w", 2, SHAPE(3, 2)) };
	ASSERT_GRADIENT(product, left, 2, left);
	arena_free(arena);
}
END_TEST

START_TEST(matmul_of_a_var_with_itself_adds_both_gradients)
{
	Arena *arena = arena_new("test");
	Var *x = random_variable(arena, "x", 1, SHAPE(3, 3));
	Var *in[] = { x, x };
	ASSERT_GRADIENT(product, in, 1, in);
	arena_free(arena);
}
END_TEST

START_TEST(matmul_agrees_with_pytorch)
{
	ASSERT_AGREES(product, "autograd.txt", "matmul", 2);
	ASSERT_AGREES(product, "autograd.txt", "matmul.sequence", 2);
}
END_TEST

START_TEST(matmul_inner_mismatch_stops)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = random_variable(arena, "text.pooled", 1, SHAPE(16, 128));
	Var *w = random_variable(arena, "fusion.gate.weight", 2, SHAPE(96, 64));
	ASSERT_STOPS(
	        "op_matmul at tests/autograd/test_product.c:", op_matmul(&tape, x, w));
	ASSERT_STOPS(
	        "x \"text.pooled\" (16,128) times w \"fusion.gate.weight\" (96,64): inner sizes 128 and 96 differ. Hint: the last dimension of x must be the first of w.",
	        op_matmul(&tape, x, w));
	w = random_variable(arena, "fc.weight", 2, SHAPE(64, 128));
	ASSERT_STOPS("Hint: w seems to be transposed", op_matmul(&tape, x, w));
	arena_free(arena);
}
END_TEST

START_TEST(matmul_wrong_rank_stops)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = random_variable(arena, "x", 1, SHAPE(2, 3));
	Var *w = random_variable(arena, "w", 2, SHAPE(3));
	ASSERT_STOPS("x \"x\" (2,3) times w \"w\" (3): expected x (...,K) and w (K,N)",
	        op_matmul(&tape, x, w));
	ASSERT_STOPS("op_matmul at tests/autograd", op_matmul(&tape, NULL, w));
	ASSERT_STOPS("w is NULL", op_matmul(&tape, x, NULL));
	arena_free(arena);
}
END_TEST

TEST_MAIN("product", matmul_two_by_two_gives_value_and_gradient,
        matmul_gradient_agrees_with_slopes, matmul_input_without_gradient_is_left_alone,
        matmul_of_a_var_with_itself_adds_both_gradients, matmul_agrees_with_pytorch,
        matmul_inner_mismatch_stops, matmul_wrong_rank_stops)
