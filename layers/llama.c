/* The norms stand before the maps, so what is added to x is never normalised itself, and
 * a gradient comes down the sum undiminished (transformer.c). The last norm brings the
 * sum of all blocks to one size before the head.
 *
 * Everything is composed of other layers: there is no gradient to derive. */
#include "layers/llama.h"
#include "autograd/ops.h"
#include "layers/dropout.h"
#include "layers/init.h"

static const real deviation = (real)0.02;

static LlamaConfig completed(Site site, const LlamaConfig *config)
{
	LlamaConfig c = *config;
	if (c.layers < 1 || c.heads < 1 || c.inner < 1 || c.width < 1 || c.longest < 1)
		error_stop(site, "llama_new",
		        "%d layers of %d heads, %d wide, %d inside, for %d steps: all must be at least 1",
		        c.layers, c.heads, c.width, c.inner, c.longest);
	if (!c.groups)
		c.groups = c.heads;
	if (!c.head)
		c.head = c.width / c.heads;
	if (!(c.epsilon > 0))
		c.epsilon = (real)1e-5;
	if (!(c.theta > 0))
		c.theta = 10000;
	return c;
}

static RmsNorm norm_new(
        Site site, Params *params, const char *name, const LlamaConfig *config)
{
	RmsNorm norm = rmsnorm_new_at(site, params, name, config->width);
	norm.epsilon = config->epsilon;
	return norm;
}

LlamaBlock llama_block_new_at(Site site, Params *params, const char *name,
        const LlamaConfig *config, const Rotary *rotary, Rng *rng)
{
	GroupedOptions options = { .heads = config->heads,
		.groups = config->groups,
		.width = config->head,
		.mask = ATTENTION_CAUSAL,
		.dropout = config->dropout,
		.rotary = rotary,
		.q = "q_proj",
		.k = "k_proj",
		.v = "v_proj",
		.o = "o_proj",
		.deviation = deviation,
		.last = init_before_sum(deviation, config->layers) };
	LlamaBlock block;
	block.input_layernorm = norm_new(
	        site, params, params_name(params, name, "input_layernorm"), config);
	block.self_attn = grouped_new_at(site, params,
	        params_name(params, name, "self_attn"), config->width, &options, rng);
	block.post_attention_layernorm = norm_new(site, params,
	        params_name(params, name, "post_attention_layernorm"), config);
	block.mlp = swiglu_new_at(site, params, params_name(params, name, "mlp"),
	        config->width, config->inner, deviation, options.last, rng);
	return block;
}

Sequence llama_block_forward_at(Site site, const LlamaBlock *block, Tape *tape,
        Sequence x, KeysValues *past, int layer, Rng *rng)
{
	real dropout = block->self_attn.options.dropout;
	Sequence n = { rmsnorm_forward_at(site, &block->input_layernorm, tape, x.x),
		x.lengths };
	n = grouped_forward_at(site, &block->self_attn, tape, n, past, layer, rng);
	n.x = dropout_forward_at(site, tape, n.x, dropout, rng);
	x.x = op_add_at(site, tape, x.x, n.x);
	n.x = rmsnorm_forward_at(site, &block->post_attention_layernorm, tape, x.x);
	n.x = swiglu_forward_at(site, &block->mlp, tape, n.x);
	n.x = dropout_forward_at(site, tape, n.x, dropout, rng);
	x.x = op_add_at(site, tape, x.x, n.x);
	return x;
}

Llama *llama_new_at(
        Site site, Params *params, const char *name, const LlamaConfig *config, Rng *rng)
{
	Llama *model = ARENA_NEW(params->arena, Llama);
	model->config = completed(site, config);
	const LlamaConfig *c = &model->config;
	const char *inside = params_name(params, name, "model");
	model->rotary = rotary_new_at(
	        site, params->arena, c->head, c->longest, c->theta, c->layout);
	model->embed_tokens = embedding_new_at(site, params,
	        params_name(params, inside, "embed_tokens"), c->vocabulary, c->width,
	        EMBEDDING_NO_PADDING, rng);
	params_init_normal(params, model->embed_tokens.weight, deviation, rng);
	model->layers = ARENA_ARRAY(params->arena, LlamaBlock, (size_t)c->layers);
	for (int i = 0; i < c->layers; i++)
		model->layers[i] = llama_block_new_at(site, params,
		        arena_format(params->arena, "%s.layers.%d", inside, i), c,
		        &model->rotary, rng);
	model->norm = norm_new(site, params, params_name(params, inside, "norm"), c);
	model->lm_head.weight = model->embed_tokens.weight;
	if (!c->tied)
		model->lm_head = lora_linear_new_at(site, params,
		        params_name(params, name, "lm_head"), c->width, c->vocabulary,
		        false, deviation, rng)
		                         .linear;
	return model;
}

Sequence llama_run_at(Site site, const Llama *model, Tape *tape, Sequence x, int from,
        int to, KeysValues *past, Rng *rng)
{
	for (int i = from; i < to; i++)
		x = llama_block_forward_at(
		        site, &model->layers[i], tape, x, past, i, rng);
	if (to < model->config.layers)
		return x;
	x.x = rmsnorm_forward_at(site, &model->norm, tape, x.x);
	return sequence_mask_at(site, tape, x);
}

Sequence llama_forward_at(Site site, const Llama *model, Tape *tape, const int ids[],
        int B, int T, const int lengths[], KeysValues *past, Rng *rng)
{
	Sequence x = embedding_forward_at(
	        site, &model->embed_tokens, tape, ids, B, T, lengths);
	x = llama_run_at(site, model, tape, x, 0, model->config.layers, past, rng);
	if (past)
		keys_values_advance(past, lengths);
	return x;
}

int llama_columns(const Llama *model)
{
	return model->config.groups * model->config.head;
}

Var *llama_logits_at(Site site, const Llama *model, Tape *tape, Var *x)
{
	return linear_forward_at(site, &model->lm_head, tape, x);
}

void llama_adapt_at(
        Site site, Llama *model, Params *params, int rank, real alpha, Rng *rng)
{
	for (int i = 0; i < model->config.layers; i++)
		grouped_adapt_at(
		        site, &model->layers[i].self_attn, params, rank, alpha, rng);
}
