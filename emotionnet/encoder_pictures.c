/* encoder_pictures.c: with m a picture's own mean and s its deviation,
 *
 *     x = (x - m) / s                     neither light nor contrast is an emotion
 *     x = vary(x)                         while training
 *     x = ReLU(norm(max(conv(x))))        four times: 48 x 48 -> 24 -> 12 -> 6 -> 3 x 3
 *     h = ReLU(W x + b)                   over all parts side by side
 *
 * with windows of 3 x 3, H/4, H/2, H and 3/4 H numbers a pixel, and GroupNorm in one group:
 * over all numbers of a picture. (The mean over the parts in place of W: nothing is learnt in
 * the first epochs, since each picture's numbers have the same mean after the norm.) */
#include "emotionnet/encoder_pictures.h"

#include "autograd/ops.h"
#include "emotionnet/picture_vary.h"
#include "layers/conv2d.h"
#include "layers/dropout.h"
#include "layers/groupnorm.h"
#include "layers/layernorm.h"
#include "layers/linear.h"

enum { BLOCKS = 4, PARTS = PICTURE_PIXELS >> 2 * BLOCKS };

typedef struct State {
	LayerNorm own; /* of a picture's own pixels: without parameters */
	Conv2d conv[BLOCKS];
	GroupNorm norm[BLOCKS];
	Linear map;
} State;

static Var *constant(Arena *arena, real value)
{
	Var *var = ARENA_NEW(arena, Var);
	var->value = tensor_full(arena, value, SHAPE(PICTURE_PIXELS));
	return var;
}

static const char *name_of(
        const Encoder *encoder, Params *params, const char *part, int number)
{
	return arena_format(params->arena, "%s.%s%d", encoder->name, part, number);
}

static void build(Encoder *encoder, Arena *arena, Params *params, Rng *rng)
{
	State *state = ARENA_NEW(arena, State);
	int H = encoder->config.hidden, in = 1;
	const int out[BLOCKS] = { (H + 3) / 4, (H + 1) / 2, H, (3 * H + 3) / 4 };
	const Conv2dOptions same = { .kernel = 3, .padding = 1 };
	state->own = (LayerNorm){ .weight = constant(arena, 1),
		.bias = constant(arena, 0),
		.epsilon = (real)1e-5 };
	for (int i = 0; i < BLOCKS; in = out[i++]) {
		const char *conv = name_of(encoder, params, "conv", i + 1);
		const char *norm = name_of(encoder, params, "norm", i + 1);
		state->conv[i] = conv2d_new(params, conv, in, out[i], same, rng);
		state->norm[i] = groupnorm_new(params, norm, out[i], 1);
	}
	state->map = linear_new(
	        params, params_name(params, encoder->name, "map"), PARTS * in, H, rng);
	encoder->state = state;
	encoder->seq = in;
	encoder->pooled = H;
}

/* (B,9,3/4 H), a step a part. */
static Sequence parts_of(const Encoder *encoder, Tape *tape, Var *x)
{
	int B = x->value.shape[0];
	int *lengths = ARENA_ARRAY(tape->arena, int, (size_t)B);
	for (int b = 0; b < B; b++)
		lengths[b] = PARTS;
	return (Sequence){ op_reshape(tape, x, SHAPE(B, PARTS, encoder->seq)), lengths };
}

static Encoded encode(const Encoder *encoder, Tape *tape, Sequence pictures, Rng *rng)
{
	const State *state = encoder->state;
	int B = pictures.x->value.shape[0];
	Var *x = layernorm_forward(&state->own, tape, pictures.x);
	if (rng)
		x = picture_vary(tape, x, PICTURE_SIDE, rng);
	x = op_reshape(tape, x, SHAPE(B, PICTURE_SIDE, PICTURE_SIDE, 1));
	for (int i = 0; i < BLOCKS; i++) {
		x = conv2d_max_pool(&state->conv[i], tape, x);
		x = op_relu(tape, groupnorm_forward(&state->norm[i], tape, x));
	}
	x = dropout_forward(tape, x, encoder->config.dropout, rng);
	Var *all = op_reshape(tape, x, SHAPE(B, PARTS * encoder->seq));
	Var *summary = op_relu(tape, linear_forward(&state->map, tape, all));
	return (Encoded){ parts_of(encoder, tape, x), summary };
}

const EncoderKind encoder_pictures = { .name = "pictures",
	.summary = "convolutions over a picture of 48 x 48 pixels",
	.reads = READS_VECTORS,
	.build = build,
	.encode = encode };
