/* Of a step x, for head h of H and the keys and values g = h / (H / G) of G:
 *
 *     q = R_p(x Wq' + bq)     k = R_p(x Wk' + bk)     v = x Wv' + bv      (R_p: rotary.c)
 *     y_h = softmax(q_h k_g' / sqrt(d)) v_g                               (heads.c)
 *     out = [y_1 .. y_H] Wo' + bo
 *
 * G = 1 is multi-query attention, G = H that of attention.h. Fewer groups make a past
 * that is H / G times smaller, and reading it is what a new step waits for. Everything
 * here is composed of other layers: there is no gradient to derive. */
#include "layers/grouped.h"
#include "autograd/ops.h"
#include "layers/dropout.h"

static GroupedOptions completed(
        Site site, const char *name, int width, const GroupedOptions *options)
{
	GroupedOptions o = *options;
	if (!o.groups)
		o.groups = o.heads;
	bool whole = o.heads >= 1 && o.groups >= 1 && o.heads % o.groups == 0;
	if (!whole || width < 1 || o.width < 0 || (!o.width && width % o.heads != 0))
		error_stop(site, "grouped_new",
		        "\"%s\", %d wide: %d heads of %d columns over %d groups: expected groups that divide the heads, and heads that divide the width",
		        name, width, o.heads, o.width, o.groups);
	if (!o.width)
		o.width = width / o.heads;
	if (o.rotary && o.rotary->width != o.width)
		error_stop(site, "grouped_new",
		        "\"%s\": heads of %d columns, turned by angles for %d", name,
		        o.width, o.rotary->width);
	return o;
}

Grouped grouped_new_at(Site site, Params *params, const char *name, int width,
        const GroupedOptions *options, Rng *rng)
{
	Grouped g = { .options = completed(site, name, width, options) };
	const GroupedOptions *o = &g.options;
	int all = o->heads * o->width, shared = o->groups * o->width;
	g.q = lora_linear_new_at(site, params, params_name(params, name, o->q), width,
	        o->k ? all : all + 2 * shared, o->bias, o->deviation, rng);
	if (o->k) {
		g.k = lora_linear_new_at(site, params, params_name(params, name, o->k),
		        width, shared, o->bias, o->deviation, rng);
		g.v = lora_linear_new_at(site, params, params_name(params, name, o->v),
		        width, shared, o->bias, o->deviation, rng);
	}
	g.o = lora_linear_new_at(site, params, params_name(params, name, o->o), all,
	        width, o->bias, o->last, rng);
	return g;
}

/* Queries, keys and values, and the heads that say where they stand. */
typedef struct Parts {
	Sequence q, k, v;
	Heads heads;
} Parts;

static Sequence part(Site site, const Lora *map, Tape *tape, Sequence x)
{
	return (Sequence){ lora_forward_at(site, map, tape, x.x), x.lengths };
}

static Sequence columns(Site site, Tape *tape, Sequence x, int begin, int count)
{
	x.x = op_slice_at(site, tape, x.x, 2, begin, begin + count);
	return x;
}

/* What one map made of all three stays in its one array, unless each is needed alone. */
static Parts parts_of(Site site, const Grouped *g, Tape *tape, Sequence x, bool apart)
{
	const GroupedOptions *o = &g->options;
	int all = o->heads * o->width, shared = o->groups * o->width;
	Parts parts = { .q = part(site, &g->q, tape, x) };
	parts.heads = (Heads){ .count = o->heads,
		.width = o->width,
		.sharing = o->heads / o->groups,
		.mask = o->mask };
	if (o->k) {
		parts.k = part(site, &g->k, tape, x);
		parts.v = part(site, &g->v, tape, x);
	} else if (apart) {
		Sequence three = parts.q;
		parts.q = columns(site, tape, three, 0, all);
		parts.k = columns(site, tape, three, all, shared);
		parts.v = columns(site, tape, three, all + shared, shared);
	} else {
		parts.k = parts.v = parts.q;
		parts.heads.k = all;
		parts.heads.v = all + shared;
	}
	return parts;
}

static void validate(Site site, const Grouped *g, const Tape *tape, Sequence x,
        const KeysValues *past, int layer)
{
	sequence_check(site, tape, "grouped_forward", x);
	const Var *weight = g->q.linear.weight;
	if (x.x->value.shape[2] != weight->value.shape[1])
		tape_stop(site, tape, "grouped_forward",
		        "%s with %s: the steps have %d features, the layer expects %d",
		        var_text("x", x.x).text, var_text("weight", weight).text,
		        x.x->value.shape[2], weight->value.shape[1]);
	if (past && (g->options.mask != ATTENTION_CAUSAL || layer < 0 ||
	                    layer >= past->layers))
		tape_stop(site, tape, "grouped_forward",
		        "layer %d of a past of %d: expected a causal mask, and one of these layers",
		        layer, past->layers);
}

Sequence grouped_forward_at(Site site, const Grouped *grouped, Tape *tape, Sequence x,
        KeysValues *past, int layer, Rng *rng)
{
	validate(site, grouped, tape, x, past, layer);
	const GroupedOptions *o = &grouped->options;
	Parts p = parts_of(site, grouped, tape, x, past || o->rotary);
	if (o->rotary) {
		const int *before = past ? past->lengths : NULL;
		p.q = rotary_forward_at(site, o->rotary, tape, p.q, before);
		p.k = rotary_forward_at(site, o->rotary, tape, p.k, before);
	}
	if (rng && o->dropout > 0) {
		p.heads.rate = o->dropout;
		p.heads.rng = dropout_stream(rng);
	}
	Sequence y;
	if (past) {
		keys_values_add_at(site, past, layer, tape, p.k, p.v);
		y = keys_values_look_at(site, tape, p.q, past, layer, &p.heads);
	} else {
		Tensor none = { .data = NULL };
		y = heads_forward_at(site, tape, p.q, p.k, p.v.x, &p.heads, none);
	}
	return part(site, &grouped->o, tape, y);
}

void grouped_adapt_at(
        Site site, Grouped *grouped, Params *params, int rank, real alpha, Rng *rng)
{
	lora_add_at(site, &grouped->q, params, rank, alpha, rng);
	if (grouped->options.k)
		lora_add_at(site, &grouped->v, params, rank, alpha, rng);
}
