/* encoder_transformer.c: with P the sines and cosines of the positions (layers/position.h),
 *
 *     words    x_t = W e_t + b + P_t         frames    x = conv2(conv1(frames)) + P
 *     x = block2(block1(x))                            two blocks, the norm first
 *     h = LayerNorm(x)                                 the encoded steps
 *
 * as in Whisper's encoder (Radford et al. 2022): attention over 50 or 100 frames a second
 * costs the square of their number and learns slowly what neighbours have in common, so
 * convolutions first make one step of four frames.
 *
 * A block has 4 D^2 numbers for attention and 4 D^2 for a feed-forward part that is twice
 * as wide inside, not four times: corpora of emotions are small. Of what the blocks add a
 * quarter of the encoder's dropout is dropped, since it is dropped four times a block. */
#include "emotionnet/encoder_transformer.h"

#include "autograd/ops.h"
#include "layers/conv1d_max.h"
#include "layers/dropout.h"
#include "layers/linear.h"
#include "layers/pool.h"
#include "layers/position.h"
#include "layers/transformer.h"

enum { BLOCKS = 2, HEADS = 4, WIDE_ENOUGH = 16, CONVOLUTIONS = 2, KERNEL = 5, POOL = 2 };

typedef struct State {
	Linear map;                /* of words, to the width of the blocks */
	Conv1d conv[CONVOLUTIONS]; /* of frames */
	TransformerEncoder block[BLOCKS];
	LayerNorm norm;
} State;

/* ---- building ---------------------------------------------------------------------- */

static const char *name_of(const Encoder *encoder, Params *params, const char *part)
{
	return params_name(params, encoder->name, part);
}

static State *state_new(Encoder *encoder, Arena *arena)
{
	int hidden = encoder->config.hidden;
	encoder->state = ARENA_NEW(arena, State);
	encoder->seq = hidden < WIDE_ENOUGH ? hidden : hidden - hidden % HEADS;
	return encoder->state;
}

static void add_blocks(const Encoder *encoder, Params *params, Rng *rng)
{
	State *state = encoder->state;
	int width = encoder->seq;
	TransformerOptions options = { .heads = width < WIDE_ENOUGH ? 1 : HEADS,
		.inner = 2 * width,
		.norm_first = true,
		.dropout = encoder->config.dropout / 4,
		.activation = op_gelu_at };
	for (int i = 0; i < BLOCKS; i++) {
		const char *name = arena_format(params->arena, "layers.%d", i);
		state->block[i] = transformer_encoder_new(
		        params, name_of(encoder, params, name), width, options, rng);
	}
	state->norm = layernorm_new(params, name_of(encoder, params, "norm"), width);
}

static void words_build(Encoder *encoder, Arena *arena, Params *params, Rng *rng)
{
	State *state = state_new(encoder, arena);
	state->map = linear_new(params, name_of(encoder, params, "map"), encoder->embed,
	        encoder->seq, rng);
	add_blocks(encoder, params, rng);
	encoder->pooled = encoder->seq;
}

static void frames_build(Encoder *encoder, Arena *arena, Params *params, Rng *rng)
{
	static const char *const names[CONVOLUTIONS] = { "conv1", "conv2" };
	State *state = state_new(encoder, arena);
	Conv1dOptions same = { .kernel = KERNEL, .padding = KERNEL / 2 };
	for (int c = 0; c < CONVOLUTIONS; c++)
		state->conv[c] = conv1d_new(params, name_of(encoder, params, names[c]),
		        c ? encoder->seq : encoder->config.in, encoder->seq, same, rng);
	add_blocks(encoder, params, rng);
	encoder->pooled = 2 * encoder->seq;
}

/* ---- running ----------------------------------------------------------------------- */

/* Positions, the blocks, and the norm, which leaves its bias in the padding. */
static Sequence encode(const State *state, Tape *tape, Sequence x, Rng *rng)
{
	const int *shape = x.x->value.shape;
	Position position = position_sinusoidal_new(tape->arena, shape[1], shape[2]);
	x = position_forward(&position, tape, x);
	for (int i = 0; i < BLOCKS; i++)
		x = transformer_encoder_forward(
		        &state->block[i], tape, x, ATTENTION_ALL, rng);
	x.x = layernorm_forward(&state->norm, tape, x.x);
	return sequence_mask(tape, x);
}

static Encoded words_encode(const Encoder *encoder, Tape *tape, Sequence words, Rng *rng)
{
	const State *state = encoder->state;
	Sequence x = { linear_forward(&state->map, tape, words.x), words.lengths };
	x = encode(state, tape, x, rng);
	return (Encoded){ .seq = x, .pooled = pool_max(tape, x) };
}

static Encoded frames_encode(
        const Encoder *encoder, Tape *tape, Sequence frames, Rng *rng)
{
	const State *state = encoder->state;
	Sequence x = frames;
	for (int c = 0; c < CONVOLUTIONS; c++) {
		x = conv1d_max_pool(&state->conv[c], tape, x, POOL);
		x.x = dropout_forward(tape, x.x, encoder->config.dropout, rng);
	}
	x = encode(state, tape, x, rng);
	Var *both = op_concat(tape, 1, INPUTS(pool_mean(tape, x), pool_max(tape, x)));
	return (Encoded){ .seq = x, .pooled = both };
}

const EncoderKind encoder_words_transformer = { .name = "transformer",
	.summary = "words that look at each other",
	.reads = READS_WORDS,
	.build = words_build,
	.encode = words_encode };
const EncoderKind encoder_frames_transformer = { .name = "transformer",
	.summary = "convolutions over mel frames, then steps that look at each other",
	.reads = READS_FRAMES,
	.build = frames_build,
	.encode = frames_encode };
const EncoderKind encoder_transformer_functionals = { .name = "transformer+functionals",
	.summary = "the same, functionals beside",
	.reads = READS_FRAMES,
	.build = frames_build,
	.encode = frames_encode,
	.beside = &encoder_functionals };
