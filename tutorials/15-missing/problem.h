/* problem.h: rows of logits with all that is right about them, for checks.c. */
#ifndef TUTORIALS_MISSING_PROBLEM_H
#define TUTORIALS_MISSING_PROBLEM_H

#include "tensor/rng.h"
#include "tutorials/15-missing/no_number.h"
#include "tutorials/grader/checks.h"

#include <math.h>

enum { MOST = 64 * 5 };

typedef struct Problem {
	int N, C, labels[64];
	double T;
	real logits[MOST], p[MOST]; /* p: as it should be, at T */
} Problem;

static double number(real x)
{
	return (double)x;
}

static double logit(const Problem *q, int i, int c)
{
	return number(q->logits[i * q->C + c]);
}

/* log of the sum of e^(z / t) over row i */
static double log_sum(const Problem *q, int i, double t)
{
	double most = logit(q, i, 0), sum = 0;
	for (int c = 1; c < q->C; c++)
		most = fmax(most, logit(q, i, c));
	for (int c = 0; c < q->C; c++)
		sum += exp((logit(q, i, c) - most) / t);
	return log(sum) + most / t;
}

static double p_at(const Problem *q, int i, int c, double t)
{
	return exp(logit(q, i, c) / t - log_sum(q, i, t));
}

static double row_loss(const Problem *q, int i, double t)
{
	return log_sum(q, i, t) - logit(q, i, q->labels[i]) / t;
}

static double loss_at(const Problem *q, double t)
{
	double sum = 0;
	for (int i = 0; i < q->N; i++)
		sum += row_loss(q, i, t);
	return sum / q->N;
}

static double mean_logit(const Problem *q, int i)
{
	double sum = 0;
	for (int c = 0; c < q->C; c++)
		sum += p_at(q, i, c, q->T) * logit(q, i, c);
	return sum;
}

static void solve(Problem *q)
{
	for (int i = 0; i < q->N; i++)
		for (int c = 0; c < q->C; c++)
			q->p[i * q->C + c] = (real)p_at(q, i, c, q->T);
}

/* 5 to 7 rows, 3 or 4 classes, a T that is not 1. */
static Problem new_problem(void)
{
	static const double temperatures[] = { 1.7, 0.6, 2.5 };
	const int seed = checks_seed();
	Problem q = { .N = 5 + seed % 3, .C = 3 + seed % 2, .T = temperatures[seed % 3] };
	Rng rng = rng_new((uint64_t)seed);
	for (int i = 0; i < q.N; i++)
		q.labels[i] = i < q.C ? (i + 1) % q.C : rng_below(&rng, q.C);
	for (int k = 0; k < q.N * q.C; k++)
		q.logits[k] = (real)(1.5 * rng_normal(&rng));
	solve(&q);
	return q;
}

/* 60 rows of a network that is right in two of three, `scale` times too sure. */
static Problem many_rows(double scale)
{
	Problem q = { .N = 60, .C = 4, .T = 1 };
	Rng rng = rng_new((uint64_t)(checks_seed() + 77));
	for (int i = 0; i < q.N; i++) {
		q.labels[i] = rng_below(&rng, q.C);
		for (int c = 0; c < q.C; c++)
			q.logits[i * q.C + c] =
			        (real)(scale * (0.7 * rng_normal(&rng) +
			                               1.4 * (c == q.labels[i])));
	}
	return q;
}

/* Where the loss is smallest: it is convex in 1/T. */
static double best_T(const Problem *q)
{
	double low = log(0.05), high = log(20);
	while (high - low > 1e-7) {
		const double left = low + (high - low) / 3,
		             right = high - (high - low) / 3;
		if (loss_at(q, exp(left)) < loss_at(q, exp(right)))
			high = right;
		else
			low = left;
	}
	return exp((low + high) / 2);
}

static bool agree(double found, double expected)
{
	return fabs(found - expected) <= 2e-5 + 2e-4 * fabs(expected);
}

#endif
