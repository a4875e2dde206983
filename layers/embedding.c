/* y_bt = W[id_bt]: row id of the table. B batch, T time, V vocabulary, E width.
 *
 * That is the product of a one-hot row with W, so the gradient is that of a product:
 *
 *     dW[v] = sum of dy_bt over all (b,t) with id_bt = v
 *
 * taken utterance by utterance, step by step, so that the order of the sum is always the
 * same. The padding id's row gets no gradient; it starts at zero and so stays there. */
#include "layers/embedding.h"
#include "layers/weight.h"

static void embedding_backward(const Node *node)
{
	const int *rows = node->saved; /* (B,T) of W, -1 where nothing is to be learnt */
	weight_learn_rows(node, node->in[0], rows, matrix_of(node->out->grad));
}

static const Op embedding_op = {
	.name = "embedding_forward", .backward = embedding_backward, .later = 1 << 0
};

Embedding embedding_new_at(Site site, Params *params, const char *name, int ids,
        int width, int padding, Rng *rng)
{
	if (ids < 1 || width < 1)
		error_stop(site, "embedding_new",
		        "\"%s\" of %d ids, %d wide: both must be at least 1", name, ids,
		        width);
	if (padding != EMBEDDING_NO_PADDING && (padding < 0 || padding >= ids))
		error_stop(site, "embedding_new",
		        "\"%s\": padding id %d, expected 0 to %d or EMBEDDING_NO_PADDING",
		        name, padding, ids - 1);
	Embedding embedding = { .padding = padding };
	embedding.weight = params_add_at(site, params, name, "weight", SHAPE(ids, width));
	params_init_normal(params, embedding.weight, 1, rng);
	if (padding != EMBEDDING_NO_PADDING && params_begin(params))
		tensor_fill(tensor_row_at(site, embedding.weight->value, padding), 0);
	return embedding;
}

static void validate(Site site, const Embedding *embedding, const Tape *tape,
        const int ids[], int B, int T, const int lengths[])
{
	int V = embedding->weight->value.shape[0];
	for (int b = 0; b < B; b++) {
		if (lengths[b] < 1 || lengths[b] > T)
			tape_stop(site, tape, "embedding_forward",
			        "lengths[%d] is %d, expected 1 to %d", b, lengths[b], T);
		for (int t = 0; t < lengths[b]; t++) {
			int id = ids[(size_t)b * (size_t)T + (size_t)t];
			if (id < 0 || id >= V)
				tape_stop(site, tape, "embedding_forward",
				        "id %d of utterance %d, step %d is not in %s: expected 0 to %d. Hint: the vocabulary that made the ids must be the model's.",
				        id, b, t,
				        var_text("weight", embedding->weight).text,
				        V - 1);
		}
	}
}

Sequence embedding_forward_at(Site site, const Embedding *embedding, Tape *tape,
        const int ids[], int B, int T, const int lengths[])
{
	validate(site, embedding, tape, ids, B, T, lengths);
	Tensor weight = embedding->weight->value;
	int E = weight.shape[1];
	Tensor y = tensor_new_at(site, tape->arena, SHAPE(B, T, E));
	int *rows = arena_alloc(tape->arena, (size_t)B * (size_t)T * sizeof *rows);
	for (int b = 0; b < B; b++) {
		size_t first = (size_t)b * (size_t)T;
		for (int t = 0; t < T; t++) {
			int id = t < lengths[b] ? ids[first + (size_t)t] : -1;
			rows[first + (size_t)t] = id == embedding->padding ? -1 : id;
			if (id >= 0)
				weight_row(sequence_step(y, b, t), embedding->weight, id);
		}
		sequence_clear_padding(y, b, lengths[b]);
	}
	Var *out =
	        tape_push(site, tape, &embedding_op, y, rows, INPUTS(embedding->weight));
	return (Sequence){ .x = out, .lengths = lengths };
}
