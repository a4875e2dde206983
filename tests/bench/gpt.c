/* tokens and positions -> blocks with the norm first, causal -> LayerNorm -> a map to the
 * vocabulary, which has weights of its own. */
#include "autograd/ops.h"
#include "autograd/smooth.h"
#include "layers/embedding.h"
#include "layers/position.h"
#include "layers/transformer.h"
#include "tests/bench/models.h"

enum { WIDTH = 128, HEADS = 4, BLOCKS = 4, TOKENS = 64, TOKEN_KINDS = 1000 };

const Sizes gpt_sizes = {
	.batch = 16, .words = TOKENS, .vocabulary = TOKEN_KINDS, .labels = TOKENS
};

typedef struct Gpt {
	Embedding tokens;
	Position positions;
	TransformerEncoder block[BLOCKS];
	LayerNorm norm;
	Linear head;
} Gpt;

void *gpt_build(Arena *arena, Params *params, Rng *rng)
{
	static const char *const names[BLOCKS] = { "b.0", "b.1", "b.2", "b.3" };
	Gpt *gpt = ARENA_NEW(arena, Gpt);
	TransformerOptions options = {
		.heads = HEADS, .norm_first = true, .activation = op_gelu_tanh_at
	};
	gpt->tokens = embedding_new(
	        params, "tok", TOKEN_KINDS, WIDTH, EMBEDDING_NO_PADDING, rng);
	gpt->positions = position_new(params, "pos", TOKENS, WIDTH, rng);
	for (int i = 0; i < BLOCKS; i++)
		gpt->block[i] =
		        transformer_encoder_new(params, names[i], WIDTH, options, rng);
	gpt->norm = layernorm_new(params, "ln", WIDTH);
	gpt->head = linear_new(params, "head", WIDTH, TOKEN_KINDS, rng);
	return gpt;
}

Var *gpt_logits(const void *layers, Tape *tape, const Data *data, int begin, int end)
{
	const Gpt *gpt = layers;
	int count = end - begin;
	Sequence x = embedding_forward(&gpt->tokens, tape, data->ids + begin * TOKENS,
	        count, TOKENS, data->word_lengths + begin);
	x = position_forward(&gpt->positions, tape, x);
	for (int i = 0; i < BLOCKS; i++)
		x = transformer_encoder_forward(
		        &gpt->block[i], tape, x, ATTENTION_CAUSAL, NULL);
	Var *steps = op_reshape(tape, x.x, SHAPE(count * TOKENS, WIDTH));
	return linear_forward(
	        &gpt->head, tape, layernorm_forward(&gpt->norm, tape, steps));
}
