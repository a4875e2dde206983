/* y_t = b + sum_j W_j x_(ts+jd-p)
 *
 * for steps t = 0..T'-1 and taps j = 0..k-1, with stride s, dilation d and p frames of zero before the
 * utterance; F features in, O out; W_j = weight[:,:,j], (O,F).
 *
 * Frames are rows of F numbers, one after the other. So with d = 1 the window of k frames that makes
 * y_t is k F numbers in a row, and the next one starts s F numbers later: the matrix whose row t is
 * window t already stands in memory, its rows overlapping, and the convolution is one product
 *
 *     y = windows V    (T',kF) (kF,O)    where V_(j,f),o = weight[o,f,j]
 *
 * without the copy of every window that is called im2col. With d > 1 each tap is a product of its own,
 * with rows s F apart, added up in the same order.
 *
 * Gradient, with dy = dloss/dy:
 *
 *     dV = windows' dy                       (kF,T') (T',O)
 *     dx_(ts+jd-p) = sum over (t,j) W_j' dy_t    tap j's product dy V_j' (T',O) (O,F) is added to the
 *                                            very rows that tap j was read from
 *     db = sum_t dy_t
 *
 * Convolution over time: Waibel et al. 1989. Dilated and causal: van den Oord et al. 2016. */
#include "layers/conv1d.h"
#include "tensor/matmul.h"

#include <math.h>
#include <string.h>

enum { CONV1D_LIMIT = 1 << 20 }; /* frames; keeps every sum of options far from INT_MAX */

static void validate_options(
        Site site, const char *name, int in, int out, Conv1dOptions options)
{
	if (in < 1 || out < 1)
		error_stop(site, "conv1d_new",
		        "\"%s\" from %d to %d: both sizes must be at least 1", name, in,
		        out);
	if (options.kernel < 1 || options.stride < 0 || options.padding < 0 ||
	        options.dilation < 0)
		error_stop(site, "conv1d_new",
		        "\"%s\": kernel %d, stride %d, padding %d, dilation %d: expected "
		        "kernel at least 1 and no other below 0",
		        name, options.kernel, options.stride, options.padding,
		        options.dilation);
	if (options.causal && options.padding)
		error_stop(site, "conv1d_new",
		        "\"%s\": padding %d with causal. Hint: causal puts all the "
		        "padding it needs in front by itself; leave padding 0.",
		        name, options.padding);
	if (options.kernel > CONV1D_LIMIT || options.stride > CONV1D_LIMIT ||
	        options.padding > CONV1D_LIMIT ||
	        (long long)options.kernel * options.dilation > CONV1D_LIMIT)
		error_stop(site, "conv1d_new",
		        "\"%s\": kernel %d, stride %d, padding %d, dilation %d: no "
		        "window or step may exceed %d frames",
		        name, options.kernel, options.stride, options.padding,
		        options.dilation, CONV1D_LIMIT);
}

Conv1d(conv1d_new)(Site site, Params *params, const char *name, int in, int out,
        Conv1dOptions options, Rng *rng)
{
	validate_options(site, name, in, out, options);
	Conv1d conv = {
		.kernel = options.kernel,
		.stride = options.stride ? options.stride : 1,
		.dilation = options.dilation ? options.dilation : 1,
		.before = options.padding,
		.after = options.padding,
	};
	if (options.causal)
		conv.before = conv.dilation * (conv.kernel - 1);
	conv.weight =
	        (params_add)(site, params, name, "weight", SHAPE(out, in, conv.kernel));
	conv.bias = (params_add)(site, params, name, "bias", SHAPE(out));
	real bound = (real)(1 / sqrt((double)in * conv.kernel));
	params_init_uniform(params, conv.weight, bound, rng);
	params_init_uniform(params, conv.bias, bound, rng);
	return conv;
}

static int window_span(const Conv1d *conv)
{
	return conv->dilation * (conv->kernel - 1) + 1;
}

int conv1d_length(const Conv1d *conv, int length)
{
	long long room =
	        (long long)length + conv->before + conv->after - window_span(conv);
	return room < 0 ? 0 : (int)(room / conv->stride + 1);
}

/* ---- what the products are made of ---------------------------------------------------------- */

/* V (k,F,O) from weight (O,F,k). */
static void taps_of_weight(real *taps, Tensor weight)
{
	size_t O = (size_t)weight.shape[0], F = (size_t)weight.shape[1],
	       k = (size_t)weight.shape[2];
	for (size_t j = 0; j < k; j++)
		for (size_t f = 0; f < F; f++)
			for (size_t o = 0; o < O; o++)
				taps[(j * F + f) * O + o] =
				        weight.data[(o * F + f) * k + j];
}

/* grad (O,F,k) += dV (k,F,O) */
static void add_taps_to_weight(Tensor grad, const real *taps)
{
	size_t O = (size_t)grad.shape[0], F = (size_t)grad.shape[1],
	       k = (size_t)grad.shape[2];
	for (size_t j = 0; j < k; j++)
		for (size_t f = 0; f < F; f++)
			for (size_t o = 0; o < O; o++)
				grad.data[(o * F + f) * k + j] +=
				        taps[(j * F + f) * O + o];
}

/* The (F,O) matrices of `count` taps, one below the other: (count F,O). */
static Matrix taps_view(const Conv1d *conv, const real *taps, int tap, int count)
{
	int O = conv->weight->value.shape[0], F = conv->weight->value.shape[1];
	return matrix_view(taps + (size_t)tap * (size_t)F * (size_t)O, count * F, O, O);
}

/* What taps `tap`..`tap+count-1` read of `frames` (with its padding), a row for each step. */
static Matrix windows_view(
        const Conv1d *conv, const real *frames, int steps, int tap, int count)
{
	int F = conv->weight->value.shape[1];
	const real *first = frames + (size_t)(tap * conv->dilation) * (size_t)F;
	return matrix_view(first, steps, count * F, conv->stride * F);
}

/* How many taps of a window are numbers in a row, to be multiplied at once. */
static int taps_together(const Conv1d *conv)
{
	return conv->dilation == 1 ? conv->kernel : 1;
}

/* Zeros for an utterance of `length` frames and its padding. */
static real *padding_new(const Conv1d *conv, Arena *scratch, int length)
{
	size_t rows = (size_t)conv->before + (size_t)length + (size_t)conv->after;
	size_t F = (size_t)conv->weight->value.shape[1];
	return arena_zeros(scratch, rows * F * sizeof(real));
}

static bool has_padding(const Conv1d *conv)
{
	return conv->before || conv->after;
}

/* The utterance x (length,F) between its zeros: x itself where there are none, else a copy. */
static const real *padded(const Conv1d *conv, Arena *scratch, const real *x, int length)
{
	if (!has_padding(conv))
		return x;
	size_t F = (size_t)conv->weight->value.shape[1];
	real *frames = padding_new(conv, scratch, length);
	memcpy(frames + (size_t)conv->before * F, x, (size_t)length * F * sizeof(real));
	return frames;
}

/* ---- backward ------------------------------------------------------------------------------- */

typedef struct Saved {
	Conv1d conv;
	Arena *arena;               /* for scratch */
	const int *lengths, *steps; /* (B) of x and of y */
	const real *taps;           /* V (k,F,O) */
} Saved;

/* dV += windows' dy; the first utterance sets it. */
static void taps_gradient(
        const Node *node, real *dtaps, const real *x, Matrix dy, int length, bool first)
{
	const Saved *saved = node->saved;
	const Conv1d *conv = &saved->conv;
	ArenaMark mark = arena_mark(saved->arena);
	const real *frames = padded(conv, saved->arena, x, length);
	int together = taps_together(conv);
	for (int tap = 0; tap < conv->kernel; tap += together) {
		Matrix windows = windows_view(conv, frames, dy.rows, tap, together);
		(matmul)(node->site, taps_view(conv, dtaps, tap, together),
		        matrix_transpose(windows), dy, first ? MATMUL_SET : MATMUL_ADD);
	}
	arena_rewind(saved->arena, mark);
}

/* dx (length,F) += what each tap sends back to the rows it read. */
static void input_gradient(const Node *node, real *dx, Matrix dy, int length)
{
	const Saved *saved = node->saved;
	const Conv1d *conv = &saved->conv;
	ArenaMark mark = arena_mark(saved->arena);
	real *frames = dx;
	if (has_padding(conv))
		frames = padding_new(conv, saved->arena, length);
	for (int tap = 0; tap < conv->kernel; tap++)
		(matmul)(node->site, windows_view(conv, frames, dy.rows, tap, 1), dy,
		        matrix_transpose(taps_view(conv, saved->taps, tap, 1)),
		        MATMUL_ADD);
	if (has_padding(conv)) {
		size_t F = (size_t)conv->weight->value.shape[1];
		const real *inside = frames + (size_t)conv->before * F;
		for (size_t i = 0; i < (size_t)length * F; i++)
			dx[i] += inside[i];
	}
	arena_rewind(saved->arena, mark);
}

static void conv1d_backward(const Node *node)
{
	const Saved *saved = node->saved;
	Var *x = node->in[0], *weight = node->in[1], *bias = node->in[2];
	int B = x->value.shape[0], O = weight->value.shape[0];
	ArenaMark mark = arena_mark(saved->arena);
	real *dtaps =
	        arena_alloc(saved->arena, tensor_count(weight->value) * sizeof(real));
	for (int b = 0; b < B; b++) {
		int length = saved->lengths[b];
		Matrix dy = matrix_view(
		        sequence_step(node->out->grad, b, 0), saved->steps[b], O, O);
		if (weight->grad.data)
			taps_gradient(node, dtaps, sequence_step(x->value, b, 0), dy,
			        length, b == 0);
		if (x->grad.data)
			input_gradient(node, sequence_step(x->grad, b, 0), dy, length);
		if (bias->grad.data)
			matrix_add_column_sums(bias->grad.data, dy);
	}
	if (weight->grad.data && B)
		add_taps_to_weight(weight->grad, dtaps);
	arena_rewind(saved->arena, mark);
}

/* ---- forward -------------------------------------------------------------------------------- */

static void validate(Site site, const Conv1d *conv, const Tape *tape, Sequence s)
{
	sequence_check(site, tape, "conv1d_forward", s);
	if (s.x->value.shape[2] != conv->weight->value.shape[1])
		tape_stop(site, tape, "conv1d_forward",
		        "%s with %s: the frames have %d features, the layer expects %d",
		        var_text("x", s.x).text, var_text("weight", conv->weight).text,
		        s.x->value.shape[2], conv->weight->value.shape[1]);
	for (int b = 0; b < s.x->value.shape[0]; b++)
		if (conv1d_length(conv, s.lengths[b]) < 1)
			tape_stop(site, tape, "conv1d_forward",
			        "%s with %s: lengths[%d] is %d, but a window spans %d "
			        "frames. Hint: set Conv1dOptions.padding, or leave out "
			        "utterances this short.",
			        var_text("x", s.x).text,
			        var_text("weight", conv->weight).text, b, s.lengths[b],
			        window_span(conv));
}

/* One utterance: y (T',O) from x (length,F). */
static void convolve(Site site, const Conv1d *conv, Arena *scratch, const real *taps,
        Matrix y, const real *x, int length)
{
	for (int t = 0; t < y.rows; t++)
		memcpy(y.data + (size_t)t * (size_t)y.columns, conv->bias->value.data,
		        (size_t)y.columns * sizeof(real));
	ArenaMark mark = arena_mark(scratch);
	const real *frames = padded(conv, scratch, x, length);
	int together = taps_together(conv);
	for (int tap = 0; tap < conv->kernel; tap += together)
		(matmul)(site, y, windows_view(conv, frames, y.rows, tap, together),
		        taps_view(conv, taps, tap, together), MATMUL_ADD);
	arena_rewind(scratch, mark);
}

static const Op conv1d_op = { "conv1d_forward", conv1d_backward };

Sequence(conv1d_forward)(Site site, const Conv1d *conv, Tape *tape, Sequence s)
{
	validate(site, conv, tape, s);
	Arena *arena = tape->arena;
	int B = s.x->value.shape[0], T = s.x->value.shape[1];
	int O = conv->weight->value.shape[0];
	int *steps = ARENA_ARRAY(arena, int, (size_t)B);
	Tensor y = (tensor_new)(site, arena, SHAPE(B, conv1d_length(conv, T), O));

	Var *in[] = { s.x, conv->weight, conv->bias };
	bool recording = tape_wants(tape, 3, in);
	ArenaMark mark = arena_mark(arena);
	real *taps = arena_alloc(arena, tensor_count(conv->weight->value) * sizeof(real));
	taps_of_weight(taps, conv->weight->value);
	for (int b = 0; b < B; b++) {
		steps[b] = conv1d_length(conv, s.lengths[b]);
		convolve(site, conv, arena, taps,
		        matrix_view(sequence_step(y, b, 0), steps[b], O, O),
		        sequence_step(s.x->value, b, 0), s.lengths[b]);
		sequence_clear_padding(y, b, steps[b]);
	}
	Saved *saved = NULL;
	if (recording) {
		saved = arena_alloc(arena, sizeof *saved);
		*saved = (Saved){ *conv, arena, s.lengths, steps, taps };
	} else {
		arena_rewind(arena, mark);
	}
	return (Sequence){ tape_push(site, tape, &conv1d_op, y, saved, 3, in), steps };
}
