/* B batch, T time, F features, n valid steps of an utterance.
 *
 * max:  y_f = max_t x_tf     dx_tf = dy_f where t is the winner, else 0
 * mean: y_f = 1/n sum_t x_tf dx_tf = dy_f / n for each valid t
 * last: y_f = x_{n-1,f}      dx_{n-1,f} = dy_f
 *
 * The loops run over the features inside, so that they become vector instructions. */
#include "layers/pool.h"

#include <string.h>

/* A NaN wins from there on: no number is greater than it. */
void pool_max_over(const real *x, int steps, int F, real *best, int *winner)
{
	for (int f = 0; f < F; f++) {
		best[f] = x[f];
		winner[f] = 0;
	}
	for (int t = 1; t < steps; t++) {
		const real *x_t = x + (size_t)t * (size_t)F;
		for (int f = 0; f < F; f++) {
			int wins = (x_t[f] > best[f]) | (x_t[f] != x_t[f]);
			best[f] = wins ? x_t[f] : best[f];
			winner[f] = wins ? t : winner[f];
		}
	}
}

static void max_over_backward(
        const real *dy, const int *winner, int steps, int F, real *dx)
{
	for (int t = 0; t < steps; t++) {
		real *dx_t = dx + (size_t)t * (size_t)F;
		for (int f = 0; f < F; f++)
			dx_t[f] += winner[f] == t ? dy[f] : 0;
	}
}

/* ---- the largest of each window: (B,T,F) -> (B,U,F), U = ceil(T/window) ------------ */

typedef struct Windows {
	int size;
	const int *in_lengths, *out_lengths; /* (B) */
	Tensor y;                            /* (B,U,F) */
	int *winner;                         /* (B,U,F): the step within its window */
} Windows;

static int ceil_div(int a, int b)
{
	return a / b + (a % b != 0);
}

/* The steps of window u of utterance b: all of it, or what is left at the end. */
static int window_steps(const Windows *windows, int b, int u)
{
	int left = windows->in_lengths[b] - u * windows->size;
	return left < windows->size ? left : windows->size;
}

static Windows *windows_max(Site site, Arena *arena, Sequence s, int size)
{
	Tensor x = s.x->value;
	int B = x.shape[0], U = ceil_div(x.shape[1], size), F = x.shape[2];
	int *lengths = arena_alloc(arena, (size_t)B * sizeof(int));
	Windows *windows = ARENA_NEW(arena, Windows);
	*windows = (Windows){ size, s.lengths, lengths,
		tensor_new_at(site, arena, SHAPE(B, U, F)), NULL };
	Tensor y = windows->y;
	windows->winner = arena_alloc(arena, tensor_count(y) * sizeof(int));
	for (int b = 0; b < B; b++) {
		lengths[b] = ceil_div(s.lengths[b], size);
		for (int u = 0; u < lengths[b]; u++) {
			real *y_u = sequence_step(y, b, u);
			pool_max_over(sequence_step(x, b, u * size),
			        window_steps(windows, b, u), F, y_u,
			        windows->winner + (y_u - y.data));
		}
		sequence_clear_padding(y, b, lengths[b]);
	}
	return windows;
}

static void max_backward(const Node *node)
{
	const Windows *windows = node->saved;
	Tensor y = windows->y, dx = node->in[0]->grad;
	for (int b = 0; b < y.shape[0]; b++)
		for (int u = 0; u < windows->out_lengths[b]; u++) {
			ptrdiff_t at = sequence_step(y, b, u) - y.data;
			max_over_backward(node->out->grad.data + at, windows->winner + at,
			        window_steps(windows, b, u), y.shape[2],
			        sequence_step(dx, b, u * windows->size));
		}
}

static const Op max_pool1d_op = { .name = "max_pool1d", .backward = max_backward };

Sequence max_pool1d_at(Site site, Tape *tape, Sequence s, int window)
{
	sequence_check(site, tape, "max_pool1d", s);
	if (window < 1)
		tape_stop(site, tape, "max_pool1d", "window %d: expected at least 1",
		        window);
	const Windows *windows = windows_max(site, tape->arena, s, window);
	return (Sequence){
		tape_push(site, tape, &max_pool1d_op, windows->y, windows, INPUTS(s.x)),
		windows->out_lengths,
	};
}

/* ---- over a whole utterance: (B,T,F) -> (B,F) -------------------------------------- */

static const Op max_op = { .name = "pool_max", .backward = max_backward };

/* One window, as long as the batch. */
Var *pool_max_at(Site site, Tape *tape, Sequence s)
{
	sequence_check(site, tape, "pool_max", s);
	Tensor x = s.x->value;
	const Windows *windows = windows_max(site, tape->arena, s, x.shape[1]);
	Tensor y = tensor_reshape_at(site, windows->y, SHAPE(x.shape[0], x.shape[2]));
	return tape_push(site, tape, &max_op, y, windows, INPUTS(s.x));
}

static void mean_backward(const Node *node)
{
	const int *lengths = node->saved;
	Tensor dy = node->out->grad, dx = node->in[0]->grad;
	int B = dy.shape[0], F = dy.shape[1];
	for (int b = 0; b < B; b++) {
		const real *dy_b = dy.data + (size_t)b * (size_t)F;
		for (int t = 0; t < lengths[b]; t++) {
			real *dx_t = sequence_step(dx, b, t);
			for (int f = 0; f < F; f++)
				dx_t[f] += dy_b[f] / (real)lengths[b];
		}
	}
}

static const Op mean_op = { .name = "pool_mean", .backward = mean_backward };

Var *pool_mean_at(Site site, Tape *tape, Sequence s)
{
	sequence_check(site, tape, "pool_mean", s);
	Tensor x = s.x->value;
	int B = x.shape[0], F = x.shape[2];
	Tensor y = tensor_zeros_at(site, tape->arena, SHAPE(B, F));
	for (int b = 0; b < B; b++) {
		real *y_b = y.data + (size_t)b * (size_t)F;
		for (int t = 0; t < s.lengths[b]; t++) {
			const real *x_t = sequence_step(x, b, t);
			for (int f = 0; f < F; f++)
				y_b[f] += x_t[f];
		}
		for (int f = 0; f < F; f++)
			y_b[f] /= (real)s.lengths[b];
	}
	return tape_push(site, tape, &mean_op, y, s.lengths, INPUTS(s.x));
}

static void last_backward(const Node *node)
{
	const int *lengths = node->saved;
	Tensor dy = node->out->grad, dx = node->in[0]->grad;
	int B = dy.shape[0], F = dy.shape[1];
	for (int b = 0; b < B; b++) {
		const real *dy_b = dy.data + (size_t)b * (size_t)F;
		real *dx_last = sequence_step(dx, b, lengths[b] - 1);
		for (int f = 0; f < F; f++)
			dx_last[f] += dy_b[f];
	}
}

static const Op last_op = { .name = "pool_last", .backward = last_backward };

Var *pool_last_at(Site site, Tape *tape, Sequence s)
{
	sequence_check(site, tape, "pool_last", s);
	Tensor x = s.x->value;
	int B = x.shape[0], F = x.shape[2];
	Tensor y = tensor_new_at(site, tape->arena, SHAPE(B, F));
	for (int b = 0; b < B; b++)
		memcpy(y.data + (size_t)b * (size_t)F,
		        sequence_step(x, b, s.lengths[b] - 1), (size_t)F * sizeof(real));
	return tape_push(site, tape, &last_op, y, s.lengths, INPUTS(s.x));
}
