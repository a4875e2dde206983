/* z_wo = max(0, max of y_to over the steps t of window w), y the convolution of
 * conv1d_taps.c.
 *
 * Gradient: dy_to = dz_wo where t is the first step that has the maximum and the maximum
 * is above 0; all others are 0. With windows of two or three steps dy is written out, and
 * goes through the products of conv1d_taps.c. With longer ones nearly all of it is 0, and
 * it is cheaper to go from winner to winner: for step t of output o, with g = dz_wo and
 * x_i the frame that tap j reads,
 *
 *     dW_oj += g x_i    dx_i += g W_oj    db_o += g
 *
 * The maximum over a whole utterance is one window: Kim 2014, "Convolutional neural
 * networks for sentence classification". */
#include "layers/conv1d_max.h"
#include "autograd/ops.h"
#include "layers/conv1d_taps.h"
#include "layers/pool.h"
#include "tensor/fma.h"

#include <string.h>

enum { FEW_WINNERS = 4 }; /* from windows of so many steps on */

typedef struct Saved {
	Conv1dTaps taps;
	const int *lengths; /* (B) of x */
	int windows;        /* W, of the longest utterance */
	int window;         /* steps in one */
	int *winner; /* (B,W,O): the step, or -1 where the maximum is not above 0 */
} Saved;

static int windows_of(int steps, int window)
{
	return (steps - 1) / window + 1;
}

static int steps_of_window(int steps, int window, int w)
{
	int left = steps - w * window;
	return left < window ? left : window;
}

/* ---- forward ----------------------------------------------------------------------- */

/* ReLU of the maxima, and no winner where it cuts. */
static void cut(int count, real *restrict z, int *restrict winner, int first_step)
{
	for (int o = 0; o < count; o++) {
		winner[o] = z[o] > 0 ? first_step + winner[o] : -1;
		z[o] = z[o] < 0 ? 0 : z[o];
	}
}

/* One utterance: z and winner (W,O) from x (length,F). */
static void forward(const Saved *saved, real *z, int *winner, const real *x, int length)
{
	const Conv1dTaps *taps = &saved->taps;
	int O = taps->conv.weight->value.shape[0];
	int steps = conv1d_length(&taps->conv, length);
	ArenaMark mark = arena_mark(taps->tape->arena);
	real *y =
	        arena_alloc(taps->tape->arena, (size_t)steps * (size_t)O * sizeof(real));
	conv1d_taps_forward(taps, matrix_view(y, steps, O, O), x, length);
	for (int w = 0; w < windows_of(steps, saved->window); w++) {
		int first = w * saved->window;
		const real *y_w = y + (size_t)first * (size_t)O;
		pool_max_over(
		        y_w, steps_of_window(steps, saved->window, w), O, z, winner);
		cut(O, z, winner, first);
		z += O;
		winner += O;
	}
	arena_rewind(taps->tape->arena, mark);
}

/* ---- backward ---------------------------------------------------------------------- */

/* One utterance: where in winner and dz its W' windows begin, and x, dx (length,F); dx
 * may be NULL. */
typedef struct Utterance {
	int windows, length;
	const int *winner;
	const real *dz, *x;
	real *dx;
} Utterance;

static Utterance utterance_of(const Node *node, int b)
{
	const Saved *saved = node->saved;
	Tensor x = node->in[0]->value, dx = node->in[0]->grad;
	size_t O = (size_t)saved->taps.conv.weight->value.shape[0];
	size_t first = (size_t)b * (size_t)saved->windows * O;
	int length = saved->lengths[b];
	int steps = conv1d_length(&saved->taps.conv, length);
	return (Utterance){
		.windows = windows_of(steps, saved->window),
		.length = length,
		.winner = saved->winner + first,
		.dz = node->out->grad.data + first,
		.x = sequence_step(x, b, 0),
		.dx = dx.data ? sequence_step(dx, b, 0) : NULL,
	};
}

/* dy (T',O) of window w, written out: its winners' dz, and 0. */
static void write_window(const Saved *saved, const Utterance *u, int w, Matrix dy)
{
	const int *winner = u->winner + (size_t)w * (size_t)dy.columns;
	const real *dz = u->dz + (size_t)w * (size_t)dy.columns;
	int first = w * saved->window;
	int end = first + steps_of_window(dy.rows, saved->window, w);
	for (int t = first; t < end; t++) {
		real *dy_t = dy.data + (size_t)t * (size_t)dy.columns;
		for (int o = 0; o < dy.columns; o++)
			dy_t[o] = winner[o] == t ? dz[o] : 0;
	}
}

static void backward_by_products(const Node *node)
{
	const Saved *saved = node->saved;
	Conv1dTaps taps = saved->taps;
	int O = taps.conv.weight->value.shape[0];
	conv1d_taps_begin(&taps, node);
	ArenaMark scratch = arena_mark(node->tape->arena);
	for (int b = 0; b < node->in[0]->value.shape[0]; b++) {
		Utterance u = utterance_of(node, b);
		int steps = conv1d_length(&taps.conv, u.length);
		real *rows = arena_alloc(
		        node->tape->arena, (size_t)steps * (size_t)O * sizeof(real));
		Matrix dy = matrix_view(rows, steps, O, O);
		for (int w = 0; w < u.windows; w++)
			write_window(saved, &u, w, dy);
		conv1d_taps_learn(&taps, dy, u.x, u.length);
		conv1d_taps_back(&taps, u.dx, u.length, dy);
		bias_learn(taps.conv.bias, dy);
		arena_rewind(node->tape->arena, scratch);
	}
	conv1d_taps_end(&taps, node);
}

static void add_scaled(
        real *restrict to, const real *restrict from, real factor, int count)
{
	for (int i = 0; i < count; i++)
		to[i] = real_fma(factor, from[i], to[i]);
}

/* Output o won at step `t` and is to change by g: w and dw (k,F) are its taps, one of
 * them NULL where nobody asks for what comes of it. */
static void send_back(
        const Conv1d *conv, const Utterance *u, int t, real g, const real *w, real *dw)
{
	int F = conv->weight->value.shape[1], first = t * conv->stride - conv->before;
	if (conv->dilation == 1 && first >= 0 && first + conv->kernel <= u->length) {
		size_t frame =
		        (size_t)first * (size_t)F; /* the frames of all taps in a row */
		if (dw)
			add_scaled(dw, u->x + frame, g, conv->kernel * F);
		if (w)
			add_scaled(u->dx + frame, w, g, conv->kernel * F);
		return;
	}
	for (int j = 0; j < conv->kernel; j++) {
		int i = first + j * conv->dilation;
		if (i < 0 || i >= u->length)
			continue;
		size_t frame = (size_t)i * (size_t)F, tap = (size_t)j * (size_t)F;
		if (dw)
			add_scaled(dw + tap, u->x + frame, g, F);
		if (w)
			add_scaled(u->dx + frame, w + tap, g, F);
	}
}

/* The gradient of the weight, (O,kF): the numbers of an output stand side by side, and
 * stay in the cache while all utterances pass by. */
static void weight_by_winners(const Node *node, Conv1dTaps *taps)
{
	int O = taps->conv.weight->value.shape[0], B = node->in[0]->value.shape[0];
	size_t kF = (size_t)taps->conv.kernel * (size_t)taps->conv.weight->value.shape[1];
	real *dw = weight_sum_new(taps->tape, taps->conv.weight);
	Utterance *all = ARENA_ARRAY(taps->tape->arena, Utterance, (size_t)B);
	for (int b = 0; b < B; b++)
		all[b] = utterance_of(node, b);
	for (int o = 0; o < O; o++) {
		real *dw_o = dw + (size_t)o * kF;
		memset(dw_o, 0, kF * sizeof(real));
		for (int b = 0; b < B; b++) {
			const Utterance *u = &all[b];
			for (int i = o; i < u->windows * O; i += O)
				if (u->winner[i] >= 0)
					send_back(&taps->conv, u, u->winner[i], u->dz[i],
					        NULL, dw_o);
		}
	}
	taps->gradient = dw;
	conv1d_taps_end(taps, node);
}

/* Those of the input and of the bias, utterance by utterance. */
static void rest_by_winners(const Node *node, const Conv1dTaps *taps)
{
	int O = taps->conv.weight->value.shape[0];
	size_t kF = (size_t)taps->conv.kernel * (size_t)taps->conv.weight->value.shape[1];
	const real *w = taps->by_tap;
	real *db = taps->conv.bias->grad.data;
	for (int b = 0; b < node->in[0]->value.shape[0]; b++) {
		Utterance u = utterance_of(node, b);
		for (int i = 0; i < u.windows * O; i++) {
			int o = i % O;
			if (u.winner[i] < 0)
				continue;
			send_back(&taps->conv, &u, u.winner[i], u.dz[i],
			        u.dx ? w + (size_t)o * kF : NULL, NULL);
			if (db)
				db[o] += u.dz[i];
		}
	}
}

static void conv1d_max_backward(const Node *node)
{
	const Saved *saved = node->saved;
	Conv1dTaps taps = saved->taps;
	if (saved->window < FEW_WINNERS) {
		backward_by_products(node);
		return;
	}
	rest_by_winners(node, &taps);
	if (taps.conv.weight->grad.data)
		weight_by_winners(node, &taps);
}

/* ---- the operation ----------------------------------------------------------------- */

static const Op max_op = {
	.name = "conv1d_max_pool", .backward = conv1d_max_backward, .later = 1 << 1
};

Sequence conv1d_max_pool_at(
        Site site, const Conv1d *conv, Tape *tape, Sequence s, int window)
{
	conv1d_check(site, conv, tape, "conv1d_max_pool", s);
	if (window < 1)
		tape_stop(site, tape, "conv1d_max_pool",
		        "a window of %d steps: expected at least 1", window);
	Arena *arena = tape->arena;
	int B = s.x->value.shape[0], T = s.x->value.shape[1];
	int W = windows_of(conv1d_length(conv, T), window);
	Tensor z = tensor_new_at(site, arena, SHAPE(B, W, conv->weight->value.shape[0]));
	int *counts = ARENA_ARRAY(arena, int, (size_t)B);
	ArenaMark mark = arena_mark(arena);
	Saved *saved = arena_alloc(arena, sizeof *saved);
	*saved = (Saved){
		.taps = conv1d_taps_new(tape, conv),
		.lengths = s.lengths,
		.windows = W,
		.window = window,
		.winner = arena_alloc(arena, tensor_count(z) * sizeof(int)),
	};
	for (int b = 0; b < B; b++) {
		real *z_b = sequence_step(z, b, 0);
		forward(saved, z_b, saved->winner + (z_b - z.data),
		        sequence_step(s.x->value, b, 0), s.lengths[b]);
		counts[b] = windows_of(conv1d_length(conv, s.lengths[b]), window);
		sequence_clear_padding(z, b, counts[b]);
	}
	Var *in[] = { s.x, conv->weight, conv->bias };
	if (!tape_wants(tape, 3, in)) /* nothing is kept for a backward */
		arena_rewind(arena, mark);
	return (Sequence){ tape_push(site, tape, &max_op, z, saved, 3, in), counts };
}

/* One window, as long as the batch. */
Var *conv1d_max_at(Site site, const Conv1d *conv, Tape *tape, Sequence s)
{
	conv1d_check(site, conv, tape, "conv1d_max", s);
	int B = s.x->value.shape[0], O = conv->weight->value.shape[0];
	int steps = conv1d_length(conv, s.x->value.shape[1]);
	Sequence z = conv1d_max_pool_at(site, conv, tape, s, steps);
	return op_reshape_at(site, tape, z.x, SHAPE(B, O));
}
