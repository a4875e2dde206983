/* problem.h: queries, keys and values for checks.c, and comparing. */
#ifndef TUTORIALS_ATTENTION_PROBLEM_H
#define TUTORIALS_ATTENTION_PROBLEM_H

#include "tensor/rng.h"
#include "tutorials/12-attention/no_number.h"
#include "tutorials/grader/checks.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 80, BEYOND = 80, ROOM = MOST + BEYOND };
/* Behind each array lie so many more numbers, so that an index which is wrong by little
 * reads a wrong number, or writes where it must not, and can be told by it. */

enum { OUT, WEIGHTS, DQ, DK, DV, ARRAYS };
static const char *const array_names[ARRAYS] = { "out", "weights", "dq", "dk", "dv" };

/* No two of the sizes are the same, so that one in place of another is seen. */
typedef struct Problem {
	int T_q, T_k, length, D;
	real q[ROOM], k[ROOM], v[ROOM], dout[ROOM];
	real before[ARRAYS][ROOM]; /* what they hold at first */
	real found[ARRAYS][ROOM];
} Problem;

static double number(const real array[], int at)
{
	return at < ROOM ? (double)array[at] : 0;
}

static Problem new_problem(void)
{
	const int seed = checks_seed();
	Rng rng = rng_new((uint64_t)seed);
	Problem p = { .T_q = 3 + seed % 2,
		.T_k = 7 + seed / 2 % 2,
		.length = 5,
		.D = seed / 4 % 2 ? 9 : 6 };
	for (int i = 0; i < ROOM; i++) {
		p.q[i] = (real)rng_normal(&rng);
		p.k[i] = (real)rng_normal(&rng);
		p.v[i] = (real)rng_normal(&rng);
		p.dout[i] = (real)rng_normal(&rng);
		for (int part = 0; part < ARRAYS; part++)
			p.before[part][i] = (real)(2 + rng_normal(&rng));
	}
	memcpy(p.found, p.before, sizeof p.found);
	return p;
}

static int count_of(const Problem *p, int part)
{
	const int rows = part == DK || part == DV ? p->T_k : p->T_q;
	return rows * (part == WEIGHTS ? p->T_k : p->D);
}

/* Element `at` of an array, as one writes it: weights(1,0). */
static const char *place_text(const Problem *p, int part, int at)
{
	static char text[40];
	const int width = part == WEIGHTS ? p->T_k : p->D;
	snprintf(text, sizeof text, "%s(%d,%d)", array_names[part], at / width,
	        at % width);
	return text;
}

static const char *sizes_text(const Problem *p)
{
	static char text[80];
	snprintf(text, sizeof text, "(T_q = %d, T_k = %d, length = %d, D = %d)", p->T_q,
	        p->T_k, p->length, p->D);
	return text;
}

static bool no_number(real x)
{
	return x <= ATTENTION_NO_NUMBER;
}

/* The first place where they differ; -1: nowhere. */
static int difference(const real found[], const double expected[], int count)
{
	for (int i = 0; i < count; i++)
		if (!(fabs((double)found[i] - expected[i]) <=
		            5e-5 + 1e-4 * fabs(expected[i])))
			return i;
	return -1;
}

static void call_forward(Problem *p)
{
	real *out = p->found[OUT], *weights = p->found[WEIGHTS];
	CALL("attention_forward", WRITES(out, ROOM), WRITES(weights, ROOM),
	        READS(p->q, ROOM), READS(p->k, ROOM), READS(p->v, ROOM), INT(p->T_q),
	        INT(p->T_k), INT(p->length), INT(p->D), INT(ROOM));
}

static void call_backward(Problem *p, const double right_weights[])
{
	real weights[ROOM], *dq = p->found[DQ], *dk = p->found[DK], *dv = p->found[DV];
	for (int i = 0; i < ROOM; i++)
		weights[i] = (real)right_weights[i];
	CALL("attention_backward", WRITES(dq, ROOM), WRITES(dk, ROOM), WRITES(dv, ROOM),
	        READS(p->dout, ROOM), READS(weights, ROOM), READS(p->q, ROOM),
	        READS(p->k, ROOM), READS(p->v, ROOM), INT(p->T_q), INT(p->T_k),
	        INT(p->length), INT(p->D));
}

#endif
