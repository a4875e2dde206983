/* mistaken.h: what comes out where a student's loops are wrong in some way; for checks.c. */
#ifndef TUTORIALS_ALIGNMENT_MISTAKEN_H
#define TUTORIALS_ALIGNMENT_MISTAKEN_H

#include "tensor/rng.h"
#include "tutorials/13-alignment/problem.h"

#include <stdbool.h>

enum { MOST_WORDS = 16 };

/* No two of the sizes are the same, so that one in place of another is seen. */
typedef struct Problem {
	int B, U, T, F;
	int words[MOST_WORDS], begins[ROOM], ends[ROOM];
	real frames[ROOM], d_out[ROOM], before[ROOM]; /* before: what the result held */
} Problem;

static void fill(real numbers[], Rng *rng)
{
	for (int i = 0; i < ROOM; i++)
		numbers[i] = (real)rng_normal(rng);
}

/* Words that overlap by a frame, of 1 to 4 frames each; the last utterance has the most
 * words. With `empty`, one word has no frame. Where the padding is, other spans stand. */
static Problem new_problem(int seed, bool empty)
{
	Rng rng = rng_new((uint64_t)seed);
	Problem p = {
		.B = 2 + seed % 2, .U = 5 + seed / 2 % 2, .F = 7, .T = 11 + seed % 3
	};
	for (int i = 0; i < ROOM; i++) {
		p.begins[i] = rng_below(&rng, 4);
		p.ends[i] = p.begins[i] + 2 + rng_below(&rng, 3);
	}
	for (int b = 0; b < MOST_WORDS; b++)
		p.words[b] = b < p.B ? p.U - 2 + (b + seed) % 2 : 1;
	for (int b = 0; b < p.B; b++)
		for (int j = 0, at = rng_below(&rng, 2); j < p.words[b]; j++) {
			int *begin = &p.begins[b * p.U + j], *end = &p.ends[b * p.U + j];
			*begin = at;
			*end = at + 1 + (j == 0 ? 2 : rng_below(&rng, 3));
			*end = *end < p.T ? *end : p.T;
			at = *end - (*end - *begin > 1);
			at = at < p.T - 1 ? at : p.T - 1;
		}
	if (empty)
		p.ends[p.U + 1] = p.begins[p.U + 1];
	fill(p.frames, &rng);
	fill(p.d_out, &rng);
	fill(p.before, &rng);
	return p;
}

/* --- what to be wrong about ------------------------------------------------------------- */

/* clang-format off */
enum {
	RIGHT, UNTOUCHED, SUM, BY_T, BY_WORDS, BY_U, BY_MORE, BY_LESS, END_IN,
	END_IN_BY_MORE, END_SHORT, END_SHORT_BY_LESS, BEGIN_LATE, ALL_FRAMES,
	ALL_BY_COUNT, FROM_ZERO, TO_THE_END, ONE_FRAME, LAST_FRAME, LAST_TERM, RUNNING,
	CARRIED_ON, ADDED, PADDING_READ, PADDING_KEPT, EMPTY_KEPT, EMPTY_DIVIDED,
	FIRST_UTTERANCE, FRAMES_BY_U, SPANS_FIRST, SPANS_PACKED, SPANS_BY_T, OUT_FIRST,
	OUT_PACKED, OUT_BY_T, FRAMES_TURNED, OUT_TURNED, NO_STEP, FIRST_NUMBER,
	LAST_WORD, LAST_UTTERANCE, ONE_UTTERANCE, ONE_WORD, WHOLE_SHARE, ASSIGNED, SET, CLEARED, BY_F, WORDS_FIRST, FIRST_OUTPUT,
	DIVIDED_EACH, INT_TERMS, INT_SUM, OTHER_PLACE, STEP_OF_FRAME,
	TIMES_COUNT, SIGN
};
/* clang-format on */

/* The first place in `packed` of utterance b: after the words of those before. */
static int packed(const Problem *p, int b, int way)
{
	if (way != SPANS_PACKED && way != OUT_PACKED)
		return b * p->U;
	return b * p->words[b];
}

static int place_of_span(const Problem *p, int b, int j, int way)
{
	switch (way) {
	case SPANS_FIRST:
		return j;
	case SPANS_PACKED:
		return packed(p, b, way) + j;
	case SPANS_BY_T:
		return b * p->T + j;
	default:
		return b * p->U + j;
	}
}

static int place_of_frame(const Problem *p, int b, int t, int f, int way)
{
	switch (way) {
	case FIRST_UTTERANCE:
		return t * p->F + f;
	case FRAMES_BY_U:
		return (b * p->U + t) * p->F + f;
	case FRAMES_TURNED:
		return (b * p->F + f) * p->T + t;
	case STEP_OF_FRAME:
		return b * p->T + t * p->F + f;
	case NO_STEP:
		return b * p->T + t + f;
	default:
		return (b * p->T + t) * p->F + f;
	}
}

static int place_of_out(const Problem *p, int b, int j, int f, int way)
{
	switch (way) {
	case OUT_FIRST:
		return j * p->F + f;
	case OUT_PACKED:
		return (packed(p, b, way) + j) * p->F + f;
	case OUT_BY_T:
		return (b * p->T + j) * p->F + f;
	case OUT_TURNED:
		return (b * p->F + f) * p->U + j;
	default:
		return (b * p->U + j) * p->F + f;
	}
}

/* The frames that are taken for word j, and what is divided by. */
typedef struct Span {
	int from, to, divisor;
} Span;

static Span span_of(const Problem *p, int b, int j, int way)
{
	const int at = place_of_span(p, b, j, way);
	const int begin = p->begins[at], end = p->ends[at], count = end - begin;
	Span s = { begin, end, count };
	switch (way) {
	case SUM:
		s.divisor = 1;
		break;
	case BY_T:
		s.divisor = p->T;
		break;
	case BY_WORDS:
		s.divisor = p->words[b];
		break;
	case BY_U:
		s.divisor = p->U;
		break;
	case BY_F:
		s.divisor = p->F;
		break;
	case BY_MORE:
		s.divisor = count + 1;
		break;
	case BY_LESS:
		s.divisor = count - 1;
		break;
	case END_IN_BY_MORE:
		s.divisor = count + 1;
		s.to++;
		break;
	case END_IN:
		s.to++;
		break;
	case END_SHORT_BY_LESS:
		s.divisor = count - 1;
		s.to--;
		break;
	case END_SHORT:
		s.to--;
		break;
	case BEGIN_LATE:
		s.from++;
		break;
	case ALL_FRAMES:
		s = (Span){ 0, p->T, p->T };
		break;
	case ALL_BY_COUNT:
		s = (Span){ 0, p->T, count };
		break;
	case FROM_ZERO:
		s = (Span){ 0, count, count };
		break;
	case TO_THE_END:
		s = (Span){ begin, p->T, p->T - begin };
		break;
	case ONE_FRAME:
		s = (Span){ begin, begin + 1, 1 };
		break;
	case LAST_FRAME:
	case LAST_TERM:
		s = (Span){ count ? end - 1 : end, end, way == LAST_TERM ? count : 1 };
		break;
	default:
		break;
	}
	return s;
}

static int words_of(const Problem *p, int b, int way)
{
	if (way == PADDING_READ)
		return p->U;
	if (way == WORDS_FIRST)
		return p->words[0];
	return way == ONE_WORD ? 1 : p->words[b] - (way == LAST_WORD);
}

static int utterances_of(const Problem *p, int way)
{
	if (way == UNTOUCHED)
		return 0;
	return way == ONE_UTTERANCE ? 1 : p->B - (way == LAST_UTTERANCE);
}

/* --- forward ---------------------------------------------------------------------------- */

static double number(const real array[], int at)
{
	return at >= 0 && at < ROOM ? (double)array[at] : 0;
}

static double mean_of(const Problem *p, int b, int j, int f, int way, double *carried)
{
	const Span s = span_of(p, b, j, way);
	double sum = way == CARRIED_ON ? *carried : 0;
	for (int t = s.from; t < s.to; t++) {
		const double x = number(p->frames, place_of_frame(p, b, t, f, way));
		sum += way == INT_TERMS      ? (int)x
		       : way == DIVIDED_EACH ? x / (t - s.from + 1)
		                             : x;
		if (way == RUNNING)
			sum /= s.divisor;
		if (way == INT_SUM)
			sum = (int)sum;
	}
	*carried = sum;
	if (way == RUNNING || way == DIVIDED_EACH)
		return sum;
	if (s.to <= s.from)
		return way == EMPTY_DIVIDED ? NO_NUMBER : 0;
	if (way == END_IN && s.divisor == 0)
		return 0; /* asked before it is divided */
	if (way == WHOLE_SHARE)
		return s.divisor == 1 ? sum : 0;
	return s.divisor ? sum / s.divisor : NO_NUMBER;
}

static void make_out(const Problem *p, int way, double out[])
{
	double carried = 0;
	for (int i = 0; i < ROOM; i++)
		out[i] = (double)p->before[i];
	for (int b = 0; b < utterances_of(p, way); b++) {
		const int words = words_of(p, b, way);
		const int rows =
		        way == PADDING_KEPT || way == ONE_WORD || way == LAST_WORD ? words
		                                                                   : p->U;
		for (int j = 0; j < rows; j++)
			for (int f = 0; f < (way == FIRST_NUMBER ? 1 : p->F); f++) {
				if (way == FIRST_OUTPUT && b + j + f > 0)
					continue;
				const int at = place_of_out(p, b, j, f, way);
				const Span s = span_of(p, b, j, RIGHT);
				if (way == EMPTY_KEPT && j < words && s.to == s.from)
					continue;
				const double mean =
				        j < words ? mean_of(p, b, j, f, way, &carried)
				                  : 0;
				out[at] = way == ADDED ? out[at] + mean : mean;
			}
	}
}

/* --- backward --------------------------------------------------------------------------- */

/* What one frame gets from one word; `from` is where d_out is read. */
static double share_of(const Problem *p, int from, const Span *s, int way)
{
	const double d = number(p->d_out, from);
	switch (way) {
	case WHOLE_SHARE:
		return s->divisor == 1 ? d : 0;
	case TIMES_COUNT:
		return d * s->divisor;
	case SIGN:
		return -d / s->divisor;
	default:
		return s->divisor ? d / s->divisor : NO_NUMBER;
	}
}

static void to_word(
        const Problem *p, int b, int j, int way, double grad[], bool written[])
{
	const Span s = span_of(p, b, j, way);
	for (int t = s.from; t < s.to; t++)
		for (int f = 0; f < (way == FIRST_NUMBER ? 1 : p->F); f++) {
			const int at = place_of_frame(p, b, t, f, way);
			const int from = way == OTHER_PLACE
			                         ? place_of_frame(p, b, t, f, RIGHT)
			                         : place_of_out(p, b, j, f, way);
			if (at >= ROOM)
				continue;
			if (way == ASSIGNED || (way == SET && !written[at]))
				grad[at] = 0;
			written[at] = true;
			grad[at] += share_of(p, from, &s, way);
			if (way == FIRST_OUTPUT)
				return;
		}
}

static void make_gradient(const Problem *p, int way, double grad[])
{
	bool written[ROOM] = { false };
	for (int i = 0; i < ROOM; i++)
		grad[i] = way == CLEARED && i < p->B * p->T * p->F ? 0
		                                                   : (double)p->before[i];
	for (int b = 0; b < utterances_of(p, way); b++)
		for (int j = 0; j < words_of(p, b, way); j++)
			if (way != FIRST_OUTPUT || b + j == 0)
				to_word(p, b, j, way, grad, written);
}

#endif
