/* The norms stand after the sums, as in the first paper of the Transformer: every step
 * leaves a block with mean 0 and variance 1. A gradient passes them all on its way down,
 * so that such a model is trained with a warm-up (transformer.c).
 *
 * Everything is composed of other layers: there is no gradient to derive. Biases fill the
 * padding, which no step looks at; the end clears it. */
#include "layers/bert.h"
#include "autograd/ops.h"
#include "autograd/smooth.h"
#include "layers/dropout.h"

static const real deviation = (real)0.02;

static BertConfig completed(Site site, const BertConfig *config)
{
	BertConfig c = *config;
	if (c.layers < 1 || c.heads < 1 || c.inner < 0 || c.width < 1 ||
	        c.width > 1 << 24 || c.longest < 1 || c.kinds < 0)
		error_stop(site, "bert_new",
		        "%d layers of %d heads, %d wide, %d inside, for %d steps: all must be at least 1",
		        c.layers, c.heads, c.width, c.inner, c.longest);
	if (!c.inner)
		c.inner = 4 * c.width;
	if (!c.kinds)
		c.kinds = 2;
	if (!(c.epsilon > 0))
		c.epsilon = (real)1e-12;
	return c;
}

static LayerNorm norm_new(Site site, Params *params, const char *name, const char *part,
        const BertConfig *config)
{
	LayerNorm norm = layernorm_new_at(
	        site, params, params_name(params, name, part), config->width);
	norm.epsilon = config->epsilon;
	return norm;
}

static Lora map_new(Site site, Params *params, const char *name, const char *part, int in,
        int out, Rng *rng)
{
	return lora_linear_new_at(site, params, params_name(params, name, part), in, out,
	        true, deviation, rng);
}

BertBlock bert_block_new_at(
        Site site, Params *params, const char *name, const BertConfig *config, Rng *rng)
{
	GroupedOptions options = { .heads = config->heads,
		.mask = ATTENTION_ALL,
		.bias = true,
		.dropout = config->dropout,
		.q = "self.query",
		.k = "self.key",
		.v = "self.value",
		.o = "output.dense",
		.deviation = deviation,
		.last = deviation };
	int width = config->width, inner = config->inner;
	BertBlock block;
	block.attention = grouped_new_at(site, params,
	        params_name(params, name, "attention"), width, &options, rng);
	block.attention_norm =
	        norm_new(site, params, name, "attention.output.LayerNorm", config);
	block.intermediate =
	        map_new(site, params, name, "intermediate.dense", width, inner, rng);
	block.output = map_new(site, params, name, "output.dense", inner, width, rng);
	block.output_norm = norm_new(site, params, name, "output.LayerNorm", config);
	return block;
}

/* norm(x + what was made of it, some of it dropped) */
static Sequence after(Site site, const BertBlock *block, const LayerNorm *norm,
        Tape *tape, Sequence x, Var *made, Rng *rng)
{
	real dropout = block->attention.options.dropout;
	made = dropout_forward_at(site, tape, made, dropout, rng);
	made = op_add_at(site, tape, x.x, made);
	return (Sequence){ layernorm_forward_at(site, norm, tape, made), x.lengths };
}

Sequence bert_block_forward_at(
        Site site, const BertBlock *block, Tape *tape, Sequence x, Rng *rng)
{
	Sequence seen =
	        grouped_forward_at(site, &block->attention, tape, x, NULL, 0, rng);
	x = after(site, block, &block->attention_norm, tape, x, seen.x, rng);
	Var *inner = lora_forward_at(site, &block->intermediate, tape, x.x);
	inner = op_gelu_at(site, tape, inner);
	Var *made = lora_forward_at(site, &block->output, tape, inner);
	return after(site, block, &block->output_norm, tape, x, made, rng);
}

Bert *bert_new_at(
        Site site, Params *params, const char *name, const BertConfig *config, Rng *rng)
{
	Bert *model = ARENA_NEW(params->arena, Bert);
	model->config = completed(site, config);
	const BertConfig *c = &model->config;
	const char *inside = params_name(params, name, "embeddings");
	model->words = embedding_new_at(site, params,
	        params_name(params, inside, "word_embeddings"), c->vocabulary, c->width,
	        EMBEDDING_NO_PADDING, rng);
	params_init_normal(params, model->words.weight, deviation, rng);
	model->positions = position_new_at(site, params,
	        params_name(params, inside, "position_embeddings"), c->longest, c->width,
	        rng);
	params_init_normal(params, model->positions.weight, deviation, rng);
	model->kinds = params_add_at(site, params, inside, "token_type_embeddings.weight",
	        SHAPE(c->kinds, c->width));
	params_init_normal(params, model->kinds, deviation, rng);
	model->norm = norm_new(site, params, inside, "LayerNorm", c);
	model->layer = ARENA_ARRAY(params->arena, BertBlock, (size_t)c->layers);
	for (int i = 0; i < c->layers; i++) {
		const char *own = arena_format(params->arena, "encoder.layer.%d", i);
		model->layer[i] = bert_block_new_at(
		        site, params, params_name(params, name, own), c, rng);
	}
	return model;
}

Sequence bert_run_at(
        Site site, const Bert *model, Tape *tape, Sequence x, int from, int to, Rng *rng)
{
	if (!from) {
		x = position_forward_at(site, &model->positions, tape, x);
		Var *kind = op_slice_at(site, tape, model->kinds, 0, 0, 1); /* (1,D) */
		x.x = op_add_at(site, tape, x.x, kind);
		x.x = layernorm_forward_at(site, &model->norm, tape, x.x);
		x.x = dropout_forward_at(site, tape, x.x, model->config.dropout, rng);
	}
	for (int i = from; i < to; i++)
		x = bert_block_forward_at(site, &model->layer[i], tape, x, rng);
	return to < model->config.layers ? x : sequence_mask_at(site, tape, x);
}

Sequence bert_forward_at(Site site, const Bert *model, Tape *tape, const int ids[], int B,
        int T, const int lengths[], Rng *rng)
{
	Sequence x = embedding_forward_at(site, &model->words, tape, ids, B, T, lengths);
	return bert_run_at(site, model, tape, x, 0, model->config.layers, rng);
}

void bert_adapt_at(Site site, Bert *model, Params *params, int rank, real alpha, Rng *rng)
{
	for (int i = 0; i < model->config.layers; i++)
		grouped_adapt_at(
		        site, &model->layer[i].attention, params, rank, alpha, rng);
}
