/* problem.h: a batch with all that is right about it, for checks.c. */
#ifndef TUTORIALS_SIX_EMOTIONS_PROBLEM_H
#define TUTORIALS_SIX_EMOTIONS_PROBLEM_H

#include "tensor/rng.h"
#include "tutorials/05-six-emotions/no_number.h"
#include "tutorials/grader/checks.h"

#include <math.h>
#include <string.h>

/* So many numbers lie behind the end of each array: an index that is a little too large
 * gives a wrong number, and can be told by it. */
enum { BEYOND = 48, MOST = 48 + BEYOND };

typedef struct Problem {
	int N, C;
	bool weighted;
	real logits[MOST], weights[MOST], before[MOST], found[MOST];
	int targets[MOST];
	real loss_before, loss;
	double p[MOST];        /* as it should be */
	double row_loss[MOST]; /* of each row */
} Problem;

static double number(real x)
{
	return (double)x;
}

/* Softmax and the loss of each row, in double. */
static void solve(Problem *q)
{
	for (int i = 0; i < q->N; i++) {
		const real *z = q->logits + i * q->C;
		double m = number(z[0]), sum = 0;
		for (int c = 0; c < q->C; c++)
			m = fmax(m, number(z[c]));
		for (int c = 0; c < q->C; c++)
			sum += exp(number(z[c]) - m);
		for (int c = 0; c < q->C; c++)
			q->p[i * q->C + c] = exp(number(z[c]) - m) / sum;
		q->row_loss[i] = log(sum) - (number(z[q->targets[i]]) - m);
	}
}

/* N from 5 to 7 rows, C 3 or 4 classes, all by the seed; every class is a target. */
static Problem new_problem(bool weighted, bool empty)
{
	const int seed = checks_seed();
	Problem q = { .N = 5 + seed % 3, .C = 3 + seed % 2, .weighted = weighted };
	Rng rng = rng_new((uint64_t)seed);
	for (int i = 0; i < MOST; i++) {
		q.logits[i] = (real)rng_normal(&rng);
		q.weights[i] = (real)(0.3 + 2 * rng_uniform_double(&rng));
		q.before[i] = empty ? 0 : (real)(3 + rng_normal(&rng));
		q.targets[i] = i < q.C ? (i + 1) % q.C : rng_below(&rng, q.C);
		q.p[i] = 1.0 / q.C;
	}
	q.loss = q.loss_before = 3;
	memcpy(q.found, q.before, sizeof q.found);
	solve(&q);
	return q;
}

static void forward(Problem *q)
{
	CALL("softmax_cross_entropy_forward", WRITES(&q->loss, 1), WRITES(q->found, MOST),
	        READS(q->logits, MOST), READS_INTS(q->targets, MOST),
	        READS(q->weights, MOST), INT(q->weighted), INT(q->N), INT(q->C),
	        INT(MOST));
}

static bool agree(real found, double expected)
{
	return fabs(number(found) - expected) <= 2e-5 + 1e-4 * fabs(expected);
}

static double weight(const Problem *q, int i)
{
	return q->weighted ? number(q->weights[q->targets[i]]) : 1;
}

static double all_weights(const Problem *q)
{
	double sum = 0;
	for (int i = 0; i < q->N; i++)
		sum += weight(q, i);
	return sum;
}

static double weights_of_classes(const Problem *q)
{
	double sum = 0;
	for (int c = 0; c < q->C; c++)
		sum += number(q->weights[c]);
	return sum;
}

/* The first element that is not as expected; MOST: there is none. */
static int first_wrong(const real found[MOST], const double expected[MOST])
{
	int k = 0;
	while (k < MOST && agree(found[k], expected[k]))
		k++;
	return k;
}

static bool unchanged(const Problem *q)
{
	return !memcmp(q->found, q->before, sizeof q->found);
}

static bool whole(const Problem *q)
{
	int k = 0;
	while (k < q->N * q->C && fabs(remainder(number(q->found[k]), 1)) < 1e-6)
		k++;
	return k == q->N * q->C;
}

/* Where element k is, and what is expected; `detail` says from what. */
static void spell(const Problem *q, const char *name, int k, double expected,
        const char *detail, char text[], size_t size)
{
	if (k >= q->N * q->C)
		snprintf(text, size,
		        "%d rows, %d classes: %s[%d] was written, behind the end", q->N,
		        q->C, name, k);
	else if (q->found[k] <= NO_NUMBER)
		snprintf(text, size,
		        "%d rows, %d classes. %s[%d] (row %d, class %d) is no number "
		        "(NaN), expected %.5g%s",
		        q->N, q->C, name, k, k / q->C, k % q->C, expected, detail);
	else
		snprintf(text, size,
		        "%d rows, %d classes. %s[%d] (row %d, class %d) is %.5g, "
		        "expected %.5g%s",
		        q->N, q->C, name, k, k / q->C, k % q->C, number(q->found[k]),
		        expected, detail);
}

#endif
