#include "autograd/ops.h"
#include "layers/linear.h"
#include "tests/support/gradient.h"

#include <math.h>

/* in: x, weight, bias */
static Var *linear(Tape *tape, const void *context)
{
	Var *const *in = context;
	return linear_forward(&(Linear){ in[1], in[2] }, tape, in[0]);
}

/* x = [1 1], W = [1 2; 3 4; 5 6], b = [.5 -.5 1]: y = [3.5 6.5 12]. With dy = [1 0 2]:
 * dx = dy W = [11 14], dW = dy' x = [1 1; 0 0; 2 2], db = dy. */
START_TEST(linear_by_hand_gives_value_and_gradient)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real x_data[] = { 1, 1 }, w_data[] = { 1, 2, 3, 4, 5, 6 };
	real b_data[] = { (real)0.5, (real)-0.5, 1 };
	Var *in[] = { tape_variable(&tape, tensor_view(x_data, SHAPE(1, 2)), "x"),
		tape_variable(&tape, tensor_view(w_data, SHAPE(3, 2)), "w"),
		tape_variable(&tape, tensor_view(b_data, SHAPE(3)), "b") };
	Var *y = linear(&tape, in);
	real expected[] = { (real)3.5, (real)6.5, 12 };
	ASSERT_TENSOR_SAME(y->value, tensor_view(expected, SHAPE(1, 3)));

	real dy[] = { 1, 0, 2 };
	y->grad.data = dy;
	y->node->op->backward(y->node);
	real dx[] = { 11, 14 }, dw[] = { 1, 1, 0, 0, 2, 2 };
	ASSERT_TENSOR_SAME(in[0]->grad, tensor_view(dx, SHAPE(1, 2)));
	ASSERT_TENSOR_SAME(in[1]->grad, tensor_view(dw, SHAPE(3, 2)));
	ASSERT_TENSOR_SAME(in[2]->grad, tensor_view(dy, SHAPE(3)));
	arena_free(arena);
}
END_TEST

START_TEST(linear_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	const int sizes[][3] = { { 1, 1, 1 }, { 3, 5, 2 }, { 7, 1, 4 } }; /* M, in, out */
	for (int i = 0; i < 3; i++) {
		const int *s = sizes[i];
		Var *in[] = { random_variable(arena, "x", 1, SHAPE(s[0], s[1])),
			random_variable(arena, "w", 2, SHAPE(s[2], s[1])),
			random_variable(arena, "b", 3, SHAPE(s[2])) };
		ASSERT_GRADIENT(linear, in, 3, in);
		in[i]->grad.data = NULL;
		ASSERT_GRADIENT(linear, in, 3, in);
	}
	arena_free(arena);
}
END_TEST

static Var *linear_without_bias(Tape *tape, const void *context)
{
	Var *const *in = context;
	return linear_forward(&(Linear){ in[1], NULL }, tape, in[0]);
}

START_TEST(linear_plain_is_linear_with_a_bias_of_zero)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1), again = rng_new(1);
	Linear with = linear_new(&params, "a", 4, 3, &rng);
	Linear plain = linear_plain_new(&params, "b", 4, 3, &again);
	ck_assert_int_eq(params.count, 3);
	ASSERT_TENSOR_SAME(plain.weight->value, with.weight->value);
	tensor_fill(with.bias->value, 0);
	Var *x = random_variable(arena, "x", 2, SHAPE(5, 4));
	ASSERT_TENSOR_SAME(linear_forward(&plain, &tape, x)->value,
	        linear_forward(&with, &tape, x)->value);
	Var *in[] = { x, plain.weight };
	ASSERT_GRADIENT(linear_without_bias, in, 2, in);
	arena_free(arena);
}
END_TEST

START_TEST(linear_agrees_with_pytorch)
{
	ASSERT_AGREES(linear, "layers.txt", "linear", 3);
	ASSERT_AGREES(linear, "layers.txt", "linear.sequence", 3);
}
END_TEST

/* As it is taught: a product, then a sum. W stands transposed there. */
static Var *composed(Tape *tape, Var *x, Var *w_transposed, Var *b)
{
	return op_add(tape, op_matmul(tape, x, w_transposed), b);
}

START_TEST(linear_fused_agrees_with_product_and_sum)
{
	enum { M = 6, IN = 5, OUT = 4 };
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *in[] = { random_variable(arena, "x", 1, SHAPE(2, 3, IN)),
		random_variable(arena, "w", 2, SHAPE(OUT, IN)),
		random_variable(arena, "b", 3, SHAPE(OUT)) };
	Var *x = tape_variable(&tape, in[0]->value, "x");
	Var *b = tape_variable(&tape, in[2]->value, "b");
	Var *w = tape_variable(&tape, tensor_new(arena, SHAPE(IN, OUT)), "w'");
	for (int o = 0; o < OUT; o++)
		for (int i = 0; i < IN; i++)
			w->value.data[i * OUT + o] = in[1]->value.data[o * IN + i];
	Var *fused = linear(&tape, in), *plain = composed(&tape, x, w, b);
	ASSERT_TENSOR_CLOSE(fused->value, plain->value, 1e-6, 1e-6);

	Var *dy = random_constant(arena, "dy", 4, SHAPE(2, 3, OUT));
	tape_backward(&tape, op_sum(&tape, op_mul(&tape, fused, dy)));
	tape_backward(&tape, op_sum(&tape, op_mul(&tape, plain, dy)));
	ASSERT_TENSOR_CLOSE(in[0]->grad, x->grad, 1e-6, 1e-6);
	ASSERT_TENSOR_CLOSE(in[2]->grad, b->grad, 1e-6, 1e-6);
	for (int o = 0; o < OUT; o++)
		for (int i = 0; i < IN; i++)
			ASSERT_CLOSE(in[1]->grad.data[o * IN + i],
			        w->grad.data[i * OUT + o], 1e-6, 1e-6);
	arena_free(arena);
}
END_TEST

START_TEST(linear_row_alone_or_in_a_batch_gives_same_bits)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *in[] = { random_variable(arena, "x", 1, SHAPE(9, 37)),
		random_variable(arena, "w", 2, SHAPE(19, 37)),
		random_variable(arena, "b", 3, SHAPE(19)) };
	Tensor all = linear(&tape, in)->value;
	for (int m = 0; m < 9; m++) {
		Var *one[] = { tape_variable(
			               &tape, tensor_slice(in[0]->value, m, m + 1), "x"),
			in[1], in[2] };
		ASSERT_TENSOR_SAME(
		        linear(&tape, one)->value, tensor_slice(all, m, m + 1));
	}
	arena_free(arena);
}
END_TEST

START_TEST(linear_new_draws_pytorchs_default_and_replicates)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Linear fc = linear_new(&params, "fc", 16, 1000, &rng);
	ck_assert_str_eq(params.items[0]->name, "fc.weight");
	ck_assert_str_eq(params.items[1]->name, "fc.bias");
	double largest = 0, mean = 0;
	for (int i = 0; i < 16000; i++) {
		double w = (double)fc.weight->value.data[i];
		largest = fmax(largest, fabs(w));
		mean += w / 16000;
	}
	ck_assert(largest <= 0.25 && largest > 0.249);
	ASSERT_CLOSE(mean, 0, 0.005, 0);
	ck_assert(fc.bias->value.data[7] < 0 || fc.bias->value.data[7] > 0);

	Params replica = params_replica(arena, &params);
	Linear same = linear_new(&replica, "fc", 16, 1000, &rng);
	ck_assert_ptr_eq(same.weight->value.data, fc.weight->value.data);
	ck_assert_ptr_eq(same.bias->value.data, fc.bias->value.data);
	arena_free(arena);
}
END_TEST

START_TEST(linear_wrong_shapes_stop)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	ASSERT_STOPS("linear_new at tests/layers/test_linear.c:",
	        linear_new(&params, "fc", 0, 4, &rng));
	ASSERT_STOPS("\"fc\" from 3 to -1: both sizes must be at least 1",
	        linear_new(&params, "fc", 3, -1, &rng));
	Linear fc = linear_new(&params, "fc", 3, 4, &rng);
	Var *x = random_variable(arena, "text.pooled", 1, SHAPE(2, 4));
	ASSERT_STOPS("linear_forward at tests/layers/test_linear.c:",
	        linear_forward(&fc, &tape, x));
	ASSERT_STOPS(
	        "x \"text.pooled\" (2,4) times weight \"fc.weight\" (4,3): the last dimension of x must be the layer's 3 inputs",
	        linear_forward(&fc, &tape, x));
	Var *scalar = random_variable(arena, "x", 1, SCALAR);
	ASSERT_STOPS("x \"x\" ()", linear_forward(&fc, &tape, scalar));
	ASSERT_STOPS("x is NULL", linear_forward(&fc, &tape, NULL));
	arena_free(arena);
}
END_TEST

TEST_MAIN("linear", linear_by_hand_gives_value_and_gradient,
        linear_gradient_agrees_with_slopes, linear_plain_is_linear_with_a_bias_of_zero,
        linear_agrees_with_pytorch, linear_fused_agrees_with_product_and_sum,
        linear_row_alone_or_in_a_batch_gives_same_bits,
        linear_new_draws_pytorchs_default_and_replicates, linear_wrong_shapes_stop)
