/* Convolution over pictures (LeCun et al. 1989): each pixel sees a window around it, all
 * through the same weight.
 *
 *     y_rs = b + sum_ij W_ij x_(r+i-p)(s+j-p)
 *
 * for the pixels (r,s) of H' x W' and the taps (i,j) of k x k, with p pixels of zero
 * around the picture; C numbers a pixel in, O out; W_ij = weight[:,:,i,j], (O,C).
 *
 * Gradient, with dy = dloss/dy:
 *
 *     dW_ij = sum_rs dy_rs x_(r+i-p)(s+j-p)'
 *     dx_uv = sum_ij W_ij' dy_(u-i+p)(v-j+p)    where there is such a pixel
 *     db    = sum_rs dy_rs
 *
 * How each of them becomes a few products of matrices: conv2d_rows.c.
 *
 * Of four pixels the largest goes on, and the gradient goes to that one alone, the first
 * of equals. */
#include "layers/conv2d.h"
#include "layers/conv2d_rows.h"

#include <math.h>
#include <string.h>

enum { CONV2D_LIMIT = 1 << 10 }; /* pixels of a window */

Conv2d conv2d_new_at(Site site, Params *params, const char *name, int in, int out,
        Conv2dOptions options, Rng *rng)
{
	int k = options.kernel, p = options.padding;
	if (in < 1 || out < 1)
		error_stop(site, "conv2d_new",
		        "\"%s\" from %d to %d: both sizes must be at least 1", name, in,
		        out);
	if (k < 1 || k > CONV2D_LIMIT || p < 0 || p >= k)
		error_stop(site, "conv2d_new",
		        "\"%s\": kernel %d, padding %d: expected a kernel from 1 to %d, and a padding from 0 to one less than it",
		        name, k, p, CONV2D_LIMIT);
	Conv2d conv = { .kernel = k, .padding = p };
	conv.weight = params_add_at(site, params, name, "weight", SHAPE(out, in, k, k));
	conv.bias = params_add_at(site, params, name, "bias", SHAPE(out));
	real bound = (real)(1 / sqrt((double)in * k * k));
	params_init_uniform(params, conv.weight, bound, rng);
	params_init_uniform(params, conv.bias, bound, rng);
	return conv;
}

int conv2d_length(const Conv2d *conv, int length)
{
	return length + 2 * conv->padding - conv->kernel + 1;
}

/* x fits the layer, and at least `least` x `least` windows fit into it. */
static void check(Site site, const Conv2d *conv, const Tape *tape, const char *operation,
        const Var *x, int least)
{
	var_require(site, tape, operation, "x", x);
	const int *shape = x->value.shape;
	if (x->value.ndim != 4)
		tape_stop(site, tape, operation,
		        "%s: expected pictures, (pictures,rows,columns,numbers of a pixel)",
		        var_text("x", x).text);
	if (shape[3] != conv->weight->value.shape[1])
		tape_stop(site, tape, operation,
		        "%s with %s: a pixel has %d numbers, the layer expects %d",
		        var_text("x", x).text, var_text("weight", conv->weight).text,
		        shape[3], conv->weight->value.shape[1]);
	if (conv2d_length(conv, shape[1]) < least ||
	        conv2d_length(conv, shape[2]) < least)
		tape_stop(site, tape, operation,
		        "%s with %s: %d x %d windows of %d x %d do not fit into a picture of %d x %d. Hint: set Conv2dOptions.padding, or use larger pictures.",
		        var_text("x", x).text, var_text("weight", conv->weight).text,
		        least, least, conv->kernel, conv->kernel, shape[1], shape[2]);
}

typedef struct Saved {
	Conv2dRows rows;
	int *winner; /* as the output: which of the four, 0..3; NULL: nothing is pooled */
} Saved;

/* ---- one picture, with all its pixels ---------------------------------------------- */

static void copy_rows(const Conv2dSizes *s, real *y, const real *from)
{
	size_t row = (size_t)s->W_out * (size_t)s->O;
	for (int i = 0; i < s->H_out; i++, y += row, from += s->stride * s->O)
		memcpy(y, from, row * sizeof(real));
}

static void spread_rows(const Conv2dRows *rows, real *to, const real *dy)
{
	const Conv2dSizes *s = &rows->sizes;
	size_t row = (size_t)s->W_out * (size_t)s->O;
	for (int i = 0; i < s->H_out; i++, dy += row)
		memcpy(conv2d_rows_pixel(rows, to, i, 0), dy, row * sizeof(real));
}

/* ---- one picture, pooled ----------------------------------------------------------- */

/* The larger of each number, and which it was. A NaN wins, so that it is not lost. */
static void larger(real *restrict best, int *restrict winner, const real *restrict x,
        int which, int O)
{
	for (int o = 0; o < O; o++) {
		int wins = (x[o] > best[o]) | (x[o] != x[o]);
		best[o] = wins ? x[o] : best[o];
		winner[o] = wins ? which : winner[o];
	}
}

static void pool_rows(const Conv2dSizes *s, real *z, int *winner, const real *from)
{
	int O = s->O, below = s->stride * O;
	for (int i = 0; i < s->H_out / 2; i++, from += 2 * below)
		for (int j = 0; j < s->W_out / 2; j++, z += O, winner += O) {
			const real *four = from + 2 * j * O;
			memcpy(z, four, (size_t)O * sizeof(real));
			memset(winner, 0, (size_t)O * sizeof(int));
			larger(z, winner, four + O, 1, O);
			larger(z, winner, four + below, 2, O);
			larger(z, winner, four + below + O, 3, O);
		}
}

static void give(real *restrict dy, const real *restrict dz, const int *restrict winner,
        int which, int O)
{
	for (int o = 0; o < O; o++)
		dy[o] = winner[o] == which ? dz[o] : 0;
}

static void spread_winners(
        const Conv2dRows *rows, real *to, const real *dz, const int *winner)
{
	const Conv2dSizes *s = &rows->sizes;
	int O = s->O, below = s->stride * O;
	for (int i = 0; i < s->H_out / 2; i++) {
		real *four = conv2d_rows_pixel(rows, to, 2 * i, 0);
		for (int j = 0; j < s->W_out / 2; j++, four += 2 * O) {
			give(four, dz, winner, 0, O);
			give(four + O, dz, winner, 1, O);
			give(four + below, dz, winner, 2, O);
			give(four + below + O, dz, winner, 3, O);
			dz += O;
			winner += O;
		}
	}
}

/* ---- the operations ---------------------------------------------------------------- */

static void conv2d_backward(const Node *node)
{
	const Saved *saved = node->saved;
	Conv2dRows rows = saved->rows;
	Tensor x = node->in[0]->value, dx = node->in[0]->grad, dy = node->out->grad;
	conv2d_rows_begin(&rows, node);
	ArenaMark mark = arena_mark(node->tape->arena);
	real *room = conv2d_rows_output(&rows);
	for (int b = 0; b < x.shape[0]; b++) {
		const real *dy_b = tensor_row(dy, b).data;
		if (saved->winner)
			spread_winners(
			        &rows, room, dy_b, saved->winner + (dy_b - dy.data));
		else
			spread_rows(&rows, room, dy_b);
		conv2d_rows_backward(&rows, dx.data ? tensor_row(dx, b).data : NULL,
		        tensor_row(x, b).data, room);
	}
	arena_rewind(node->tape->arena, mark);
	conv2d_rows_end(&rows, node);
}

static const Op conv2d_op = {
	.name = "conv2d_forward", .backward = conv2d_backward, .later = 1 << 1
};
static const Op max_op = {
	.name = "conv2d_max_pool", .backward = conv2d_backward, .later = 1 << 1
};

static Var *run(
        Site site, const Op *op, const Conv2d *conv, Tape *tape, Var *x, bool pooled)
{
	check(site, conv, tape, op->name, x, pooled ? 2 : 1);
	Arena *arena = tape->arena;
	const int *shape = x->value.shape;
	int part = pooled ? 2 : 1;
	Tensor y = tensor_new_at(site, arena,
	        SHAPE(shape[0], conv2d_length(conv, shape[1]) / part,
	                conv2d_length(conv, shape[2]) / part,
	                conv->weight->value.shape[0]));
	ArenaMark all = arena_mark(arena);
	Saved *saved = ARENA_NEW(arena, Saved);
	saved->rows = conv2d_rows_new(tape, conv, shape[1], shape[2]);
	if (pooled)
		saved->winner = arena_alloc(arena, tensor_count(y) * sizeof(int));
	for (int b = 0; b < shape[0]; b++) {
		ArenaMark mark = arena_mark(arena);
		real *y_b = tensor_row(y, b).data;
		const real *from =
		        conv2d_rows_forward(&saved->rows, tensor_row(x->value, b).data);
		if (pooled)
			pool_rows(&saved->rows.sizes, y_b, saved->winner + (y_b - y.data),
			        from);
		else
			copy_rows(&saved->rows.sizes, y_b, from);
		arena_rewind(arena, mark);
	}
	Var *in[] = { x, conv->weight, conv->bias };
	if (!tape_wants(tape, 3, in)) /* nothing is kept */
		arena_rewind(arena, all);
	return tape_push(site, tape, op, y, saved, 3, in);
}

Var *conv2d_forward_at(Site site, const Conv2d *conv, Tape *tape, Var *x)
{
	return run(site, &conv2d_op, conv, tape, x, false);
}

Var *conv2d_max_pool_at(Site site, const Conv2d *conv, Tape *tape, Var *x)
{
	return run(site, &max_op, conv, tape, x, true);
}
