/* For each row x of N numbers, with mean m and variance s^2 (divided by N, not N - 1):
 *
 *     r = 1 / sqrt(s^2 + epsilon)     z = (x - m) r     y = w z + b
 *
 * Gradient. With u = w dy = dloss/dz: z depends on x_i directly, through m and through r,
 * and
 *
 *     dx_i = r (u_i - mean(u) - z_i mean(u z))
 *
 * that is, u with its components along 1 and along z taken out, for a change along either
 * is undone by the normalisation. dw = sum over the rows of dy z, db = sum of dy. */
#include "layers/layernorm.h"
#include "tensor/elementary.h"
#include "tensor/fma.h"
#include "tensor/reduce.h"

LayerNorm layernorm_new_at(Site site, Params *params, const char *name, int width)
{
	if (width < 1)
		error_stop(site, "layernorm_new",
		        "\"%s\" of width %d: expected at least 1", name, width);
	LayerNorm norm = { .epsilon = (real)1e-5 };
	norm.weight = params_add_at(site, params, name, "weight", SHAPE(width));
	norm.bias = params_add_at(site, params, name, "bias", SHAPE(width));
	params_init_constant(params, norm.weight, 1);
	return norm;
}

typedef struct Saved {
	int rows;
	real *z; /* (rows,N) */
	real *r; /* (rows) */
	real *u; /* (N) scratch of the backward */
} Saved;

/* dx of one row, added. */
static void row_backward(real *dx, const real *u, const real *z, real r, size_t N)
{
	real mean_u = real_sum(u, N) / (real)N;
	real mean_uz = real_dot(u, z, N) / (real)N;
	for (size_t i = 0; i < N; i++)
		dx[i] += r * (u[i] - mean_u - z[i] * mean_uz);
}

static void layernorm_backward(const Node *node)
{
	const Saved *saved = node->saved;
	Var *x = node->in[0], *weight = node->in[1], *bias = node->in[2];
	size_t N = tensor_count(weight->value);
	for (int row = 0; row < saved->rows; row++) {
		const real *dy = node->out->grad.data + (size_t)row * N;
		const real *z = saved->z + (size_t)row * N;
		if (x->grad.data) {
			for (size_t i = 0; i < N; i++)
				saved->u[i] = weight->value.data[i] * dy[i];
			row_backward(x->grad.data + (size_t)row * N, saved->u, z,
			        saved->r[row], N);
		}
		if (weight->grad.data)
			for (size_t i = 0; i < N; i++)
				weight->grad.data[i] += dy[i] * z[i];
		if (bias->grad.data)
			for (size_t i = 0; i < N; i++)
				bias->grad.data[i] += dy[i];
	}
}

static const Op layernorm_op = { .name = "layernorm_forward",
	.backward = layernorm_backward };

/* z of one row; returns r. The variance is that of the deviations, so that a large
 * mean costs no digits. */
static real normalise(real *z, const real *x, real epsilon, size_t N)
{
	real mean = real_sum(x, N) / (real)N;
	for (size_t i = 0; i < N; i++)
		z[i] = x[i] - mean;
	real variance = real_dot(z, z, N) / (real)N;
	real r = 1 / real_sqrt(variance + epsilon);
	for (size_t i = 0; i < N; i++)
		z[i] *= r;
	return r;
}

Var *layernorm_forward_at(Site site, const LayerNorm *norm, Tape *tape, Var *x)
{
	var_require(site, tape, "layernorm_forward", "x", x);
	Tensor weight = norm->weight->value, bias = norm->bias->value;
	int last = x->value.ndim - 1;
	if (last < 0 || x->value.shape[last] != weight.shape[0])
		tape_stop(site, tape, "layernorm_forward",
		        "%s by %s: the last dimension of x must be %d",
		        var_text("x", x).text, var_text("weight", norm->weight).text,
		        weight.shape[0]);
	size_t N = (size_t)weight.shape[0], count = tensor_count(x->value);
	Tensor y = tensor_new_at(site, tape->arena, x->value.ndim, x->value.shape);
	Saved *saved = ARENA_NEW(tape->arena, Saved);
	*saved = (Saved){
		.rows = (int)(count / N),
		.z = arena_alloc(tape->arena, count * sizeof(real)),
		.r = arena_alloc(tape->arena, count / N * sizeof(real)),
		.u = arena_alloc(tape->arena, N * sizeof(real)),
	};
	for (int row = 0; row < saved->rows; row++) {
		size_t begin = (size_t)row * N;
		real *z = saved->z + begin, *y_row = y.data + begin;
		saved->r[row] = normalise(z, x->value.data + begin, norm->epsilon, N);
		for (size_t i = 0; i < N; i++)
			y_row[i] = real_fma(weight.data[i], z[i], bias.data[i]);
	}
	return tape_push(
	        site, tape, &layernorm_op, y, saved, INPUTS(x, norm->weight, norm->bias));
}
