/* The only file of layers/ that knows autograd/fast/: copies of weights that are made
 * once and kept while the weights stay as they are (kept.h), and gradients of weights
 * that are summed later, over all shards of a batch at once (terms.h). Without them (a
 * tape alone) each product is what its formula says. */
#include "layers/weight.h"
#include "autograd/fast/kept.h"
#include "autograd/fast/terms.h"

void weight_apply(
        const Tape *tape, Matrix y, Matrix x, const Var *weight, const Var *bias)
{
	Matrix start = matrix_view(bias ? bias->value.data : NULL, y.rows, y.columns,
	        0); /* the same row everywhere */
	Matrix turned = matrix_transpose(matrix_of(weight->value)); /* (I,O) */
	if (tape->kept && weight->name)
		matmul_packed_from(y, start, x, weight_packed(tape, turned));
	else /* no parameter; or a copy for this one product, which would not pay */
		matmul_from(y, start, x, turned);
}

void weight_back(Var *x, Matrix dy, const Var *weight)
{
	if (x->grad.data)
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

enum { OUTPUTS = 8 }; /* whose weights are turned over at a time */

/* (O,kF) from (O,Fk): tap j of feature f is column f k + j. */
static void make_by_tap(real *made, const Recipe *recipe, int part)
{
	Matrix weight = recipe->weight;
	int kernel = recipe->how, F = weight.columns / kernel;
	for (int o = part * OUTPUTS; o < weight.rows && o < (part + 1) * OUTPUTS; o++) {
		const real *w_o = matrix_row(weight, o);
		real *v_o = made + (size_t)o * (size_t)weight.columns;
		for (int j = 0; j < kernel; j++)
			for (int f = 0; f < F; f++)
				v_o[j * F + f] = w_o[f * kernel + j];
	}
}

const real *weight_by_tap(const Tape *tape, const Var *weight)
{
	Tensor w = weight->value;
	int columns = w.shape[1] * w.shape[2];
	return kept_made(tape->kept, tape->arena,
	        (Recipe){ .make = make_by_tap,
	                .weight = matrix_view(w.data, w.shape[0], columns, columns),
	                .how = w.shape[2],
	                .parts = (w.shape[0] + OUTPUTS - 1) / OUTPUTS,
	                .count = tensor_count(w) });
}

void weight_learn_by_tap(const Node *node, Var *weight, Matrix a)
{
	if (weight->grad.data)
		terms_add_turned(node->tape, weight, a, weight->value.shape[2]);
}
