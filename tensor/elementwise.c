/* Broadcasting without copies: an operand gets a step for every dimension of the result,
 * the number of elements from one index to the next, and where it is repeated the step is
 * 0.
 *
 *     (16,128) + (128): steps of a 128,1; steps of b 0,1
 *
 * Neighbouring dimensions that both operands walk alike are one long dimension, so equal
 * shapes are a single loop, and a trailing row is a loop over rows. What remains
 * innermost is a step of 1 or 0. The kernels know only 1: a repeated number is written
 * out into a short buffer first. So each operation is one plain loop over three
 * arrays, which the compiler turns into vector code. */
#include "tensor/elementwise.h"
#include "tensor/reduce.h"

enum { BUFFER = 256 };

typedef struct Loop {
	size_t size;
	size_t out_step, a_step, b_step;
} Loop;

typedef struct Loops {
	int depth;                /* at least 1 */
	Loop at[TENSOR_MAX_DIMS]; /* the innermost first */
} Loops;

/* --- loops -------------------------------------------------------------------------- */

/* The steps of x along the dimensions of `shape`. */
static void steps_of(Tensor x, Tensor shape, size_t step[])
{
	size_t inside = 1;
	for (int d = shape.ndim - 1; d >= 0; d--) {
		int x_d = d - (shape.ndim - x.ndim); /* aligned at the last */
		int size = x_d < 0 ? 1 : x.shape[x_d];
		step[d] = size == 1 ? 0 : inside;
		inside *= (size_t)size;
	}
}

/* Dimensions of size 1 are left out, and a dimension continues the one inside it where
 * every operand's step is that many steps of the inner one. */
static Loops loops_over(Tensor shape, Tensor a, Tensor b)
{
	size_t a_step[TENSOR_MAX_DIMS], b_step[TENSOR_MAX_DIMS];
	steps_of(a, shape, a_step);
	steps_of(b, shape, b_step);
	Loops loops = { .depth = 0 };
	size_t inside = 1;
	for (int d = shape.ndim - 1; d >= 0; d--) {
		size_t size = (size_t)shape.shape[d];
		Loop *inner = &loops.at[loops.depth - (loops.depth > 0)];
		if (size == 1)
			continue;
		if (loops.depth && a_step[d] == inner->a_step * inner->size &&
		        b_step[d] == inner->b_step * inner->size)
			inner->size *= size;
		else
			loops.at[loops.depth++] =
			        (Loop){ size, inside, a_step[d], b_step[d] };
		inside *= size;
	}
	if (!loops.depth) /* a single number */
		loops.at[loops.depth++] = (Loop){ 1, 1, 1, 1 };
	return loops;
}

/* The innermost loop; at most one of the operands is a repeated number. */
static void run_row(
        ElementwiseKernel *kernel, Loop loop, real *out, const real *a, const real *b)
{
	if (loop.a_step && loop.b_step) {
		kernel(out, a, b, loop.size);
		return;
	}
	real repeated[BUFFER];
	size_t most = loop.size < BUFFER ? loop.size : BUFFER;
	for (size_t i = 0; i < most; i++)
		repeated[i] = loop.a_step ? *b : *a;
	for (size_t i = 0; i < loop.size; i += BUFFER) {
		size_t left = loop.size - i;
		kernel(out + i, loop.a_step ? a + i : repeated,
		        loop.b_step ? b + i : repeated, left < BUFFER ? left : BUFFER);
	}
}

/* The loop `depth` and all inside it: at most TENSOR_MAX_DIMS deep. */
static void run(ElementwiseKernel *kernel, const Loops *loops, int depth, real *out,
        const real *a, const real *b)
{
	Loop loop = loops->at[depth];
	if (depth == 0) {
		run_row(kernel, loop, out, a, b);
		return;
	}
	for (size_t i = 0; i < loop.size; i++)
		run(kernel, loops, depth - 1, out + i * loop.out_step,
		        a + i * loop.a_step, b + i * loop.b_step);
}

void elementwise_apply(Site site, const char *operation, ElementwiseKernel *kernel,
        Tensor out, Tensor a, Tensor b)
{
	if (tensor_same_shape(a, b) && tensor_same_shape(out, a)) {
		kernel(out.data, a.data, b.data, tensor_count(out));
		return;
	}
	Tensor shape = tensor_broadcast_shape(site, operation, a, b);
	if (!tensor_same_shape(out, shape))
		error_stop(site, operation, "a %s and b %s give %s, but out is %s",
		        tensor_shape_text(a).text, tensor_shape_text(b).text,
		        tensor_shape_text(shape).text, tensor_shape_text(out).text);
	if (!tensor_count(out))
		return;
	Loops loops = loops_over(shape, a, b);
	run(kernel, &loops, loops.depth - 1, out.data, a.data, b.data);
}

/* --- operations --------------------------------------------------------------------- */

static void add(real *out, const real *a, const real *b, size_t count)
{
	for (size_t i = 0; i < count; i++)
		out[i] = a[i] + b[i];
}

void tensor_add_at(Site site, Tensor out, Tensor a, Tensor b)
{
	elementwise_apply(site, "tensor_add", add, out, a, b);
}

static void sub(real *out, const real *a, const real *b, size_t count)
{
	for (size_t i = 0; i < count; i++)
		out[i] = a[i] - b[i];
}

void tensor_sub_at(Site site, Tensor out, Tensor a, Tensor b)
{
	elementwise_apply(site, "tensor_sub", sub, out, a, b);
}

static void mul(real *out, const real *a, const real *b, size_t count)
{
	for (size_t i = 0; i < count; i++)
		out[i] = a[i] * b[i];
}

void tensor_mul_at(Site site, Tensor out, Tensor a, Tensor b)
{
	elementwise_apply(site, "tensor_mul", mul, out, a, b);
}

static void div(real *out, const real *a, const real *b, size_t count)
{
	for (size_t i = 0; i < count; i++)
		out[i] = a[i] / b[i];
}

void tensor_div_at(Site site, Tensor out, Tensor a, Tensor b)
{
	elementwise_apply(site, "tensor_div", div, out, a, b);
}

/* --- the reverse -------------------------------------------------------------------- */

/* The same loops, with x in the place of the result and the sums in the place of an
 * operand. */
static void sum_loops(const Loops *loops, int depth, real *out, const real *x)
{
	Loop loop = loops->at[depth];
	if (depth == 0 && !loop.a_step)
		*out += real_sum(x, loop.size);
	else if (depth == 0)
		add(out, out, x, loop.size);
	else
		for (size_t i = 0; i < loop.size; i++)
			sum_loops(loops, depth - 1, out + i * loop.a_step,
			        x + i * loop.out_step);
}

void tensor_sum_to_at(Site site, Tensor out, Tensor x)
{
	Tensor shape;
	if (!tensor_broadcast(&shape, out, x, NULL) || !tensor_same_shape(shape, x))
		error_stop(site, "tensor_sum_to", "out %s does not broadcast to x %s",
		        tensor_shape_text(out).text, tensor_shape_text(x).text);
	if (!tensor_count(x))
		return;
	Loops loops = loops_over(x, out, out);
	sum_loops(&loops, loops.depth - 1, out.data, x.data);
}
