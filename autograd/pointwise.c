/* Functions of one number, applied to each element: y_i = f(x_i), so dx_i = dy_i f'(x_i).
 * Each f' is written with y where that is cheaper than with x: what was computed need not
 * be again.
 *
 *     relu      y = max(x, 0)             dy where x > 0, else 0
 *     tanh      y = tanh(x)               dy (1 - y^2)
 *     sigmoid   y = 1 / (1 + e^-x)        dy y (1 - y)
 *     exp       y = e^x                   dy y
 *     log       y = ln x                  dy / x
 *
 * relu has no derivative at 0; 0 is taken there, as everybody does. A NaN stays a NaN in
 * all of them: hidden here, it would be found later and elsewhere. */
#include "autograd/pointwise.h"
#include "autograd/ops.h"
#include "tensor/elementary.h"

Var *op_pointwise(Site site, Tape *tape, const Op *op, PointwiseForward *forward, Var *x)
{
	var_require(site, tape, op->name, "x", x);
	Var *y = tape_output(tape, x->value);
	forward(tensor_count(x->value), x->value.data, y->value.data);
	return tape_record(site, tape, op, y, NULL, INPUTS(x));
}

/* --- relu --- */

static void relu(size_t count, const real *restrict x, real *restrict y)
{
	for (size_t i = 0; i < count; i++)
		y[i] = x[i] < 0 ? 0 : x[i];
}

static void relu_backward(const Node *node)
{
	PointwiseSpan s = pointwise_span(node);
	for (size_t i = 0; i < s.count; i++)
		s.dx[i] += s.y[i] > 0 ? s.dy[i] : 0;
}

static const Op relu_op = { .name = "op_relu", .backward = relu_backward };

Var *op_relu_at(Site site, Tape *tape, Var *x)
{
	return op_pointwise(site, tape, &relu_op, relu, x);
}

/* --- tanh --- */

static void hyperbolic_tangent(size_t count, const real *restrict x, real *restrict y)
{
	for (size_t i = 0; i < count; i++)
		y[i] = real_tanh(x[i]);
}

static void tanh_backward(const Node *node)
{
	PointwiseSpan s = pointwise_span(node);
	for (size_t i = 0; i < s.count; i++)
		s.dx[i] += s.dy[i] * (1 - s.y[i] * s.y[i]);
}

static const Op tanh_op = { .name = "op_tanh", .backward = tanh_backward };

Var *op_tanh_at(Site site, Tape *tape, Var *x)
{
	return op_pointwise(site, tape, &tanh_op, hyperbolic_tangent, x);
}

/* --- sigmoid --- */

static void sigmoid(size_t count, const real *restrict x, real *restrict y)
{
	for (size_t i = 0; i < count; i++)
		y[i] = real_sigmoid(x[i]);
}

static void sigmoid_backward(const Node *node)
{
	PointwiseSpan s = pointwise_span(node);
	for (size_t i = 0; i < s.count; i++)
		s.dx[i] += s.dy[i] * s.y[i] * (1 - s.y[i]);
}

static const Op sigmoid_op = { .name = "op_sigmoid", .backward = sigmoid_backward };

Var *op_sigmoid_at(Site site, Tape *tape, Var *x)
{
	return op_pointwise(site, tape, &sigmoid_op, sigmoid, x);
}

/* --- exp --- */

static void exponential(size_t count, const real *restrict x, real *restrict y)
{
	for (size_t i = 0; i < count; i++)
		y[i] = real_exp(x[i]);
}

static void exp_backward(const Node *node)
{
	PointwiseSpan s = pointwise_span(node);
	for (size_t i = 0; i < s.count; i++)
		s.dx[i] += s.dy[i] * s.y[i];
}

static const Op exp_op = { .name = "op_exp", .backward = exp_backward };

Var *op_exp_at(Site site, Tape *tape, Var *x)
{
	return op_pointwise(site, tape, &exp_op, exponential, x);
}

/* --- log --- */

static void logarithm(size_t count, const real *restrict x, real *restrict y)
{
	for (size_t i = 0; i < count; i++)
		y[i] = real_log(x[i]);
}

static void log_backward(const Node *node)
{
	PointwiseSpan s = pointwise_span(node);
	for (size_t i = 0; i < s.count; i++)
		s.dx[i] += s.dy[i] / s.x[i];
}

static const Op log_op = { .name = "op_log", .backward = log_backward };

Var *op_log_at(Site site, Tape *tape, Var *x)
{
	return op_pointwise(site, tape, &log_op, logarithm, x);
}
