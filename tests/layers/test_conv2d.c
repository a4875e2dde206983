#include "layers/conv2d.h"
#include "autograd/ops.h"
#include "tensor/arena_peak.h"
#include "tests/support/gradient.h"

#include <string.h>

/* What a test convolves: set by the test that calls `convolve` through a function
 * pointer. */
static int padding;
static bool pooled;

/* in: x, weight, bias */
static Var *convolve(Tape *tape, const void *context)
{
	Var *const *in = context;
	Conv2d conv = { .weight = in[1],
		.bias = in[2],
		.kernel = in[1]->value.shape[2],
		.padding = padding };
	return pooled ? conv2d_max_pool(&conv, tape, in[0])
	              : conv2d_forward(&conv, tape, in[0]);
}

/* x = 1 2 3  W = 1  10  b = .5: y = x_rs + 10 x_r(s+1) + 100 x_(r+1)s + 1000 x_(r+1)(s+1)
 *     4 5 6      100 1000
 * and with dy = 2 -1: dx and dW tap by tap, db = 1. */
START_TEST(conv2d_by_hand_gives_value_and_gradient)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real x[] = { 1, 2, 3, 4, 5, 6 }, w[] = { 1, 10, 100, 1000 }, b[] = { (real)0.5 };
	Var *in[] = { tape_variable(&tape, tensor_view(x, SHAPE(1, 2, 3, 1)), "x"),
		tape_variable(&tape, tensor_view(w, SHAPE(1, 1, 2, 2)), "w"),
		tape_variable(&tape, tensor_view(b, SHAPE(1)), "b") };
	padding = 0;
	pooled = false;
	Var *y = convolve(&tape, in);
	real expected[] = { (real)5421.5, (real)6532.5 };
	ASSERT_TENSOR_SAME(y->value, tensor_view(expected, SHAPE(1, 1, 2, 1)));

	real dy[] = { 2, -1 };
	y->grad.data = dy;
	y->node->op->backward(y->node);
	real dx[] = { 2, 19, -10, 200, 1900, -1000 }, dw[] = { 0, 1, 3, 4 }, db[] = { 1 };
	ASSERT_TENSOR_SAME(in[0]->grad, tensor_view(dx, SHAPE(1, 2, 3, 1)));
	ASSERT_TENSOR_SAME(in[1]->grad, tensor_view(dw, SHAPE(1, 1, 2, 2)));
	ASSERT_TENSOR_SAME(in[2]->grad, tensor_view(db, SHAPE(1)));
	arena_free(arena);
}
END_TEST

static const struct {
	const char *name; /* of the golden figures */
	int kernel, padding;
	bool pooled;
} cases[] = {
	{ "plain", 3, 0, false },
	{ "kernel1", 1, 0, false },
	{ "same", 3, 1, false },
	{ "wide", 5, 4, false },
	{ "even", 2, 1, false },
	{ "pool", 3, 0, true },
	{ "pool_same", 3, 1, true },
};
enum { CASES = sizeof cases / sizeof cases[0] };

START_TEST(conv2d_every_option_agrees_with_pytorch)
{
	for (int i = 0; i < CASES; i++) {
		padding = cases[i].padding;
		pooled = cases[i].pooled;
		ASSERT_AGREES(convolve, "conv2d.txt", cases[i].name, 3);
	}
}
END_TEST

/* Pictures that are wider than high, higher than wide, and as small as one window. */
START_TEST(conv2d_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	const int sizes[][2] = { { 6, 8 }, { 7, 5 }, { 5, 6 } };
	for (int i = 0; i < 3 * CASES; i++) {
		int k = cases[i % CASES].kernel;
		const int *size = sizes[i / CASES];
		padding = cases[i % CASES].padding;
		pooled = cases[i % CASES].pooled;
		Var *in[] = { random_variable(
			              arena, "x", 1, SHAPE(2, size[0], size[1], 3)),
			random_variable(arena, "weight", 2, SHAPE(4, 3, k, k)),
			random_variable(arena, "bias", 3, SHAPE(4)) };
		if (i % 2) /* one of them is not wanted */
			in[i % 3]->grad.data = NULL;
		ASSERT_GRADIENT(convolve, in, 3, in);
	}
	arena_free(arena);
}
END_TEST

/* As it is taught: each window is cut out and laid flat, and multiplied by the weight,
 * laid flat the same way. */
static real by_windows(Tensor x, Tensor w, Tensor bias, const int at[4])
{
	int k = w.shape[2], H = x.shape[1], W = x.shape[2], C = x.shape[3];
	double sum = (double)bias.data[at[3]];
	for (int i = 0; i < k; i++)
		for (int j = 0; j < k; j++)
			for (int c = 0; c < C; c++) {
				int r = at[1] + i - padding, s = at[2] + j - padding;
				if (r < 0 || s < 0 || r >= H || s >= W)
					continue;
				sum += (double)x.data[((at[0] * H + r) * W + s) * C + c] *
				       (double)w.data[((at[3] * C + c) * k + i) * k + j];
			}
	return (real)sum;
}

START_TEST(conv2d_agrees_with_windows)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	pooled = false;
	padding = 1;
	Var *in[] = { random_variable(arena, "x", 1, SHAPE(3, 12, 19, 17)),
		random_variable(arena, "weight", 2, SHAPE(33, 17, 3, 3)),
		random_variable(arena, "bias", 3, SHAPE(33)) };
	Tensor y = convolve(&tape, in)->value, plain = tensor_like(arena, y);
	for (int i = 0, at[4]; i < (int)tensor_count(y); i++) {
		at[3] = i % 33;
		at[2] = i / 33 % 19;
		at[1] = i / 33 / 19 % 12;
		at[0] = i / 33 / 19 / 12;
		plain.data[i] = by_windows(in[0]->value, in[1]->value, in[2]->value, at);
	}
	ASSERT_TENSOR_CLOSE(y, plain, 1e-4, 1e-4);
	arena_free(arena);
}
END_TEST

/* What is pooled is what conv2d_forward gives, to the bit: the largest of four, and an
 * odd row or column is left out. */
START_TEST(conv2d_max_pool_takes_the_largest_of_four)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	padding = 1;
	Var *in[] = { random_variable(arena, "x", 1, SHAPE(2, 7, 8, 3)),
		random_variable(arena, "weight", 2, SHAPE(5, 3, 3, 3)),
		random_variable(arena, "bias", 3, SHAPE(5)) };
	pooled = false;
	Tensor y = convolve(&tape, in)->value;
	pooled = true;
	Tensor z = convolve(&tape, in)->value;
	ck_assert(tensor_same_shape(z, tensor_zeros(arena, SHAPE(2, 3, 4, 5))));
	for (int i = 0; i < (int)tensor_count(z); i++) {
		int o = i % 5, s = i / 5 % 4, r = i / 20 % 3, b = i / 60;
		real largest = y.data[((b * 7 + 2 * r) * 8 + 2 * s) * 5 + o];
		for (int four = 1; four < 4; four++) {
			int at = (b * 7 + 2 * r + four / 2) * 8 + 2 * s + four % 2;
			real other = y.data[at * 5 + o];
			largest = other > largest ? other : largest;
		}
		ck_assert(!memcmp(&largest, &z.data[i], sizeof largest));
	}
	arena_free(arena);
}
END_TEST

START_TEST(conv2d_picture_alone_or_in_a_batch_gives_same_bits)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	for (int i = 0; i < CASES; i++) {
		int k = cases[i].kernel;
		padding = cases[i].padding;
		pooled = cases[i].pooled;
		Var *in[] = { random_variable(arena, "x", 1, SHAPE(4, 13, 9, 7)),
			random_variable(arena, "weight", 2, SHAPE(21, 7, k, k)),
			random_variable(arena, "bias", 3, SHAPE(21)) };
		Tensor y = convolve(&tape, in)->value;
		for (int b = 0; b < 4; b++) {
			Tensor x = tensor_slice(in[0]->value, b, b + 1);
			Var *alone[] = { tape_constant(&tape, x, "x"), in[1], in[2] };
			ASSERT_TENSOR_SAME(
			        convolve(&tape, alone)->value, tensor_slice(y, b, b + 1));
		}
	}
	arena_free(arena);
}
END_TEST

START_TEST(conv2d_without_gradient_gives_same_bits_and_keeps_nothing)
{
	Arena *arena = arena_new("test"), *step = arena_new("step");
	Tape recording = tape_new(arena), inference = tape_new(step);
	inference.recording = false;
	padding = 1;
	for (int i = 0; i < 2; i++) {
		pooled = i;
		Var *in[] = { random_variable(arena, "x", 1, SHAPE(2, 20, 20, 8)),
			random_variable(arena, "weight", 2, SHAPE(16, 8, 3, 3)),
			random_variable(arena, "bias", 3, SHAPE(16)) };
		Tensor y = convolve(&inference, in)->value;
		ck_assert_uint_le(
		        arena_live(step), tensor_count(y) * sizeof(real) + 1024);
		ASSERT_TENSOR_SAME(convolve(&recording, in)->value, y);
		tape_reset(&inference);
	}
	arena_free(step);
	arena_free(arena);
}
END_TEST

START_TEST(conv2d_max_pool_keeps_a_nan)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real w[] = { 1 }, b[] = { 0 }, x[] = { 1, 2, 3, 4 };
	x[3] = x[3] - x[3];
	x[3] /= x[3]; /* 0 / 0 */
	Var *in[] = { tape_variable(&tape, tensor_view(x, SHAPE(1, 2, 2, 1)), "x"),
		tape_variable(&tape, tensor_view(w, SHAPE(1, 1, 1, 1)), "w"),
		tape_variable(&tape, tensor_view(b, SHAPE(1)), "b") };
	padding = 0;
	pooled = true;
	real z = convolve(&tape, in)->value.data[0];
	ck_assert(z != z);
	arena_free(arena);
}
END_TEST

START_TEST(conv2d_new_draws_pytorchs_default_and_replicates)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Conv2dOptions same = { .kernel = 4, .padding = 2 };
	Conv2d conv = conv2d_new(&params, "conv", 1, 1000, same, &rng);
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

	Params replica = params_replica(arena, &params);
	Conv2d again = conv2d_new(&replica, "conv", 1, 1000, same, &rng);
	ck_assert_ptr_eq(again.weight->value.data, conv.weight->value.data);
	arena_free(arena);
}
END_TEST

static void conv_new(Params *params, int in, Conv2dOptions wrong)
{
	Rng rng = rng_new(1);
	conv2d_new(params, "face.conv", in, 4, wrong, &rng);
}

START_TEST(conv2d_wrong_options_stop)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	ASSERT_STOPS("conv2d_new at tests/layers/test_conv2d.c:",
	        conv_new(&params, 0, (Conv2dOptions){ .kernel = 3 }));
	ASSERT_STOPS("\"face.conv\" from 0 to 4: both sizes must be at least 1",
	        conv_new(&params, 0, (Conv2dOptions){ .kernel = 3 }));
	ASSERT_STOPS(
	        "\"face.conv\": kernel 0, padding 0: expected a kernel from 1 to 1024, and a padding from 0 to one less than it",
	        conv_new(&params, 3, (Conv2dOptions){ .kernel = 0 }));
	ASSERT_STOPS("kernel 3, padding 3",
	        conv_new(&params, 3, (Conv2dOptions){ .kernel = 3, .padding = 3 }));
	ASSERT_STOPS("kernel 3, padding -1",
	        conv_new(&params, 3, (Conv2dOptions){ .kernel = 3, .padding = -1 }));
	ASSERT_STOPS(
	        "kernel 2000", conv_new(&params, 3, (Conv2dOptions){ .kernel = 2000 }));
	arena_free(arena);
}
END_TEST

START_TEST(conv2d_wrong_input_stops)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Conv2d conv = conv2d_new(
	        &params, "face.conv", 3, 4, (Conv2dOptions){ .kernel = 5 }, &rng);
	Var *small = random_variable(arena, "face", 1, SHAPE(2, 9, 5, 3));
	ASSERT_STOPS("conv2d_max_pool at tests/layers/test_conv2d.c:",
	        conv2d_max_pool(&conv, &tape, small));
	ASSERT_STOPS(
	        "x \"face\" (2,9,5,3) with weight \"face.conv.weight\" (4,3,5,5): 2 x 2 windows of 5 x 5 do not fit into a picture of 9 x 5. Hint: set Conv2dOptions.padding",
	        conv2d_max_pool(&conv, &tape, small));
	small = random_variable(arena, "face", 1, SHAPE(2, 4, 9, 3));
	ASSERT_STOPS("1 x 1 windows of 5 x 5 do not fit into a picture of 4 x 9",
	        conv2d_forward(&conv, &tape, small));
	ASSERT_STOPS("a pixel has 2 numbers, the layer expects 3",
	        conv2d_forward(&conv, &tape,
	                random_variable(arena, "face", 1, SHAPE(2, 9, 9, 2))));
	ASSERT_STOPS("expected pictures, (pictures,rows,columns,numbers of a pixel)",
	        conv2d_forward(
	                &conv, &tape, random_variable(arena, "face", 1, SHAPE(9, 9, 3))));
	ASSERT_STOPS("conv2d_forward", conv2d_forward(&conv, &tape, NULL));
	arena_free(arena);
}
END_TEST

TEST_MAIN("conv2d", conv2d_by_hand_gives_value_and_gradient,
        conv2d_every_option_agrees_with_pytorch, conv2d_gradient_agrees_with_slopes,
        conv2d_agrees_with_windows, conv2d_max_pool_takes_the_largest_of_four,
        conv2d_picture_alone_or_in_a_batch_gives_same_bits,
        conv2d_without_gradient_gives_same_bits_and_keeps_nothing,
        conv2d_max_pool_keeps_a_nan, conv2d_new_draws_pytorchs_default_and_replicates,
        conv2d_wrong_options_stop, conv2d_wrong_input_stops)
