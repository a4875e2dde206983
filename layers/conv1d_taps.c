/* Frames are rows of F numbers, one after the other. So with dilation 1 the window of k
 * frames that makes y_t is k F numbers in a row, and the next window starts s F numbers
 * later: the matrix whose row t is window t already stands in memory, its rows
 * overlapping, and the convolution is one product
 *
 *     y = windows V'    (T',kF) (kF,O)    where V_o,jf = weight[o,f,j]
 *
 * without the copy of every window that is called im2col. With a larger dilation each tap
 * is a product of its own, its rows s F apart, and they add up in the same order. Going
 * back, tap j's product dy W_j, (T',O) (O,F), is added to the very rows that tap j was
 * read from. */
#include "layers/conv1d_taps.h"

#include <string.h>

static size_t features(const Conv1dTaps *taps)
{
	return (size_t)taps->conv.weight->value.shape[1];
}

/* ---- what the products are made of ------------------------------------------------- */

/* How many taps of a window are numbers in a row, to be multiplied at once. */
static int taps_together(const Conv1d *conv)
{
	return conv->dilation == 1 ? conv->kernel : 1;
}

/* Taps `tap`..`tap+count-1` of V, or of its gradient: (O,count F). */
static Matrix taps_view(const Conv1dTaps *taps, const real *array, int tap, int count)
{
	int F = (int)features(taps);
	return matrix_view(array + (size_t)tap * (size_t)F,
	        taps->conv.weight->value.shape[0], count * F, taps->conv.kernel * F);
}

Conv1dTaps conv1d_taps_new(const Tape *tape, const Conv1d *conv)
{
	Conv1dTaps taps = { .conv = *conv, .tape = tape };
	taps.by_tap = weight_by_tap(tape, conv->weight);
	int together = taps_together(conv);
	taps.packed =
	        ARENA_ARRAY(tape->arena, MatrixPacked, (size_t)(conv->kernel / together));
	for (int tap = 0; tap < conv->kernel; tap += together)
		taps.packed[tap / together] = weight_packed(tape,
		        matrix_transpose(taps_view(&taps, taps.by_tap, tap, together)));
	return taps;
}

/* What taps `tap`..`tap+count-1` read of `frames` (with its padding), a row for each
 * step. */
static Matrix windows_view(
        const Conv1dTaps *taps, const real *frames, int steps, int tap, int count)
{
	int F = (int)features(taps);
	const real *first = frames + (size_t)(tap * taps->conv.dilation) * (size_t)F;
	return matrix_view(first, steps, count * F, taps->conv.stride * F);
}

static bool has_padding(const Conv1dTaps *taps)
{
	return taps->conv.before || taps->conv.after;
}

/* Zeros for an utterance of `length` frames and its padding. */
static real *padding_new(const Conv1dTaps *taps, int length)
{
	size_t rows =
	        (size_t)taps->conv.before + (size_t)length + (size_t)taps->conv.after;
	return arena_zeros(taps->tape->arena, rows * features(taps) * sizeof(real));
}

/* The utterance x (length,F) between its zeros: x itself where there are none, else a
 * copy. */
static const real *padded(const Conv1dTaps *taps, const real *x, int length)
{
	if (!has_padding(taps))
		return x;
	size_t F = features(taps);
	real *frames = padding_new(taps, length);
	memcpy(frames + (size_t)taps->conv.before * F, x,
	        (size_t)length * F * sizeof(real));
	return frames;
}

/* ---- forward ----------------------------------------------------------------------- */

void conv1d_taps_forward(const Conv1dTaps *taps, Matrix y, const real *x, int length)
{
	Matrix start = matrix_view(taps->conv.bias->value.data, y.rows, y.columns, 0);
	ArenaMark mark = arena_mark(taps->tape->arena);
	const real *frames = padded(taps, x, length);
	int together = taps_together(&taps->conv);
	for (int tap = 0; tap < taps->conv.kernel; tap += together, start = y)
		matmul_packed_from(y, start,
		        windows_view(taps, frames, y.rows, tap, together),
		        taps->packed[tap / together]);
	arena_rewind(taps->tape->arena, mark);
}

/* ---- backward ---------------------------------------------------------------------- */

void conv1d_taps_begin(Conv1dTaps *taps, const Node *node)
{
	int kernel = taps->conv.kernel;
	const Var *weight = taps->conv.weight;
	if (weight->grad.data) {
		taps->gradient = weight_sum_new(taps->tape, weight);
		memset(taps->gradient, 0, tensor_count(weight->value) * sizeof(real));
	}
	if (!node->in[0]->grad.data)
		return;
	taps->back = ARENA_ARRAY(taps->tape->arena, MatrixPacked, (size_t)kernel);
	for (int tap = 0; tap < kernel; tap++)
		taps->back[tap] =
		        weight_packed(taps->tape, taps_view(taps, taps->by_tap, tap, 1));
}

void conv1d_taps_end(Conv1dTaps *taps, const Node *node)
{
	if (taps->gradient)
		weight_learn_by_tap(node, taps->conv.weight,
		        taps_view(taps, taps->gradient, 0, taps->conv.kernel));
}

void conv1d_taps_learn(const Conv1dTaps *taps, Matrix dy, const real *x, int length)
{
	if (!taps->gradient)
		return;
	ArenaMark mark = arena_mark(taps->tape->arena);
	const real *frames = padded(taps, x, length);
	int together = taps_together(&taps->conv);
	for (int tap = 0; tap < taps->conv.kernel; tap += together)
		matmul(taps_view(taps, taps->gradient, tap, together),
		        matrix_transpose(dy),
		        windows_view(taps, frames, dy.rows, tap, together), MATMUL_ADD);
	arena_rewind(taps->tape->arena, mark);
}

void conv1d_taps_back(const Conv1dTaps *taps, real *dx, int length, Matrix dy)
{
	if (!dx)
		return;
	ArenaMark mark = arena_mark(taps->tape->arena);
	real *frames = has_padding(taps) ? padding_new(taps, length) : dx;
	for (int tap = 0; tap < taps->conv.kernel; tap++)
		matmul_packed(windows_view(taps, frames, dy.rows, tap, 1), dy,
		        taps->back[tap], MATMUL_ADD);
	const real *inside = frames + (size_t)taps->conv.before * features(taps);
	size_t count = frames == dx ? 0 : (size_t)length * features(taps);
	for (size_t i = 0; i < count; i++)
		dx[i] += inside[i];
	arena_rewind(taps->tape->arena, mark);
}
