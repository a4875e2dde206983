/* Functions of one number, applied to each element: y_i = f(x_i), so dx_i = dy_i f'(x_i). Each f'
 * is written with y where that is cheaper than with x: what was computed need not be again.
 *
 *     relu      y = max(x, 0)             dy where x > 0, else 0
 *     tanh      y = tanh(x)               dy (1 - y^2)
 *     sigmoid   y = 1 / (1 + e^-x)        dy y (1 - y)
 *     exp       y = e^x                   dy y
 *     log       y = ln x                  dy / x
 *
 * relu has no derivative at 0; 0 is taken there, as everybody does. A NaN stays a NaN in all of
 * them: hidden here, it would be found later and elsewhere. */
#include "autograd/ops.h"
#include "tensor/elementary.h"

typedef void Forward(size_t count, const real *restrict x, real *restrict y);

static Var *pointwise(Site site, Tape *tape, const Op *op, Forward *forward, Var *x)
{
	var_require(site, tape, op->name, "x", x);
	Tensor y = tensor_like(tape->arena, x->value);
	forward(tensor_count(y), x->value.data, y.data);
	return tape_push(site, tape, op, y, NULL, INPUTS(x));
}

/* The numbers of a node that a backward here may need. */
typedef struct Span {
	size_t count;
	const real *x, *y, *dy;
	real *dx;
} Span;

static Span span_of(const Node *node)
{
	return (Span){
		.count = tensor_count(node->out->value),
		.x = node->in[0]->value.data,
		.y = node->out->value.data,
		.dy = node->out->grad.data,
		.dx = node->in[0]->grad.data,
	};
}

/* --- relu --- */

static void relu(size_t count, const real *restrict x, real *restrict y)
{
	for (size_t i = 0; i < count; i++)
		y[i] = x[i] < 0 ? 0 : x[i];
}

static void relu_backward(const Node *node)
{
	Span s = span_of(node);
	for (size_t i = 0; i < s.count; i++)
		s.dx[i] += s.y[i] > 0 ? s.dy[i] : 0;
}

static const Op relu_op = { "op_relu", relu_backward };

Var *(op_relu)(Site site, Tape *tape, Var *x)
{
	return pointwise(site, tape, &relu_op, relu, x);
}

/* --- tanh --- */

static void hyperbolic_tangent(size_t count, const real *restrict x, real *restrict y)
{
	for (size_t i = 0; i < count; i++)
		y[i] = real_tanh(x[i]);
}

static void tanh_backward(const Node *node)
{
	Span s = span_of(node);
	for (size_t i = 0; i < s.count; i++)
		s.dx[i] += s.dy[i] * (1 - s.y[i] * s.y[i]);
}

static const Op tanh_op = { "op_tanh", tanh_backward };

Var *(op_tanh)(Site site, Tape *tape, Var *x)
{
	return pointwise(site, tape, &tanh_op, hyperbolic_tangent, x);
}

/* --- sigmoid --- */

static void sigmoid(size_t count, const real *restrict x, real *restrict y)
{
	for (size_t i = 0; i < count; i++)
		y[i] = real_sigmoid(x[i]);
}

static void sigmoid_backward(const Node *node)
{
	Span s = span_of(node);
	for (size_t i = 0; i < s.count; i++)
		s.dx[i] += s.dy[i] * s.y[i] * (1 - s.y[i]);
}

static const Op sigmoid_op = { "op_sigmoid", sigmoid_backward };

Var *(op_sigmoid)(Site site, Tape *tape, Var *x)
{
	return pointwise(site, tape, &sigmoid_op, sigmoid, x);
}

/* --- exp --- */

static void exponential(size_t count, const real *restrict x, real *restrict y)
{
	for (size_t i = 0; i < count; i++)
		y[i] = real_exp(x[i]);
}

static void exp_backward(const Node *node)
{
	Span s = span_of(node);
	for (size_t i = 0; i < s.count; i++)
		s.dx[i] += s.dy[i] * s.y[i];
}

static const Op exp_op = { "op_exp", exp_backward };

Var *(op_exp)(Site site, Tape *tape, Var *x)
{
	return pointwise(site, tape, &exp_op, exponential, x);
}

/* --- log --- */

static void logarithm(size_t count, const real *restrict x, real *restrict y)
{
	for (size_t i = 0; i < count; i++)
		y[i] = real_log(x[i]);
}

static void log_backward(const Node *node)
{
	Span s = span_of(node);
	for (size_t i = 0; i < s.count; i++)
		s.dx[i] += s.dy[i] / s.x[i];
}

static const Op log_op = { "op_log", log_backward };

Var *(op_log)(Site site, Tape *tape, Var *x)
{
	return pointwise(site, tape, &log_op, logarithm, x);
}
