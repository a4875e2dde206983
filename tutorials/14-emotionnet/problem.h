/* problem.h: utterances of which some lack a modality, and calls of the student's functions, for
 * checks.c. */
#ifndef TUTORIALS_EMOTIONNET_PROBLEM_H
#define TUTORIALS_EMOTIONNET_PROBLEM_H

#include "tensor/rng.h"
#include "tutorials/14-emotionnet/no_number.h"
#include "tutorials/grader/checks.h"

#include <math.h>
#include <string.h>

/* Each array has room beyond its end, so that a wrong index is told from its numbers. */
enum { ROWS = 7, WIDE = 7, MOST = ROWS * WIDE, ROOM = 2 * MOST };
enum { TEXT, SPEECH, PARTS };

typedef struct Problem {
	int B, P[PARTS];
	real x[PARTS][ROOM], has[PARTS][2 * ROWS];
} Problem;

static const char *const names[PARTS] = { "text", "speech" };

static double number(real x)
{
	return (double)x;
}

static bool agree(double found, double expected)
{
	return fabs(found - expected) <= 1e-6 + 1e-5 * fabs(expected);
}

static int wide(const Problem *q)
{
	return q->P[TEXT] + q->P[SPEECH];
}

/* 5 to 7 rows. `mixed`: row 1 lacks the speech, row 2 the text, row 4 both. */
static Problem new_problem(bool mixed)
{
	const int seed = checks_seed();
	Problem q = { .B = 5 + seed % 3, .P = { 5 + seed % 3, 3 + seed % 2 } };
	if (seed % 4 == 2)
		q.P[TEXT] = 2 + seed % 3, q.P[SPEECH] = 5 + seed % 2;
	Rng rng = rng_new((uint64_t)seed);
	for (int part = 0; part < PARTS; part++) {
		for (int k = 0; k < ROOM; k++)
			q.x[part][k] = (real)rng_normal(&rng);
		for (int b = 0; b < 2 * ROWS; b++)
			q.has[part][b] = 1;
	}
	if (mixed)
		q.has[SPEECH][1] = q.has[TEXT][2] = q.has[TEXT][4] = q.has[SPEECH][4] = 0;
	return q;
}

/* Row b alone. */
static Problem alone(const Problem *q, int b)
{
	Problem one = *q;
	one.B = 1;
	for (int part = 0; part < PARTS; part++) {
		memmove(one.x[part], q->x[part] + b * q->P[part],
		        (size_t)q->P[part] * sizeof(real));
		one.has[part][0] = q->has[part][b];
	}
	return one;
}

/* All numbers of a row of one modality become others, `scale` times as large. */
static void change(Problem *q, int part, int b, double scale, Rng *rng)
{
	for (int i = 0; i < q->P[part]; i++)
		q->x[part][b * q->P[part] + i] = (real)(scale * rng_normal(rng));
}

/* out holds `before` everywhere, then what fusion_forward makes of it. */
static void forward(const Problem *q, real out[ROOM], double before)
{
	for (int k = 0; k < ROOM; k++)
		out[k] = (real)before;
	CALL("fusion_forward", WRITES(out, q->B * wide(q)), READS(q->x[TEXT], ROOM),
	        READS(q->x[SPEECH], ROOM), READS(q->has[TEXT], 2 * ROWS),
	        READS(q->has[SPEECH], 2 * ROWS), INT(q->B), INT(q->P[TEXT]),
	        INT(q->P[SPEECH]));
}

typedef struct Gradient {
	real d[PARTS][ROOM];
} Gradient;

static void backward(const Problem *q, const real d_out[ROOM], Gradient *g, double before)
{
	for (int part = 0; part < PARTS; part++)
		for (int k = 0; k < ROOM; k++)
			g->d[part][k] = (real)before;
	CALL("fusion_backward", WRITES(g->d[TEXT], q->B * q->P[TEXT]),
	        WRITES(g->d[SPEECH], q->B * q->P[SPEECH]), READS(d_out, ROOM),
	        READS(q->x[TEXT], ROOM), READS(q->x[SPEECH], ROOM),
	        READS(q->has[TEXT], 2 * ROWS), READS(q->has[SPEECH], 2 * ROWS), INT(q->B),
	        INT(q->P[TEXT]), INT(q->P[SPEECH]));
}

/* Whether row b of two outputs is the same; *at is where it is not. */
static bool row_same(
        const Problem *q, const real a[], const real other[], int b, int c, int *at)
{
	for (int k = 0; k < wide(q); k++)
		if (!agree(number(a[b * wide(q) + k]), number(other[c * wide(q) + k]))) {
			*at = k;
			return false;
		}
	return true;
}

#endif
