/* The matrix product, y = x w:
 *
 *     y_ij = sum_k x_ik w_kj                                    (M,K) (K,N) -> (M,N)
 *
 * x_ik reaches the loss through every number of row i of y, and w_kj through every number
 * of column j. Following each path back,
 *
 *     dx_ik = sum_j dy_ij w_kj        dx = dy w'                (M,N) (N,K) -> (M,K)
 *     dw_kj = sum_i x_ik dy_ij        dw = x' dy                (K,M) (M,N) -> (K,N)
 *
 * so the gradient is two more products. The shapes leave no other choice, which is the
 * quickest way to remember it. To transpose is to read with the strides swapped: nothing
 * is copied.
 *
 * All dimensions of x but the last count as rows. */
#include "autograd/ops.h"
#include "tensor/matmul.h"

static void matmul_backward(const Node *node)
{
	const Var *x = node->in[0], *w = node->in[1];
	Matrix dy = matrix_of(node->out->grad);
	if (x->grad.data)
		matmul(matrix_of(x->grad), dy, matrix_transpose(matrix_of(w->value)),
		        MATMUL_ADD);
	if (w->grad.data)
		matmul(matrix_of(w->grad), matrix_transpose(matrix_of(x->value)), dy,
		        MATMUL_ADD);
}

static const Op matmul_op = { .name = "op_matmul", .backward = matmul_backward };

static void validate(Site site, const Tape *tape, const Var *x, const Var *w)
{
	var_require(site, tape, "op_matmul", "x", x);
	var_require(site, tape, "op_matmul", "w", w);
	if (x->value.ndim < 1 || w->value.ndim != 2)
		tape_stop(site, tape, "op_matmul",
		        "%s times %s: expected x (...,K) and w (K,N)",
		        var_text("x", x).text, var_text("w", w).text);
	int K = x->value.shape[x->value.ndim - 1];
	if (w->value.shape[0] == K)
		return;
	tape_stop(site, tape, "op_matmul",
	        "%s times %s: inner sizes %d and %d differ. Hint: %s",
	        var_text("x", x).text, var_text("w", w).text, K, w->value.shape[0],
	        w->value.shape[1] == K
	                ? "w seems to be transposed: linear_forward() takes weights (out,in)."
	                : "the last dimension of x must be the first of w.");
}

Var *op_matmul_at(Site site, Tape *tape, Var *x, Var *w)
{
	validate(site, tape, x, w);
	Tensor y = x->value;
	y.shape[y.ndim - 1] = w->value.shape[1];
	y = tensor_new_at(site, tape->arena, y.ndim, y.shape);
	matmul_at(
	        site, matrix_of(y), matrix_of(x->value), matrix_of(w->value), MATMUL_SET);
	return tape_push(site, tape, &matmul_op, y, NULL, INPUTS(x, w));
}
