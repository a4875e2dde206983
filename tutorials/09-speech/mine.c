/* wrap: pool_max_at max_pool1d_at pool_max_over dropout_forward_at */
/* Each maximum over time is the student's, over utterances and over windows, and each
 * dropout. Which numbers are kept the library's random numbers say. The operation that
 * joins a convolution with the maximum behind it (layers/conv1d_max.c) takes its maxima
 * from here, and sends gradients back by its own way; with chapter 7's part it is taken
 * apart, and then both ways are the student's. A NaN, which nobody promised, is the
 * library's. */
#include "layers/dropout.h"
#include "layers/pool.h"
#include "tutorials/lesson/mine.h"

#include <math.h>

#undef dropout_forward /* the student's function has this name */
#include "tutorials/09-speech/exercise.h"

Var *__real_pool_max_at(Site site, Tape *tape, Sequence s);
Var *__wrap_pool_max_at(Site site, Tape *tape, Sequence s);
Sequence __real_max_pool1d_at(Site site, Tape *tape, Sequence s, int window);
Sequence __wrap_max_pool1d_at(Site site, Tape *tape, Sequence s, int window);
void __real_pool_max_over(const real *x, int steps, int F, real *best, int *winner);
void __wrap_pool_max_over(const real *x, int steps, int F, real *best, int *winner);
Var *__real_dropout_forward_at(Site site, Tape *tape, Var *x, real rate, Rng *rng);
Var *__wrap_dropout_forward_at(Site site, Tape *tape, Var *x, real rate, Rng *rng);

static bool all_numbers(const real *x, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (isnan(x[i]))
			return false;
	return true;
}

static void require(Site site, const char *what, size_t at, double found, double expected)
{
	mine_require(site, "09", what, at, found, expected, fabs(expected));
}

/* --- the maximum over time --------------------------------------------------------------- */

/* So many utterances, or windows, of one row of x. */
typedef struct Rows {
	int B, T, F;
	const int *lengths; /* (B) */
	int *winner;        /* (B,F) */
} Rows;

static void check_maxima(Site site, Rows r, const real *y, const real *x)
{
	for (int i = 0; i < r.B * r.F; i++) {
		const int b = i / r.F, f = i % r.F;
		int first = 0;
		for (int t = 1; t < r.lengths[b]; t++)
			if (x[(b * r.T + t) * r.F + f] > x[(b * r.T + first) * r.F + f])
				first = t;
		require(site, "your max_pool_forward's y", (size_t)i, (double)y[i],
		        (double)x[(b * r.T + first) * r.F + f]);
		require(site, "your max_pool_forward's winner", (size_t)i, r.winner[i],
		        first);
	}
}

/* What no batch shows: numbers far below 0. */
static void check_far_below(Site site)
{
	const real x[] = { -5000, -4000 };
	const int length = 2;
	int winner = 0;
	real y = 0;
	max_pool_forward(&y, &winner, x, &length, 1, length, 1);
	require(site, "your max_pool_forward's y of -5000 and -4000", 0, (double)y,
	        (double)x[1]);
}

static void maxima(Site site, Rows r, real *y, const real *x, bool check)
{
	for (int i = 0; check && i < r.B * r.F; i++) {
		y[i] = 7; /* whoever does not set it is seen */
		r.winner[i] = -1;
	}
	max_pool_forward(y, r.winner, x, r.lengths, r.B, r.T, r.F);
	if (check) {
		check_maxima(site, r, y, x);
		check_far_below(site);
	}
}

/* With other gradients, added to ones: whoever does not add is seen. */
static void check_back(Site site, Rows r)
{
	const int outputs = r.B * r.F, count = outputs * r.T;
	Arena *arena = arena_new("mine");
	real *dx = ARENA_ARRAY(arena, real, (size_t)count);
	real *dy = ARENA_ARRAY(arena, real, (size_t)outputs);
	for (int i = 0; i < outputs; i++)
		dy[i] = (real)(2 + i % 7);
	for (int i = 0; i < count; i++)
		dx[i] = 1;
	max_pool_backward(dx, dy, r.winner, r.B, r.T, r.F);
	for (int i = 0; i < count; i++) {
		const int out = i / (r.T * r.F) * r.F + i % r.F, t = i / r.F % r.T;
		const double back = t == r.winner[out] ? (double)dy[out] : 0;
		require(site, "your max_pool_backward's dx, which was 1,", (size_t)i,
		        (double)dx[i], 1 + back);
	}
	arena_free(arena);
}

static void back(Site site, Rows r, real *dx, const real *dy, bool check)
{
	if (check)
		check_back(site, r);
	max_pool_backward(dx, dy, r.winner, r.B, r.T, r.F);
}

static void pool_backward(const Node *node)
{
	back(node->site, *(const Rows *)node->saved, node->in[0]->grad.data,
	        node->out->grad.data, true);
}

static const Op pool_op = { .name = "pool_max", .backward = pool_backward };

Var *__wrap_pool_max_at(Site site, Tape *tape, Sequence s)
{
	sequence_check(site, tape, "pool_max", s);
	const Tensor x = s.x->value;
	if (!all_numbers(x.data, tensor_count(x)))
		return __real_pool_max_at(site, tape, s);
	Rows *rows = ARENA_NEW(tape->arena, Rows);
	*rows = (Rows){ x.shape[0], x.shape[1], x.shape[2], s.lengths, NULL };
	const Tensor y = tensor_new_at(site, tape->arena, SHAPE(rows->B, rows->F));
	rows->winner = ARENA_ARRAY(tape->arena, int, tensor_count(y));
	maxima(site, *rows, y.data, x.data, true);
	return tape_push(site, tape, &pool_op, y, rows, INPUTS(s.x));
}

void __wrap_pool_max_over(const real *x, int steps, int F, real *best, int *winner)
{
	if (all_numbers(x, (size_t)steps * (size_t)F))
		maxima(HERE, (Rows){ 1, steps, F, &steps, winner }, best, x,
		        mine_check());
	else
		__real_pool_max_over(x, steps, F, best, winner);
}

/* --- over windows: each is an utterance of its own ---------------------------------------- */

typedef struct Windows {
	int size;
	const int *lengths; /* (B) of x */
	Sequence y;         /* (B,U,F) */
	int *winner;        /* (B,U,F) */
} Windows;

/* Window u of utterance b: one row of `steps` frames. */
static Rows window_of(const Windows *w, int b, int u, const int *steps)
{
	const Tensor y = w->y.x->value;
	return (Rows){ 1, *steps, y.shape[2], steps,
		w->winner + (sequence_step(y, b, u) - y.data) };
}

static int steps_of(const Windows *w, int b, int u)
{
	const int left = w->lengths[b] - u * w->size;
	return left < w->size ? left : w->size;
}

static void windows_backward(const Node *node)
{
	const Windows *w = node->saved;
	for (int b = 0; b < node->out->value.shape[0]; b++)
		for (int u = 0; u < w->y.lengths[b]; u++) {
			const int steps = steps_of(w, b, u);
			back(node->site, window_of(w, b, u, &steps),
			        sequence_step(node->in[0]->grad, b, u * w->size),
			        sequence_step(node->out->grad, b, u), mine_check());
		}
}

static const Op windows_op = { .name = "max_pool1d", .backward = windows_backward };

Sequence __wrap_max_pool1d_at(Site site, Tape *tape, Sequence s, int size)
{
	sequence_check(site, tape, "max_pool1d", s);
	const Tensor x = s.x->value;
	if (size < 1 || !all_numbers(x.data, tensor_count(x)))
		return __real_max_pool1d_at(site, tape, s, size);
	const int B = x.shape[0], U = (x.shape[1] - 1) / size + 1, F = x.shape[2];
	int *counts = ARENA_ARRAY(tape->arena, int, (size_t)B);
	Windows *w = ARENA_NEW(tape->arena, Windows);
	const Tensor y = tensor_new_at(site, tape->arena, SHAPE(B, U, F));
	*w = (Windows){ .size = size,
		.lengths = s.lengths,
		.winner = ARENA_ARRAY(tape->arena, int, tensor_count(y)) };
	w->y = (Sequence){ tape_push(site, tape, &windows_op, y, w, INPUTS(s.x)),
		counts };
	for (int b = 0; b < B; b++) {
		counts[b] = (s.lengths[b] - 1) / size + 1;
		for (int u = 0; u < counts[b]; u++) {
			const int steps = steps_of(w, b, u);
			maxima(site, window_of(w, b, u, &steps), sequence_step(y, b, u),
			        sequence_step(x, b, u * size), mine_check());
		}
		sequence_clear_padding(y, b, counts[b]);
	}
	return w->y;
}

/* --- dropout ----------------------------------------------------------------------------- */

typedef struct Dropped {
	const int *keep;
	real rate;
} Dropped;

/* As the library draws it: each row has a stream of its own (layers/dropout.c). */
static const int *keep_new(Arena *arena, Tensor x, real rate, Rng *rng)
{
	const size_t count = tensor_count(x);
	const size_t rows = x.ndim ? (size_t)x.shape[0] : 1;
	const size_t row = rows ? count / rows : 0;
	int *keep = ARENA_ARRAY(arena, int, count);
	real *factors = ARENA_ARRAY(arena, real, row);
	const Rng base = dropout_stream(rng);
	for (size_t r = 0; r < rows; r++) {
		Rng own = rng_split(&base, r);
		dropout_mask(factors, row, rate, &own);
		for (size_t i = 0; i < row; i++)
			keep[r * row + i] = factors[i] > 0;
	}
	return keep;
}

static void check_dropped(Site site, const char *what, const real *found,
        const real *from, const Dropped *dropped, size_t count, double before)
{
	for (size_t i = 0; i < count; i++)
		require(site, what, i, (double)found[i],
		        before + (dropped->keep[i] ? (double)from[i] /
		                                             (1 - (double)dropped->rate)
		                                   : 0));
}

static void check_dropped_back(Site site, const Dropped *dropped, size_t count)
{
	Arena *arena = arena_new("mine");
	real *dx = ARENA_ARRAY(arena, real, count), *dy = ARENA_ARRAY(arena, real, count);
	for (size_t i = 0; i < count; i++) {
		dx[i] = 1;
		dy[i] = (real)(2 + i % 7);
	}
	dropout_backward(dx, dy, dropped->keep, dropped->rate, (int)count);
	check_dropped(site, "your dropout_backward's dx, which was 1,", dx, dy, dropped,
	        count, 1);
	arena_free(arena);
}

static void dropped_backward(const Node *node)
{
	const Dropped *dropped = node->saved;
	const size_t count = tensor_count(node->out->value);
	if (mine_check())
		check_dropped_back(node->site, dropped, count);
	dropout_backward(node->in[0]->grad.data, node->out->grad.data, dropped->keep,
	        dropped->rate, (int)count);
}

static const Op dropped_op = { .name = "dropout_forward", .backward = dropped_backward };

Var *__wrap_dropout_forward_at(Site site, Tape *tape, Var *x, real rate, Rng *rng)
{
	if (!x || !rng || !(rate > 0 && rate < 1) ||
	        !all_numbers(x->value.data, tensor_count(x->value)))
		return __real_dropout_forward_at(site, tape, x, rate, rng);
	Dropped *dropped = ARENA_NEW(tape->arena, Dropped);
	*dropped = (Dropped){ keep_new(tape->arena, x->value, rate, rng), rate };
	const Tensor y = tensor_new_at(site, tape->arena, x->value.ndim, x->value.shape);
	const size_t count = tensor_count(y);
	for (size_t i = 0; i < count; i++)
		y.data[i] = 7; /* whoever does not set it is seen */
	dropout_forward(y.data, x->value.data, dropped->keep, rate, (int)count);
	if (mine_check())
		check_dropped(site, "your dropout_forward's y", y.data, x->value.data,
		        dropped, count, 0);
	return tape_push(site, tape, &dropped_op, y, dropped, INPUTS(x));
}
