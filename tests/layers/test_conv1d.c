#include "autograd/ops.h"
#include "layers/conv1d.h"
#include "tensor/arena_peak.h"
#include "tests/support/gradient.h"

#include <math.h>
#include <string.h>

/* A layer of these options over these parameters. */
static Conv1d conv_over(Arena *arena, Var *weight, Var *bias, Conv1dOptions options)
{
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Tensor w = weight->value;
	Conv1d conv = conv1d_new(&params, "conv", w.shape[1], w.shape[0], options, &rng);
	conv.weight = weight;
	conv.bias = bias;
	return conv;
}

/* What a test convolves: set by the test that calls `convolve` through a function
 * pointer. */
static Conv1dOptions options;
static int lengths[4];

static void set_lengths(int a, int b, int c, int d)
{
	const int all[] = { a, b, c, d };
	memcpy(lengths, all, sizeof all);
}

/* in: x, weight, bias */
static Var *convolve(Tape *tape, const void *context)
{
	Var *const *in = context;
	Conv1d conv = conv_over(tape->arena, in[1], in[2], options);
	return conv1d_forward(&conv, tape, (Sequence){ in[0], lengths }).x;
}

/* Normal random numbers, zero after each length. */
static Var *random_sequence(Arena *arena, int seed, int B, int T, int F, const int *valid)
{
	Var *x = random_variable(arena, "x", seed, SHAPE(B, T, F));
	for (int b = 0; b < B; b++)
		sequence_clear_padding(x->value, b, valid[b]);
	return x;
}

/* x = 1 2 3 4, W = [1 10], b = .5: y_t = x_t + 10 x_(t+1) + .5. With dy = 1 0 2:
 * dx = 1 10 2 20, dW = [1*1+2*3 1*2+2*4], db = 3. */
START_TEST(conv1d_by_hand_gives_value_and_gradient)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real x[] = { 1, 2, 3, 4 }, w[] = { 1, 10 }, b[] = { (real)0.5 };
	Var *in[] = { tape_variable(&tape, tensor_view(x, SHAPE(1, 4, 1)), "x"),
		tape_variable(&tape, tensor_view(w, SHAPE(1, 1, 2)), "w"),
		tape_variable(&tape, tensor_view(b, SHAPE(1)), "b") };
	options = (Conv1dOptions){ .kernel = 2 };
	set_lengths(4, 0, 0, 0);
	Var *y = convolve(&tape, in);
	real expected[] = { (real)21.5, (real)32.5, (real)43.5 };
	ASSERT_TENSOR_SAME(y->value, tensor_view(expected, SHAPE(1, 3, 1)));

	real dy[] = { 1, 0, 2 };
	y->grad.data = dy;
	y->node->op->backward(y->node);
	real dx[] = { 1, 10, 2, 20 }, dw[] = { 7, 10 }, db[] = { 3 };
	ASSERT_TENSOR_SAME(in[0]->grad, tensor_view(dx, SHAPE(1, 4, 1)));
	ASSERT_TENSOR_SAME(in[1]->grad, tensor_view(dw, SHAPE(1, 1, 2)));
	ASSERT_TENSOR_SAME(in[2]->grad, tensor_view(db, SHAPE(1)));
	arena_free(arena);
}
END_TEST

static const struct {
	const char *name; /* of the golden figures */
	Conv1dOptions options;
} cases[] = {
	{ "plain", { .kernel = 3 } },
	{ "kernel1", { .kernel = 1 } },
	{ "stride", { .kernel = 3, .stride = 2 } },
	{ "padding", { .kernel = 5, .padding = 2 } },
	{ "dilation", { .kernel = 3, .dilation = 2 } },
	{ "all", { .kernel = 3, .stride = 3, .padding = 3, .dilation = 2 } },
	{ "causal", { .kernel = 3, .dilation = 2, .causal = true } },
};
enum { CASES = sizeof cases / sizeof cases[0] };

START_TEST(conv1d_every_option_agrees_with_pytorch)
{
	set_lengths(7, 5, 9, 0);
	for (int i = 0; i < CASES; i++) {
		options = cases[i].options;
		ASSERT_AGREES(convolve, "conv1d.txt", cases[i].name, 3);
	}
}
END_TEST

/* Lengths from the least that has a window to the full. */
START_TEST(conv1d_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	for (int i = 0; i < CASES; i++) {
		options = cases[i].options;
		Var *weight =
		        random_variable(arena, "weight", 2, SHAPE(5, 3, options.kernel));
		Var *bias = random_variable(arena, "bias", 3, SHAPE(5));
		Conv1d conv = conv_over(arena, weight, bias, options);
		int least = 1;
		while (conv1d_length(&conv, least) < 1)
			least++;
		set_lengths(9, least, 6, least + 1);
		Var *in[] = { random_sequence(arena, 1, 4, 9, 3, lengths), weight, bias };
		ASSERT_GRADIENT(convolve, in, 3, in);
		in[i % 3]->grad.data = NULL;
		ASSERT_GRADIENT(convolve, in, 3, in);
	}
	arena_free(arena);
}
END_TEST

/* As it is taught: every window is cut out and laid flat, (B,T',kF), and multiplied by
 * the weight, laid flat the same way. Stride 1, nothing padded. */
static Var *by_windows(Tape *tape, Var *x, Var *weight, Var *bias)
{
	int O = weight->value.shape[0], F = weight->value.shape[1];
	int k = weight->value.shape[2], B = x->value.shape[0], T = x->value.shape[1];
	Var *taps[8], *outputs[8], *steps[16];
	for (int o = 0; o < O; o++) {
		Var *filter = op_slice(tape, weight, 0, o, o + 1); /* (1,F,k) */
		for (int j = 0; j < k; j++)
			taps[j] = op_reshape(
			        tape, op_slice(tape, filter, 2, j, j + 1), SHAPE(F, 1));
		outputs[o] = op_concat(tape, 0, k, taps); /* (kF,1) */
	}
	Var *flat = op_concat(tape, 1, O, outputs); /* (kF,O) */
	for (int t = 0; t + k <= T; t++) {
		Var *window = op_slice(tape, x, 1, t, t + k); /* (B,k,F) */
		window = op_reshape(tape, window, SHAPE(B, k * F));
		Var *y = op_add(tape, op_matmul(tape, window, flat), bias);
		steps[t] = op_reshape(tape, y, SHAPE(B, 1, O));
	}
	return op_concat(tape, 1, T - k + 1, steps);
}

START_TEST(conv1d_fused_agrees_with_windows)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	set_lengths(9, 9, 0, 0);
	options = (Conv1dOptions){ .kernel = 4 };
	Var *fused[] = { random_variable(arena, "x", 1, SHAPE(2, 9, 3)),
		random_variable(arena, "weight", 2, SHAPE(5, 3, 4)),
		random_variable(arena, "bias", 3, SHAPE(5)) };
	Var *plain[] = { random_variable(arena, "x", 1, SHAPE(2, 9, 3)),
		random_variable(arena, "weight", 2, SHAPE(5, 3, 4)),
		random_variable(arena, "bias", 3, SHAPE(5)) };
	Var *y = convolve(&tape, fused);
	Var *z = by_windows(&tape, plain[0], plain[1], plain[2]);
	ASSERT_TENSOR_CLOSE(y->value, z->value, 1e-5, 1e-5);
	Var *dy = random_constant(arena, "dy", 4, SHAPE(2, 6, 5));
	tape_backward(&tape, op_sum(&tape, op_mul(&tape, y, dy)));
	tape_backward(&tape, op_sum(&tape, op_mul(&tape, z, dy)));
	for (int i = 0; i < 3; i++)
		ASSERT_TENSOR_CLOSE(fused[i]->grad, plain[i]->grad, 1e-5, 1e-5);
	arena_free(arena);
}
END_TEST

/* A window with a zero tap between every two, and one with a dilation of 2. */
START_TEST(conv1d_dilation_equals_zeros_between_taps)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *weight = random_variable(arena, "weight", 1, SHAPE(2, 3, 3));
	Var *spread = tape_constant(&tape, tensor_zeros(arena, SHAPE(2, 3, 5)), "spread");
	for (int i = 0; i < 2 * 3; i++)
		for (int j = 0; j < 3; j++)
			spread->value.data[i * 5 + 2 * j] = weight->value.data[i * 3 + j];
	Var *bias = random_variable(arena, "bias", 2, SHAPE(2));
	set_lengths(8, 0, 0, 0);
	Var *x = random_variable(arena, "x", 3, SHAPE(1, 8, 3));
	Var *dilated[] = { x, weight, bias }, *wide[] = { x, spread, bias };
	options = (Conv1dOptions){ .kernel = 3, .dilation = 2 };
	Var *y = convolve(&tape, dilated);
	options = (Conv1dOptions){ .kernel = 5 };
	ASSERT_TENSOR_SAME(y->value, convolve(&tape, wide)->value);
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

START_TEST(conv1d_utterance_alone_or_in_a_batch_gives_same_bits)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	for (int i = 0; i < CASES; i++) {
		options = cases[i].options;
		const int all[] = { 40, 7, 23, 64 };
		Var *in[] = { random_sequence(arena, 1, 4, 64, 19, all),
			random_variable(arena, "w", 2, SHAPE(37, 19, options.kernel)),
			random_variable(arena, "b", 3, SHAPE(37)) };
		Conv1d conv = conv_over(arena, in[1], in[2], options);
		Sequence y = conv1d_forward(&conv, &tape, (Sequence){ in[0], all });
		for (int b = 0; b < 4; b++) {
			Sequence x = { alone(&tape, in[0]->value, b, all[b]), &all[b] };
			Sequence one = conv1d_forward(&conv, &tape, x);
			int steps = one.lengths[0];
			ck_assert_int_eq(steps, y.lengths[b]);
			ck_assert_int_eq(steps, one.x->value.shape[1]);
			ASSERT_TENSOR_SAME(
			        alone(&tape, y.x->value, b, steps)->value, one.x->value);
			Tensor y_b = tensor_row(y.x->value, b);
			Tensor padding = tensor_slice(y_b, steps, y_b.shape[0]);
			ASSERT_TENSOR_SAME(padding,
			        tensor_zeros(arena, padding.ndim, padding.shape));
		}
	}
	arena_free(arena);
}
END_TEST

START_TEST(conv1d_causal_does_not_see_the_future)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	options = (Conv1dOptions){ .kernel = 3, .dilation = 2, .causal = true };
	set_lengths(12, 0, 0, 0);
	Var *in[] = { random_variable(arena, "x", 1, SHAPE(1, 12, 2)),
		random_variable(arena, "weight", 2, SHAPE(3, 2, 3)),
		random_variable(arena, "bias", 3, SHAPE(3)) };
	Tensor before = tensor_row(convolve(&tape, in)->value, 0);
	ck_assert_int_eq(before.shape[0], 12);
	for (int f = 0; f < 2; f++)
		sequence_step(in[0]->value, 0, 7)[f] += 1;
	Tensor after = tensor_row(convolve(&tape, in)->value, 0);
	ASSERT_TENSOR_SAME(tensor_slice(after, 0, 7), tensor_slice(before, 0, 7));
	for (int t = 7; t < 12; t++) { /* frame 7 is seen from steps 7, 9 and 11 */
		bool same = tensor_row(after, t).data[0] == tensor_row(before, t).data[0];
		ck_assert_int_eq(same, t % 2 == 0);
	}
	arena_free(arena);
}
END_TEST

START_TEST(conv1d_without_gradient_gives_same_bits_and_keeps_nothing)
{
	Arena *arena = arena_new("test"), *step = arena_new("step");
	Tape recording = tape_new(arena), inference = tape_new(step);
	inference.recording = false;
	options = (Conv1dOptions){ .kernel = 5, .padding = 2 };
	set_lengths(50, 31, 0, 0);
	Var *weight = random_variable(arena, "weight", 2, SHAPE(20, 30, 5));
	Var *bias = random_variable(arena, "bias", 3, SHAPE(20));
	Conv1d conv = conv_over(arena, weight, bias, options);
	Sequence x = { random_sequence(arena, 1, 2, 50, 30, lengths), lengths };
	Tensor y = conv1d_forward(&conv, &inference, x).x->value;
	size_t kept = tensor_count(y) * sizeof(real);
	ck_assert_uint_le(arena_live(step), kept + 1024);
	ASSERT_TENSOR_SAME(conv1d_forward(&conv, &recording, x).x->value, y);
	arena_free(step);
	arena_free(arena);
}
END_TEST

START_TEST(conv1d_new_draws_pytorchs_default_and_replicates)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Conv1d conv = conv1d_new(
	        &params, "conv", 4, 1000, (Conv1dOptions){ .kernel = 4 }, &rng);
	ck_assert_str_eq(params.items[0]->name, "conv.weight");
	ck_assert_str_eq(params.items[1]->name, "conv.bias");
	const real *weight = conv.weight->value.data;
	real largest = 0, least = 0;
	for (int i = 0; i < 16000; i++) {
		largest = weight[i] > largest ? weight[i] : largest;
		least = weight[i] < least ? weight[i] : least;
	}
	ck_assert((double)largest <= 0.25 && (double)largest > 0.249);
	ck_assert((double)least >= -0.25 && (double)least < -0.249);
	ck_assert(conv.bias->value.data[7] < 0 || conv.bias->value.data[7] > 0);

	Params replica = params_replica(arena, &params);
	Conv1d same = conv1d_new(
	        &replica, "conv", 4, 1000, (Conv1dOptions){ .kernel = 4 }, &rng);
	ck_assert_ptr_eq(same.weight->value.data, conv.weight->value.data);
	arena_free(arena);
}
END_TEST

static void conv_new(Params *params, int in, Conv1dOptions wrong)
{
	Rng rng = rng_new(1);
	conv1d_new(params, "speech.conv", in, 4, wrong, &rng);
}

START_TEST(conv1d_wrong_options_stop)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	ASSERT_STOPS("conv1d_new at tests/layers/test_conv1d.c:",
	        conv_new(&params, 0, (Conv1dOptions){ .kernel = 3 }));
	ASSERT_STOPS("\"speech.conv\" from 0 to 4: both sizes must be at least 1",
	        conv_new(&params, 0, (Conv1dOptions){ .kernel = 3 }));
	ASSERT_STOPS(
	        "\"speech.conv\": kernel 0, stride 2, padding 0, dilation 0: expected kernel at least 1 and no other below 0",
	        conv_new(&params, 3, (Conv1dOptions){ .stride = 2 }));
	ASSERT_STOPS("padding -1",
	        conv_new(&params, 3, (Conv1dOptions){ .kernel = 1, .padding = -1 }));
	ASSERT_STOPS("padding 2 with causal. Hint: causal puts all the padding",
	        conv_new(&params, 3,
	                (Conv1dOptions){ .kernel = 3, .padding = 2, .causal = true }));
	ASSERT_STOPS("no window or step may exceed 1048576 frames",
	        conv_new(&params, 3,
	                (Conv1dOptions){ .kernel = 1 << 16, .dilation = 1 << 16 }));
	arena_free(arena);
}
END_TEST

START_TEST(conv1d_wrong_input_stops)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Conv1d conv = conv1d_new(
	        &params, "speech.conv", 3, 4, (Conv1dOptions){ .kernel = 5 }, &rng);
	const int two[] = { 9, 4 };
	Sequence x = { random_variable(arena, "mel", 1, SHAPE(2, 9, 3)), two };
	ASSERT_STOPS("conv1d_forward at tests/layers/test_conv1d.c:",
	        conv1d_forward(&conv, &tape, x));
	ASSERT_STOPS(
	        "x \"mel\" (2,9,3) with weight \"speech.conv.weight\" (4,3,5): lengths[1] is 4, but a window spans 5 frames. Hint: set Conv1dOptions.padding",
	        conv1d_forward(&conv, &tape, x));
	Sequence wide = { random_variable(arena, "mel", 1, SHAPE(2, 9, 2)), two };
	ASSERT_STOPS(
	        "x \"mel\" (2,9,2) with weight \"speech.conv.weight\" (4,3,5): the frames have 2 features, the layer expects 3",
	        conv1d_forward(&conv, &tape, wide));
	Sequence flat = { random_variable(arena, "mel", 1, SHAPE(9, 3)), two };
	ASSERT_STOPS("expected a sequence", conv1d_forward(&conv, &tape, flat));
	arena_free(arena);
}
END_TEST

TEST_MAIN("conv1d", conv1d_by_hand_gives_value_and_gradient,
        conv1d_every_option_agrees_with_pytorch, conv1d_gradient_agrees_with_slopes,
        conv1d_fused_agrees_with_windows, conv1d_dilation_equals_zeros_between_taps,
        conv1d_utterance_alone_or_in_a_batch_gives_same_bits,
        conv1d_causal_does_not_see_the_future,
        conv1d_without_gradient_gives_same_bits_and_keeps_nothing,
        conv1d_new_draws_pytorchs_default_and_replicates, conv1d_wrong_options_stop,
        conv1d_wrong_input_stops)
