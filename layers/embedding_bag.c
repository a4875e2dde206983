/* y_b = sum over the ids k of bag b of a_k W[k]. B bags, E width, a the weights.
 *
 * So dW[k] = sum of a_k dy_b over all bags b that have k: a list of rows to be added,
 * one for each id of each bag, in that order. */
#include "layers/embedding_bag.h"

#include "autograd/fast/touched.h"
#include "layers/weight.h"

Var *embedding_bag_new_at(Site site, Params *params, const char *name, int ids, int width)
{
	if (ids < 1 || width < 1)
		error_stop(site, "embedding_bag_new",
		        "\"%s\" of %d ids, %d wide: both must be at least 1", name, ids,
		        width);
	Var *weight = params_add_at(site, params, name, "weight", SHAPE(ids, width));
	if (weight->grad.data)
		touched_begin(params->arena, weight);
	return weight;
}

static int total_of(const Bags *bags)
{
	return bags->count ? bags->ends[bags->count - 1] : 0;
}

static void embedding_bag_backward(const Node *node)
{
	const Bags *bags = node->saved;
	Tensor dy = node->out->grad;
	int E = dy.shape[1], rows = total_of(bags);
	real *dw = arena_alloc(node->tape->arena,
	        (size_t)rows * (size_t)E * sizeof(real)); /* (rows,E) */
	for (int b = 0, k = 0; b < bags->count; b++) {
		const real *dy_b = dy.data + (size_t)b * (size_t)E;
		for (; k < bags->ends[b]; k++) {
			real *dw_k = dw + (size_t)k * (size_t)E;
			for (int e = 0; e < E; e++)
				dw_k[e] = bags->weights[k] * dy_b[e];
		}
	}
	weight_learn_rows(node, node->in[0], bags->ids, matrix_view(dw, rows, E, E));
}

static const Op embedding_bag_op = { .name = "embedding_bag_forward",
	.backward = embedding_bag_backward,
	.later = 1 << 0 };

static void validate(Site site, const Tape *tape, const Var *weight, const Bags *bags)
{
	int ids = weight->value.shape[0];
	for (int k = 0; k < total_of(bags); k++)
		if (bags->ids[k] < 0 || bags->ids[k] >= ids)
			tape_stop(site, tape, "embedding_bag_forward",
			        "id %d is not in %s: expected 0 to %d. Hint: the vocabulary that made the ids must be the model's.",
			        bags->ids[k], var_text("weight", weight).text, ids - 1);
}

Var *embedding_bag_forward_at(Site site, Var *weight, Tape *tape, const Bags *bags)
{
	validate(site, tape, weight, bags);
	int E = weight->value.shape[1];
	Tensor y = tensor_zeros_at(site, tape->arena, SHAPE(bags->count, E));
	for (int b = 0, k = 0; b < bags->count; b++) {
		real *y_b = y.data + (size_t)b * (size_t)E;
		for (; k < bags->ends[b]; k++) {
			const real *w =
			        weight->value.data + (size_t)bags->ids[k] * (size_t)E;
			for (int e = 0; e < E; e++)
				y_b[e] += bags->weights[k] * w[e];
		}
	}
	const Bags *kept = arena_copy(tape->arena, bags, sizeof *bags);
	return tape_push(site, tape, &embedding_bag_op, y, kept, INPUTS(weight));
}
