/* y_j = 1/n_j sum over i in span j of x_i, so dx_i = dy_j / n_j for every span j that holds i.
 * Spans may overlap; gradients then add. */
#include "layers/align.h"

typedef struct Align {
	const int *spans;   /* (B,U,2) */
	const int *lengths; /* (B) of the steps that spans are given for */
} Align;

static void align_backward(const Node *node)
{
	const Align *align = node->saved;
	Tensor dy = node->out->grad, dx = node->in[0]->grad;
	if (!dx.data)
		return;
	int B = dy.shape[0], U = dy.shape[1], F = dy.shape[2], T = dx.shape[1];
	for (int b = 0; b < B; b++)
		for (int j = 0; j < align->lengths[b]; j++) {
			const int *span =
			        align->spans + 2 * ((size_t)b * (size_t)U + (size_t)j);
			const real *dy_j =
			        dy.data + ((size_t)b * (size_t)U + (size_t)j) * (size_t)F;
			for (int i = span[0]; i < span[1]; i++) {
				real *dx_i =
				        dx.data +
				        ((size_t)b * (size_t)T + (size_t)i) * (size_t)F;
				for (int f = 0; f < F; f++)
					dx_i[f] += dy_j[f] / (real)(span[1] - span[0]);
			}
		}
}

static const Op align_op = { "align_mean", align_backward };

static void validate(
        Site site, const Tape *tape, Sequence x, const int *spans, Sequence onto)
{
	sequence_check(site, tape, "align_mean", x);
	sequence_check(site, tape, "align_mean", onto);
	int B = x.x->value.shape[0], U = onto.x->value.shape[1];
	if (onto.x->value.shape[0] != B)
		tape_stop(site, tape, "align_mean",
		        "%s and %s: the batches %d and %d differ",
		        var_text("x", x.x).text, var_text("onto", onto.x).text, B,
		        onto.x->value.shape[0]);
	for (int b = 0; b < B; b++)
		for (int j = 0; j < onto.lengths[b]; j++) {
			const int *span = spans + 2 * ((size_t)b * (size_t)U + (size_t)j);
			if (span[0] < 0 || span[1] < span[0] || span[1] > x.lengths[b])
				tape_stop(site, tape, "align_mean",
				        "span %d to %d of step %d in utterance %d: "
				        "expected "
				        "0 <= begin <= end <= %d, the length of %s",
				        span[0], span[1], j, b, x.lengths[b],
				        var_text("x", x.x).text);
		}
}

Sequence(align_mean)(Site site, Tape *tape, Sequence x, const int *spans, Sequence onto)
{
	validate(site, tape, x, spans, onto);
	int B = x.x->value.shape[0], T = x.x->value.shape[1], F = x.x->value.shape[2];
	int U = onto.x->value.shape[1];
	Tensor y = tensor_zeros(tape->arena, SHAPE(B, U, F));
	for (int b = 0; b < B; b++)
		for (int j = 0; j < onto.lengths[b]; j++) {
			const int *span = spans + 2 * ((size_t)b * (size_t)U + (size_t)j);
			real *y_j =
			        y.data + ((size_t)b * (size_t)U + (size_t)j) * (size_t)F;
			for (int i = span[0]; i < span[1]; i++) {
				const real *x_i =
				        x.x->value.data +
				        ((size_t)b * (size_t)T + (size_t)i) * (size_t)F;
				for (int f = 0; f < F; f++)
					y_j[f] += x_i[f];
			}
			for (int f = 0; f < F && span[1] > span[0]; f++)
				y_j[f] /= (real)(span[1] - span[0]);
		}
	Align saved = { .spans = spans, .lengths = onto.lengths };
	return (Sequence){
		tape_push(site, tape, &align_op, y,
		        arena_copy(tape->arena, &saved, sizeof saved), INPUTS(x.x)),
		onto.lengths,
	};
}
