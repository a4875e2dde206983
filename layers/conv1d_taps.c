/* y_t = b + sum_j W_j x_(ts+jd-p)
 *
 * for steps t = 0..T'-1 and taps j = 0..k-1, with stride s, dilation d and p frames of
 * zero before the utterance; F features in, O out; W_j = weight[:,:,j], (O,F).
 *
 * Frames are rows of F numbers, one after the other. So with d = 1 the window of k frames
 * that makes y_t is k F numbers in a row, and the next one starts s F numbers later: the
 * matrix whose row t is window t already stands in memory, its rows overlapping, and the
 * convolution is one product
 *
 *     y = windows V'    (T',kF) (kF,O)    where V_o,jf = weight[o,f,j]
 *
 * without the copy of every window that is called im2col. With d > 1 each tap is a
 * product of its own, its rows s F apart, and they add up in the same order.
 *
 * Gradient, with dy = dloss/dy:
 *
 *     dV = dy' windows                              (O,T') (T',kF)
 *     dx_i = sum over t, j with ts+jd-p = i of W_j' dy_t
 *                                                   tap j's product dy W_j, (T',O) (O,F), is added to
 *                                                   the very rows that tap j was read from
 *     db = sum_t dy_t
 */
#include "layers/conv1d_taps.h"
#include "autograd/fast/kept.h"
#include "autograd/fast/terms.h"
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

/* ---- what the products are made of ------------------------------------------------- */

/* A (O,F,k) tensor as (O,Fk). */
static Matrix flat(Tensor weight)
{
	int columns = weight.shape[1] * weight.shape[2];
	return matrix_view(weight.data, weight.shape[0], columns, columns);
}

enum { OUTPUTS = 8 }; /* whose weights are turned over at a time */

/* V (O,kF) from (O,Fk): tap j of feature f is column f k + j. */
static void make_by_output(Arena *scratch, real *made, const Recipe *recipe, int part)
{
	(void)scratch;
	Matrix weight = recipe->weight;
	int kernel = recipe->how, F = weight.columns / kernel;
	for (int o = part * OUTPUTS; o < weight.rows && o < (part + 1) * OUTPUTS; o++) {
		const real *w_o = weight.data + (size_t)o * (size_t)weight.row_stride;
		real *v_o = made + (size_t)o * (size_t)weight.columns;
		for (int j = 0; j < kernel; j++)
			for (int f = 0; f < F; f++)
				v_o[j * F + f] = w_o[f * kernel + j];
	}
}

/* How many taps of a window are numbers in a row, to be multiplied at once. */
static int taps_together(const Conv1d *conv)
{
	return conv->dilation == 1 ? conv->kernel : 1;
}

/* Taps `tap`..`tap+count-1` of V, or of its gradient: (O,count F). */
static Matrix taps_view(const Conv1dTaps *taps, const real *array, int tap, int count)
{
	int F = (int)features(taps);
	return matrix_view(array + (size_t)tap * (size_t)F, outputs(taps), count * F,
	        taps->conv.kernel * F);
}

Conv1dTaps conv1d_taps_new(const Tape *tape, const Conv1d *conv)
{
	Tensor weight = conv->weight->value;
	Conv1dTaps taps = { .conv = *conv, .arena = tape->arena, .kept = tape->kept };
	taps.by_output = kept_made(tape->kept, tape->arena,
	        (Recipe){ .make = make_by_output,
	                .weight = flat(weight),
	                .how = conv->kernel,
	                .parts = (weight.shape[0] + OUTPUTS - 1) / OUTPUTS,
	                .count = tensor_count(weight) });
	int together = taps_together(conv);
	taps.packed =
	        ARENA_ARRAY(tape->arena, MatrixPacked, (size_t)(conv->kernel / together));
	for (int tap = 0; tap < conv->kernel; tap += together)
		taps.packed[tap / together] = kept_pack(tape->kept, tape->arena,
		        matrix_transpose(
		                taps_view(&taps, taps.by_output, tap, together)));
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
	return arena_zeros(taps->arena, rows * features(taps) * sizeof(real));
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

void conv1d_taps_forward(
        Site site, const Conv1dTaps *taps, Matrix y, const real *x, int length)
{
	for (int t = 0; t < y.rows; t++)
		memcpy(y.data + (size_t)t * (size_t)y.columns,
		        taps->conv.bias->value.data, (size_t)y.columns * sizeof(real));
	ArenaMark mark = arena_mark(taps->arena);
	const real *frames = padded(taps, x, length);
	int together = taps_together(&taps->conv);
	for (int tap = 0; tap < taps->conv.kernel; tap += together) {
		Matrix windows = windows_view(taps, frames, y.rows, tap, together);
		matmul_packed_at(
		        site, y, windows, taps->packed[tap / together], MATMUL_ADD);
	}
	arena_rewind(taps->arena, mark);
}

/* ---- backward ---------------------------------------------------------------------- */

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
		        taps_view(taps, taps->by_output, tap, 1));
}

typedef struct ByOutput {
	Term term;
	const real *gradient; /* (O,k,F) */
	int features, kernel;
} ByOutput;

/* Rows of (O,Fk): those of all terms are added up in the order of V, which is then
 * turned over. */
static void put_by_output(const Term *const *terms, int count, Arena *scratch, Matrix out,
        int row, MatmulMode mode)
{
	const ByOutput *first = (const ByOutput *)terms[0];
	int F = first->features, k = first->kernel, kF = k * F;
	ArenaMark mark = arena_mark(scratch);
	Matrix sum =
	        matrix_view(arena_alloc(scratch, (size_t)kF * sizeof(real)), 1, kF, kF);
	if (mode == MATMUL_SET)
		matrix_clear(out);
	for (int r = 0; r < out.rows; r++) {
		size_t v_o = (size_t)(row + r) * (size_t)kF;
		matrix_copy(sum, matrix_view(first->gradient + v_o, 1, kF, kF));
		for (int i = 1; i < count; i++) {
			const ByOutput *by = (const ByOutput *)terms[i];
			matrix_add(sum, matrix_view(by->gradient + v_o, 1, kF, kF));
		}
		real *out_r = out.data + (size_t)r * (size_t)out.row_stride;
		for (int j = 0; j < k; j++)
			for (int f = 0; f < F; f++)
				out_r[f * k + j] += sum.data[j * F + f];
	}
	arena_rewind(scratch, mark);
}

void conv1d_taps_backward_end(Conv1dTaps *taps)
{
	if (!taps->gradient)
		return;
	ByOutput *by = arena_alloc(taps->arena, sizeof *by);
	*by = (ByOutput){ .term.put = put_by_output,
		.gradient = taps->gradient,
		.features = (int)features(taps),
		.kernel = taps->conv.kernel };
	terms_add(taps->arena, taps->conv.weight, &by->term);
}

static void taps_gradient(
        Site site, const Conv1dTaps *taps, Matrix dy, const real *x, int length)
{
	const real *frames = padded(taps, x, length);
	int together = taps_together(&taps->conv);
	for (int tap = 0; tap < taps->conv.kernel; tap += together) {
		Matrix windows = windows_view(taps, frames, dy.rows, tap, together);
		matmul_at(site, taps_view(taps, taps->gradient, tap, together),
		        matrix_transpose(dy), windows, MATMUL_ADD);
	}
}

/* dx (length,F) += what each tap sends back to the rows it read. */
static void input_gradient(
        Site site, const Conv1dTaps *taps, Matrix dy, int length, real *dx)
{
	real *frames = has_padding(taps) ? padding_new(taps, length) : dx;
	for (int tap = 0; tap < taps->conv.kernel; tap++)
		matmul_packed_at(site, windows_view(taps, frames, dy.rows, tap, 1), dy,
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
