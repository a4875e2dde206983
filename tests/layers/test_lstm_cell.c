#include "autograd/ops.h"
#include "layers/lstm_cell.h"
#include "tests/support/gradient.h"

enum { B = 3, T = 6, I = 4, H = 5 };

/* The cell, step after step over sequences of equal length, from zero -> (B,T,H). */
static Var *unrolled(Tape *tape, const RecurrentWeights *weights, Var *x)
{
	Tensor zero = tensor_zeros(tape->arena, SHAPE(B, H));
	LstmState state = { tape_constant(tape, zero, "h"),
		tape_constant(tape, zero, "c") };
	Var *steps[T];
	for (int t = 0; t < T; t++) {
		Var *x_t = op_reshape(tape, op_slice(tape, x, 1, t, t + 1), SHAPE(B, I));
		state = lstm_cell_forward(weights, tape, x_t, state);
		steps[t] = op_reshape(tape, state.h, SHAPE(B, 1, H));
	}
	return op_concat(tape, 1, T, steps);
}

START_TEST(lstm_cell_unrolled_agrees_with_fused)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng a = rng_new(3), b = rng_new(3);
	Lstm fused = lstm_new(&params, "fused", I, H, LSTM_ONE_DIRECTION, &a);
	Lstm plain = lstm_new(&params, "plain", I, H, LSTM_ONE_DIRECTION, &b);
	Var *x = random_variable(arena, "x", 1, SHAPE(B, T, I));
	Var *same_x = random_variable(arena, "x", 1, SHAPE(B, T, I));
	const int full[] = { T, T, T };
	Var *y = lstm_forward(&fused, &tape, (Sequence){ x, full }).x;
	Var *z = unrolled(&tape, &plain.direction[0], same_x);
	ASSERT_TENSOR_CLOSE(y->value, z->value, 1e-6, 1e-6);

	Var *dy = random_constant(arena, "dy", 2, SHAPE(B, T, H));
	tape_backward(&tape, op_sum(&tape, op_mul(&tape, y, dy)));
	tape_backward(&tape, op_sum(&tape, op_mul(&tape, z, dy)));
	ASSERT_TENSOR_CLOSE(x->grad, same_x->grad, 1e-6, 1e-5);
	for (int i = 0; i < 4; i++)
		ASSERT_TENSOR_CLOSE(
		        params.items[i]->grad, params.items[4 + i]->grad, 1e-6, 1e-5);
	arena_free(arena);
}
END_TEST

/* in: x, h, c, weight_ih, weight_hh, bias_ih, bias_hh */
static Var *step(Tape *tape, const void *context)
{
	Var *const *in = context;
	RecurrentWeights weights = { in[3], in[4], in[5], in[6] };
	LstmState state = { in[1], in[2] };
	state = lstm_cell_forward(&weights, tape, in[0], state);
	return op_concat(tape, 1, INPUTS(state.h, state.c));
}

START_TEST(lstm_cell_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	Var *in[] = { random_variable(arena, "x", 1, SHAPE(B, I)),
		random_variable(arena, "h", 2, SHAPE(B, H)),
		random_variable(arena, "c", 3, SHAPE(B, H)),
		random_variable(arena, "weight_ih", 4, SHAPE(4 * H, I)),
		random_variable(arena, "weight_hh", 5, SHAPE(4 * H, H)),
		random_variable(arena, "bias_ih", 6, SHAPE(4 * H)),
		random_variable(arena, "bias_hh", 7, SHAPE(4 * H)) };
	ASSERT_GRADIENT(step, in, 7, in);
	arena_free(arena);
}
END_TEST

START_TEST(lstm_cell_wrong_input_names_the_callers_line)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Lstm lstm = lstm_new(&params, "lstm", I, H, LSTM_ONE_DIRECTION, &rng);
	Var *x = random_variable(arena, "x", 1, SHAPE(B, I + 1));
	Var *h = random_variable(arena, "h", 2, SHAPE(B, H));
	LstmState state = { h, h };
	ASSERT_STOPS("linear_forward at tests/layers/test_lstm_cell.c:",
	        lstm_cell_forward(&lstm.direction[0], &tape, x, state));
	arena_free(arena);
}
END_TEST

TEST_MAIN("lstm_cell", lstm_cell_unrolled_agrees_with_fused,
        lstm_cell_gradient_agrees_with_slopes,
        lstm_cell_wrong_input_names_the_callers_line)
