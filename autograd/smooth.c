/* relu without its corner, derived as in pointwise.c:
 *
 *     gelu      y = x F(x)                dy (F(x) + x f(x)), f and F the normal density and its integral
 *     gelu_tanh y = x s(2z)               dy (s + 2 x z' s (1 - s)), z = sqrt(2/pi) (x + 0.044715 x^3)
 *     silu      y = x s(x)                dy (s + y (1 - s)), s the sigmoid of x
 *     softplus  y = ln(1 + e^x)           dy s(x)
 */
#include "autograd/smooth.h"
#include "autograd/pointwise.h"
#include "tensor/elementary.h"
#include "tensor/erf.h"

/* --- gelu (Hendrycks & Gimpel 2016): x where a normal number is below x, on the
 * average --- */

static real normal_below(real x)
{
	const real root_half = (real)0.70710678118654752440;
	return (real)0.5 * (1 + real_erf(x * root_half));
}

static void gelu(size_t count, const real *restrict x, real *restrict y)
{
	for (size_t i = 0; i < count; i++)
		y[i] = x[i] * normal_below(x[i]);
}

static void gelu_backward(const Node *node)
{
	const real peak = (real)0.39894228040143267794; /* 1 / sqrt(2 pi) */
	PointwiseSpan s = pointwise_span(node);
	for (size_t i = 0; i < s.count; i++) {
		real density = peak * real_exp((real)-0.5 * s.x[i] * s.x[i]);
		s.dx[i] += s.dy[i] * (normal_below(s.x[i]) + s.x[i] * density);
	}
}

static const Op gelu_op = { .name = "op_gelu", .backward = gelu_backward };

Var *op_gelu_at(Site site, Tape *tape, Var *x)
{
	return op_pointwise(site, tape, &gelu_op, gelu, x);
}

/* --- gelu by tanh: x/2 (1 + tanh z), which is x s(2z), within 0.0005 of it --- */

static const real cubic = (real)0.044715;
static const real twice_slope = (real)1.59576912160573071176; /* 2 sqrt(2 / pi) */

static void gelu_tanh(size_t count, const real *restrict x, real *restrict y)
{
	for (size_t i = 0; i < count; i++) {
		real square = x[i] * x[i];
		y[i] = x[i] * real_sigmoid(twice_slope * x[i] * (1 + cubic * square));
	}
}

static void gelu_tanh_backward(const Node *node)
{
	PointwiseSpan s = pointwise_span(node);
	for (size_t i = 0; i < s.count; i++) {
		real x = s.x[i], square = x * x;
		real sigmoid_z = real_sigmoid(twice_slope * x * (1 + cubic * square));
		real slope = twice_slope * x * (1 + 3 * cubic * square);
		s.dx[i] += s.dy[i] * sigmoid_z * (1 + slope * (1 - sigmoid_z));
	}
}

static const Op gelu_tanh_op = { .name = "op_gelu_tanh", .backward = gelu_tanh_backward };

Var *op_gelu_tanh_at(Site site, Tape *tape, Var *x)
{
	return op_pointwise(site, tape, &gelu_tanh_op, gelu_tanh, x);
}

/* --- silu, also called swish (Elfwing et al. 2018) --- */

static void silu(size_t count, const real *restrict x, real *restrict y)
{
	for (size_t i = 0; i < count; i++)
		y[i] = x[i] * real_sigmoid(x[i]);
}

static void silu_backward(const Node *node)
{
	PointwiseSpan s = pointwise_span(node);
	for (size_t i = 0; i < s.count; i++) {
		real sigmoid_x = real_sigmoid(s.x[i]);
		s.dx[i] += s.dy[i] * (sigmoid_x + s.y[i] * (1 - sigmoid_x));
	}
}

static const Op silu_op = { .name = "op_silu", .backward = silu_backward };

Var *op_silu_at(Site site, Tape *tape, Var *x)
{
	return op_pointwise(site, tape, &silu_op, silu, x);
}

/* --- softplus --- */

/* ln(1 + p) that keeps its digits for small p: what rounding does to 1 + p, it does to
 * both factors
 * (Kahan). */
static real log_of_one_and(real p)
{
	real sum = 1 + p;
	real ratio = sum > 1 ? p / (sum - 1) : 1;
	return sum > 1 ? real_log(sum) * ratio : p;
}

static void softplus(size_t count, const real *restrict x, real *restrict y)
{
	for (size_t i = 0; i < count; i++) {
		real above = x[i] < 0 ? 0 : x[i]; /* max(x, 0) + ln(1 + e^-|x|) */
		y[i] = above + log_of_one_and(real_exp(x[i] - 2 * above));
	}
}

static void softplus_backward(const Node *node)
{
	PointwiseSpan s = pointwise_span(node);
	for (size_t i = 0; i < s.count; i++)
		s.dx[i] += s.dy[i] * real_sigmoid(s.x[i]);
}

static const Op softplus_op = { .name = "op_softplus", .backward = softplus_backward };

Var *op_softplus_at(Site site, Tape *tape, Var *x)
{
	return op_pointwise(site, tape, &softplus_op, softplus, x);
}
