/* For each picture and each group of G of its C numbers a pixel, P pixels: with the mean m and
 * variance s^2 of these P G numbers (divided by P G, not P G - 1),
 *
 *     r = 1 / sqrt(s^2 + epsilon)     z_pc = (x_pc - m) r     y_pc = w_c z_pc + b_c
 *
 * Gradient: dw_c = sum_p dy_pc z_pc and db_c = sum_p dy_pc, over all pictures, and as in
 * layernorm.c
 *
 *     dx_pc = r (u_pc - mean(u) - z_pc mean(u z))     u_pc = w_c dy_pc
 *
 * where the means are of the group. Since w is the same for all pixels, they come of the two
 * sums that dw and db are made of: mean(u) = 1/(P G) sum_c w_c sum_p dy_pc.
 *
 * Sums run over the pixels, one for each c, so that they become vector instructions; then over
 * the c of a group, in order. z is computed again rather than kept. */
#include "layers/groupnorm.h"
#include "tensor/elementary.h"
#include "tensor/fma.h"

GroupNorm groupnorm_new_at(
        Site site, Params *params, const char *name, int width, int groups)
{
	if (width < 1 || groups < 1 || width % groups)
		error_stop(site, "groupnorm_new",
		        "\"%s\" of width %d in %d groups: expected at least 1, and groups of equal width",
		        name, width, groups);
	GroupNorm norm = { .groups = groups, .epsilon = (real)1e-5 };
	norm.weight = params_add_at(site, params, name, "weight", SHAPE(width));
	norm.bias = params_add_at(site, params, name, "bias", SHAPE(width));
	params_init_constant(params, norm.weight, 1);
	return norm;
}

/* Of one call: B pictures of P pixels of C numbers, in `groups` groups. */
typedef struct Saved {
	size_t B, P, C, groups;
	real *mean, *r; /* (B,C): of its group, once for each c */
} Saved;

/* ---- sums over pixels, and means over groups --------------------------------------- */

static void clear(real *sums, size_t C)
{
	for (size_t c = 0; c < C; c++)
		sums[c] = 0;
}

/* From a sum for each c, the mean of its group for each c. */
static void group_means(const Saved *s, real *sums)
{
	size_t width = s->C / s->groups;
	for (size_t g = 0; g < s->groups; g++) {
		real *of_group = sums + g * width, sum = 0;
		for (size_t c = 0; c < width; c++)
			sum += of_group[c];
		sum /= (real)(s->P * width);
		for (size_t c = 0; c < width; c++)
			of_group[c] = sum;
	}
}

static void sum_pixels(const Saved *s, real *restrict sums, const real *restrict x)
{
	clear(sums, s->C);
	for (size_t p = 0; p < s->P; p++, x += s->C)
		for (size_t c = 0; c < s->C; c++)
			sums[c] += x[c];
}

/* Of the squared distances from the mean, so that a large mean costs no digits. */
static void sum_squares(const Saved *s, real *restrict sums, const real *restrict x,
        const real *restrict mean)
{
	clear(sums, s->C);
	for (size_t p = 0; p < s->P; p++, x += s->C)
		for (size_t c = 0; c < s->C; c++) {
			real d = x[c] - mean[c];
			sums[c] = real_fma(d, d, sums[c]);
		}
}

/* ---- backward ---------------------------------------------------------------------- */

/* sums (2,C) of one picture: of dy z, and of dy. */
static void sum_gradients(const Saved *s, real *restrict sums, const real *restrict dy,
        const real *restrict x, const real *restrict mean, const real *restrict r)
{
	real *dw = sums, *db = sums + s->C;
	clear(sums, 2 * s->C);
	for (size_t p = 0; p < s->P; p++, x += s->C, dy += s->C)
		for (size_t c = 0; c < s->C; c++) {
			real z = (x[c] - mean[c]) * r[c];
			dw[c] = real_fma(dy[c], z, dw[c]);
			db[c] += dy[c];
		}
}

/* dx of one picture, added; sums (2,C) are mean(u z) and mean(u). */
static void send_back(const Saved *s, real *restrict dx, const real *restrict dy,
        const real *restrict x, const real *restrict weight, const real *restrict mean,
        const real *restrict r, const real *restrict sums)
{
	const real *mean_uz = sums, *mean_u = sums + s->C;
	for (size_t p = 0; p < s->P; p++, x += s->C, dy += s->C, dx += s->C)
		for (size_t c = 0; c < s->C; c++) {
			real z = (x[c] - mean[c]) * r[c];
			real u = weight[c] * dy[c] - mean_u[c] - z * mean_uz[c];
			dx[c] += r[c] * u;
		}
}

static void add(real *to, const real *from, size_t count)
{
	for (size_t i = 0; to && i < count; i++)
		to[i] += from[i];
}

static void groupnorm_backward(const Node *node)
{
	const Saved *s = node->saved;
	const Var *x = node->in[0], *weight = node->in[1], *bias = node->in[2];
	ArenaMark mark = arena_mark(node->tape->arena);
	real *sums = arena_alloc(node->tape->arena, 2 * s->C * sizeof(real));
	for (size_t b = 0; b < s->B; b++) {
		size_t begin = b * s->P * s->C;
		const real *x_b = x->value.data + begin;
		const real *dy = node->out->grad.data + begin;
		const real *mean = s->mean + b * s->C, *r = s->r + b * s->C;
		sum_gradients(s, sums, dy, x_b, mean, r);
		add(weight->grad.data, sums, s->C);
		add(bias->grad.data, sums + s->C, s->C);
		if (!x->grad.data)
			continue;
		for (size_t c = 0; c < 2 * s->C; c++)
			sums[c] *= weight->value.data[c % s->C];
		group_means(s, sums);
		group_means(s, sums + s->C);
		send_back(s, x->grad.data + begin, dy, x_b, weight->value.data, mean, r,
		        sums);
	}
	arena_rewind(node->tape->arena, mark);
}

static const Op groupnorm_op = { .name = "groupnorm_forward",
	.backward = groupnorm_backward };

/* ---- forward ----------------------------------------------------------------------- */

static void normalise(const Saved *s, real *restrict y, const real *restrict x,
        const real *restrict weight, const real *restrict bias, const real *restrict mean,
        const real *restrict r)
{
	for (size_t p = 0; p < s->P; p++, x += s->C, y += s->C)
		for (size_t c = 0; c < s->C; c++)
			y[c] = real_fma(weight[c], (x[c] - mean[c]) * r[c], bias[c]);
}

Var *groupnorm_forward_at(Site site, const GroupNorm *norm, Tape *tape, Var *x)
{
	var_require(site, tape, "groupnorm_forward", "x", x);
	Tensor weight = norm->weight->value, bias = norm->bias->value;
	int last = x->value.ndim - 1;
	if (last < 1 || x->value.shape[last] != weight.shape[0])
		tape_stop(site, tape, "groupnorm_forward",
		        "%s by %s: expected pictures whose last dimension is %d",
		        var_text("x", x).text, var_text("weight", norm->weight).text,
		        weight.shape[0]);
	size_t count = tensor_count(x->value), B = (size_t)x->value.shape[0];
	size_t C = (size_t)weight.shape[0];
	Tensor y = tensor_new_at(site, tape->arena, x->value.ndim, x->value.shape);
	Saved *s = ARENA_NEW(tape->arena, Saved);
	*s = (Saved){ .B = B,
		.P = B ? count / B / C : 0,
		.C = C,
		.groups = (size_t)norm->groups,
		.mean = arena_alloc(tape->arena, B * C * sizeof(real)),
		.r = arena_alloc(tape->arena, B * C * sizeof(real)) };
	for (size_t b = 0; b < B; b++) {
		const real *x_b = x->value.data + b * s->P * C;
		real *mean = s->mean + b * C, *r = s->r + b * C;
		sum_pixels(s, mean, x_b);
		group_means(s, mean);
		sum_squares(s, r, x_b, mean);
		group_means(s, r);
		for (size_t c = 0; c < C; c++)
			r[c] = 1 / real_sqrt(r[c] + norm->epsilon);
		normalise(s, y.data + b * s->P * C, x_b, weight.data, bias.data, mean, r);
	}
	return tape_push(
	        site, tape, &groupnorm_op, y, s, INPUTS(x, norm->weight, norm->bias));
}
