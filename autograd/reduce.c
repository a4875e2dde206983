/* Many numbers to one. Each x_i counts in y with a weight of its own, which is the
 * derivative:
 *
 *     sum           y = sum_i x_i                   dx_i = dy
 *     mean          y = sum_i x_i / n               dx_i = dy / n
 *
 * softmax turns a row into probabilities, and each y_j depends on every x_i of the row:
 *
 *     softmax       y_i = e^x_i / S,   S = sum_j e^x_j
 *                   dy_j/dx_i = y_j ([i = j] - y_i)
 *                   dx_i = sum_j dy_j dy_j/dx_i = y_i (dy_i - sum_j dy_j y_j)
 *     log-softmax   y_i = x_i - ln S
 *                   dy_j/dx_i = [i = j] - e^y_i
 *                   dx_i = dy_i - e^y_i sum_j dy_j
 *
 * log-softmax is not log(softmax(x)): where a probability is too small for a float, its
 * logarithm still is a fair number. */
#include "autograd/ops.h"
#include "tensor/elementary.h"
#include "tensor/reduce.h"

/* --- over everything ---------------------------------------------------------------- */

/* dx_i += part, for all i */
static void give_all(Var *x, real part)
{
	size_t count = tensor_count(x->grad);
	for (size_t i = 0; i < count; i++)
		x->grad.data[i] += part;
}

static void sum_backward(const Node *node)
{
	give_all(node->in[0], node->out->grad.data[0]);
}

static const Op sum_op = { .name = "op_sum", .backward = sum_backward };

Var *op_sum_at(Site site, Tape *tape, Var *x)
{
	var_require(site, tape, "op_sum", "x", x);
	Tensor y = tensor_full_at(site, tape->arena, tensor_sum(x->value), SCALAR);
	return tape_push(site, tape, &sum_op, y, NULL, INPUTS(x));
}

static void mean_backward(const Node *node)
{
	Var *x = node->in[0];
	give_all(x, node->out->grad.data[0] / (real)tensor_count(x->value));
}

static const Op mean_op = { .name = "op_mean", .backward = mean_backward };

Var *op_mean_at(Site site, Tape *tape, Var *x)
{
	var_require(site, tape, "op_mean", "x", x);
	if (!tensor_count(x->value))
		tape_stop(site, tape, "op_mean", "%s has no elements",
		        var_text("x", x).text);
	Tensor y =
	        tensor_full_at(site, tape->arena, tensor_mean_at(site, x->value), SCALAR);
	return tape_push(site, tape, &mean_op, y, NULL, INPUTS(x));
}

/* --- over an axis: y is x without it ------------------------------------------------ */

/* dx(o,i,k) += factor dy(o,k), for all i along the axis */
static void give_rows(Var *x, Axis axis, Tensor dy, real factor)
{
	for (size_t o = 0; o < axis.outer; o++) {
		const real *dy_o = dy.data + o * axis.inner;
		for (size_t i = 0; i < axis.length; i++) {
			real *dx_i = x->grad.data + (o * axis.length + i) * axis.inner;
			for (size_t k = 0; k < axis.inner; k++)
				dx_i[k] += factor * dy_o[k];
		}
	}
}

static Tensor without_axis(const Tape *tape, const Var *x, Axis axis)
{
	return tensor_like(tape->arena, tensor_drop_axis(x->value, axis));
}

static void require_length(
        Site site, const Tape *tape, const char *operation, const Var *x, Axis axis)
{
	if (!axis.length)
		tape_stop(site, tape, operation, "axis %d of %s has no elements",
		        axis.index, var_text("x", x).text);
}

static void sum_axis_backward(const Node *node)
{
	const Axis *axis = node->saved;
	give_rows(node->in[0], *axis, node->out->grad, 1);
}

static const Op sum_axis_op = { .name = "op_sum_axis", .backward = sum_axis_backward };

Var *op_sum_axis_at(Site site, Tape *tape, Var *x, int index)
{
	Axis axis = var_axis(site, tape, "op_sum_axis", x, index);
	Tensor y = without_axis(tape, x, axis);
	tensor_sum_axis_at(site, y, x->value, index);
	const Axis *saved = arena_copy(tape->arena, &axis, sizeof axis);
	return tape_push(site, tape, &sum_axis_op, y, saved, INPUTS(x));
}

static void mean_axis_backward(const Node *node)
{
	const Axis *axis = node->saved;
	give_rows(node->in[0], *axis, node->out->grad, 1 / (real)axis->length);
}

static const Op mean_axis_op = { .name = "op_mean_axis", .backward = mean_axis_backward };

Var *op_mean_axis_at(Site site, Tape *tape, Var *x, int index)
{
	Axis axis = var_axis(site, tape, "op_mean_axis", x, index);
	require_length(site, tape, "op_mean_axis", x, axis);
	Tensor y = without_axis(tape, x, axis);
	tensor_mean_axis_at(site, y, x->value, index);
	const Axis *saved = arena_copy(tape->arena, &axis, sizeof axis);
	return tape_push(site, tape, &mean_axis_op, y, saved, INPUTS(x));
}

/* --- rows to probabilities ---------------------------------------------------------- */

static void softmax_backward(const Node *node)
{
	Tensor y = node->out->value;
	size_t n = (size_t)y.shape[y.ndim - 1], count = tensor_count(y);
	for (size_t row = 0; row < count; row += n) {
		const real *y_row = y.data + row;
		const real *dy_row = node->out->grad.data + row;
		real *dx_row = node->in[0]->grad.data + row;
		real mean =
		        real_dot(dy_row, y_row, n); /* of dy, by these probabilities */
		for (size_t i = 0; i < n; i++)
			dx_row[i] += y_row[i] * (dy_row[i] - mean);
	}
}

static const Op softmax_op = { .name = "op_softmax", .backward = softmax_backward };

Var *op_softmax_at(Site site, Tape *tape, Var *x)
{
	var_axis(site, tape, "op_softmax", x, -1); /* a scalar has no rows */
	Tensor y = tensor_like(tape->arena, x->value);
	tensor_softmax_at(site, y, x->value);
	return tape_push(site, tape, &softmax_op, y, NULL, INPUTS(x));
}

static void log_softmax_backward(const Node *node)
{
	Tensor y = node->out->value;
	size_t n = (size_t)y.shape[y.ndim - 1], count = tensor_count(y);
	for (size_t row = 0; row < count; row += n) {
		const real *y_row = y.data + row;
		const real *dy_row = node->out->grad.data + row;
		real *dx_row = node->in[0]->grad.data + row;
		real sum = real_sum(dy_row, n);
		for (size_t i = 0; i < n; i++)
			dx_row[i] += dy_row[i] - real_exp(y_row[i]) * sum;
	}
}

static const Op log_softmax_op = { .name = "op_log_softmax",
	.backward = log_softmax_backward };

Var *op_log_softmax_at(Site site, Tape *tape, Var *x)
{
	var_axis(site, tape, "op_log_softmax", x, -1);
	Tensor y = tensor_like(tape->arena, x->value);
	tensor_log_softmax_at(site, y, x->value);
	return tape_push(site, tape, &log_softmax_op, y, NULL, INPUTS(x));
}
