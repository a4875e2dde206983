#include "autograd/ops.h"
#include "layers/lstm.h"
#include "tensor/arena_peak.h"
#include "tests/support/gradient.h"

#include <math.h>
#include <string.h>

/* As in tests/golden/make_lstm.py. */
static const int lengths[] = { 3, 5, 1, 5 };
enum { B = 4, T = 5, I = 3, H = 2 };

/* in: x, then weight_ih, weight_hh, bias_ih, bias_hh of each direction */
static Lstm lstm_over(Var *const in[], int directions)
{
	Lstm lstm = { .cell = &lstm_cell, .directions = directions };
	lstm.in = in[1]->value.shape[1];
	lstm.hidden = in[2]->value.shape[1];
	for (int d = 0; d < directions; d++) {
		Var *const *w = in + 1 + 4 * d;
		lstm.direction[d] = (RecurrentWeights){ w[0], w[1], w[2], w[3] };
	}
	return lstm;
}

static Var *run(Tape *tape, Var *const in[], int directions)
{
	Lstm lstm = lstm_over(in, directions);
	return lstm_forward(&lstm, tape, (Sequence){ in[0], lengths }).x;
}

static Var *last(Tape *tape, Var *const in[], int directions)
{
	Lstm lstm = lstm_over(in, directions);
	Sequence y = lstm_forward(&lstm, tape, (Sequence){ in[0], lengths });
	return lstm_last(&lstm, tape, y);
}

/* After the weights, in[] holds the state to start from. */
static Var *continued(Tape *tape, Var *const in[], int directions, LstmState *state)
{
	Lstm lstm = lstm_over(in, directions);
	*state = (LstmState){ in[1 + 4 * directions], in[2 + 4 * directions] };
	return lstm_continue(&lstm, tape, (Sequence){ in[0], lengths }, state).x;
}

static Var *one(Tape *tape, const void *in)
{
	return run(tape, in, 1);
}

static Var *both(Tape *tape, const void *in)
{
	return run(tape, in, 2);
}

static Var *one_last(Tape *tape, const void *in)
{
	return last(tape, in, 1);
}

static Var *both_last(Tape *tape, const void *in)
{
	return last(tape, in, 2);
}

static Var *one_from(Tape *tape, const void *in)
{
	LstmState state;
	return continued(tape, in, 1, &state);
}

static Var *both_from(Tape *tape, const void *in)
{
	LstmState state;
	return continued(tape, in, 2, &state);
}

static Var *one_c(Tape *tape, const void *in)
{
	LstmState state;
	continued(tape, in, 1, &state);
	return state.c;
}

static Var *both_c(Tape *tape, const void *in)
{
	LstmState state;
	continued(tape, in, 2, &state);
	return state.c;
}

/* Everything that comes out of one call, side by side: gradients must add up. */
static Var *all_results(Tape *tape, const void *in)
{
	LstmState state;
	Var *y = continued(tape, in, 2, &state);
	y = op_reshape(tape, y, SHAPE(B, T * 2 * H));
	return op_concat(tape, 1, INPUTS(y, state.h, state.c));
}

static const struct {
	const char *name; /* of the golden figures; NULL for none */
	GradcheckFunction *function;
	int directions;
	bool state;
} cases[] = {
	{ "one", one, 1, false },
	{ "both", both, 2, false },
	{ "one.last", one_last, 1, false },
	{ "both.last", both_last, 2, false },
	{ "one.from", one_from, 1, true },
	{ "both.from", both_from, 2, true },
	{ "one.c", one_c, 1, true },
	{ "both.c", both_c, 2, true },
	{ NULL, all_results, 2, true },
};
enum { CASES = sizeof cases / sizeof cases[0], MOST = 3 + 2 * 4 };

/* Random x and weights, and a state where asked for; returns how many. */
static int random_inputs(Arena *arena, int directions, bool state, Var *in[MOST])
{
	int count = 0;
	in[count++] = random_variable(arena, "x", 1, SHAPE(B, T, I));
	for (int b = 0; b < B; b++)
		sequence_clear_padding(in[0]->value, b, lengths[b]);
	for (int d = 0; d < directions; d++) {
		int seed = 10 * (d + 1);
		in[count++] = random_variable(arena, "weight_ih", seed, SHAPE(4 * H, I));
		in[count++] =
		        random_variable(arena, "weight_hh", seed + 1, SHAPE(4 * H, H));
		in[count++] = random_variable(arena, "bias_ih", seed + 2, SHAPE(4 * H));
		in[count++] = random_variable(arena, "bias_hh", seed + 3, SHAPE(4 * H));
	}
	if (state) {
		in[count++] = random_variable(arena, "h", 2, SHAPE(B, directions * H));
		in[count++] = random_variable(arena, "c", 3, SHAPE(B, directions * H));
	}
	return count;
}

START_TEST(lstm_agrees_with_pytorchs_packed_sequences)
{
	for (int i = 0; i < CASES; i++)
		if (cases[i].name)
			ASSERT_AGREES(cases[i].function, "lstm.txt", cases[i].name,
			        1 + 4 * cases[i].directions + 2 * cases[i].state);
}
END_TEST

START_TEST(lstm_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	for (int i = 0; i < CASES; i++) {
		Var *in[MOST];
		int count = random_inputs(arena, cases[i].directions, cases[i].state, in);
		ASSERT_GRADIENT(cases[i].function, in, count, in);
		for (int k = i % 2; k < count; k += 2)
			in[k]->grad.data = NULL;
		ASSERT_GRADIENT(cases[i].function, in, count, in);
	}
	arena_free(arena);
}
END_TEST

/* One input, one state, all weights 0 but that of gate g, which is 1: i = f = o = 1/2, g
 * = tanh x. x = 1, -2: c = tanh(1)/2, then c/2 + tanh(-2)/2; h = tanh(c)/2. */
START_TEST(lstm_by_hand_gives_value)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real x[] = { 1, -2 }, w[] = { 0, 0, 1, 0 }, zero[] = { 0, 0, 0, 0 };
	Var *in[] = { tape_constant(&tape, tensor_view(x, SHAPE(1, 2, 1)), "x"),
		tape_constant(&tape, tensor_view(w, SHAPE(4, 1)), "weight_ih"),
		tape_constant(&tape, tensor_view(zero, SHAPE(4, 1)), "weight_hh"),
		tape_constant(&tape, tensor_view(zero, SHAPE(4)), "bias_ih"),
		tape_constant(&tape, tensor_view(zero, SHAPE(4)), "bias_hh") };
	Lstm lstm = lstm_over(in, 1);
	const int two[] = { 2 };
	Sequence y = lstm_forward(&lstm, &tape, (Sequence){ in[0], two });
	double c = tanh(1) / 2;
	ASSERT_CLOSE(y.x->value.data[0], tanh(c) / 2, 1e-6, 0);
	c = c / 2 + tanh(-2) / 2;
	ASSERT_CLOSE(y.x->value.data[1], tanh(c) / 2, 1e-6, 0);
	arena_free(arena);
}
END_TEST

/* Utterance b of a padded batch, alone: (1,length,F). */
static Var *alone(Tape *tape, Tensor x, int b, int length)
{
	int F = x.shape[2];
	real *first = sequence_step(x, b, 0);
	return tape_constant(tape, tensor_view(first, SHAPE(1, length, F)), "alone");
}

static Lstm random_lstm(Arena *arena, int in, int hidden, int options)
{
	Params params = params_new(arena);
	Rng rng = rng_new(5);
	return lstm_new(&params, "lstm", in, hidden, options, &rng);
}

START_TEST(lstm_utterance_alone_or_in_a_batch_gives_same_bits)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Lstm lstm = random_lstm(arena, 19, 37, LSTM_BOTH);
	const int all[] = { 12, 7, 1, 30, 7 };
	Var *x = random_constant(arena, "x", 1, SHAPE(5, 33, 19));
	for (int b = 0; b < 5; b++)
		sequence_clear_padding(x->value, b, all[b]);
	Tensor y = lstm_forward(&lstm, &tape, (Sequence){ x, all }).x->value;
	for (int b = 0; b < 5; b++) {
		Sequence single = { alone(&tape, x->value, b, all[b]), &all[b] };
		Tensor y_b = lstm_forward(&lstm, &tape, single).x->value;
		ASSERT_TENSOR_SAME(alone(&tape, y, b, all[b])->value, y_b);
		Tensor padding = tensor_slice(tensor_row(y, b), all[b], 33);
		Tensor zero = tensor_zeros(arena, padding.ndim, padding.shape);
		ASSERT_TENSOR_SAME(padding, zero);
	}
	arena_free(arena);
}
END_TEST

START_TEST(lstm_order_in_the_batch_gives_same_bits)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Lstm lstm = random_lstm(arena, 3, 18, LSTM_BOTH);
	const int forth[] = { 2, 9, 5 }, back[] = { 5, 9, 2 };
	Var *x = random_constant(arena, "x", 1, SHAPE(3, 9, 3));
	for (int b = 0; b < 3; b++)
		sequence_clear_padding(x->value, b, forth[b]);
	Var *turned = tape_constant(&tape, tensor_clone(arena, x->value), "turned");
	for (int b = 0; b < 3; b++)
		tensor_copy(tensor_row(turned->value, b), tensor_row(x->value, 2 - b));
	Tensor y = lstm_forward(&lstm, &tape, (Sequence){ x, forth }).x->value;
	Tensor z = lstm_forward(&lstm, &tape, (Sequence){ turned, back }).x->value;
	for (int b = 0; b < 3; b++)
		ASSERT_TENSOR_SAME(tensor_row(z, b), tensor_row(y, 2 - b));
	arena_free(arena);
}
END_TEST

/* Two halves, the state carried over, and the whole. */
START_TEST(lstm_continued_equals_the_whole)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Lstm lstm = random_lstm(arena, 3, 18, LSTM_ONE_DIRECTION);
	Var *x = random_constant(arena, "x", 1, SHAPE(1, 10, 3));
	const int ten[] = { 10 }, four[] = { 4 }, six[] = { 6 };
	LstmState end = { NULL, NULL }, carried = { NULL, NULL };
	Sequence y = lstm_continue(&lstm, &tape, (Sequence){ x, ten }, &end);
	Tensor frames = tensor_row(x->value, 0);
	Tensor first = tensor_reshape(tensor_slice(frames, 0, 4), SHAPE(1, 4, 3));
	Tensor second = tensor_reshape(tensor_slice(frames, 4, 10), SHAPE(1, 6, 3));
	Sequence a = { tape_constant(&tape, first, "first"), four };
	Sequence b = { tape_constant(&tape, second, "second"), six };
	a = lstm_continue(&lstm, &tape, a, &carried);
	b = lstm_continue(&lstm, &tape, b, &carried);
	Tensor whole = tensor_row(y.x->value, 0);
	ASSERT_TENSOR_SAME(tensor_row(a.x->value, 0), tensor_slice(whole, 0, 4));
	ASSERT_TENSOR_SAME(tensor_row(b.x->value, 0), tensor_slice(whole, 4, 10));
	ASSERT_TENSOR_SAME(carried.h->value, end.h->value);
	ASSERT_TENSOR_SAME(carried.c->value, end.c->value);
	arena_free(arena);
}
END_TEST

START_TEST(lstm_last_takes_each_ways_last_step)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Lstm lstm = random_lstm(arena, 3, 4, LSTM_BOTH);
	const int two[] = { 5, 2 };
	Var *x = random_constant(arena, "x", 1, SHAPE(2, 5, 3));
	Sequence y = lstm_forward(&lstm, &tape, (Sequence){ x, two });
	Tensor h = lstm_last(&lstm, &tape, y)->value;
	for (int b = 0; b < 2; b++)
		for (int k = 0; k < 4; k++) {
			const real *at_end = sequence_step(y.x->value, b, two[b] - 1);
			const real *at_start = sequence_step(y.x->value, b, 0);
			ck_assert(h.data[8 * b + k] == at_end[k]);
			ck_assert(h.data[8 * b + 4 + k] == at_start[4 + k]);
		}
	arena_free(arena);
}
END_TEST

START_TEST(lstm_without_gradient_gives_same_bits_and_keeps_nothing)
{
	Arena *arena = arena_new("test"), *step = arena_new("step");
	Tape recording = tape_new(arena), inference = tape_new(step);
	inference.recording = false;
	Lstm lstm = random_lstm(arena, 30, 20, LSTM_BOTH);
	Var *x = random_constant(arena, "x", 1, SHAPE(2, 50, 30));
	const int two[] = { 50, 31 };
	sequence_clear_padding(x->value, 1, 31);
	Tensor y = lstm_forward(&lstm, &inference, (Sequence){ x, two }).x->value;
	ck_assert_uint_le(arena_live(step), tensor_count(y) * sizeof(real) + 1024);
	Tensor z = lstm_forward(&lstm, &recording, (Sequence){ x, two }).x->value;
	ASSERT_TENSOR_SAME(y, z);
	arena_free(step);
	arena_free(arena);
}
END_TEST

START_TEST(lstm_new_has_pytorchs_names_default_and_replicates)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena), replica = params_replica(arena, &params);
	Rng rng = rng_new(1);
	Lstm lstm = lstm_new(&params, "text.lstm", 30, 64, LSTM_BOTH, &rng);
	const char *const names[] = { "text.lstm.weight_ih_l0", "text.lstm.weight_hh_l0",
		"text.lstm.bias_ih_l0", "text.lstm.bias_hh_l0",
		"text.lstm.weight_ih_l0_reverse", "text.lstm.weight_hh_l0_reverse",
		"text.lstm.bias_ih_l0_reverse", "text.lstm.bias_hh_l0_reverse" };
	ck_assert_int_eq(params.count, 8);
	for (int i = 0; i < 8; i++) {
		ck_assert_str_eq(params.items[i]->name, names[i]);
		double largest = 0;
		Tensor value = params.items[i]->value;
		for (size_t k = 0; k < tensor_count(value); k++)
			largest = fmax(largest, fabs((double)value.data[k]));
		ck_assert(largest <= 0.125 && largest > 0.12);
	}
	Lstm same = lstm_new(
	        &replica, "text.lstm", 30, 64, LSTM_BOTH | LSTM_FORGET_BIAS, &rng);
	ck_assert_ptr_eq(same.direction[1].bias_hh->value.data,
	        lstm.direction[1].bias_hh->value.data);
	ck_assert(lstm.direction[1].bias_ih->value.data[64] < (real)0.5);
	arena_free(arena);
}
END_TEST

START_TEST(lstm_forget_bias_starts_at_1)
{
	Arena *arena = arena_new("test");
	Lstm lstm = random_lstm(arena, 3, 5, LSTM_BOTH | LSTM_FORGET_BIAS);
	for (int d = 0; d < 2; d++) {
		const real *ih = lstm.direction[d].bias_ih->value.data;
		const real *hh = lstm.direction[d].bias_hh->value.data;
		for (int k = 0; k < 20; k++)
			if (k >= 5 && k < 10)
				ck_assert(ih[k] == 1 && hh[k] == 0);
			else
				ck_assert(ih[k] < (real)0.5 && fabs((double)hh[k]) > 0);
	}
	arena_free(arena);
}
END_TEST

START_TEST(lstm_wrong_sizes_stop)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	ASSERT_STOPS("lstm_new at tests/layers/test_lstm.c:",
	        lstm_new(&params, "lstm", 3, 0, LSTM_ONE_DIRECTION, &rng));
	ASSERT_STOPS("\"lstm\" from 3 to 0: both sizes must be at least 1",
	        lstm_new(&params, "lstm", 3, 0, LSTM_ONE_DIRECTION, &rng));
	ASSERT_STOPS("and the second at most 536870911",
	        lstm_new(&params, "lstm", 3, 536870912, LSTM_ONE_DIRECTION, &rng));
	arena_free(arena);
}
END_TEST

START_TEST(lstm_wrong_input_stops)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Lstm lstm = random_lstm(arena, 3, 4, LSTM_BOTH);
	const int two[] = { 5, 2 };
	Sequence x = { random_variable(arena, "mel", 1, SHAPE(2, 5, 2)), two };
	ASSERT_STOPS("lstm_forward at tests/layers/test_lstm.c:",
	        lstm_forward(&lstm, &tape, x));
	ASSERT_STOPS(
	        "x \"mel\" (2,5,2) with weight \"lstm.weight_ih_l0\" (16,3): the steps have 2 features, the layer expects 3",
	        lstm_forward(&lstm, &tape, x));
	ASSERT_STOPS("y \"mel\" (2,5,2): expected the 8 states of a step",
	        lstm_last(&lstm, &tape, x));
	x.x = random_variable(arena, "mel", 1, SHAPE(2, 5, 3));
	LstmState state = { random_variable(arena, "h", 1, SHAPE(2, 4)), NULL };
	ASSERT_STOPS("state->h \"h\" (2,4) for x \"mel\" (2,5,3): expected (2,8)",
	        lstm_continue(&lstm, &tape, x, &state));
	const int six[] = { 6, 2 };
	x.lengths = six;
	ASSERT_STOPS("lengths[0] is 6, expected 1 to 5", lstm_forward(&lstm, &tape, x));
	arena_free(arena);
}
END_TEST

TEST_MAIN("lstm", lstm_by_hand_gives_value, lstm_agrees_with_pytorchs_packed_sequences,
        lstm_gradient_agrees_with_slopes,
        lstm_utterance_alone_or_in_a_batch_gives_same_bits,
        lstm_order_in_the_batch_gives_same_bits, lstm_continued_equals_the_whole,
        lstm_last_takes_each_ways_last_step,
        lstm_without_gradient_gives_same_bits_and_keeps_nothing,
        lstm_new_has_pytorchs_names_default_and_replicates, lstm_forget_bias_starts_at_1,
        lstm_wrong_sizes_stop, lstm_wrong_input_stops)
