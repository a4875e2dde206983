/* y = x W' + b, for M rows x of I inputs each, giving O outputs: (M,I) (I,O) -> (M,O).
 *
 * Gradient. y_mo = b_o + sum_i x_mi W_oi, so with dy = dloss/dy
 *
 *     dx_mi = sum_o dy_mo W_oi    dx = dy W      (M,O) (O,I)
 *     dW_oi = sum_m dy_mo x_mi    dW = dy' x     (O,M) (M,I)
 *     db_o  = sum_m dy_mo         the column sums of dy
 *
 * The same as op_add(op_matmul(x, W'), b), which the test compares it with, but the sum
 * starts from the bias, so that y is written once and no product is kept beside it. */
#include "layers/linear.h"
#include "layers/weight.h"

#include <math.h>

static Linear weight_new(
        Site site, Params *params, const char *name, int in, int out, Rng *rng)
{
	if (in < 1 || out < 1)
		error_stop(site, "linear_new",
		        "\"%s\" from %d to %d: both sizes must be at least 1", name, in,
		        out);
	Linear linear = { NULL, NULL };
	linear.weight = params_add_at(site, params, name, "weight", SHAPE(out, in));
	params_init_uniform(params, linear.weight, (real)(1 / sqrt(in)), rng);
	return linear;
}

Linear linear_new_at(
        Site site, Params *params, const char *name, int in, int out, Rng *rng)
{
	Linear linear = weight_new(site, params, name, in, out, rng);
	linear.bias = params_add_at(site, params, name, "bias", SHAPE(out));
	params_init_uniform(params, linear.bias, (real)(1 / sqrt(in)), rng);
	return linear;
}

Linear linear_plain_new_at(
        Site site, Params *params, const char *name, int in, int out, Rng *rng)
{
	return weight_new(site, params, name, in, out, rng);
}

static void linear_backward(const Node *node)
{
	Var *x = node->in[0], *weight = node->in[1], *bias = node->in[2];
	Matrix dy = matrix_of(node->out->grad);              /* (M,O) */
	weight_back(node, x, dy, weight);                    /* dx += dy W */
	weight_learn(node, weight, dy, matrix_of(x->value)); /* dW += dy' x */
	bias_learn(bias, dy);                                /* db += column sums of dy */
}

static const Op linear_op = {
	.name = "linear_forward", .backward = linear_backward, .later = 1 << 1
};

Var *linear_forward_at(Site site, const Linear *linear, Tape *tape, Var *x)
{
	var_require(site, tape, "linear_forward", "x", x);
	Tensor weight = linear->weight->value;
	int last = x->value.ndim - 1, inputs = weight.shape[1];
	if (last < 0 || x->value.shape[last] != inputs)
		tape_stop(site, tape, "linear_forward",
		        "%s times %s: the last dimension of x must be the layer's %d inputs",
		        var_text("x", x).text, var_text("weight", linear->weight).text,
		        inputs);
	Tensor y = x->value;
	y.shape[last] = weight.shape[0];
	y = tensor_new_at(site, tape->arena, y.ndim, y.shape);
	weight_apply(
	        tape, matrix_of(y), matrix_of(x->value), linear->weight, linear->bias);
	return tape_push(
	        site, tape, &linear_op, y, NULL, INPUTS(x, linear->weight, linear->bias));
}
