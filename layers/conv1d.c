/* Convolution over time (Waibel et al. 1989): every step sees a window of frames, all
 * through the same weight. Dilated and causal windows: van den Oord et al. 2016.
 *
 *     y_t = b + sum_j W_j x_i    where i = t s + j d - p is the frame that tap j reads
 *
 * for steps t = 0..T'-1 and taps j = 0..k-1, with stride s, dilation d and p frames of
 * zero before the utterance; F features in, O out; W_j = weight[:,:,j], (O,F).
 *
 * Gradient, with dy = dloss/dy:
 *
 *     dW_j = sum_t dy_t x_i'     the frame that tap j read for step t
 *     dx_i = sum   W_j' dy_t     over all t and j that read frame i
 *     db   = sum_t dy_t
 *
 * How each of them becomes a few products of matrices: conv1d_taps.c. */
#include "layers/conv1d.h"
#include "layers/conv1d_taps.h"

#include <math.h>

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
		        "\"%s\": kernel %d, stride %d, padding %d, dilation %d: expected kernel at least 1 and no other below 0",
		        name, options.kernel, options.stride, options.padding,
		        options.dilation);
	if (options.causal && options.padding)
		error_stop(site, "conv1d_new",
		        "\"%s\": padding %d with causal. Hint: causal puts all the padding it needs in front by itself; leave padding 0.",
		        name, options.padding);
	if (options.kernel > CONV1D_LIMIT || options.stride > CONV1D_LIMIT ||
	        options.padding > CONV1D_LIMIT ||
	        (long long)options.kernel * options.dilation > CONV1D_LIMIT)
		error_stop(site, "conv1d_new",
		        "\"%s\": kernel %d, stride %d, padding %d, dilation %d: no window or step may exceed %d frames",
		        name, options.kernel, options.stride, options.padding,
		        options.dilation, CONV1D_LIMIT);
}

Conv1d conv1d_new_at(Site site, Params *params, const char *name, int in, int out,
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
	        params_add_at(site, params, name, "weight", SHAPE(out, in, conv.kernel));
	conv.bias = params_add_at(site, params, name, "bias", SHAPE(out));
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

void conv1d_check(Site site, const Conv1d *conv, const Tape *tape, const char *operation,
        Sequence s)
{
	sequence_check(site, tape, operation, s);
	if (s.x->value.shape[2] != conv->weight->value.shape[1])
		tape_stop(site, tape, operation,
		        "%s with %s: the frames have %d features, the layer expects %d",
		        var_text("x", s.x).text, var_text("weight", conv->weight).text,
		        s.x->value.shape[2], conv->weight->value.shape[1]);
	for (int b = 0; b < s.x->value.shape[0]; b++)
		if (conv1d_length(conv, s.lengths[b]) < 1)
			tape_stop(site, tape, operation,
			        "%s with %s: lengths[%d] is %d, but a window spans %d frames. Hint: set Conv1dOptions.padding, or leave out utterances this short.",
			        var_text("x", s.x).text,
			        var_text("weight", conv->weight).text, b, s.lengths[b],
			        window_span(conv));
}

typedef struct Saved {
	Conv1dTaps taps;
	const int *lengths, *steps; /* (B) of x and of y */
} Saved;

static void conv1d_backward(const Node *node)
{
	const Saved *saved = node->saved;
	Conv1dTaps taps = saved->taps;
	Tensor x = node->in[0]->value, dx = node->in[0]->grad, dy = node->out->grad;
	conv1d_taps_begin(&taps, node);
	for (int b = 0; b < x.shape[0]; b++) {
		int length = saved->lengths[b], O = dy.shape[2];
		Matrix dy_b = matrix_view(sequence_step(dy, b, 0), saved->steps[b], O, O);
		real *dx_b = dx.data ? sequence_step(dx, b, 0) : NULL;
		conv1d_taps_learn(&taps, dy_b, sequence_step(x, b, 0), length); /* dW */
		conv1d_taps_back(&taps, dx_b, length, dy_b);                    /* dx */
		bias_learn(taps.conv.bias, dy_b);                               /* db */
	}
	conv1d_taps_end(&taps, node);
}

static const Op conv1d_op = {
	.name = "conv1d_forward", .backward = conv1d_backward, .later = 1 << 1
};

Sequence conv1d_forward_at(Site site, const Conv1d *conv, Tape *tape, Sequence s)
{
	conv1d_check(site, conv, tape, "conv1d_forward", s);
	Tensor x = s.x->value;
	int B = x.shape[0], O = conv->weight->value.shape[0];
	Tensor y = tensor_new_at(
	        site, tape->arena, SHAPE(B, conv1d_length(conv, x.shape[1]), O));
	int *steps = ARENA_ARRAY(tape->arena, int, (size_t)B);
	Var *in[] = { s.x, conv->weight, conv->bias };
	bool recording = tape_wants(tape, 3, in);
	ArenaMark mark = arena_mark(tape->arena);
	Saved *saved = arena_alloc(tape->arena, sizeof *saved);
	*saved = (Saved){ conv1d_taps_new(tape, conv), s.lengths, steps };
	for (int b = 0; b < B; b++) {
		steps[b] = conv1d_length(conv, s.lengths[b]);
		conv1d_taps_forward(&saved->taps,
		        matrix_view(sequence_step(y, b, 0), steps[b], O, O),
		        sequence_step(x, b, 0), s.lengths[b]);
		sequence_clear_padding(y, b, steps[b]);
	}
	if (!recording) /* nothing is kept */
		arena_rewind(tape->arena, mark);
	return (Sequence){ tape_push(site, tape, &conv1d_op, y, saved, 3, in), steps };
}
