/* For each row x of N numbers:
 *
 *     r = 1 / sqrt(mean(x^2) + epsilon)     z = x r     y = w z
 *
 * Gradient. With u = w dy = dloss/dz: z depends on x_i directly and through r, whose
 * slope is dr/dx_i = -r^3 x_i / N, so
 *
 *     dx_i = r (u_i - z_i mean(u z))
 *
 * that is, u with its component along z taken out, since a longer x gives the same z.
 * dw = sum over the rows of dy z. */
#include "layers/rmsnorm.h"
#include "tensor/elementary.h"
#include "tensor/reduce.h"

RmsNorm rmsnorm_new_at(Site site, Params *params, const char *name, int width)
{
	if (width < 1)
		error_stop(site, "rmsnorm_new", "\"%s\" of width %d: expected at least 1",
		        name, width);
	RmsNorm norm = { .epsilon = (real)1e-5 };
	norm.weight = params_add_at(site, params, name, "weight", SHAPE(width));
	params_init_constant(params, norm.weight, 1);
	return norm;
}

typedef struct Saved {
	int rows;
	real *r; /* (rows) */
	real *u; /* (N) scratch of the backward */
	real *z; /* (N) the same */
} Saved;

/* dx of one row, added. */
static void row_backward(real *dx, const real *u, const real *z, real r, size_t N)
{
	real mean_uz = real_dot(u, z, N) / (real)N;
	for (size_t i = 0; i < N; i++)
		dx[i] += r * (u[i] - z[i] * mean_uz);
}

static void rmsnorm_backward(const Node *node)
{
	const Saved *saved = node->saved;
	Var *x = node->in[0], *weight = node->in[1];
	size_t N = tensor_count(weight->value);
	for (int row = 0; row < saved->rows; row++) {
		size_t begin = (size_t)row * N;
		const real *dy = node->out->grad.data + begin;
		const real *x_row = x->value.data + begin;
		for (size_t i = 0; i < N; i++)
			saved->z[i] = x_row[i] * saved->r[row];
		for (size_t i = 0; i < N; i++)
			saved->u[i] = weight->value.data[i] * dy[i];
		if (x->grad.data)
			row_backward(x->grad.data + begin, saved->u, saved->z,
			        saved->r[row], N);
		if (weight->grad.data)
			for (size_t i = 0; i < N; i++)
				weight->grad.data[i] += dy[i] * saved->z[i];
	}
}

static const Op rmsnorm_op = { .name = "rmsnorm_forward", .backward = rmsnorm_backward };

static Saved *saved_new(Arena *arena, size_t rows, size_t N)
{
	Saved *saved = ARENA_NEW(arena, Saved);
	*saved = (Saved){ (int)rows, ARENA_ARRAY(arena, real, rows),
		ARENA_ARRAY(arena, real, N), ARENA_ARRAY(arena, real, N) };
	return saved;
}

Var *rmsnorm_forward_at(Site site, const RmsNorm *norm, Tape *tape, Var *x)
{
	var_require(site, tape, "rmsnorm_forward", "x", x);
	Tensor weight = norm->weight->value;
	int last = x->value.ndim - 1;
	if (last < 0 || x->value.shape[last] != weight.shape[0])
		tape_stop(site, tape, "rmsnorm_forward",
		        "%s by %s: the last dimension of x must be %d",
		        var_text("x", x).text, var_text("weight", norm->weight).text,
		        weight.shape[0]);
	size_t N = (size_t)weight.shape[0], rows = tensor_count(x->value) / N;
	Tensor y = tensor_new_at(site, tape->arena, x->value.ndim, x->value.shape);
	Saved *saved = saved_new(tape->arena, rows, N);
	for (size_t row = 0; row < rows; row++) {
		const real *x_row = x->value.data + row * N;
		real *y_row = y.data + row * N;
		real square = real_dot(x_row, x_row, N) / (real)N;
		real r = saved->r[row] = 1 / real_sqrt(square + norm->epsilon);
		for (size_t i = 0; i < N; i++)
			y_row[i] = weight.data[i] * (x_row[i] * r);
	}
	return tape_push(site, tape, &rmsnorm_op, y, saved, INPUTS(x, norm->weight));
}
