#include "layers/stack.h"
#include "tests/support/gradient.h"

#include <string.h>

/* As in tests/golden/make_stack.py. */
static const int lengths[] = { 3, 4, 1 };
enum { B = 3, T = 4, I = 3, H = 2, MOST_INPUTS = 21 };

/* in: x, then weight_ih, weight_hh, bias_ih, bias_hh of each direction of each layer, then
 * the first states */
static RecurrentWeights weights_of(Var *const in[], int which)
{
	Var *const *w = in + 1 + 4 * which;
	return (RecurrentWeights){ w[0], w[1], w[2], w[3] };
}

static Lstm lstm_over(Var *const in[], int layer, int directions)
{
	Lstm lstm = { .cell = &lstm_cell,
		.in = layer ? directions * H : I,
		.hidden = H,
		.directions = directions };
	for (int w = 0; w < directions; w++)
		lstm.direction[w] = weights_of(in, layer * directions + w);
	return lstm;
}

static Gru gru_over(Var *const in[], int layer, int directions)
{
	Gru gru = { .cell = &gru_cell,
		.in = layer ? directions * H : I,
		.hidden = H,
		.directions = directions };
	for (int w = 0; w < directions; w++)
		gru.direction[w] = weights_of(in, layer * directions + w);
	return gru;
}

static Var *lstm(Tape *tape, const void *in)
{
	LstmStack stack = { 2, 0, { lstm_over(in, 0, 1), lstm_over(in, 1, 1) } };
	Sequence x = { *(Var *const *)in, lengths };
	return lstm_stack_forward(&stack, tape, x, NULL, NULL).x;
}

static Var *gru(Tape *tape, const void *in)
{
	GruStack stack = { 2, 0, { gru_over(in, 0, 1), gru_over(in, 1, 1) } };
	Sequence x = { *(Var *const *)in, lengths };
	return gru_stack_forward(&stack, tape, x, NULL, NULL).x;
}

/* Both directions, from given states. */
static Var *lstm_both(Tape *tape, const void *context)
{
	Var *const *in = context, *const *s = in + 17;
	LstmStack stack = { 2, 0, { lstm_over(in, 0, 2), lstm_over(in, 1, 2) } };
	LstmState states[] = { { s[0], s[1] }, { s[2], s[3] } };
	Sequence x = { in[0], lengths };
	return lstm_stack_forward(&stack, tape, x, states, NULL).x;
}

static Var *gru_both(Tape *tape, const void *context)
{
	Var *const *in = context;
	GruStack stack = { 2, 0, { gru_over(in, 0, 2), gru_over(in, 1, 2) } };
	RecurrentState states[] = { { .h = in[17] }, { .h = in[18] } };
	Sequence x = { in[0], lengths };
	return gru_stack_forward(&stack, tape, x, states, NULL).x;
}

static const struct {
	const char *name;
	GradcheckFunction *function;
	int gates, directions, states; /* of a layer */
} cases[] = {
	{ "lstm", lstm, 4, 1, 0 },
	{ "gru", gru, 3, 1, 0 },
	{ "lstm.both", lstm_both, 4, 2, 2 },
	{ "gru.both", gru_both, 3, 2, 1 },
};
enum { CASES = sizeof cases / sizeof cases[0] };

static int inputs_of(int i)
{
	return 1 + 2 * (4 * cases[i].directions + cases[i].states);
}

START_TEST(stack_of_two_agrees_with_pytorch)
{
	for (int i = 0; i < CASES; i++)
		ASSERT_AGREES(
		        cases[i].function, "stack.txt", cases[i].name, inputs_of(i));
}
END_TEST

START_TEST(stack_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	for (int i = 0; i < CASES; i++) {
		int directions = cases[i].directions, rows = cases[i].gates * H,
		    weights = 8 * directions;
		Var *in[MOST_INPUTS] = { random_variable(arena, "x", 1, SHAPE(B, T, I)) };
		for (int b = 0; b < B; b++)
			sequence_clear_padding(in[0]->value, b, lengths[b]);
		for (int k = 0; k < weights; k++) {
			int below = k < weights / 2 ? I : directions * H;
			int columns = k % 4 == 0 ? below : k % 4 == 1 ? H : 0;
			in[1 + k] = random_variable(arena, "weight", 10 + k,
			        columns ? 2 : 1, (int[]){ rows, columns });
		}
		for (int k = 1 + weights; k < inputs_of(i); k++)
			in[k] = random_variable(
			        arena, "state", 50 + k, SHAPE(B, directions * H));
		ASSERT_GRADIENT(cases[i].function, in, inputs_of(i), in);
	}
	arena_free(arena);
}
END_TEST

START_TEST(stack_has_pytorchs_names_and_widths)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	LstmStack stack = lstm_stack_new(&params, "lstm", I, H, 2, LSTM_BOTH, 0, &rng);
	ck_assert_int_eq(params.count, 16);
	ck_assert_str_eq(params.items[8]->name, "lstm.weight_ih_l1");
	ck_assert_str_eq(params.items[15]->name, "lstm.bias_hh_l1_reverse");
	ck_assert_int_eq(stack.layer[1].in, 2 * H);
	GruStack other =
	        gru_stack_new(&params, "gru", I, H, 3, GRU_ONE_DIRECTION, 0, &rng);
	ck_assert_str_eq(params.items[24]->name, "gru.weight_ih_l2");
	ck_assert_int_eq(other.layer[2].in, H);
	arena_free(arena);
}
END_TEST

/* Two steps, then two more from where each layer stood, and all four at once. */
START_TEST(stack_carries_the_state_of_every_layer)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	LstmStack a =
	        lstm_stack_new(&params, "lstm", I, H, 2, LSTM_ONE_DIRECTION, 0, &rng);
	GruStack b = gru_stack_new(&params, "gru", I, H, 2, GRU_ONE_DIRECTION, 0, &rng);
	Tensor x = random_constant(arena, "x", 1, SHAPE(1, 4, I))->value;
	const int four[] = { 4 }, two[] = { 2 };
	Sequence all = { tape_constant(&tape, x, "x"), four };
	Tensor y = lstm_stack_forward(&a, &tape, all, NULL, NULL).x->value;
	Tensor z = gru_stack_forward(&b, &tape, all, NULL, NULL).x->value;
	LstmState states[2] = { { NULL, NULL }, { NULL, NULL } };
	RecurrentState gru_states[2] = { { NULL, NULL }, { NULL, NULL } };
	for (int i = 0; i < 2; i++) {
		Tensor half = tensor_view(x.data + i * 2 * I, SHAPE(1, 2, I));
		Sequence s = { tape_constant(&tape, half, "half"), two };
		Tensor y_i = lstm_stack_forward(&a, &tape, s, states, NULL).x->value;
		Tensor z_i = gru_stack_forward(&b, &tape, s, gru_states, NULL).x->value;
		ASSERT_TENSOR_SAME(tensor_row(y_i, 0),
		        tensor_slice(tensor_row(y, 0), 2 * i, 2 * i + 2));
		ASSERT_TENSOR_SAME(tensor_row(z_i, 0),
		        tensor_slice(tensor_row(z, 0), 2 * i, 2 * i + 2));
	}
	arena_free(arena);
}
END_TEST

/* Dropout stands between layers, so one layer alone has none. */
START_TEST(stack_drops_between_layers_only)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Sequence x = { random_constant(arena, "x", 1, SHAPE(B, T, I)), lengths };
	for (int layers = 1; layers <= 2; layers++) {
		const char *name = layers == 1 ? "one" : "two";
		LstmStack stack = lstm_stack_new(&params, name, I, 16, layers,
		        LSTM_ONE_DIRECTION, (real)0.5, &rng);
		Tensor y = lstm_stack_forward(&stack, &tape, x, NULL, NULL).x->value;
		Tensor z = lstm_stack_forward(&stack, &tape, x, NULL, &rng).x->value;
		size_t bytes = tensor_count(y) * sizeof(real);
		ck_assert_int_eq(memcmp(y.data, z.data, bytes) == 0, layers == 1);
	}
	arena_free(arena);
}
END_TEST

START_TEST(stack_of_no_or_too_many_layers_stops)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	ASSERT_STOPS("lstm_stack_new at tests/layers/test_stack.c:",
	        lstm_stack_new(&params, "s", I, H, 0, LSTM_ONE_DIRECTION, 0, &rng));
	ASSERT_STOPS("\"s\" of 9 layers: expected 1 to 8",
	        gru_stack_new(&params, "s", I, H, 9, GRU_ONE_DIRECTION, 0, &rng));
	arena_free(arena);
}
END_TEST

TEST_MAIN("stack", stack_of_two_agrees_with_pytorch, stack_gradient_agrees_with_slopes,
        stack_has_pytorchs_names_and_widths, stack_carries_the_state_of_every_layer,
        stack_drops_between_layers_only, stack_of_no_or_too_many_layers_stops)
