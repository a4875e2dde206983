/* With N a LayerNorm and S a sublayer (attention, or the feed-forward part):
 *
 *     norm first (GPT-2):  y = x + S(N(x))        norm last (the paper):  y = N(x + S(x))
 *     feed-forward:        S(x) = W2 f(W1 x + b1) + b2, each step by itself
 *
 * Gradient. Everything here is composed of other layers. What makes it train is the sum:
 * dx = dy + J' dy, J the slope of S N, so with the norm first dy comes down to the first
 * block undiminished, however many there are. With the norm last it passes a LayerNorm a
 * sum, and shrinks unless the rate is warmed up (Xiong et al. 2020).
 *
 * LayerNorm and Linear know no lengths and fill the padding; attention does not look at
 * it, no step's feed-forward part sees another step, and the end of the block clears
 * it. */
#include "layers/transformer.h"
#include "autograd/ops.h"
#include "layers/dropout.h"

/* Everything that a block's parts are made from. */
typedef struct Build {
	Site site;
	Params *params;
	const char *name;
	int width;
	TransformerOptions options;
	Rng *rng;
} Build;

static Attention attention_part(Build b, const char *part)
{
	Attention attention = attention_new_at(b.site, b.params,
	        params_name(b.params, b.name, part), b.width, b.options.heads, b.rng);
	attention.dropout = b.options.dropout;
	return attention;
}

static Linear linear_part(Build b, const char *part, int in, int out)
{
	return linear_new_at(
	        b.site, b.params, params_name(b.params, b.name, part), in, out, b.rng);
}

static LayerNorm norm_part(Build b, const char *part)
{
	return layernorm_new_at(
	        b.site, b.params, params_name(b.params, b.name, part), b.width);
}

/* The options with their defaults filled in. */
static TransformerOptions completed(Site site, const char *operation, const char *name,
        int width, TransformerOptions options)
{
	if (options.inner < 0 || width > 1 << 24 || !(options.dropout >= 0) ||
	        options.dropout >= 1)
		error_stop(site, operation,
		        "\"%s\", %d wide, %d inside, dropout %g: expected at least 1, at most %d, and 0 <= dropout < 1",
		        name, width, options.inner, (double)options.dropout, 1 << 24);
	if (!options.inner)
		options.inner = 4 * width;
	if (!options.activation)
		options.activation = op_relu_at;
	return options;
}

/* The parts are made in PyTorch's order, so that both list the parameters alike. */
TransformerEncoder transformer_encoder_new_at(Site site, Params *params, const char *name,
        int width, TransformerOptions options, Rng *rng)
{
	options = completed(site, "transformer_encoder_new", name, width, options);
	Build b = { site, params, name, width, options, rng };
	TransformerEncoder block = { .options = options };
	block.self_attn = attention_part(b, "self_attn");
	block.linear1 = linear_part(b, "linear1", width, options.inner);
	block.linear2 = linear_part(b, "linear2", options.inner, width);
	block.norm1 = norm_part(b, "norm1");
	block.norm2 = norm_part(b, "norm2");
	return block;
}

TransformerDecoder transformer_decoder_new_at(Site site, Params *params, const char *name,
        int width, TransformerOptions options, Rng *rng)
{
	options = completed(site, "transformer_decoder_new", name, width, options);
	Build b = { site, params, name, width, options, rng };
	TransformerDecoder block = { .options = options };
	block.self_attn = attention_part(b, "self_attn");
	block.multihead_attn = attention_part(b, "multihead_attn");
	block.linear1 = linear_part(b, "linear1", width, options.inner);
	block.linear2 = linear_part(b, "linear2", options.inner, width);
	block.norm1 = norm_part(b, "norm1");
	block.norm2 = norm_part(b, "norm2");
	block.norm3 = norm_part(b, "norm3");
	return block;
}

/* ---- what both blocks are made of -------------------------------------------------- */

/* Everything a sublayer needs beside its own parameters. */
typedef struct Step {
	Site site;
	Tape *tape;
	const TransformerOptions *options;
	Rng *rng;
} Step;

/* What the sublayer reads. */
static Sequence before(Step s, const LayerNorm *norm, Sequence x)
{
	if (s.options->norm_first)
		x.x = layernorm_forward_at(s.site, norm, s.tape, x.x);
	return x;
}

/* x and what the sublayer made of it, which may be dropped. */
static Sequence after(Step s, const LayerNorm *norm, Sequence x, Sequence made)
{
	made.x = dropout_forward_at(s.site, s.tape, made.x, s.options->dropout, s.rng);
	x.x = op_add_at(s.site, s.tape, x.x, made.x);
	if (!s.options->norm_first)
		x.x = layernorm_forward_at(s.site, norm, s.tape, x.x);
	return x;
}

static Sequence feed_forward(
        Step s, const Linear *linear1, const Linear *linear2, Sequence x)
{
	Var *inner = linear_forward_at(s.site, linear1, s.tape, x.x);
	inner = s.options->activation(s.site, s.tape, inner);
	inner = dropout_forward_at(s.site, s.tape, inner, s.options->dropout, s.rng);
	return (Sequence){ linear_forward_at(s.site, linear2, s.tape, inner), x.lengths };
}

/* ---- the blocks -------------------------------------------------------------------- */

Sequence transformer_encoder_forward_at(Site site, const TransformerEncoder *block,
        Tape *tape, Sequence x, AttentionMask mask, Rng *rng)
{
	sequence_check(site, tape, "transformer_encoder_forward", x);
	Step s = { site, tape, &block->options, rng };
	Sequence seen = attention_forward_at(
	        site, &block->self_attn, tape, before(s, &block->norm1, x), mask, rng);
	x = after(s, &block->norm1, x, seen);
	Sequence made = feed_forward(
	        s, &block->linear1, &block->linear2, before(s, &block->norm2, x));
	return sequence_mask_at(site, tape, after(s, &block->norm2, x, made));
}

Sequence transformer_decoder_forward_at(Site site, const TransformerDecoder *block,
        Tape *tape, Sequence x, Sequence memory, Rng *rng)
{
	sequence_check(site, tape, "transformer_decoder_forward", x);
	Step s = { site, tape, &block->options, rng };
	Sequence seen = attention_forward_at(site, &block->self_attn, tape,
	        before(s, &block->norm1, x), ATTENTION_CAUSAL, rng);
	x = after(s, &block->norm1, x, seen);
	Sequence read = attention_across_at(site, &block->multihead_attn, tape,
	        before(s, &block->norm2, x), memory, rng, NULL);
	x = after(s, &block->norm2, x, read);
	Sequence made = feed_forward(
	        s, &block->linear1, &block->linear2, before(s, &block->norm3, x));
	return sequence_mask_at(site, tape, after(s, &block->norm3, x, made));
}
