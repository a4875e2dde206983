/* y_i = x_i m_i, where m_i is 1/(1-p) with probability 1-p, else 0. So E[y] = x, and
 * nothing needs to be scaled when the layer is left out at evaluation. dx_i = dy_i
 * m_i: the mask is kept. */
#include "layers/dropout.h"

static void dropout_backward(const Node *node)
{
	const real *mask = node->saved;
	const real *dy = node->out->grad.data;
	real *dx = node->in[0]->grad.data;
	size_t count = tensor_count(node->out->value);
	for (size_t i = 0; i < count; i++)
		dx[i] += dy[i] * mask[i];
}

static const Op dropout_op = { .name = "dropout_forward", .backward = dropout_backward };

Rng dropout_stream(Rng *rng)
{
	uint64_t call = (uint64_t)rng_u32(rng) << 32;
	call |= rng_u32(rng);
	return rng_split(rng, call);
}

void dropout_mask(real *mask, size_t count, real rate, Rng *own)
{
	real scale = 1 / (1 - rate);
	rng_uniforms(own, count, mask);
	for (size_t i = 0; i < count; i++)
		mask[i] = mask[i] < rate ? 0 : scale;
}

static const real *mask_new(Arena *arena, Tensor x, real rate, Rng *rng)
{
	size_t count = tensor_count(x);
	size_t rows = x.ndim ? (size_t)x.shape[0] : 1, row = rows ? count / rows : 0;
	real *mask = arena_alloc(arena, count * sizeof(real));
	Rng base = dropout_stream(rng);
	for (size_t r = 0; r < rows; r++) {
		Rng own = rng_split(&base, r);
		dropout_mask(mask + r * row, row, rate, &own);
	}
	return mask;
}

Var *dropout_forward_at(Site site, Tape *tape, Var *x, real rate, Rng *rng)
{
	var_require(site, tape, "dropout_forward", "x", x);
	if (!(rate >= 0 && rate < 1))
		tape_stop(site, tape, "dropout_forward",
		        "rate %g: expected 0 <= rate < 1, the part that is dropped",
		        (double)rate);
	if (!rng || !(rate > 0))
		return x;
	const real *mask = mask_new(tape->arena, x->value, rate, rng);
	Tensor y = tensor_new_at(site, tape->arena, x->value.ndim, x->value.shape);
	size_t count = tensor_count(y);
	for (size_t i = 0; i < count; i++)
		y.data[i] = x->value.data[i] * mask[i];
	return tape_push(site, tape, &dropout_op, y, mask, INPUTS(x));
}
