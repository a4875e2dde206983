#include "layers/transformer.h"
#include "autograd/ops.h"
#include "autograd/smooth.h"
#include "tests/support/gradient.h"

/* As in tests/golden/make_transformer.py. */
static const int lengths[] = { 3, 5, 1 }, seen[] = { 4, 2, 6 };
enum { B = 3, T = 5, U = 6, D = 4, HEADS = 2, INNER = 7 };
enum { ENCODER_WEIGHTS = 12, DECODER_WEIGHTS = 18 };

static Attention attention_over(Var *const in[])
{
	return (Attention){ .width = D,
		.heads = HEADS,
		.in_proj_weight = in[0],
		.in_proj_bias = in[1],
		.out_proj = { in[2], in[3] } };
}

static LayerNorm norm_over(Var *const in[])
{
	return (LayerNorm){ in[0], in[1], (real)1e-5 };
}

static TransformerOptions plain_options(void)
{
	return (TransformerOptions){
		.heads = HEADS, .inner = INNER, .activation = op_relu_at
	};
}

static TransformerOptions first_options(void)
{
	TransformerOptions options = plain_options();
	options.norm_first = true;
	options.activation = op_gelu_at;
	return options;
}

/* in: x, then the weights in the order of the list */
static Var *encode(Tape *tape, Var *const in[], TransformerOptions options,
        AttentionMask mask, Rng *rng)
{
	Var *const *w = in + 1;
	TransformerEncoder block = { attention_over(w), { w[4], w[5] }, { w[6], w[7] },
		norm_over(w + 8), norm_over(w + 10), options };
	block.self_attn.dropout = options.dropout;
	Sequence x = { in[0], lengths };
	return transformer_encoder_forward(&block, tape, x, mask, rng).x;
}

static Var *encoder(Tape *tape, const void *in)
{
	return encode(tape, in, plain_options(), ATTENTION_ALL, NULL);
}

static Var *encoder_first(Tape *tape, const void *in)
{
	return encode(tape, in, first_options(), ATTENTION_CAUSAL, NULL);
}

static Var *encoder_dropped(Tape *tape, const void *in)
{
	TransformerOptions options = first_options();
	options.dropout = (real)0.3;
	Rng rng = rng_new(3);
	return encode(tape, in, options, ATTENTION_ALL, &rng);
}

/* in: x, memory, then the weights in the order of the list */
static Var *decode(Tape *tape, Var *const in[], TransformerOptions options, Rng *rng)
{
	Var *const *w = in + 2;
	TransformerDecoder block = { attention_over(w), attention_over(w + 4),
		{ w[8], w[9] }, { w[10], w[11] }, norm_over(w + 12), norm_over(w + 14),
		norm_over(w + 16), options };
	block.self_attn.dropout = block.multihead_attn.dropout = options.dropout;
	Sequence x = { in[0], lengths }, memory = { in[1], seen };
	return transformer_decoder_forward(&block, tape, x, memory, rng).x;
}

static Var *decoder(Tape *tape, const void *in)
{
	return decode(tape, in, plain_options(), NULL);
}

static Var *decoder_first(Tape *tape, const void *in)
{
	return decode(tape, in, first_options(), NULL);
}

static Var *decoder_dropped(Tape *tape, const void *in)
{
	TransformerOptions options = plain_options();
	options.dropout = (real)0.3;
	Rng rng = rng_new(3);
	return decode(tape, in, options, &rng);
}

START_TEST(transformer_agrees_with_pytorch)
{
	ASSERT_AGREES(encoder, "transformer.txt", "encoder", 1 + ENCODER_WEIGHTS);
	ASSERT_AGREES(
	        encoder_first, "transformer.txt", "encoder.first", 1 + ENCODER_WEIGHTS);
	ASSERT_AGREES(decoder, "transformer.txt", "decoder", 2 + DECODER_WEIGHTS);
	ASSERT_AGREES(
	        decoder_first, "transformer.txt", "decoder.first", 2 + DECODER_WEIGHTS);
}
END_TEST

static Var *random_sequence(Arena *arena, int seed, int longest, const int *valid)
{
	Var *x = random_variable(arena, "x", seed, SHAPE(B, longest, D));
	for (int b = 0; b < B; b++)
		sequence_clear_padding(x->value, b, valid[b]);
	return x;
}

/* The parameters of a new block, none of them 0 or 1. */
static void take_weights(Arena *arena, Var *in[], const Params *params)
{
	for (int i = 0; i < params->count; i++) {
		Tensor shape = params->items[i]->value;
		in[i] = random_variable(
		        arena, params->items[i]->name, 10 + i, shape.ndim, shape.shape);
		for (size_t j = 0; j < tensor_count(shape); j++)
			in[i]->value.data[j] *= (real)0.5;
	}
}

START_TEST(transformer_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	Params encoders = params_new(arena), decoders = params_new(arena);
	Rng rng = rng_new(1);
	transformer_encoder_new(&encoders, "e", D, plain_options(), &rng);
	transformer_decoder_new(&decoders, "d", D, plain_options(), &rng);
	ck_assert_int_eq(encoders.count, ENCODER_WEIGHTS);
	ck_assert_int_eq(decoders.count, DECODER_WEIGHTS);

	Var *in[2 + DECODER_WEIGHTS] = { random_sequence(arena, 1, T, lengths) };
	take_weights(arena, in + 1, &encoders);
	ASSERT_GRADIENT(encoder, in, 1 + ENCODER_WEIGHTS, in);
	ASSERT_GRADIENT(encoder_first, in, 1 + ENCODER_WEIGHTS, in);
	ASSERT_GRADIENT(encoder_dropped, in, 1 + ENCODER_WEIGHTS, in);
	in[1] = random_sequence(arena, 2, U, seen);
	take_weights(arena, in + 2, &decoders);
	ASSERT_GRADIENT(decoder, in, 2 + DECODER_WEIGHTS, in);
	ASSERT_GRADIENT(decoder_first, in, 2 + DECODER_WEIGHTS, in);
	ASSERT_GRADIENT(decoder_dropped, in, 2 + DECODER_WEIGHTS, in);
	arena_free(arena);
}
END_TEST

/* ---- what does not matter ---------------------------------------------------------- */

enum { MANY = 40, OTHER = 35, WIDE = 24 };
static const int many[] = { 40, 19, 7 }, other[] = { 3, 35, 20 };

typedef struct Blocks {
	TransformerEncoder encoder;
	TransformerDecoder decoder;
} Blocks;

static Blocks blocks_new(Arena *arena, bool norm_first)
{
	Params *params = ARENA_NEW(arena, Params);
	*params = params_new(arena);
	Rng rng = rng_new(1);
	TransformerOptions options = { .heads = 3, .norm_first = norm_first };
	Blocks blocks;
	blocks.encoder = transformer_encoder_new(params, "e", WIDE, options, &rng);
	blocks.decoder = transformer_decoder_new(params, "d", WIDE, options, &rng);
	return blocks;
}

/* Through an encoder, causal, and a decoder that reads `memory`. */
static Tensor both(const Blocks *blocks, Tape *tape, Sequence x, Sequence memory)
{
	x = transformer_encoder_forward(
	        &blocks->encoder, tape, x, ATTENTION_CAUSAL, NULL);
	return transformer_decoder_forward(&blocks->decoder, tape, x, memory, NULL)
	        .x->value;
}

static Sequence random_padded(Arena *arena, int seed, int longest, const int *valid)
{
	Var *x = random_constant(arena, "x", seed, SHAPE(B, longest, WIDE));
	for (int b = 0; b < B; b++)
		sequence_clear_padding(x->value, b, valid[b]);
	return (Sequence){ x, valid };
}

/* Utterance b without the others and without padding. */
static Sequence alone(Tape *tape, Sequence s, int b)
{
	Tensor own = tensor_view(
	        sequence_step(s.x->value, b, 0), SHAPE(1, s.lengths[b], WIDE));
	return (Sequence){ tape_constant(tape, own, "alone"), &s.lengths[b] };
}

START_TEST(transformer_alone_or_in_a_batch_gives_same_bits)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	for (int first = 0; first < 2; first++) {
		Blocks blocks = blocks_new(arena, first);
		Sequence x = random_padded(arena, 1, MANY, many);
		Sequence memory = random_padded(arena, 2, OTHER, other);
		Tensor y = both(&blocks, &tape, x, memory);
		for (int b = 0; b < B; b++) {
			Tensor own = both(&blocks, &tape, alone(&tape, x, b),
			        alone(&tape, memory, b));
			Tensor y_b = tensor_row(y, b);
			ASSERT_TENSOR_SAME(
			        tensor_slice(y_b, 0, many[b]), tensor_row(own, 0));
			Tensor padding = tensor_slice(y_b, many[b], MANY);
			ASSERT_TENSOR_SAME(padding,
			        tensor_zeros(arena, padding.ndim, padding.shape));
		}
	}
	arena_free(arena);
}
END_TEST

START_TEST(transformer_batch_in_another_order_gives_same_bits)
{
	static const int order[] = { 2, 0, 1 };
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Blocks blocks = blocks_new(arena, true);
	Sequence x = random_padded(arena, 1, MANY, many);
	Sequence memory = random_padded(arena, 2, OTHER, other);
	Tensor y = both(&blocks, &tape, x, memory);
	int many_moved[B], other_moved[B];
	Tensor x_moved = tensor_new(arena, SHAPE(B, MANY, WIDE));
	Tensor memory_moved = tensor_new(arena, SHAPE(B, OTHER, WIDE));
	for (int b = 0; b < B; b++) {
		many_moved[b] = many[order[b]];
		other_moved[b] = other[order[b]];
		tensor_copy(tensor_row(x_moved, b), tensor_row(x.x->value, order[b]));
		tensor_copy(tensor_row(memory_moved, b),
		        tensor_row(memory.x->value, order[b]));
	}
	Tensor moved = both(&blocks, &tape,
	        (Sequence){ tape_constant(&tape, x_moved, "x"), many_moved },
	        (Sequence){ tape_constant(&tape, memory_moved, "m"), other_moved });
	for (int b = 0; b < B; b++)
		ASSERT_TENSOR_SAME(tensor_row(moved, b), tensor_row(y, order[b]));
	arena_free(arena);
}
END_TEST

START_TEST(transformer_causal_does_not_see_the_future)
{
	enum { CHANGED = 33 };
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	for (int first = 0; first < 2; first++) {
		Blocks blocks = blocks_new(arena, first);
		Sequence x = random_padded(arena, 1, MANY, many);
		Sequence memory = random_padded(arena, 2, OTHER, other);
		Tensor before = tensor_row(both(&blocks, &tape, x, memory), 0);
		sequence_step(x.x->value, 0, CHANGED)[5] += 1;
		Tensor after = tensor_row(both(&blocks, &tape, x, memory), 0);
		ASSERT_TENSOR_SAME(tensor_slice(after, 0, CHANGED),
		        tensor_slice(before, 0, CHANGED));
		for (int t = CHANGED; t < MANY; t++)
			ck_assert(tensor_row(after, t).data[0] !=
			          tensor_row(before, t).data[0]);
	}
	arena_free(arena);
}
END_TEST

/* ---- parameters and mistakes ------------------------------------------------------- */

START_TEST(transformer_new_has_pytorchs_names_and_shapes)
{
	static const char *const encoder_names[] = { "self_attn.in_proj_weight",
		"self_attn.in_proj_bias", "self_attn.out_proj.weight",
		"self_attn.out_proj.bias", "linear1.weight", "linear1.bias",
		"linear2.weight", "linear2.bias", "norm1.weight", "norm1.bias",
		"norm2.weight", "norm2.bias" };
	static const char *const more_names[] = { "multihead_attn.in_proj_weight",
		"multihead_attn.out_proj.bias", "norm3.weight", "norm3.bias" };
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	TransformerOptions options = { .heads = 2 };
	transformer_encoder_new(&params, "layers.0", 6, options, &rng);
	for (int i = 0; i < ENCODER_WEIGHTS; i++)
		ck_assert_str_eq(params.items[i]->name,
		        arena_format(arena, "layers.0.%s", encoder_names[i]));
	ck_assert_int_eq(
	        params_find(&params, "layers.0.linear1.weight")->value.shape[0], 24);
	transformer_decoder_new(&params, "d", 6, options, &rng);
	for (int i = 0; i < 4; i++)
		ck_assert_ptr_nonnull(
		        params_find(&params, arena_format(arena, "d.%s", more_names[i])));
	arena_free(arena);
}
END_TEST

START_TEST(transformer_wrong_sizes_stop)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	TransformerOptions options = plain_options();
	ASSERT_STOPS(
	        "\"e.self_attn\": 2 heads of a width of 5: expected heads that divide",
	        transformer_encoder_new(&params, "e", 5, options, &rng));
	options.dropout = 1;
	ASSERT_STOPS("transformer_decoder_new at tests/layers/test_transformer.c:",
	        transformer_decoder_new(&params, "d", D, options, &rng));
	options.dropout = 0;
	options.inner = -1;
	ASSERT_STOPS("\"d\", 4 wide, -1 inside, dropout 0: expected at least 1",
	        transformer_decoder_new(&params, "d", D, options, &rng));
	TransformerEncoder block =
	        transformer_encoder_new(&params, "f", D, plain_options(), &rng);
	Var *flat = random_variable(arena, "text", 1, SHAPE(B, D));
	Sequence x = { flat, lengths };
	ASSERT_STOPS("x \"text\" (3,4): expected a sequence (batch, time, features)",
	        transformer_encoder_forward(&block, &tape, x, ATTENTION_ALL, NULL));
	arena_free(arena);
}
END_TEST

TEST_MAIN("transformer", transformer_agrees_with_pytorch,
        transformer_gradient_agrees_with_slopes,
        transformer_alone_or_in_a_batch_gives_same_bits,
        transformer_batch_in_another_order_gives_same_bits,
        transformer_causal_does_not_see_the_future,
        transformer_new_has_pytorchs_names_and_shapes, transformer_wrong_sizes_stop)
