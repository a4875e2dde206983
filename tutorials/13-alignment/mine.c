/* wrap: align_mean_at */
/* The mean of the steps under a span, forward and backward, is the student's. The library
 * keeps begin and end of a span side by side; the student's function has an array of
 * each. What the library refuses is left to it. The spans come as frames, not as seconds,
 * so words_frames is only tried: it has to find the same spans again. */
#include "layers/align.h"
#include "tutorials/13-alignment/exercise.h"
#include "tutorials/lesson/mine.h"

#include <math.h>
#include <stdbool.h>

Sequence __real_align_mean_at(
        Site site, Tape *tape, Sequence x, const int *spans, Sequence onto);
Sequence __wrap_align_mean_at(
        Site site, Tape *tape, Sequence x, const int *spans, Sequence onto);

typedef struct Saved {
	int B, U, T, F;
	const int *begins, *ends, *words; /* (B,U), (B,U), (B) */
} Saved;

/* --- comparing with the definition ------------------------------------------------------- */

static int frames_under(const Saved *s, int b, int j)
{
	const int at = b * s->U + j;
	return j < s->words[b] ? s->ends[at] - s->begins[at] : 0;
}

static void check_mean(Site site, const Saved *s, const real *out, const real *x)
{
	for (int at = 0; at < s->B * s->U * s->F; at++) {
		const int b = at / s->F / s->U, j = at / s->F % s->U, f = at % s->F;
		const int n = frames_under(s, b, j);
		double mean = 0, size = 0;
		for (int t = 0; t < n; t++) {
			const int frame = b * s->T + s->begins[b * s->U + j] + t;
			mean += (double)x[frame * s->F + f] / n;
			size += fabs((double)x[frame * s->F + f]) / n;
		}
		mine_require(site, "13", "your words_mean_forward's out", (size_t)at,
		        (double)out[at], mean, size);
	}
}

static void check_gradient(Site site, const Saved *s, const real *found,
        const real *before, const real *d_out)
{
	for (int at = 0; at < s->B * s->T * s->F; at++) {
		const int b = at / s->F / s->T, t = at / s->F % s->T, f = at % s->F;
		double sum = (double)before[at], size = fabs(sum);
		for (int j = 0; j < s->words[b]; j++) {
			const int word = b * s->U + j;
			if (t < s->begins[word] || t >= s->ends[word])
				continue;
			const double share =
			        (double)d_out[word * s->F + f] / frames_under(s, b, j);
			sum += share;
			size += fabs(share);
		}
		mine_require(site, "13", "your words_mean_backward's d_frames",
		        (size_t)at, (double)found[at], sum, size);
	}
}

/* Seconds in the middle of the first and of the last frame of each word of utterance 0, and
 * behind them a word that is said when the sound has ended. */
static void check_frames(Site site, const Saved *s)
{
	enum { RATE = 50 };
	Arena *arena = arena_new("mine");
	const int U = s->words[0] + 1;
	float *starts = ARENA_ARRAY(arena, float, (size_t)U);
	float *stops = ARENA_ARRAY(arena, float, (size_t)U);
	int *begins = ARENA_ARRAY(arena, int, (size_t)U);
	int *ends = ARENA_ARRAY(arena, int, (size_t)U);
	for (int j = 0; j < U; j++) {
		const bool behind = j == U - 1;
		const int begin = behind ? s->T + 2 : s->begins[j];
		const int end = behind ? s->T + 4 : s->ends[j];
		starts[j] = ((float)begin + 0.5f) / RATE;
		stops[j] = fmaxf((float)end - 0.5f, (float)begin + 0.5f) / RATE;
	}
	words_frames(begins, ends, starts, stops, RATE, U, s->T);
	for (int j = 0; j < U; j++) {
		const int begin = j == U - 1 ? s->T : s->begins[j];
		const int end = j == U - 1 ? s->T : s->ends[j];
		if (j < U - 1 && begin == end)
			continue; /* no seconds make such a span */
		mine_require(site, "13", "your words_frames' begins", (size_t)j,
		        (double)begins[j], (double)begin, 0);
		mine_require(site, "13", "your words_frames' ends", (size_t)j,
		        (double)ends[j], (double)end, 0);
	}
	arena_free(arena);
}

/* --- the operation ----------------------------------------------------------------------- */

/* Where no word is, a number that must not be used. */
static void for_padding(const Saved *s, real *rows)
{
	for (int b = 0; b < s->B; b++)
		for (int j = s->words[b]; j < s->U; j++)
			for (int f = 0; f < s->F; f++)
				rows[(b * s->U + j) * s->F + f] = 7;
}

static void backward(const Node *node)
{
	const Saved *s = node->saved;
	Tensor dx = node->in[0]->grad;
	if (!dx.data)
		return;
	Arena *arena = arena_new("mine");
	const real *before = arena_copy(arena, dx.data, tensor_count(dx) * sizeof(real));
	real *d_out = arena_copy(arena, node->out->grad.data,
	        tensor_count(node->out->grad) * sizeof(real));
	for_padding(s, d_out);
	words_mean_backward(
	        dx.data, d_out, s->begins, s->ends, s->words, s->B, s->U, s->T, s->F);
	if (mine_check())
		check_gradient(HERE, s, dx.data, before, d_out);
	arena_free(arena);
}

static const Op mean_op = { .name = "align_mean", .backward = backward };

static bool fits(const Saved *s, const int *lengths)
{
	for (int b = 0; b < s->B; b++)
		for (int j = 0; j < s->words[b]; j++) {
			const int at = b * s->U + j;
			if (s->begins[at] < 0 || s->ends[at] < s->begins[at] ||
			        s->ends[at] > lengths[b])
				return false;
		}
	return true;
}

Sequence __wrap_align_mean_at(
        Site site, Tape *tape, Sequence x, const int *spans, Sequence onto)
{
	sequence_check(site, tape, "align_mean", x);
	sequence_check(site, tape, "align_mean", onto);
	Saved *s = ARENA_NEW(tape->arena, Saved);
	const int *shape = x.x->value.shape;
	*s = (Saved){ shape[0], onto.x->value.shape[1], shape[1], shape[2], NULL, NULL,
		onto.lengths };
	const size_t places = (size_t)s->B * (size_t)s->U;
	int *begins = ARENA_ARRAY(tape->arena, int, places);
	int *ends = ARENA_ARRAY(tape->arena, int, places);
	for (size_t i = 0; i < places; i++) {
		begins[i] = spans[2 * i];
		ends[i] = spans[2 * i + 1];
	}
	s->begins = begins;
	s->ends = ends;
	if (onto.x->value.shape[0] != s->B || !fits(s, x.lengths))
		return __real_align_mean_at(site, tape, x, spans, onto);
	Tensor out = tensor_full(tape->arena, 7, SHAPE(s->B, s->U, s->F));
	words_mean_forward(out.data, x.x->value.data, begins, ends, s->words, s->B, s->U,
	        s->T, s->F);
	if (mine_check()) {
		check_frames(site, s);
		check_mean(site, s, out.data, x.x->value.data);
	}
	Var *mean = tape_push(site, tape, &mean_op, out, s, INPUTS(x.x));
	return (Sequence){ mean, onto.lengths };
}
