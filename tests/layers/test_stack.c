#include "layers/stack.h"
#include "tests/gradient.h"

#include <string.h>

/* As in tests/golden/make_stack.py. */
static const int lengths[] = { 3, 4 };
enum { B = 2, T = 4, I = 3, H = 2, INPUTS_OF_TWO = 9 };

/* in: x, then weight_ih, weight_hh, bias_ih, bias_hh of each layer */
static RecurrentWeights weights_of(Var *const in[], int layer)
{
	Var *const *w = in + 1 + 4 * layer;
	return (RecurrentWeights){ w[0], w[1], w[2], w[3] };
}

static Var *lstm(Tape *tape, const void *context)
{
	Var *const *in = context;
	LstmStack stack = { .layers = 2 };
	for (int l = 0; l < 2; l++)
		stack.layer[l] = (Lstm){ .in = l ? H : I,
			.hidden = H,
			.ways = 1,
			.way = { weights_of(in, l) } };
	Sequence x = { in[0], lengths };
	return lstm_stack_forward(&stack, tape, x, NULL, NULL).x;
}

static Var *gru(Tape *tape, const void *context)
{
	Var *const *in = context;
	GruStack stack = { .layers = 2 };
	for (int l = 0; l < 2; l++)
		stack.layer[l] = (Gru){ .in = l ? H : I,
			.hidden = H,
			.ways = 1,
			.way = { weights_of(in, l) } };
	Sequence x = { in[0], lengths };
	return gru_stack_forward(&stack, tape, x, NULL, NULL).x;
}

START_TEST(stack_of_two_agrees_with_pytorch)
{
	ASSERT_AGREES(lstm, "stack.txt", "lstm", INPUTS_OF_TWO);
	ASSERT_AGREES(gru, "stack.txt", "gru", INPUTS_OF_TWO);
}
END_TEST

START_TEST(stack_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	for (int gates = 3; gates <= 4; gates++) {
		Var *in[INPUTS_OF_TWO] = { random_variable(
			arena, "x", 1, SHAPE(B, T, I)) };
		for (int k = 0; k < 8; k++) {
			int columns = k == 0 ? I : k % 4 < 2 ? H : 0;
			in[1 + k] = random_variable(arena, "weight", 10 + k,
			        columns ? 2 : 1, (int[]){ gates * H, columns });
		}
		ASSERT_GRADIENT(gates == 3 ? gru : lstm, in, INPUTS_OF_TWO, in);
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
	GruStack other = gru_stack_new(&params, "gru", I, H, 3, GRU_ONE_WAY, 0, &rng);
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
	LstmStack a = lstm_stack_new(&params, "lstm", I, H, 2, LSTM_ONE_WAY, 0, &rng);
	GruStack b = gru_stack_new(&params, "gru", I, H, 2, GRU_ONE_WAY, 0, &rng);
	Tensor x = random_constant(arena, "x", 1, SHAPE(1, 4, I))->value;
	const int four[] = { 4 }, two[] = { 2 };
	Sequence all = { tape_constant(&tape, x, "x"), four };
	Tensor y = lstm_stack_forward(&a, &tape, all, NULL, NULL).x->value;
	Tensor z = gru_stack_forward(&b, &tape, all, NULL, NULL).x->value;
	LstmState states[2] = { { NULL, NULL }, { NULL, NULL } };
	Var *gru_states[2] = { NULL, NULL };
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
		LstmStack stack = lstm_stack_new(
		        &params, name, I, 16, layers, LSTM_ONE_WAY, (real)0.5, &rng);
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
	        lstm_stack_new(&params, "s", I, H, 0, LSTM_ONE_WAY, 0, &rng));
	ASSERT_STOPS("\"s\" of 9 layers: expected 1 to 8",
	        gru_stack_new(&params, "s", I, H, 9, GRU_ONE_WAY, 0, &rng));
	arena_free(arena);
}
END_TEST

TEST_MAIN("stack", stack_of_two_agrees_with_pytorch, stack_gradient_agrees_with_slopes,
        stack_has_pytorchs_names_and_widths, stack_carries_the_state_of_every_layer,
        stack_drops_between_layers_only, stack_of_no_or_too_many_layers_stops)
