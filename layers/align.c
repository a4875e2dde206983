/* Hard: y_j = 1/n_j sum over i in span j of x_i, so dx_i = dy_j / n_j for every span j
 * that holds i. Spans may overlap; gradients then add.
 *
 * Soft: y_j = sum_i a_ji x_i with a_j = softmax(s_j). Of an upstream dy_j:
 *
 *     da_ji = dy_j . x_i    dx_i += a_ji dy_j    ds_ji = a_ji (da_ji - sum_k a_jk da_jk)
 *
 * which are three matrix products an utterance. */
#include "layers/align.h"
#include "tensor/matmul.h"
#include "tensor/reduce.h"

#include <string.h>

typedef struct Align {
	const int *spans;   /* (B,U,2) */
	const int *lengths; /* (B) of the steps that spans are given for */
	int steps;          /* U */
} Align;

/* Begin and end of step j of utterance b. */
static const int *span_of(const Align *align, int b, int j)
{
	return align->spans + 2 * ((size_t)b * (size_t)align->steps + (size_t)j);
}

static void align_backward(const Node *node)
{
	const Align *align = node->saved;
	Tensor dy = node->out->grad, dx = node->in[0]->grad;
	if (!dx.data)
		return;
	int B = dy.shape[0], F = dy.shape[2];
	for (int b = 0; b < B; b++)
		for (int j = 0; j < align->lengths[b]; j++) {
			const int *span = span_of(align, b, j);
			const real *dy_j = sequence_step(dy, b, j);
			for (int i = span[0]; i < span[1]; i++) {
				real *dx_i = sequence_step(dx, b, i);
				for (int f = 0; f < F; f++)
					dx_i[f] += dy_j[f] / (real)(span[1] - span[0]);
			}
		}
}

static const Op align_op = { .name = "align_mean", .backward = align_backward };

static void validate(
        Site site, const Tape *tape, Sequence x, const Align *align, Sequence onto)
{
	sequence_check(site, tape, "align_mean", x);
	sequence_check(site, tape, "align_mean", onto);
	int B = x.x->value.shape[0];
	if (onto.x->value.shape[0] != B)
		tape_stop(site, tape, "align_mean",
		        "%s and %s: the batches %d and %d differ",
		        var_text("x", x.x).text, var_text("onto", onto.x).text, B,
		        onto.x->value.shape[0]);
	for (int b = 0; b < B; b++)
		for (int j = 0; j < onto.lengths[b]; j++) {
			const int *span = span_of(align, b, j);
			if (span[0] < 0 || span[1] < span[0] || span[1] > x.lengths[b])
				tape_stop(site, tape, "align_mean",
				        "span %d to %d of step %d in utterance %d: expected 0 <= begin <= end <= %d, the length of %s",
				        span[0], span[1], j, b, x.lengths[b],
				        var_text("x", x.x).text);
		}
}

Sequence align_mean_at(Site site, Tape *tape, Sequence x, const int *spans, Sequence onto)
{
	Align *align = ARENA_NEW(tape->arena, Align);
	*align = (Align){ spans, onto.lengths, onto.x->value.shape[1] };
	validate(site, tape, x, align, onto);
	int B = x.x->value.shape[0], F = x.x->value.shape[2];
	Tensor y = tensor_zeros_at(site, tape->arena, SHAPE(B, align->steps, F));
	for (int b = 0; b < B; b++)
		for (int j = 0; j < onto.lengths[b]; j++) {
			const int *span = span_of(align, b, j);
			real *y_j = sequence_step(y, b, j);
			for (int i = span[0]; i < span[1]; i++) {
				const real *x_i = sequence_step(x.x->value, b, i);
				for (int f = 0; f < F; f++)
					y_j[f] += x_i[f];
			}
			for (int f = 0; f < F && span[1] > span[0]; f++)
				y_j[f] /= (real)(span[1] - span[0]);
		}
	Var *out = tape_push(site, tape, &align_op, y, align, INPUTS(x.x));
	return (Sequence){ out, onto.lengths };
}

/* ---- soft -------------------------------------------------------------------------- */

typedef struct Soft {
	const int *seen, *steps; /* (B) lengths of x, and of what it is brought onto */
	Tensor weights;          /* (B,U,T) a */
} Soft;

/* The part of utterance b of a (B,R,C) tensor within its lengths. */
static Matrix part(Tensor x, int b, int rows, int columns)
{
	return matrix_view(sequence_step(x, b, 0), rows, columns, x.shape[2]);
}

static void soft_backward(const Node *node)
{
	const Soft *soft = node->saved;
	Tensor dy = node->out->grad;
	Var *x = node->in[0], *scores = node->in[1];
	Arena *arena = node->tape->arena;
	int F = dy.shape[2];
	for (int b = 0; b < dy.shape[0]; b++) {
		int T = soft->seen[b], U = soft->steps[b];
		Matrix dy_b = part(dy, b, U, F), a = part(soft->weights, b, U, T);
		if (x->grad.data)
			matmul(part(x->grad, b, T, F), matrix_transpose(a), dy_b,
			        MATMUL_ADD);
		if (!scores->grad.data)
			continue;
		ArenaMark mark = arena_mark(arena);
		Tensor da = tensor_new(arena, SHAPE(U, T));
		matmul(matrix_of(da), dy_b, matrix_transpose(part(x->value, b, T, F)),
		        MATMUL_SET);
		for (int j = 0; j < U; j++) {
			const real *a_j = sequence_step(soft->weights, b, j);
			const real *da_j = tensor_row(da, j).data;
			real *ds_j = sequence_step(scores->grad, b, j);
			real mean = real_dot(a_j, da_j, (size_t)T);
			for (int i = 0; i < T; i++)
				ds_j[i] += a_j[i] * (da_j[i] - mean);
		}
		arena_rewind(arena, mark);
	}
}

static const Op soft_op = { .name = "align_soft", .backward = soft_backward };

static void validate_soft(
        Site site, const Tape *tape, Sequence x, const Var *scores, Sequence onto)
{
	sequence_check(site, tape, "align_soft", x);
	sequence_check(site, tape, "align_soft", onto);
	var_require(site, tape, "align_soft", "scores", scores);
	const int *x_shape = x.x->value.shape, *onto_shape = onto.x->value.shape;
	Tensor s = scores->value;
	if (s.ndim != 3 || s.shape[0] != x_shape[0] || s.shape[0] != onto_shape[0] ||
	        s.shape[1] != onto_shape[1] || s.shape[2] != x_shape[1])
		tape_stop(site, tape, "align_soft",
		        "%s of %s for %s: expected (batch, steps of onto, steps of x)",
		        var_text("scores", scores).text, var_text("onto", onto.x).text,
		        var_text("x", x.x).text);
}

Sequence align_soft_at(
        Site site, Tape *tape, Sequence x, Var *scores, Sequence onto, Var **weights)
{
	validate_soft(site, tape, x, scores, onto);
	int B = x.x->value.shape[0], T = x.x->value.shape[1], F = x.x->value.shape[2];
	int U = onto.x->value.shape[1];
	Tensor y = tensor_zeros_at(site, tape->arena, SHAPE(B, U, F));
	Soft *soft = ARENA_NEW(tape->arena, Soft);
	*soft = (Soft){ x.lengths, onto.lengths,
		tensor_zeros_at(site, tape->arena, SHAPE(B, U, T)) };
	for (int b = 0; b < B; b++) {
		int seen = x.lengths[b];
		for (int j = 0; j < onto.lengths[b]; j++) {
			real *a_j = sequence_step(soft->weights, b, j);
			memcpy(a_j, sequence_step(scores->value, b, j),
			        (size_t)seen * sizeof(real));
			Tensor row = tensor_view(a_j, SHAPE(seen));
			tensor_softmax(row, row);
		}
		matmul(part(y, b, onto.lengths[b], F),
		        part(soft->weights, b, onto.lengths[b], seen),
		        part(x.x->value, b, seen, F), MATMUL_SET);
	}
	if (weights)
		*weights = tape_constant(tape, soft->weights, "align.weights");
	Var *out = tape_push(site, tape, &soft_op, y, soft, INPUTS(x.x, scores));
	return (Sequence){ out, onto.lengths };
}
