/* A picture is written between zeros, once: `padding` of them before each row of pixels,
 * and `padding` rows of them above and below. What stands after a row are the zeros before
 * the next one, so that a row takes S = W + padding pixels. Pixels being C numbers in a row,
 * the taps of one row of a window are k C numbers in a row; and the windows of all pixels
 * stand in memory already, as the overlapping rows of a matrix, each C numbers after the
 * one before. So the convolution is k products, one for each row of taps,
 *
 *     y += windows_i V_i    (H'S,kC) (kC,O)    V_i (f,o) = weight[o,c,i,j], f = j C + c
 *
 * and no window is copied (im2col). What it costs are the S - W' windows at each row's end
 * that reach into the next row: they are computed and thrown away.
 *
 * The gradients are made of the same rows. With dy between zeros of its own, k - 1 -
 * padding wide, its rows take S pixels too, and what it has in place of the windows thrown
 * away is 0:
 *
 *     dV_i += windows_i' dy         dx += windows_i of dy  V_i turned round
 *
 * for what pixel p gave to the window at q by tap q - p comes back by the same tap: the
 * gradient of a convolution is a convolution, by the weight from its last tap to its
 * first. */
#include "layers/conv2d_rows.h"
#include "tensor/transpose.h"

#include <string.h>

/* ---- pictures between zeros -------------------------------------------------------- */

/* Room for `rows` rows of pixels of `width` numbers with `around` zeros around; and for
 * what the last windows reach. */
static real *room_new(
        const Tape *tape, const Conv2dSizes *s, int rows, int around, int width)
{
	size_t pixels = (size_t)(rows + 2 * around) * (size_t)s->stride +
	                (size_t)(around + s->kernel);
	return arena_zeros(tape->arena, pixels * (size_t)width * sizeof(real));
}

/* Pixel (i,j) within such a room. */
static real *pixel_of(
        const Conv2dSizes *s, real *room, int around, int width, int i, int j)
{
	size_t pixel = (size_t)(i + around) * (size_t)s->stride + (size_t)(j + around);
	return room + pixel * (size_t)width;
}

/* The picture x (H,W,C) between its zeros. */
static const real *padded(const Conv2dRows *rows, const real *x)
{
	const Conv2dSizes *s = &rows->sizes;
	size_t row = (size_t)s->W * (size_t)s->C;
	real *room = room_new(rows->tape, s, s->H, s->padding, s->C);
	for (int i = 0; i < s->H; i++)
		memcpy(pixel_of(s, room, s->padding, s->C, i, 0), x + (size_t)i * row,
		        row * sizeof(real));
	return room;
}

/* Of a room of pixels of `width` numbers: what row i of the taps reads for each of `rows`
 * rows of windows. */
static Matrix windows_view(
        const Conv2dSizes *s, const real *room, int rows, int width, int i)
{
	const real *first = room + (size_t)i * (size_t)s->stride * (size_t)width;
	return matrix_view(first, rows * s->stride, s->kernel * width, width);
}

/* ---- the weight -------------------------------------------------------------------- */

Conv2dRows conv2d_rows_new(const Tape *tape, const Conv2d *conv, int H, int W)
{
	const int *shape = conv->weight->value.shape;
	Conv2dRows rows = { .tape = tape, .conv = *conv };
	rows.sizes = (Conv2dSizes){
		.H = H,
		.W = W,
		.C = shape[1],
		.H_out = conv2d_length(conv, H),
		.W_out = conv2d_length(conv, W),
		.O = shape[0],
		.kernel = conv->kernel,
		.padding = conv->padding,
		.stride = W + conv->padding,
	};
	int k = conv->kernel, kC = k * shape[1];
	const real *by_tap = weight_by_tap(tape, conv->weight); /* (O,kkC) */
	rows.forward = ARENA_ARRAY(tape->arena, MatrixPacked, (size_t)k);
	for (int i = 0; i < k; i++)
		rows.forward[i] = weight_packed(
		        tape, matrix_transpose(matrix_view(
		                      by_tap + (size_t)(i * kC), shape[0], kC, k * kC)));
	return rows;
}

/* Row k-1-i of the taps, each from the last to the first: (kO,C), from the weight
 * (O,C,k,k). */
static void turn_round(const Conv2dRows *rows, real *turned, int i)
{
	const Conv2dSizes *s = &rows->sizes;
	const real *weight = rows->conv.weight->value.data;
	int k = s->kernel, first = (k - 1 - i) * k;
	for (int j = 0; j < k; j++)
		for (int o = 0; o < s->O; o++)
			for (int c = 0; c < s->C; c++)
				*turned++ =
				        weight[(size_t)(o * s->C + c) * (size_t)(k * k) +
				                (size_t)(first + k - 1 - j)];
}

static MatrixPacked *pack_back(const Conv2dRows *rows)
{
	const Conv2dSizes *s = &rows->sizes;
	Arena *arena = rows->tape->arena;
	size_t numbers = (size_t)s->kernel * (size_t)s->O * (size_t)s->C;
	MatrixPacked *back = ARENA_ARRAY(arena, MatrixPacked, (size_t)s->kernel);
	real *turned = arena_alloc(arena, numbers * sizeof(real));
	for (int i = 0; i < s->kernel; i++) {
		turn_round(rows, turned, i);
		back[i] = matrix_pack(
		        arena, matrix_view(turned, s->kernel * s->O, s->C, s->C));
	}
	return back;
}

/* ---- forward ----------------------------------------------------------------------- */

real *conv2d_rows_forward(const Conv2dRows *rows, const real *x)
{
	const Conv2dSizes *s = &rows->sizes;
	int pixels = s->H_out * s->stride;
	real *to = arena_alloc(
	        rows->tape->arena, (size_t)pixels * (size_t)s->O * sizeof(real));
	Matrix y = matrix_view(to, pixels, s->O, s->O);
	Matrix start = matrix_view(rows->conv.bias->value.data, pixels, s->O, 0);
	ArenaMark mark = arena_mark(rows->tape->arena);
	const real *room = padded(rows, x);
	for (int i = 0; i < s->kernel; i++, start = y)
		matmul_packed_from(y, start, windows_view(s, room, s->H_out, s->C, i),
		        rows->forward[i]);
	arena_rewind(rows->tape->arena, mark);
	return to;
}

/* ---- backward ---------------------------------------------------------------------- */

void conv2d_rows_begin(Conv2dRows *rows, const Node *node)
{
	const Var *weight = rows->conv.weight;
	size_t numbers = tensor_count(weight->value);
	if (weight->grad.data)
		rows->gradient = arena_zeros(rows->tape->arena, numbers * sizeof(real));
	if (node->in[0]->grad.data)
		rows->back = pack_back(rows);
}

void conv2d_rows_end(Conv2dRows *rows, const Node *node)
{
	const Conv2dSizes *s = &rows->sizes;
	int window = s->kernel * s->kernel * s->C;
	if (!rows->gradient)
		return;
	Matrix sum = matrix_view(
	        weight_sum_new(rows->tape, rows->conv.weight), s->O, window, window);
	matrix_copy(
	        sum, matrix_transpose(matrix_view(rows->gradient, window, s->O, s->O)));
	weight_learn_by_tap(node, rows->conv.weight, sum);
}

real *conv2d_rows_output(const Conv2dRows *rows)
{
	const Conv2dSizes *s = &rows->sizes;
	return room_new(rows->tape, s, s->H_out, s->kernel - 1 - s->padding, s->O);
}

real *conv2d_rows_pixel(const Conv2dRows *rows, real *dy, int i, int j)
{
	const Conv2dSizes *s = &rows->sizes;
	return pixel_of(s, dy, s->kernel - 1 - s->padding, s->O, i, j);
}

static void learn(const Conv2dRows *rows, const real *x, Matrix dy)
{
	const Conv2dSizes *s = &rows->sizes;
	int kC = s->kernel * s->C;
	bias_learn(rows->conv.bias, dy);
	if (!rows->gradient)
		return;
	const real *room = padded(rows, x);
	for (int i = 0; i < s->kernel; i++) {
		size_t first = (size_t)(i * kC) * (size_t)s->O;
		matmul(matrix_view(rows->gradient + first, kC, s->O, s->O),
		        matrix_transpose(windows_view(s, room, s->H_out, s->C, i)), dy,
		        MATMUL_ADD);
	}
}

static void send_back(const Conv2dRows *rows, real *dx, const real *dy)
{
	const Conv2dSizes *s = &rows->sizes;
	int pixels = s->H * s->stride, row = s->W * s->C;
	real *from = arena_alloc(
	        rows->tape->arena, (size_t)pixels * (size_t)s->C * sizeof(real));
	Matrix sum = matrix_view(from, pixels, s->C, s->C);
	for (int i = 0; i < s->kernel; i++)
		matmul_packed(sum, windows_view(s, dy, s->H, s->O, i), rows->back[i],
		        i ? MATMUL_ADD : MATMUL_SET);
	for (int y = 0; y < s->H; y++, dx += row, from += s->stride * s->C)
		for (int i = 0; i < row; i++)
			dx[i] += from[i];
}

void conv2d_rows_backward(const Conv2dRows *rows, real *dx, const real *x, real *dy)
{
	const Conv2dSizes *s = &rows->sizes;
	ArenaMark mark = arena_mark(rows->tape->arena);
	learn(rows, x,
	        matrix_view(conv2d_rows_pixel(rows, dy, 0, 0), s->H_out * s->stride, s->O,
	                s->O));
	if (dx)
		send_back(rows, dx, dy);
	arena_rewind(rows->tape->arena, mark);
}
