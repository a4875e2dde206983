/* Grouped heads, and the past that they remember. */
#include "layers/grouped.h"
#include "autograd/ops.h"
#include "layers/attention.h"
#include "tests/support/gradient.h"

enum { B = 3, T = 5, D = 6, HEADS = 4, GROUPS = 2, HEAD = 4, LONGEST = 16 };
static const int lengths[] = { 3, 5, 1 };

static GroupedOptions options_for(const Rotary *rotary)
{
	return (GroupedOptions){ .heads = HEADS,
		.groups = GROUPS,
		.width = HEAD,
		.mask = ATTENTION_CAUSAL,
		.bias = true,
		.rotary = rotary,
		.q = "q",
		.k = "k",
		.v = "v",
		.o = "o",
		.deviation = (real)0.5,
		.last = (real)0.5 };
}

static Sequence padded(Var *x)
{
	for (int b = 0; b < B; b++)
		sequence_clear_padding(x->value, b, lengths[b]);
	return (Sequence){ x, lengths };
}

/* in: x, then the parameters in their order; `fused`: one map for queries, keys and
 * values. */
static Var *over(Tape *tape, Var *const in[], bool fused, real dropout)
{
	Params params = params_new(tape->arena);
	Rng rng = rng_new(1);
	Rotary rotary = rotary_new(tape->arena, HEAD, LONGEST, 100, ROTARY_PAIRS);
	GroupedOptions options = options_for(fused ? NULL : &rotary);
	if (fused)
		options.k = options.v = NULL;
	options.dropout = dropout;
	Grouped grouped = grouped_new(&params, "attn", D, &options, &rng);
	for (int i = 0; i < params.count; i++) {
		params.items[i]->value = in[1 + i]->value;
		params.items[i]->grad = in[1 + i]->grad;
	}
	Sequence x = { in[0], lengths };
	x = grouped_forward(&grouped, tape, x, NULL, 0, &rng);
	return sequence_mask(tape, x).x;
}

static Var *apart(Tape *tape, const void *in)
{
	return over(tape, in, false, 0);
}

static Var *fused(Tape *tape, const void *in)
{
	return over(tape, in, true, 0);
}

static Var *dropped(Tape *tape, const void *in)
{
	return over(tape, in, false, (real)0.4);
}

enum { ALL = HEADS * HEAD, SHARED = GROUPS * HEAD };

START_TEST(grouped_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	Var *in[] = { random_variable(arena, "x", 1, SHAPE(B, T, D)),
		random_variable(arena, "q.weight", 2, SHAPE(ALL, D)),
		random_variable(arena, "q.bias", 3, SHAPE(ALL)),
		random_variable(arena, "k.weight", 4, SHAPE(SHARED, D)),
		random_variable(arena, "k.bias", 5, SHAPE(SHARED)),
		random_variable(arena, "v.weight", 6, SHAPE(SHARED, D)),
		random_variable(arena, "v.bias", 7, SHAPE(SHARED)),
		random_variable(arena, "o.weight", 8, SHAPE(D, ALL)),
		random_variable(arena, "o.bias", 9, SHAPE(D)) };
	padded(in[0]);
	ASSERT_GRADIENT(apart, in, 9, in);
	ASSERT_GRADIENT(dropped, in, 9, in);
	in[3]->grad.data = in[5]->grad.data = NULL; /* frozen keys and values */
	ASSERT_GRADIENT(apart, in, 9, in);
	Var *one[] = { in[0],
		random_variable(arena, "qkv.weight", 2, SHAPE(ALL + 2 * SHARED, D)),
		random_variable(arena, "qkv.bias", 3, SHAPE(ALL + 2 * SHARED)), in[7],
		in[8] };
	ASSERT_GRADIENT(fused, one, 5, one);
	arena_free(arena);
}
END_TEST

/* With as many groups as heads, one map and no angles, it is attention.h. */
START_TEST(grouped_with_own_keys_is_attention)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	GroupedOptions options = options_for(NULL);
	options.groups = options.heads = 3;
	options.width = 0;
	options.k = options.v = NULL;
	Grouped grouped = grouped_new(&params, "attn", D, &options, &rng);
	Attention attention = { .width = D,
		.heads = 3,
		.in_proj_weight = grouped.q.linear.weight,
		.in_proj_bias = grouped.q.linear.bias,
		.out_proj = grouped.o.linear };
	Sequence x = padded(random_constant(arena, "x", 1, SHAPE(B, T, D)));
	Sequence y = grouped_forward(&grouped, &tape, x, NULL, 0, NULL);
	Sequence z = attention_forward(&attention, &tape, x, ATTENTION_CAUSAL, NULL);
	ASSERT_TENSOR_SAME(sequence_mask(&tape, y).x->value, z.x->value);
	arena_free(arena);
}
END_TEST

/* Heads that share keys are heads whose keys are copies. */
START_TEST(grouped_heads_are_heads_with_copied_keys)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Rotary rotary = rotary_new(arena, HEAD, LONGEST, 100, ROTARY_HALVES);
	GroupedOptions options = options_for(&rotary);
	options.bias = false;
	Grouped shared = grouped_new(&params, "shared", D, &options, &rng);
	options.groups = HEADS;
	Grouped copied = grouped_new(&params, "copied", D, &options, &rng);
	tensor_copy(copied.q.linear.weight->value, shared.q.linear.weight->value);
	tensor_copy(copied.o.linear.weight->value, shared.o.linear.weight->value);
	for (int head = 0; head < HEADS; head++)
		for (int i = 0; i < HEAD; i++) {
			int to = head * HEAD + i, from = head / 2 * HEAD + i;
			tensor_copy(tensor_row(copied.k.linear.weight->value, to),
			        tensor_row(shared.k.linear.weight->value, from));
			tensor_copy(tensor_row(copied.v.linear.weight->value, to),
			        tensor_row(shared.v.linear.weight->value, from));
		}
	Sequence x = padded(random_constant(arena, "x", 1, SHAPE(B, T, D)));
	ASSERT_TENSOR_SAME(grouped_forward(&shared, &tape, x, NULL, 0, NULL).x->value,
	        grouped_forward(&copied, &tape, x, NULL, 0, NULL).x->value);
	arena_free(arena);
}
END_TEST

/* ---- the past ---------------------------------------------------------------------- */

enum { LONG = 70 };

/* Steps begin..end-1 of all utterances. */
static Sequence part(Tape *tape, Tensor x, int begin, int end, int *counts)
{
	int many = x.shape[0];
	Tensor own = tensor_new(tape->arena, SHAPE(many, end - begin, D));
	for (int b = 0; b < many; b++) {
		counts[b] = end - begin;
		tensor_copy(
		        tensor_row(own, b), tensor_slice(tensor_row(x, b), begin, end));
	}
	return (Sequence){ tape_constant(tape, own, "part"), counts };
}

/* In pieces of 40, 1, 1, 9 and 19 steps, of two utterances side by side, by several
 * blocks of queries: the same bits as at once. */
START_TEST(grouped_with_a_past_gives_the_same_bits_as_at_once)
{
	static const int ends[] = { 40, 41, 42, 51, LONG };
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	tape.recording = false;
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Rotary rotary = rotary_new(arena, HEAD, LONG, 100, ROTARY_PAIRS);
	GroupedOptions options = options_for(&rotary);
	Grouped grouped[2];
	grouped[0] = grouped_new(&params, "apart", D, &options, &rng);
	options.k = options.v = NULL;
	grouped[1] = grouped_new(&params, "fused", D, &options, &rng);
	Var *x = random_constant(arena, "x", 1, SHAPE(2, LONG, D));
	const int both[] = { LONG, LONG };
	for (int g = 0; g < 2; g++) {
		Sequence whole = { x, both };
		whole = grouped_forward(&grouped[g], &tape, whole, NULL, 0, NULL);
		KeysValues *past = keys_values_new(arena, 2, 2, LONG, SHARED);
		for (int i = 0, begin = 0; i < 5; begin = ends[i++]) {
			int counts[2];
			Sequence y = part(&tape, x->value, begin, ends[i], counts);
			y = grouped_forward(&grouped[g], &tape, y, past, 1, NULL);
			keys_values_advance(past, counts);
			for (int b = 0; b < 2; b++)
				ASSERT_TENSOR_SAME(tensor_row(y.x->value, b),
				        tensor_slice(tensor_row(whole.x->value, b), begin,
				                ends[i]));
		}
		ck_assert_int_eq(past->lengths[1], LONG);
	}
	arena_free(arena);
}
END_TEST

START_TEST(keys_values_made_shorter_forget)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	tape.recording = false;
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	GroupedOptions options = options_for(NULL);
	Grouped grouped = grouped_new(&params, "attn", D, &options, &rng);
	Tensor x = random_constant(arena, "x", 1, SHAPE(1, 9, D))->value;
	KeysValues *past = keys_values_new(arena, 1, 1, LONGEST, SHARED);
	int counts[1];
	Sequence first = part(&tape, x, 0, 4, counts);
	grouped_forward(&grouped, &tape, first, past, 0, NULL);
	keys_values_advance(past, counts);
	Tensor y[2];
	for (int time = 0; time < 2; time++) {
		Sequence next = part(&tape, x, 6, 7, counts);
		y[time] = grouped_forward(&grouped, &tape, next, past, 0, NULL).x->value;
		keys_values_advance(past, counts);
		ck_assert_int_eq(past->lengths[0], 5);
		next = part(&tape, x, 8, 9, counts);
		grouped_forward(&grouped, &tape, next, past, 0, NULL);
		past->lengths[0] = 4;
	}
	ASSERT_TENSOR_SAME(y[0], y[1]);
	arena_free(arena);
}
END_TEST

START_TEST(keys_values_mistakes_stop)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	GroupedOptions options = options_for(NULL);
	Grouped grouped = grouped_new(&params, "attn", D, &options, &rng);
	KeysValues *past = keys_values_new(arena, 1, 1, 4, SHARED);
	int counts[1];
	Sequence x = part(&tape, random_constant(arena, "x", 1, SHAPE(1, 5, D))->value, 0,
	        5, counts);
	ASSERT_STOPS("the tape records, but no gradient goes into the past",
	        grouped_forward(&grouped, &tape, x, past, 0, NULL));
	tape.recording = false;
	ASSERT_STOPS("5 steps after 0 of utterance 0: there is room for 4 in all",
	        grouped_forward(&grouped, &tape, x, past, 0, NULL));
	ASSERT_STOPS("layer 1 of a past of 1",
	        grouped_forward(&grouped, &tape, x, past, 1, NULL));
	KeysValues *narrow = keys_values_new(arena, 1, 1, 8, HEAD);
	ASSERT_STOPS("expected 1 utterances and 4 columns, as remembered",
	        grouped_forward(&grouped, &tape, x, narrow, 0, NULL));
	grouped.options.mask = ATTENTION_ALL;
	ASSERT_STOPS("expected a causal mask",
	        grouped_forward(&grouped, &tape, x, past, 0, NULL));
	ASSERT_STOPS("0 layers, 1 utterances", keys_values_new(arena, 0, 1, 4, SHARED));
	arena_free(arena);
}
END_TEST

START_TEST(grouped_new_has_the_given_names_and_checks_sizes)
{
	static const char *const names[] = { "attn.q.weight", "attn.q.bias",
		"attn.k.weight", "attn.k.bias", "attn.v.weight", "attn.v.bias",
		"attn.o.weight", "attn.o.bias" };
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	GroupedOptions options = options_for(NULL);
	Grouped grouped = grouped_new(&params, "attn", D, &options, &rng);
	ck_assert_int_eq(params.count, 8);
	for (int i = 0; i < 8; i++)
		ck_assert_str_eq(params.items[i]->name, names[i]);
	ck_assert_int_eq(grouped.k.linear.weight->value.shape[0], SHARED);
	grouped_adapt(&grouped, &params, 2, 4, &rng);
	ck_assert_ptr_nonnull(params_find(&params, "attn.q.lora_A.weight"));
	ck_assert_ptr_nonnull(params_find(&params, "attn.v.lora_B.weight"));
	ck_assert_int_eq(params.count, 12);
	Sequence x = { random_constant(arena, "x", 1, SHAPE(B, T, D + 1)), lengths };
	ASSERT_STOPS("the steps have 7 features, the layer expects 6",
	        grouped_forward(&grouped, &tape, x, NULL, 0, NULL));
	options.groups = 3;
	ASSERT_STOPS("\"a\", 6 wide: 4 heads of 4 columns over 3 groups",
	        grouped_new(&params, "a", D, &options, &rng));
	options.groups = options.width = 0;
	ASSERT_STOPS("heads that divide the width",
	        grouped_new(&params, "a", D, &options, &rng));
	Rotary rotary = rotary_new(arena, 2, 4, 100, ROTARY_PAIRS);
	options.rotary = &rotary;
	options.width = HEAD;
	ASSERT_STOPS("heads of 4 columns, turned by angles for 2",
	        grouped_new(&params, "a", D, &options, &rng));
	arena_free(arena);
}
END_TEST

TEST_MAIN("grouped", grouped_gradient_agrees_with_slopes,
        grouped_with_own_keys_is_attention, grouped_heads_are_heads_with_copied_keys,
        grouped_with_a_past_gives_the_same_bits_as_at_once,
        keys_values_made_shorter_forget, keys_values_mistakes_stop,
        grouped_new_has_the_given_names_and_checks_sizes)
