/* y_t = b + sum_j W_j x_(ts+jd-p)
 *
 * for steps t = 0..T'-1 and taps j = 0..k-1, with stride s, dilation d and p frames of zero before the
 * utterance; F features in, O out; W_j = weight[:,:,j], (O,F).
 *
 * Frames are rows of F numbers, one after the other. So with d = 1 the window of k frames that makes
 * y_t is k F numbers in a row, and the next one starts s F numbers later: the matrix whose row t is
 * window t already stands in memory, its rows overlapping, and the convolution is one product
 *
 *     y = windows V    (T',kF) (kF,O)    where V_jf,o = weight[o,f,j]
 *
 * without the copy of every window that is called im2col. With d > 1 each tap is a product of its own,
 * its rows s F apart, and they add up in the same order.
 *
 * Gradient, with dy = dloss/dy:
 *
 *     dV = windows' dy                              (kF,T') (T',O)
 *     dx_i = sum over t, j with ts+jd-p = i of W_j' dy_t
 *                                                   tap j's product dy W_j, (T',O) (O,F), is added to
 *                                                   the very rows that tap j was read from
 *     db = sum_t dy_t
 */
#include "layers/conv1d_taps.h"
#include "autograd/kept.h"
#include "autograd/terms.h"
#include "tensor/transpose.h"

#include <string.h>

static size_t features(const Conv1dTaps *taps)
{
	return (size_t)taps->conv.weight->value.shape[1];
}

static int outputs(const Conv1dTaps *taps)
{
	return taps->conv.weight->value.shape[0];
}

static size_t weight_bytes(const Conv1dTaps *taps)
{
	return tensor_count(taps->conv.weight->value) * sizeof(real);
}

/* ---- what the products are made of ---------------------------------------------------------- */

/* The weight (O,Fk) lies with the taps of one feature side by side. Turned over it has a row of O
 * numbers for each (f,j); they go to the order (j,f), or come from there. */
static void permute(
        real *by_tap, real *by_feature, size_t F, size_t k, size_t O, bool to_taps)
{
	size_t row = O * sizeof(real);
	for (size_t f = 0; f < F; f++)
		for (size_t j = 0; j < k; j++) {
			real *a = by_tap + (j * F + f) * O;
			real *b = by_feature + (f * k + j) * O;
			memcpy(to_taps ? a : b, to_taps ? b : a, row);
		}
}

/* A (O,F,k) tensor as (O,Fk). */
static Matrix flat(Tensor weight)
{
	int columns = weight.shape[1] * weight.shape[2];
	return matrix_view(weight.data, weight.shape[0], columns, columns);
}

static void make_by_tap(Arena *scratch, real *by_tap, Matrix weight, int kernel)
{
	int O = weight.rows, kF = weight.columns;
	real *by_feature = arena_alloc(scratch, (size_t)kF * (size_t)O * sizeof(real));
	matrix_copy(matrix_view(by_feature, kF, O, O), matrix_transpose(weight));
	permute(by_tap, by_feature, (size_t)(kF / kernel), (size_t)kernel, (size_t)O,
	        true);
}

Conv1dTaps conv1d_taps_new(const Tape *tape, const Conv1d *conv)
{
	Conv1dTaps taps = { .conv = *conv, .arena = tape->arena, .kept = tape->kept };
	taps.taps =
	        kept_made(tape->kept, tape->arena, make_by_tap, flat(conv->weight->value),
	                conv->kernel, tensor_count(conv->weight->value));
	return taps;
}

static void make_by_output(Arena *scratch, real *by_output, Matrix weight, int kernel)
{
	(void)scratch;
	int F = weight.columns / kernel;
	for (int o = 0; o < weight.rows; o++) {
		const real *w_o = weight.data + (size_t)o * (size_t)weight.row_stride;
		for (int j = 0; j < kernel; j++)
			for (int f = 0; f < F; f++)
				*by_output++ = w_o[f * kernel + j];
	}
}

const real *conv1d_taps_by_output(const Conv1dTaps *taps)
{
	Tensor weight = taps->conv.weight->value;
	return kept_made(taps->kept, taps->arena, make_by_output, flat(weight),
	        taps->conv.kernel, tensor_count(weight));
}

/* How many taps of a window are numbers in a row, to be multiplied at once. */
static int taps_together(const Conv1dTaps *taps)
{
	return taps->conv.dilation == 1 ? taps->conv.kernel : 1;
}

/* `count` taps of a (k,F,O) array, one below the other: (count F,O). */
static Matrix taps_view(const Conv1dTaps *taps, const real *array, int tap, int count)
{
	int F = (int)features(taps), O = outputs(taps);
	return matrix_view(array + (size_t)tap * (size_t)F * (size_t)O, count * F, O, O);
}

/* What taps `tap`..`tap+count-1` read of `frames` (with its padding), a row for each step. */
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
	return arena_zeros(taps->arena, rows * features(taps) * sizeof(real));
}

/* The utterance x (length,F) between its zeros: x itself where there are none, else a copy. */
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

/* ---- forward -------------------------------------------------------------------------------- */

void conv1d_taps_forward(
        Site site, const Conv1dTaps *taps, Matrix y, const real *x, int length)
{
	for (int t = 0; t < y.rows; t++)
		memcpy(y.data + (size_t)t * (size_t)y.columns,
		        taps->conv.bias->value.data, (size_t)y.columns * sizeof(real));
	ArenaMark mark = arena_mark(taps->arena);
	const real *frames = padded(taps, x, length);
	int together = taps_together(taps);
	for (int tap = 0; tap < taps->conv.kernel; tap += together) {
		Matrix windows = windows_view(taps, frames, y.rows, tap, together);
		Matrix weights = taps_view(taps, taps->taps, tap, together);
		if (taps->kept)
			(matmul_packed)(site, y, windows,
			        kept_pack(taps->kept, taps->arena, weights), MATMUL_ADD);
		else
			(matmul)(site, y, windows, weights, MATMUL_ADD);
	}
	arena_rewind(taps->arena, mark);
}

/* ---- backward ------------------------------------------------------------------------------- */

void conv1d_taps_backward_begin(Conv1dTaps *taps, bool x_wants)
{
	int kernel = taps->conv.kernel;
	taps->gradient = taps->conv.weight->grad.data
	                         ? arena_zeros(taps->arena, weight_bytes(taps))
	                         : NULL;
	taps->back =
	        x_wants ? ARENA_ARRAY(taps->arena, MatrixPacked, (size_t)kernel) : NULL;
	for (int tap = 0; tap < kernel && x_wants; tap++)
		taps->back[tap] = kept_pack(taps->kept, taps->arena,
		        matrix_transpose(taps_view(taps, taps->taps, tap, 1)));
}

void conv1d_taps_backward_end(Site site, Conv1dTaps *taps)
{
	if (!taps->gradient)
		return;
	int O = outputs(taps), kF = taps->conv.kernel * (int)features(taps);
	real *by_feature = arena_alloc(taps->arena, weight_bytes(taps));
	permute(taps->gradient, by_feature, features(taps), (size_t)taps->conv.kernel,
	        (size_t)O, false);
	terms_add_matrix(site, taps->arena, taps->conv.weight,
	        matrix_transpose(matrix_view(by_feature, kF, O, O)));
}

typedef struct ByOutput {
	Term term;
	const real *gradient; /* (O,k,F) */
	int features, kernel;
} ByOutput;

/* out (rows,columns) of (O,Fk): tap j of feature f is column f k + j. */
static void put_by_output(
        const Term *term, Matrix out, int row, int column, MatmulMode mode)
{
	if (mode == MATMUL_SET)
		matrix_clear(out);
	const ByOutput *by = (const ByOutput *)term;
	int F = by->features, k = by->kernel, end = column + out.columns;
	for (int r = 0; r < out.rows; r++) {
		real *out_r = out.data + (size_t)r * (size_t)out.row_stride;
		const real *taps = by->gradient + (size_t)(row + r) * (size_t)(k * F);
		for (int j = 0; j < k; j++)
			for (int f = (column - j + k - 1) / k; f * k + j < end; f++)
				out_r[f * k + j - column] += taps[j * F + f];
	}
}

void conv1d_taps_give_by_output(const Conv1dTaps *taps, const real *gradient)
{
	ByOutput *by = arena_alloc(taps->arena, sizeof *by);
	*by = (ByOutput){ .term.put = put_by_output,
		.gradient = gradient,
		.features = (int)features(taps),
		.kernel = taps->conv.kernel };
	terms_add(taps->conv.weight, &by->term);
}

static void taps_gradient(
        Site site, const Conv1dTaps *taps, Matrix dy, const real *x, int length)
{
	const real *frames = padded(taps, x, length);
	int together = taps_together(taps);
	for (int tap = 0; tap < taps->conv.kernel; tap += together) {
		Matrix windows = windows_view(taps, frames, dy.rows, tap, together);
		(matmul)(site, taps_view(taps, taps->gradient, tap, together),
		        matrix_transpose(windows), dy, MATMUL_ADD);
	}
}

/* dx (length,F) += what each tap sends back to the rows it read. */
static void input_gradient(
        Site site, const Conv1dTaps *taps, Matrix dy, int length, real *dx)
{
	real *frames = has_padding(taps) ? padding_new(taps, length) : dx;
	for (int tap = 0; tap < taps->conv.kernel; tap++)
		(matmul_packed)(site, windows_view(taps, frames, dy.rows, tap, 1), dy,
		        taps->back[tap], MATMUL_ADD);
	if (frames == dx)
		return;
	size_t F = features(taps);
	const real *inside = frames + (size_t)taps->conv.before * F;
	for (size_t i = 0; i < (size_t)length * F; i++)
		dx[i] += inside[i];
}

void conv1d_taps_backward(
        Site site, Conv1dTaps *taps, Matrix dy, const real *x, int length, real *dx)
{
	ArenaMark mark = arena_mark(taps->arena);
	if (taps->gradient)
		taps_gradient(site, taps, dy, x, length);
	if (dx)
		input_gradient(site, taps, dy, length, dx);
	if (taps->conv.bias->grad.data)
		matrix_add_column_sums(taps->conv.bias->grad.data, dy);
	arena_rewind(taps->arena, mark);
}
