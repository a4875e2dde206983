#include "autograd/ops.h"
#include "layers/gru.h"
#include "layers/linear.h"
#include "tensor/arena_peak.h"
#include "tests/support/gradient.h"

/* As in tests/golden/make_gru.py. */
static const int lengths[] = { 3, 5, 1, 5 };
enum { B = 4, T = 5, I = 3, H = 2 };

/* in: x, then weight_ih, weight_hh, bias_ih, bias_hh of each direction, then perhaps a state */
static Gru gru_over(Var *const in[], int directions)
{
	Gru gru = { .cell = &gru_cell, .in = I, .hidden = H, .directions = directions };
	for (int d = 0; d < directions; d++) {
		Var *const *w = in + 1 + 4 * d;
		gru.direction[d] = (RecurrentWeights){ w[0], w[1], w[2], w[3] };
	}
	return gru;
}

static Var *run(Tape *tape, Var *const in[], int directions)
{
	Gru gru = gru_over(in, directions);
	return gru_forward(&gru, tape, (Sequence){ in[0], lengths }).x;
}

static Var *one(Tape *tape, const void *in)
{
	return run(tape, in, 1);
}

static Var *both(Tape *tape, const void *in)
{
	return run(tape, in, 2);
}

static Var *both_last(Tape *tape, const void *context)
{
	Var *const *in = context;
	Gru gru = gru_over(in, 2);
	Sequence y = gru_forward(&gru, tape, (Sequence){ in[0], lengths });
	return gru_last(&gru, tape, y);
}

static Var *one_from(Tape *tape, const void *context)
{
	Var *const *in = context;
	Gru gru = gru_over(in, 1);
	RecurrentState state = { .h = in[5] };
	return gru_continue(&gru, tape, (Sequence){ in[0], lengths }, &state).x;
}

static Var *both_from(Tape *tape, const void *context)
{
	Var *const *in = context;
	Gru gru = gru_over(in, 2);
	RecurrentState state = { .h = in[9] };
	gru_continue(&gru, tape, (Sequence){ in[0], lengths }, &state);
	return state.h;
}

static const struct {
	const char *name;
	GradcheckFunction *function;
	int directions, inputs;
} cases[] = {
	{ "one", one, 1, 5 },
	{ "both", both, 2, 9 },
	{ "both.last", both_last, 2, 9 },
	{ "one.from", one_from, 1, 6 },
	{ "both.from", both_from, 2, 10 },
};
enum { CASES = sizeof cases / sizeof cases[0], MOST = 10 };

START_TEST(gru_agrees_with_pytorchs_packed_sequences)
{
	for (int i = 0; i < CASES; i++)
		ASSERT_AGREES(
		        cases[i].function, "gru.txt", cases[i].name, cases[i].inputs);
}
END_TEST

START_TEST(gru_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	for (int i = 0; i < CASES; i++) {
		Var *in[MOST];
		in[0] = random_variable(arena, "x", 1, SHAPE(B, T, I));
		for (int b = 0; b < B; b++)
			sequence_clear_padding(in[0]->value, b, lengths[b]);
		for (int k = 0; k < 4 * cases[i].directions; k++) {
			int columns = k % 4 == 0 ? I : k % 4 == 1 ? H : 0;
			in[1 + k] = random_variable(arena, "weight", 10 + k,
			        columns ? 2 : 1, (int[]){ 3 * H, columns });
		}
		in[1 + 4 * cases[i].directions] =
		        random_variable(arena, "h", 2, SHAPE(B, cases[i].directions * H));
		ASSERT_GRADIENT(cases[i].function, in, cases[i].inputs, in);
		for (int k = i % 2; k < cases[i].inputs; k += 2)
			in[k]->grad.data = NULL;
		ASSERT_GRADIENT(cases[i].function, in, cases[i].inputs, in);
	}
	arena_free(arena);
}
END_TEST

/* As it is taught: one step of small operations, sequences of equal length, from zero. */
static Var *composed(Tape *tape, const RecurrentWeights *w, Var *x)
{
	Linear input = { .weight = w->weight_ih, .bias = w->bias_ih };
	Linear recurrent = { .weight = w->weight_hh, .bias = w->bias_hh };
	Var *h = tape_constant(tape, tensor_zeros(tape->arena, SHAPE(B, H)), "h");
	Var *steps[T];
	for (int t = 0; t < T; t++) {
		Var *x_t = op_reshape(tape, op_slice(tape, x, 1, t, t + 1), SHAPE(B, I));
		Var *a = linear_forward(&input, tape, x_t);   /* (B,3H) */
		Var *b = linear_forward(&recurrent, tape, h); /* (B,3H) */
		Var *rz = op_sigmoid(tape, op_add(tape, op_slice(tape, a, 1, 0, 2 * H),
		                                   op_slice(tape, b, 1, 0, 2 * H)));
		Var *r = op_slice(tape, rz, 1, 0, H),
		    *z = op_slice(tape, rz, 1, H, 2 * H);
		Var *q = op_slice(tape, b, 1, 2 * H, 3 * H);
		Var *n = op_tanh(tape, op_add(tape, op_slice(tape, a, 1, 2 * H, 3 * H),
		                               op_mul(tape, r, q)));
		h = op_add(tape, n, op_mul(tape, z, op_sub(tape, h, n)));
		steps[t] = op_reshape(tape, h, SHAPE(B, 1, H));
	}
	return op_concat(tape, 1, T, steps);
}

START_TEST(gru_fused_agrees_with_small_operations)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng a = rng_new(3), b = rng_new(3);
	Gru fused = gru_new(&params, "fused", I, H, GRU_ONE_DIRECTION, &a);
	Gru plain = gru_new(&params, "plain", I, H, GRU_ONE_DIRECTION, &b);
	Var *x = random_variable(arena, "x", 1, SHAPE(B, T, I));
	Var *same_x = random_variable(arena, "x", 1, SHAPE(B, T, I));
	const int full[] = { T, T, T, T };
	Var *y = gru_forward(&fused, &tape, (Sequence){ x, full }).x;
	Var *z = composed(&tape, &plain.direction[0], same_x);
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

/* One utterance in the middle of a padded batch, alone, and cut in two with the state
 * carried over. */
START_TEST(gru_alone_in_a_batch_or_in_halves_gives_same_bits)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(5);
	Gru gru = gru_new(&params, "gru", 19, 37, GRU_ONE_DIRECTION, &rng);
	Gru two = gru_new(&params, "two", 19, 37, GRU_BOTH, &rng);
	const int all[] = { 12, 10, 1, 30 }, ten[] = { 10 }, five[] = { 5 };
	Var *x = random_constant(arena, "x", 1, SHAPE(4, 33, 19));
	for (int b = 0; b < 4; b++)
		sequence_clear_padding(x->value, b, all[b]);
	real *first = sequence_step(x->value, 1, 0);
	Sequence batch = { x, all };
	Sequence alone = {
		tape_constant(&tape, tensor_view(first, SHAPE(1, 10, 19)), "x"), ten
	};
	Tensor y = tensor_row(gru_forward(&gru, &tape, batch).x->value, 1);
	Tensor z = tensor_row(gru_forward(&gru, &tape, alone).x->value, 0);
	ASSERT_TENSOR_SAME(tensor_slice(y, 0, 10), z);
	ASSERT_TENSOR_SAME(tensor_slice(y, 10, 33), tensor_zeros(arena, SHAPE(23, 37)));
	Tensor y2 = tensor_row(gru_forward(&two, &tape, batch).x->value, 1);
	Tensor z2 = tensor_row(gru_forward(&two, &tape, alone).x->value, 0);
	ASSERT_TENSOR_SAME(tensor_slice(y2, 0, 10), z2);

	RecurrentState state = { NULL, NULL };
	for (int half = 0; half < 2; half++) {
		Tensor part = tensor_view(first + half * 5 * 19, SHAPE(1, 5, 19));
		Sequence s = { tape_constant(&tape, part, "x"), five };
		s = gru_continue(&gru, &tape, s, &state);
		ASSERT_TENSOR_SAME(tensor_row(s.x->value, 0),
		        tensor_slice(z, 5 * half, 5 * half + 5));
	}
	arena_free(arena);
}
END_TEST

START_TEST(gru_without_gradient_keeps_nothing)
{
	Arena *arena = arena_new("test"), *step = arena_new("step");
	Tape inference = tape_new(step), recording = tape_new(arena);
	inference.recording = false;
	Params params = params_new(arena);
	Rng rng = rng_new(5);
	Gru gru = gru_new(&params, "gru", 30, 20, GRU_BOTH, &rng);
	const int two[] = { 50, 31 };
	Sequence x = { random_constant(arena, "x", 1, SHAPE(2, 50, 30)), two };
	Tensor y = gru_forward(&gru, &inference, x).x->value;
	ck_assert_uint_le(arena_live(step), tensor_count(y) * sizeof(real) + 1024);
	ASSERT_TENSOR_SAME(gru_forward(&gru, &recording, x).x->value, y);
	arena_free(step);
	arena_free(arena);
}
END_TEST

START_TEST(gru_wrong_sizes_and_input_stop)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	ASSERT_STOPS("\"bad\" from 0 to 4: both sizes must be at least 1",
	        gru_new(&params, "bad", 0, 4, GRU_ONE_DIRECTION, &rng));
	Gru gru = gru_new(&params, "gru", 3, 4, GRU_BOTH, &rng);
	ck_assert_str_eq(params.items[7]->name, "gru.bias_hh_l0_reverse");
	const int two[] = { 5, 2 };
	Sequence x = { random_variable(arena, "mel", 1, SHAPE(2, 5, 2)), two };
	ASSERT_STOPS(
	        "gru_forward at tests/layers/test_gru.c:", gru_forward(&gru, &tape, x));
	ASSERT_STOPS(
	        "x \"mel\" (2,5,2) with weight \"gru.weight_ih_l0\" (12,3): the steps have 2 features, the layer expects 3",
	        gru_forward(&gru, &tape, x));
	x.x = random_variable(arena, "mel", 1, SHAPE(2, 5, 3));
	RecurrentState state = { .h = random_variable(arena, "h", 1, SHAPE(2, 4)) };
	ASSERT_STOPS("state->h \"h\" (2,4) for x \"mel\" (2,5,3): expected (2,8)",
	        gru_continue(&gru, &tape, x, &state));
	arena_free(arena);
}
END_TEST

TEST_MAIN("gru", gru_agrees_with_pytorchs_packed_sequences,
        gru_gradient_agrees_with_slopes, gru_fused_agrees_with_small_operations,
        gru_alone_in_a_batch_or_in_halves_gives_same_bits,
        gru_without_gradient_keeps_nothing, gru_wrong_sizes_and_input_stop)
