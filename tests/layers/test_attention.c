#include "autograd/ops.h"
#include "layers/attention.h"
#include "tensor/largest.h"
#include "tensor/reduce.h"
#include "tests/support/gradient.h"

#include <math.h>

/* As in tests/golden/make_attention.py. */
static const int lengths[] = { 3, 5, 1 }, seen[] = { 4, 2, 6 };
enum { B = 3, T = 5, U = 6, D = 4, HEADS = 2 };

/* in: in_proj_weight, in_proj_bias, out_proj.weight, out_proj.bias */
static Attention attention_over(Var *const in[])
{
	return (Attention){ .width = D,
		.heads = HEADS,
		.in_proj_weight = in[0],
		.in_proj_bias = in[1],
		.out_proj = { in[2], in[3] } };
}

static Var *self(Tape *tape, Var *const in[], AttentionMask mask)
{
	Attention attention = attention_over(in + 1);
	return attention_forward(
	        &attention, tape, (Sequence){ in[0], lengths }, mask, NULL)
	        .x;
}

static Var *all(Tape *tape, const void *in)
{
	return self(tape, in, ATTENTION_ALL);
}

static Var *causal(Tape *tape, const void *in)
{
	return self(tape, in, ATTENTION_CAUSAL);
}

static Var *across(Tape *tape, const void *context)
{
	Var *const *in = context;
	Attention attention = attention_over(in + 2);
	Sequence x = { in[0], lengths }, memory = { in[1], seen };
	return attention_across(&attention, tape, x, memory, NULL, NULL).x;
}

START_TEST(attention_agrees_with_pytorch)
{
	ASSERT_AGREES(all, "attention.txt", "all", 5);
	ASSERT_AGREES(causal, "attention.txt", "causal", 5);
	ASSERT_AGREES(across, "attention.txt", "across", 6);
}
END_TEST

static void random_weights(Arena *arena, Var *in[4])
{
	in[0] = random_variable(arena, "in_proj_weight", 11, SHAPE(3 * D, D));
	in[1] = random_variable(arena, "in_proj_bias", 12, SHAPE(3 * D));
	in[2] = random_variable(arena, "out_proj.weight", 13, SHAPE(D, D));
	in[3] = random_variable(arena, "out_proj.bias", 14, SHAPE(D));
}

static Var *random_sequence(Arena *arena, int seed, int longest, const int *valid)
{
	Var *x = random_variable(arena, "x", seed, SHAPE(B, longest, D));
	for (int b = 0; b < B; b++)
		sequence_clear_padding(x->value, b, valid[b]);
	return x;
}

START_TEST(attention_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	Var *in[6] = { random_sequence(arena, 1, T, lengths) };
	random_weights(arena, in + 1);
	ASSERT_GRADIENT(all, in, 5, in);
	ASSERT_GRADIENT(causal, in, 5, in);
	in[1] = random_sequence(arena, 2, U, seen);
	random_weights(arena, in + 2);
	ASSERT_GRADIENT(across, in, 6, in);
	for (int k = 0; k < 2; k++) { /* only one side wants a gradient */
		Var *one[6] = { in[0], in[1], in[2], in[3], in[4], in[5] };
		Var still = *in[k];
		still.grad.data = NULL;
		one[k] = &still;
		ASSERT_GRADIENT(across, one, 6, one);
	}
	arena_free(arena);
}
END_TEST

/* in: x, in_proj_weight, in_proj_bias, out_proj.weight, out_proj.bias; the same weights
 * are dropped each time. */
static Var *dropped(Tape *tape, const void *context)
{
	Var *const *in = context;
	Attention attention = attention_over(in + 1);
	attention.dropout = (real)0.4;
	Rng rng = rng_new(3);
	Sequence x = { in[0], lengths };
	return attention_forward(&attention, tape, x, ATTENTION_CAUSAL, &rng).x;
}

START_TEST(attention_dropout_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	Var *in[5] = { random_sequence(arena, 1, T, lengths) };
	random_weights(arena, in + 1);
	ASSERT_GRADIENT(dropped, in, 5, in);
	arena_free(arena);
}
END_TEST

/* With values of 1 and the identity behind them, a step's output is the sum of its
 * weights: 1, or with dropout a random number of the mean 1. One step sees one weight:
 * 0 or 1/(1-rate). */
START_TEST(attention_dropout_keeps_its_part_and_the_mean)
{
	enum { MANY = 400, WIDE = 24 };
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Attention attention = attention_new(&params, "mha", WIDE, 3, &rng);
	attention.dropout = (real)0.25;
	for (int i = 0; i < WIDE * WIDE; i++) {
		attention.in_proj_weight->value.data[2 * WIDE * WIDE + i] = 0;
		attention.out_proj.weight->value.data[i] = i % WIDE == i / WIDE;
	}
	for (int i = 0; i < WIDE; i++)
		attention.in_proj_bias->value.data[2 * WIDE + i] = 1;
	const int full[] = { MANY };
	Sequence x = { random_constant(arena, "x", 1, SHAPE(1, MANY, WIDE)), full };
	Tensor y =
	        attention_forward(&attention, &tape, x, ATTENTION_CAUSAL, &rng).x->value;
	ck_assert(y.data[0] < (real)1e-6 || y.data[0] > (real)1.33);
	double mean = 0;
	for (int i = 0; i < MANY * WIDE; i++)
		mean += (double)y.data[i] / (MANY * WIDE);
	ASSERT_CLOSE(mean, 1, 0.02, 0);
	ck_assert(y.data[100 * WIDE] != y.data[100 * WIDE + WIDE / 3]); /* by head */
	Tensor all_kept =
	        attention_forward(&attention, &tape, x, ATTENTION_CAUSAL, NULL).x->value;
	ASSERT_TENSOR_CLOSE(
	        all_kept, tensor_full(arena, 1, SHAPE(1, MANY, WIDE)), 1e-5, 0);
	arena_free(arena);
}
END_TEST

/* More steps than are computed at a time, of two utterances: 70 = 32 + 32 + 6. */
static Var *long_ones(Tape *tape, const void *context)
{
	static const int both[] = { 70, 33 }, memory[] = { 1, 9 };
	Var *const *in = context;
	Attention attention = attention_over(in + 2);
	Sequence x = { in[0], both }, m = { in[1], memory };
	Sequence y = attention_forward(&attention, tape, x, ATTENTION_CAUSAL, NULL);
	return attention_across(&attention, tape, y, m, NULL, NULL).x;
}

START_TEST(attention_over_many_blocks_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	Var *in[6] = { random_variable(arena, "x", 1, SHAPE(2, 70, D)),
		random_variable(arena, "m", 2, SHAPE(2, 9, D)) };
	sequence_clear_padding(in[0]->value, 1, 33);
	sequence_clear_padding(in[1]->value, 0, 1);
	random_weights(arena, in + 2);
	for (int i = 2; i < 6; i++) /* where softmax saturates there is no slope */
		for (size_t j = 0; j < tensor_count(in[i]->value); j++)
			in[i]->value.data[j] *= (real)0.5;
	ASSERT_GRADIENT(long_ones, in, 6, in);
	arena_free(arena);
}
END_TEST

/* One head of one utterance, as it is taught: K' comes by way of slices, one row a
 * column. */
START_TEST(attention_agrees_with_small_operations)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *in[4];
	random_weights(arena, in);
	Attention attention = attention_over(in);
	attention.heads = 1;
	Var *x = random_variable(arena, "x", 1, SHAPE(1, T, D));
	const int full[] = { T };
	Var *y = attention_forward(
	        &attention, &tape, (Sequence){ x, full }, ATTENTION_ALL, NULL)
	                 .x;

	Linear in_proj = { in[0], in[1] };
	Var *qkv = linear_forward(&in_proj, &tape, op_reshape(&tape, x, SHAPE(T, D)));
	Var *q = op_slice(&tape, qkv, 1, 0, D), *k = op_slice(&tape, qkv, 1, D, 2 * D);
	Var *v = op_slice(&tape, qkv, 1, 2 * D, 3 * D), *keys[T];
	for (int u = 0; u < T; u++)
		keys[u] = op_reshape(&tape, op_slice(&tape, k, 0, u, u + 1), SHAPE(D, 1));
	Var *scores = op_matmul(&tape, q, op_concat(&tape, 1, T, keys)); /* (T,T) */
	Var *p = op_softmax(&tape, op_scale(&tape, scores, (real)0.5));  /* sqrt(4) */
	Var *z = linear_forward(&attention.out_proj, &tape, op_matmul(&tape, p, v));
	ASSERT_TENSOR_CLOSE(tensor_row(y->value, 0), z->value, 1e-5, 1e-5);
	arena_free(arena);
}
END_TEST

/* q_t . k_u / sqrt(2) of one head of two columns, from the map's rows: queries, then
 * keys. */
static double score_of(
        const Attention *a, Tensor x, Tensor m, int b, int head, int t, int u)
{
	double score = 0;
	for (int i = 2 * head; i < 2 * head + 2; i++) {
		double q = (double)a->in_proj_bias->value.data[i];
		double k = (double)a->in_proj_bias->value.data[D + i];
		for (int j = 0; j < D; j++) {
			const real *w = a->in_proj_weight->value.data;
			q += (double)w[i * D + j] * (double)sequence_step(x, b, t)[j];
			k += (double)w[(D + i) * D + j] *
			     (double)sequence_step(m, b, u)[j];
		}
		score += q * k / sqrt(2);
	}
	return score;
}

START_TEST(attention_weights_are_the_mean_softmax_of_the_heads)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *in[4];
	random_weights(arena, in);
	Attention attention = attention_over(in);
	Var *x = random_constant(arena, "x", 1, SHAPE(B, T, D));
	Var *m = random_constant(arena, "m", 2, SHAPE(B, U, D));
	for (int b = 0; b < B; b++) {
		sequence_clear_padding(x->value, b, lengths[b]);
		sequence_clear_padding(m->value, b, seen[b]);
	}
	Var *weights;
	attention_across(&attention, &tape, (Sequence){ x, lengths },
	        (Sequence){ m, seen }, NULL, &weights);
	Tensor expected = tensor_zeros(arena, SHAPE(B, T, U));
	for (int b = 0; b < B; b++)
		for (int t = 0; t < lengths[b]; t++)
			for (int head = 0; head < HEADS; head++) {
				double sum = 0, e[U];
				for (int u = 0; u < seen[b]; u++)
					sum += e[u] = exp(score_of(&attention, x->value,
					        m->value, b, head, t, u));
				for (int u = 0; u < seen[b]; u++)
					sequence_step(expected, b, t)[u] +=
					        (real)(e[u] / sum / HEADS);
			}
	ASSERT_TENSOR_CLOSE(weights->value, expected, 1e-5, 1e-5);
	arena_free(arena);
}
END_TEST

START_TEST(attention_alone_or_in_a_batch_gives_same_bits)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Attention attention = attention_new(&params, "mha", 24, 3, &rng);
	const int many[] = { 40, 19, 7 }, other[] = { 3, 33, 20 };
	Var *x = random_constant(arena, "x", 1, SHAPE(3, 40, 24));
	Var *m = random_constant(arena, "m", 2, SHAPE(3, 35, 24));
	for (int b = 0; b < 3; b++) {
		sequence_clear_padding(x->value, b, many[b]);
		sequence_clear_padding(m->value, b, other[b]);
	}
	Sequence batch = { x, many }, memory = { m, other };
	for (int i = 0; i < 3; i++) {
		AttentionMask mask = i ? ATTENTION_CAUSAL : ATTENTION_ALL;
		Tensor y = i < 2 ? attention_forward(&attention, &tape, batch, mask, NULL)
		                           .x->value
		                 : attention_across(
		                           &attention, &tape, batch, memory, NULL, NULL)
		                           .x->value;
		for (int b = 0; b < 3; b++) {
			Tensor own = tensor_view(
			        sequence_step(x->value, b, 0), SHAPE(1, many[b], 24));
			Tensor seen_b = tensor_view(
			        sequence_step(m->value, b, 0), SHAPE(1, other[b], 24));
			Sequence one = { tape_constant(&tape, own, "x"), &many[b] };
			Sequence at = { tape_constant(&tape, seen_b, "m"), &other[b] };
			Tensor z = i < 2 ? attention_forward(
			                           &attention, &tape, one, mask, NULL)
			                           .x->value
			                 : attention_across(
			                           &attention, &tape, one, at, NULL, NULL)
			                           .x->value;
			Tensor y_b = tensor_row(y, b);
			ASSERT_TENSOR_SAME(
			        tensor_slice(y_b, 0, many[b]), tensor_row(z, 0));
			Tensor padding = tensor_slice(y_b, many[b], 40);
			ASSERT_TENSOR_SAME(padding,
			        tensor_zeros(arena, padding.ndim, padding.shape));
		}
	}
	arena_free(arena);
}
END_TEST

START_TEST(attention_causal_does_not_see_the_future)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Attention attention = attention_new(&params, "mha", 24, 3, &rng);
	const int full[] = { 20 };
	Sequence x = { random_constant(arena, "x", 1, SHAPE(1, 20, 24)), full };
	Tensor before = tensor_row(
	        attention_forward(&attention, &tape, x, ATTENTION_CAUSAL, NULL).x->value,
	        0);
	sequence_step(x.x->value, 0, 13)[5] += 1;
	Tensor after = tensor_row(
	        attention_forward(&attention, &tape, x, ATTENTION_CAUSAL, NULL).x->value,
	        0);
	ASSERT_TENSOR_SAME(tensor_slice(after, 0, 13), tensor_slice(before, 0, 13));
	for (int t = 13; t < 20; t++)
		ck_assert(tensor_row(after, t).data[0] != tensor_row(before, t).data[0]);
	arena_free(arena);
}
END_TEST

START_TEST(attention_without_gradient_gives_same_bits)
{
	Arena *arena = arena_new("test"), *step = arena_new("step");
	Tape recording = tape_new(arena), inference = tape_new(step);
	inference.recording = false;
	Var *in[5] = { random_sequence(arena, 1, T, lengths) };
	random_weights(arena, in + 1);
	ASSERT_TENSOR_SAME(all(&inference, in)->value, all(&recording, in)->value);
	arena_free(step);
	arena_free(arena);
}
END_TEST

START_TEST(attention_new_has_pytorchs_names_and_default)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	attention_new(&params, "mha", 64, 4, &rng);
	const char *const names[] = { "mha.in_proj_weight", "mha.in_proj_bias",
		"mha.out_proj.weight", "mha.out_proj.bias" };
	const double bounds[] = { 0.153093, 0, 0.125, 0 }; /* sqrt(6/256), 1/sqrt(64) */
	for (int i = 0; i < 4; i++) {
		ck_assert_str_eq(params.items[i]->name, names[i]);
		double largest = (double)tensor_max(params.items[i]->value);
		ASSERT_CLOSE(largest, bounds[i], 1e-3, 0);
	}
	arena_free(arena);
}
END_TEST

START_TEST(attention_wrong_sizes_stop)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	ASSERT_STOPS("\"mha\": 3 heads of a width of 4: expected heads that divide it",
	        attention_new(&params, "mha", 4, 3, &rng));
	Attention attention = attention_new(&params, "mha", D, HEADS, &rng);
	Sequence narrow = { random_variable(arena, "text", 1, SHAPE(B, T, 3)), lengths };
	ASSERT_STOPS("attention_forward at tests/layers/test_attention.c:",
	        attention_forward(&attention, &tape, narrow, ATTENTION_ALL, NULL));
	ASSERT_STOPS(
	        "x \"text\" (3,5,3) with in_proj_weight \"mha.in_proj_weight\" (12,4): the steps have 3 features, the layer expects 4",
	        attention_forward(&attention, &tape, narrow, ATTENTION_ALL, NULL));
	Sequence x = { random_variable(arena, "text", 1, SHAPE(B, T, D)), lengths };
	Sequence two = { random_variable(arena, "mel", 1, SHAPE(2, U, D)), seen };
	attention.dropout = 1;
	ASSERT_STOPS("dropout 1: expected 0 <= rate < 1",
	        attention_across(&attention, &tape, x, x, NULL, NULL));
	attention.dropout = 0;
	ASSERT_STOPS("memory \"text\" (3,5,3)",
	        attention_across(&attention, &tape, x, narrow, NULL, NULL));
	ASSERT_STOPS(
	        "x \"text\" (3,5,4) looks at memory \"mel\" (2,6,4): batches of 3 and 2",
	        attention_across(&attention, &tape, x, two, NULL, NULL));
	arena_free(arena);
}
END_TEST

TEST_MAIN("attention", attention_agrees_with_pytorch,
        attention_gradient_agrees_with_slopes,
        attention_dropout_gradient_agrees_with_slopes,
        attention_dropout_keeps_its_part_and_the_mean,
        attention_over_many_blocks_gradient_agrees_with_slopes,
        attention_agrees_with_small_operations,
        attention_weights_are_the_mean_softmax_of_the_heads,
        attention_alone_or_in_a_batch_gives_same_bits,
        attention_causal_does_not_see_the_future,
        attention_without_gradient_gives_same_bits,
        attention_new_has_pytorchs_names_and_default, attention_wrong_sizes_stop)
