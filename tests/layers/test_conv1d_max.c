#include "autograd/ops.h"
#include "layers/conv1d_max.h"
#include "layers/pool.h"
#include "tensor/arena_peak.h"
#include "tests/support/gradient.h"

static const int lengths[] = { 17, 6, 11 };
enum { B = 3, T = 17, F = 3, O = 18 };

/* What a test computes: set by the test that calls `run` through a function pointer. */
static Conv1dOptions options;
static int window; /* 0: the whole utterance */

/* in: x, weight, bias */
static Conv1d conv_over(Arena *arena, Var *const in[])
{
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Conv1d conv = conv1d_new(&params, "conv", F, O, options, &rng);
	conv.weight = in[1];
	conv.bias = in[2];
	return conv;
}

static Var *fused(Tape *tape, const void *context)
{
	Var *const *in = context;
	Conv1d conv = conv_over(tape->arena, in);
	Sequence x = { in[0], lengths };
	return window ? conv1d_max_pool(&conv, tape, x, window).x
	              : conv1d_max(&conv, tape, x);
}

static Var *composed(Tape *tape, const void *context)
{
	Var *const *in = context;
	Conv1d conv = conv_over(tape->arena, in);
	Sequence y = conv1d_forward(&conv, tape, (Sequence){ in[0], lengths });
	y.x = op_relu(tape, y.x);
	return window ? max_pool1d(tape, y, window).x : pool_max(tape, y);
}

static void random_inputs(Arena *arena, Var *in[3])
{
	in[0] = random_variable(arena, "x", 1, SHAPE(B, T, F));
	for (int b = 0; b < B; b++)
		sequence_clear_padding(in[0]->value, b, lengths[b]);
	in[1] = random_variable(arena, "weight", 2, SHAPE(O, F, options.kernel));
	in[2] = random_variable(arena, "bias", 3, SHAPE(O));
}

static const Conv1dOptions all_options[] = {
	{ .kernel = 5 },
	{ .kernel = 5, .padding = 2 },
	{ .kernel = 3, .stride = 2, .padding = 3 },
	{ .kernel = 2, .dilation = 3, .causal = true },
	{ .kernel = 1 },
};
static const int all_windows[] = { 0, 1, 2, 3, 4, 7, 100 };

START_TEST(conv1d_max_fused_agrees_with_its_parts)
{
	Arena *arena = arena_new("test");
	for (int i = 0; i < 5 * 7; i++) {
		Tape tape = tape_new(arena);
		options = all_options[i % 5];
		window = all_windows[i / 5];
		Var *a[3], *b[3];
		random_inputs(arena, a);
		random_inputs(arena, b);
		if (i % 4)
			a[i % 4 - 1]->grad.data = b[i % 4 - 1]->grad.data = NULL;
		Var *y = fused(&tape, a), *z = composed(&tape, b);
		ASSERT_TENSOR_SAME(y->value, z->value);
		Tensor shape = y->value;
		Var *dy = random_constant(arena, "dy", 4, shape.ndim, shape.shape);
		tape_backward(&tape, op_sum(&tape, op_mul(&tape, y, dy)));
		tape_backward(&tape, op_sum(&tape, op_mul(&tape, z, dy)));
		for (int k = 0; k < 3; k++)
			if (a[k]->grad.data)
				ASSERT_TENSOR_CLOSE(a[k]->grad, b[k]->grad, 1e-5, 1e-5);
	}
	arena_free(arena);
}
END_TEST

START_TEST(conv1d_max_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	for (int i = 0; i < 5 * 2; i++) {
		options = all_options[i % 5];
		window = i < 5 ? 2 : 0;
		Var *in[3];
		random_inputs(arena, in);
		ASSERT_GRADIENT(fused, in, 3, in);
	}
	arena_free(arena);
}
END_TEST

/* x = 1 2 3 4, W = [1 -1], b = 0 and 2: y_t = -1 always, and 1. The first is cut to 0 and
 * learns nothing; of the second the first step wins: dW = 1 2, dx = 1 -1 0 0. */
START_TEST(conv1d_max_by_hand_only_the_winner_learns)
{
	Arena *arena = arena_new("test");
	for (int i = 0; i < 2; i++) {
		Tape tape = tape_new(arena);
		Params params = params_new(arena_new("params"));
		Rng rng = rng_new(1);
		Conv1d conv = conv1d_new(
		        &params, "c", 1, 1, (Conv1dOptions){ .kernel = 2 }, &rng);
		conv.weight->value.data[0] = 1;
		conv.weight->value.data[1] = -1;
		conv.bias->value.data[0] = (real)(2 * i);
		real numbers[] = { 1, 2, 3, 4 };
		Var *x = tape_variable(&tape, tensor_view(numbers, SHAPE(1, 4, 1)), "x");
		const int four[] = { 4 };
		Var *z = conv1d_max(&conv, &tape, (Sequence){ x, four });
		ck_assert(z->value.data[0] == (real)i);
		tape_backward(&tape, op_sum(&tape, z));
		real none[] = { 0, 0, 0, 0 }, dx[] = { 1, -1, 0, 0 };
		ASSERT_TENSOR_SAME(x->grad, tensor_view(i ? dx : none, SHAPE(1, 4, 1)));
		ck_assert(conv.weight->grad.data[0] == (real)i);
		ck_assert(conv.weight->grad.data[1] == (real)(2 * i));
		ck_assert(conv.bias->grad.data[0] == (real)i);
		arena_free(params.arena);
	}
	arena_free(arena);
}
END_TEST

START_TEST(conv1d_max_without_gradient_keeps_nothing)
{
	Arena *arena = arena_new("test"), *step = arena_new("step");
	Tape inference = tape_new(step), recording = tape_new(arena);
	inference.recording = false;
	options = (Conv1dOptions){ .kernel = 3 };
	Var *in[3];
	random_inputs(arena, in);
	Conv1d conv = conv_over(arena, in);
	Sequence x = { in[0], lengths };
	Sequence y = conv1d_max_pool(&conv, &inference, x, 2);
	ck_assert_uint_le(
	        arena_live(step), tensor_count(y.x->value) * sizeof(real) + 1024);
	const int expected[] = { 8, 2, 5 };
	for (int b = 0; b < B; b++)
		ck_assert_int_eq(y.lengths[b], expected[b]);
	ASSERT_TENSOR_SAME(conv1d_max_pool(&conv, &recording, x, 2).x->value, y.x->value);
	arena_free(step);
	arena_free(arena);
}
END_TEST

START_TEST(conv1d_max_wrong_input_stops)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	options = (Conv1dOptions){ .kernel = 7 };
	Var *in[3];
	random_inputs(arena, in);
	Conv1d conv = conv_over(arena, in);
	Sequence x = { in[0], lengths };
	ASSERT_STOPS("conv1d_max at tests/layers/test_conv1d_max.c:",
	        conv1d_max(&conv, &tape, x));
	ASSERT_STOPS("lengths[1] is 6, but a window spans 7 frames",
	        conv1d_max_pool(&conv, &tape, x, 2));
	options.padding = 3;
	conv = conv_over(arena, in);
	ASSERT_STOPS("conv1d_max_pool at tests/layers/test_conv1d_max.c:",
	        conv1d_max_pool(&conv, &tape, x, 0));
	ASSERT_STOPS("a window of 0 steps: expected at least 1",
	        conv1d_max_pool(&conv, &tape, x, 0));
	arena_free(arena);
}
END_TEST

TEST_MAIN("conv1d_max", conv1d_max_by_hand_only_the_winner_learns,
        conv1d_max_fused_agrees_with_its_parts, conv1d_max_gradient_agrees_with_slopes,
        conv1d_max_without_gradient_keeps_nothing, conv1d_max_wrong_input_stops)
