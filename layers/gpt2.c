/* The norms stand before the maps, so a gradient comes down the sum undiminished
 * (transformer.c). The embedding is the head too: a token's row is near the steps after
 * which it comes, and half of a small model's numbers are saved.
 *
 * Everything is composed of other layers: there is no gradient to derive. Biases fill the
 * padding, which no step looks at; the end clears it. */
#include "layers/gpt2.h"
#include "autograd/ops.h"
#include "autograd/smooth.h"
#include "layers/dropout.h"
#include "layers/init.h"

#include <string.h>

static const real deviation = (real)0.02;

static Gpt2Config completed(Site site, const Gpt2Config *config)
{
	Gpt2Config c = *config;
	if (c.layers < 1 || c.heads < 1 || c.inner < 0 || c.width < 1 ||
	        c.width > 1 << 24 || c.longest < 1)
		error_stop(site, "gpt2_new",
		        "%d layers of %d heads, %d wide, %d inside, for %d steps: all must be at least 1",
		        c.layers, c.heads, c.width, c.inner, c.longest);
	if (!c.inner)
		c.inner = 4 * c.width;
	if (!(c.epsilon > 0))
		c.epsilon = (real)1e-5;
	return c;
}

static LayerNorm norm_new(
        Site site, Params *params, const char *name, const Gpt2Config *config)
{
	LayerNorm norm = layernorm_new_at(site, params, name, config->width);
	norm.epsilon = config->epsilon;
	return norm;
}

Gpt2Block gpt2_block_new_at(
        Site site, Params *params, const char *name, const Gpt2Config *config, Rng *rng)
{
	GroupedOptions options = { .heads = config->heads,
		.mask = ATTENTION_CAUSAL,
		.bias = true,
		.dropout = config->dropout,
		.q = "c_attn",
		.o = "c_proj",
		.deviation = deviation,
		.last = init_before_sum(deviation, config->layers) };
	Gpt2Block block;
	block.ln_1 = norm_new(site, params, params_name(params, name, "ln_1"), config);
	block.attn = grouped_new_at(site, params, params_name(params, name, "attn"),
	        config->width, &options, rng);
	block.ln_2 = norm_new(site, params, params_name(params, name, "ln_2"), config);
	block.c_fc =
	        lora_linear_new_at(site, params, params_name(params, name, "mlp.c_fc"),
	                config->width, config->inner, true, deviation, rng);
	block.c_proj =
	        lora_linear_new_at(site, params, params_name(params, name, "mlp.c_proj"),
	                config->inner, config->width, true, options.last, rng);
	return block;
}

Sequence gpt2_block_forward_at(Site site, const Gpt2Block *block, Tape *tape, Sequence x,
        KeysValues *past, int layer, Rng *rng)
{
	real dropout = block->attn.options.dropout;
	Sequence n = { layernorm_forward_at(site, &block->ln_1, tape, x.x), x.lengths };
	n = grouped_forward_at(site, &block->attn, tape, n, past, layer, rng);
	n.x = dropout_forward_at(site, tape, n.x, dropout, rng);
	x.x = op_add_at(site, tape, x.x, n.x);
	n.x = layernorm_forward_at(site, &block->ln_2, tape, x.x);
	n.x = lora_forward_at(site, &block->c_fc, tape, n.x);
	n.x = op_gelu_tanh_at(site, tape, n.x);
	n.x = lora_forward_at(site, &block->c_proj, tape, n.x);
	n.x = dropout_forward_at(site, tape, n.x, dropout, rng);
	x.x = op_add_at(site, tape, x.x, n.x);
	return x;
}

Gpt2 *gpt2_new_at(
        Site site, Params *params, const char *name, const Gpt2Config *config, Rng *rng)
{
	Gpt2 *model = ARENA_NEW(params->arena, Gpt2);
	model->config = completed(site, config);
	const Gpt2Config *c = &model->config;
	model->wte = embedding_new_at(site, params, params_name(params, name, "wte"),
	        c->vocabulary, c->width, EMBEDDING_NO_PADDING, rng);
	params_init_normal(params, model->wte.weight, deviation, rng);
	model->wpe = position_new_at(site, params, params_name(params, name, "wpe"),
	        c->longest, c->width, rng);
	params_init_normal(params, model->wpe.weight, deviation, rng);
	model->h = ARENA_ARRAY(params->arena, Gpt2Block, (size_t)c->layers);
	for (int i = 0; i < c->layers; i++) {
		const char *own = arena_format(params->arena, "h.%d", i);
		model->h[i] = gpt2_block_new_at(
		        site, params, params_name(params, name, own), c, rng);
	}
	model->ln_f = norm_new(site, params, params_name(params, name, "ln_f"), c);
	return model;
}

Sequence gpt2_run_at(Site site, const Gpt2 *model, Tape *tape, Sequence x, int from,
        int to, KeysValues *past, Rng *rng)
{
	if (!from) {
		x = position_after_at(
		        site, &model->wpe, tape, x, past ? past->lengths : NULL);
		x.x = dropout_forward_at(site, tape, x.x, model->config.dropout, rng);
	}
	for (int i = from; i < to; i++)
		x = gpt2_block_forward_at(site, &model->h[i], tape, x, past, i, rng);
	if (to < model->config.layers)
		return x;
	x.x = layernorm_forward_at(site, &model->ln_f, tape, x.x);
	return sequence_mask_at(site, tape, x);
}

Sequence gpt2_forward_at(Site site, const Gpt2 *model, Tape *tape, const int ids[], int B,
        int T, const int lengths[], KeysValues *past, Rng *rng)
{
	Sequence x = embedding_forward_at(site, &model->wte, tape, ids, B, T, lengths);
	x = gpt2_run_at(site, model, tape, x, 0, model->config.layers, past, rng);
	if (past)
		keys_values_advance(past, lengths);
	return x;
}

Var *gpt2_logits_at(Site site, const Gpt2 *model, Tape *tape, Var *x)
{
	Linear head = { .weight = model->wte.weight };
	return linear_forward_at(site, &head, tape, x);
}

void gpt2_adapt_at(Site site, Gpt2 *model, Params *params, int rank, real alpha, Rng *rng)
{
	for (int i = 0; i < model->config.layers; i++)
		grouped_adapt_at(site, &model->h[i].attn, params, rank, alpha, rng);
}

bool gpt2_turned(const char *name)
{
	static const char *const maps[] = { ".attn.c_attn.weight", ".attn.c_proj.weight",
		".mlp.c_fc.weight", ".mlp.c_proj.weight" };
	size_t length = strlen(name);
	for (size_t i = 0; i < sizeof maps / sizeof maps[0]; i++)
		if (length >= strlen(maps[i]) &&
		        !strcmp(name + length - strlen(maps[i]), maps[i]))
			return true;
	return false;
}
