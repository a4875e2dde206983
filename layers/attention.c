/* [Q K V] = x W' + b, then the heads (heads.c), then a map back. Across, Q comes of x, and
 * K and V of the memory. All of it is composed: nothing here has a gradient to derive. */
#include "layers/attention.h"
#include "autograd/ops.h"
#include "layers/dropout.h"

#include <math.h>

Attention attention_new_at(
        Site site, Params *params, const char *name, int width, int heads, Rng *rng)
{
	if (width < 1 || heads < 1 || width % heads != 0 || width > 1 << 24)
		error_stop(site, "attention_new",
		        "\"%s\": %d heads of a width of %d: expected heads that divide it, and at most %d",
		        name, heads, width, 1 << 24);
	Attention attention = { .width = width, .heads = heads };
	attention.in_proj_weight = params_add_at(
	        site, params, name, "in_proj_weight", SHAPE(3 * width, width));
	attention.in_proj_bias =
	        params_add_at(site, params, name, "in_proj_bias", SHAPE(3 * width));
	/* Xavier's bound for D inputs and 3D outputs (Glorot & Bengio 2010) */
	params_init_uniform(params, attention.in_proj_weight,
	        (real)sqrt(6.0 / (width + 3.0 * width)), rng);
	attention.out_proj = linear_new_at(
	        site, params, params_name(params, name, "out_proj"), width, width, rng);
	if (params_begin(params))
		tensor_fill(attention.out_proj.bias->value, 0);
	return attention;
}

static void validate(Site site, const Attention *attention, const Tape *tape,
        const char *operation, const char *role, Sequence s)
{
	sequence_check(site, tape, operation, s);
	if (s.x->value.shape[2] != attention->width)
		tape_stop(site, tape, operation,
		        "%s with %s: the steps have %d features, the layer expects %d",
		        var_text(role, s.x).text,
		        var_text("in_proj_weight", attention->in_proj_weight).text,
		        s.x->value.shape[2], attention->width);
}

/* q looks at kv, whose keys begin at column heads.k, and its values behind them. */
static Sequence look(Site site, const Attention *attention, Tape *tape,
        const char *operation, Sequence q, Sequence kv, Heads heads, Tensor mean,
        Rng *rng)
{
	real rate = attention->dropout;
	if (!(rate >= 0 && rate < 1))
		tape_stop(site, tape, operation,
		        "dropout %g: expected 0 <= rate < 1, the part that is dropped",
		        (double)rate);
	heads.count = attention->heads;
	heads.width = attention->width / attention->heads;
	heads.sharing = 1;
	heads.v = heads.k + attention->width;
	if (rng && rate > 0) {
		heads.rate = rate;
		heads.rng = dropout_stream(rng);
	}
	Sequence y = heads_forward_at(site, tape, q, kv, kv.x, &heads, mean);
	y.x = linear_forward_at(site, &attention->out_proj, tape, y.x);
	return sequence_mask_at(site, tape, y);
}

Sequence attention_forward_at(Site site, const Attention *attention, Tape *tape,
        Sequence x, AttentionMask mask, Rng *rng)
{
	validate(site, attention, tape, "attention_forward", "x", x);
	Linear in_proj = { attention->in_proj_weight, attention->in_proj_bias };
	Sequence qkv = { linear_forward_at(site, &in_proj, tape, x.x), x.lengths };
	Heads heads = { .k = attention->width, .mask = mask };
	Tensor none = { .data = NULL };
	return look(
	        site, attention, tape, "attention_forward", qkv, qkv, heads, none, rng);
}

/* The rows begin..end-1 of the map into queries, keys and values. */
static Sequence project(
        Site site, const Attention *attention, Tape *tape, Sequence s, int begin, int end)
{
	Linear part = {
		op_slice_at(site, tape, attention->in_proj_weight, 0, begin, end),
		op_slice_at(site, tape, attention->in_proj_bias, 0, begin, end),
	};
	return (Sequence){ linear_forward_at(site, &part, tape, s.x), s.lengths };
}

Sequence attention_across_at(Site site, const Attention *attention, Tape *tape,
        Sequence x, Sequence memory, Rng *rng, Var **weights)
{
	validate(site, attention, tape, "attention_across", "x", x);
	validate(site, attention, tape, "attention_across", "memory", memory);
	int B = x.x->value.shape[0], D = attention->width;
	if (B != memory.x->value.shape[0])
		tape_stop(site, tape, "attention_across",
		        "%s looks at %s: batches of %d and %d", var_text("x", x.x).text,
		        var_text("memory", memory.x).text, B, memory.x->value.shape[0]);
	Sequence q = project(site, attention, tape, x, 0, D);
	Sequence kv = project(site, attention, tape, memory, D, 3 * D);
	Tensor mean = { .data = NULL };
	if (weights) {
		int T = x.x->value.shape[1], U = memory.x->value.shape[1];
		mean = tensor_zeros_at(site, tape->arena, SHAPE(B, T, U));
		*weights = tape_constant(tape, mean, "attention.weights");
	}
	Heads heads = { .mask = ATTENTION_ALL };
	return look(site, attention, tape, "attention_across", q, kv, heads, mean, rng);
}
