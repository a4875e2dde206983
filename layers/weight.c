/* The only file of layers/ that knows autograd/fast/: copies of weights that are made
 * once and kept while the weights stay as they are (kept.h), gradients of weights that
 * are summed later, over all shards of a batch at once (terms.h), threads that share a
 * product (team.h), weights as a file holds them (stored.h). Without them (a tape alone)
 * each product is what its formula says. */
#include "layers/weight.h"
#include "autograd/fast/kept.h"
#include "autograd/fast/stored.h"
#include "autograd/fast/terms.h"

#include <string.h>

void weight_apply(
        const Tape *tape, Matrix y, Matrix x, const Var *weight, const Var *bias)
{
	Matrix start = matrix_view(bias ? bias->value.data : NULL, y.rows, y.columns,
	        0); /* the same row everywhere */
	Matrix turned = matrix_transpose(matrix_of(weight->value)); /* (I,O) */
	if (weight->stored)
		stored_product(tape, y, start, x, weight->stored);
	else if (tape->team)
		team_product(tape, y, start, x, matrix_of(weight->value));
	else if (tape->kept && weight->name)
		matmul_packed_from(y, start, x, weight_packed(tape, turned));
	else /* no parameter; or a copy for this one product, which would not pay */
		matmul_from(y, start, x, turned);
}

void weight_row(real *out, const Var *weight, int row)
{
	Matrix table = matrix_of(weight->value);
	if (weight->stored)
		stored_row(out, weight->stored, row);
	else
		memcpy(out, matrix_row(table, row), (size_t)table.columns * sizeof(real));
}

void weight_back(const Node *node, Var *x, Matrix dy, const Var *weight)
{
	if (x->grad.data && weight->stored)
		stored_back(node->tape->arena, matrix_of(x->grad), dy, weight->stored);
	else if (x->grad.data)
		matmul(matrix_of(x->grad), dy, matrix_of(weight->value), MATMUL_ADD);
}

void weight_learn(const Node *node, Var *weight, Matrix dy, Matrix x)
{
	if (weight->grad.data)
		terms_add_product(node->tape, weight, matrix_transpose(dy), x);
}

void bias_learn(Var *bias, Matrix dy)
{
	if (bias && bias->grad.data)
		matrix_add_column_sums(bias->grad.data, dy);
}

real *weight_sum_new(const Tape *tape, const Var *weight)
{
	return arena_alloc(
	        terms_arena(tape, weight), tensor_count(weight->value) * sizeof(real));
}

void weight_learn_sum(const Node *node, Var *weight, Matrix a)
{
	if (weight->grad.data)
		terms_add_matrix(node->tape, weight, a);
}

void weight_learn_rows(const Node *node, Var *weight, const int *rows, Matrix dy)
{
	if (weight->grad.data)
		terms_add_rows(node->tape, weight, rows, dy);
}

MatrixPacked weight_packed(const Tape *tape, Matrix weight)
{
	return kept_pack(tape->kept, tape->arena, weight);
}

/* ---- convolutions ---- */

/* (O,F,taps): those of a convolution over pictures are a square, (O,F,k,k). */
static Tensor taps_in_a_row(Tensor w)
{
	return tensor_reshape(w, SHAPE(w.shape[0], w.shape[1], -1));
}

const real *weight_by_tap(const Tape *tape, const Var *weight)
{
	return kept_by_tap(tape->kept, tape->arena, taps_in_a_row(weight->value));
}

void weight_learn_by_tap(const Node *node, Var *weight, Matrix a)
{
	if (weight->grad.data)
		terms_add_turned(
		        node->tape, weight, a, taps_in_a_row(weight->value).shape[2]);
}
