/* checked.h: comparing what was found with what is right, and with what each likely
 * mistake gives: all numbers have to agree. */
#ifndef TUTORIALS_SOUND_CHECKED_H
#define TUTORIALS_SOUND_CHECKED_H

#include "tensor/rng.h"
#include "tutorials/grader/checks.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Behind each array lie more numbers, so that an index which is wrong by little reads a
 * wrong number, or writes where it must not, and can be told by it. */
enum { MOST = 192, BEYOND = 96, ROOM = MOST + BEYOND };

typedef struct Mistake {
	int way;
	const char *text;
} Mistake;

/* Makes what the mistake `way` gives; way 0 is right. */
typedef void Make(const void *problem, int way, double numbers[]);

static void fill(real numbers[], int count, Rng *rng)
{
	for (int i = 0; i < count; i++)
		numbers[i] = (real)rng_normal(rng);
}

/* The first place where they differ; -1: nowhere. `size`: of what is added up. */
static int difference(const real found[], const double expected[], int count, double size)
{
	for (int i = 0; i < count; i++)
		if (!((double)found[i] == expected[i] || /* infinite, both */
		            fabs((double)found[i] - expected[i]) <=
		                    1e-4 * (size + fabs(expected[i]))))
			return i;
	return -1;
}

typedef struct Comparison {
	const void *problem;
	Make *make;
	const real *found;
	int count; /* of found: at most 2 * ROOM */
	double size;
	const Mistake *mistakes;
	int known;
} Comparison;

#define COUNT_OF(table) (int)(sizeof(table) / sizeof(table)[0])

static const char UNKNOWN[] =
        "none that is known here. Take the smallest case, work it out on paper, and compare "
        "it with what each line of yours computes";

/* The first wrong number and what is right there; NULL if all are right. */
static const char *likely_mistake(const Comparison *c, int *at, double *expected)
{
	static double right[2 * ROOM], other[2 * ROOM];
	c->make(c->problem, 0, right);
	*at = difference(c->found, right, c->count, c->size);
	if (*at < 0)
		return NULL;
	*expected = right[*at];
	const char *likely = UNKNOWN;
	for (int m = c->known - 1; m >= 0; m--) {
		c->make(c->problem, c->mistakes[m].way, other);
		if (difference(c->found, other, c->count, c->size) < 0)
			likely = c->mistakes[m].text;
	}
	return likely;
}

#endif
