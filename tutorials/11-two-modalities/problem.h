/* problem.h: some experts with all that is right about them, for checks.c. */
#ifndef TUTORIALS_TWO_MODALITIES_PROBLEM_H
#define TUTORIALS_TWO_MODALITIES_PROBLEM_H

#include "tensor/rng.h"
#include "tutorials/05-six-emotions/no_number.h"
#include "tutorials/grader/checks.h"

#include <math.h>
#include <string.h>

/* So many numbers lie behind the end of each array: an index that is a little too large
 * gives a wrong number, and can be told by it. */
enum { BEYOND = 28, MOST_K = 4, MOST_C = 5, MOST = MOST_K * MOST_C + BEYOND };

typedef struct Problem {
	int K, C, n; /* n: how many are there */
	int there[MOST];
	real logits[MOST], prior[MOST], d_log_p[MOST];
	real before[MOST], found[MOST]; /* log_p, or d_logits */
	int length;                     /* of what is found: C, or K * C */
	double log_p[MOST];             /* as it should be */
} Problem;

static double number(real x)
{
	return (double)x;
}

static double log_prior(const Problem *q, int c)
{
	return log(number(q->prior[c]));
}

/* log(e^z0 + e^z1 + ...) */
static double log_of_sum(const double z[], int count)
{
	double most = z[0], sum = 0;
	for (int c = 1; c < count; c++)
		most = fmax(most, z[c]);
	for (int c = 0; c < count; c++)
		sum += exp(z[c] - most);
	return most + log(sum);
}

/* log softmax of expert k. */
static double log_p_of(const Problem *q, int k, int c)
{
	double z[MOST_C];
	for (int i = 0; i < q->C; i++)
		z[i] = number(q->logits[k * q->C + i]);
	return z[c] - log_of_sum(z, q->C);
}

static void solve(Problem *q)
{
	double s[MOST_C];
	q->n = 0;
	for (int k = 0; k < q->K; k++)
		q->n += q->there[k];
	for (int c = 0; c < q->C; c++) {
		s[c] = (1 - q->n) * log_prior(q, c);
		for (int k = 0; k < q->K; k++)
			s[c] += q->there[k] ? number(q->logits[k * q->C + c]) : 0;
	}
	const double all = log_of_sum(s, q->C);
	for (int c = 0; c < q->C; c++)
		q->log_p[c] = s[c] - all;
}

/* K from 3 to 4, C from 3 to 5, never the same, all by the seed. */
static Problem new_problem(void)
{
	static const int shapes[][2] = { { 3, 4 }, { 4, 3 }, { 3, 5 }, { 4, 5 } };
	const int seed = checks_seed();
	Problem q = { .K = shapes[seed % 4][0], .C = shapes[seed % 4][1] };
	double sum = 0;
	Rng rng = rng_new((uint64_t)seed);
	for (int i = 0; i < MOST; i++) {
		q.there[i] = i < q.K; /* nobody stands behind the end */
		q.logits[i] = (real)(2 * rng_normal(&rng));
		q.prior[i] = (real)(0.1 + rng_uniform_double(&rng));
		q.d_log_p[i] = (real)rng_normal(&rng);
		q.before[i] = (real)(3 + rng_normal(&rng));
	}
	for (int c = 0; c < q.C; c++)
		sum += number(q.prior[c]);
	for (int c = 0; c < q.C; c++)
		q.prior[c] = (real)(number(q.prior[c]) / sum);
	memcpy(q.found, q.before, sizeof q.found);
	/* Their sum is 2.5: neither whole nor 1, for which it may be taken. */
	double all = 0;
	for (int c = 1; c < q.C; c++)
		all += number(q.d_log_p[c]);
	q.d_log_p[0] = (real)(2.5 - all);
	solve(&q);
	return q;
}

static void forward(Problem *q)
{
	q->length = q->C;
	CALL("experts_forward", WRITES(q->found, MOST), READS(q->logits, MOST),
	        READS_INTS(q->there, MOST), READS(q->prior, MOST), INT(q->K), INT(q->C),
	        INT(MOST));
}

static void backward(Problem *q)
{
	real log_p[MOST];
	for (int i = 0; i < MOST; i++)
		log_p[i] = i < q->C ? (real)q->log_p[i] : 1;
	q->length = q->K * q->C;
	CALL("experts_backward", WRITES(q->found, MOST), READS(q->d_log_p, MOST),
	        READS(log_p, MOST), READS_INTS(q->there, MOST), INT(q->K), INT(q->C),
	        INT(MOST));
}

static bool agree(real found, double expected)
{
	return fabs(number(found) - expected) <= 5e-5 + 1e-4 * fabs(expected);
}

/* The first element that is not as expected; MOST: there is none. */
static int first_wrong(const real found[MOST], const double expected[MOST])
{
	int i = 0;
	while (i < MOST && agree(found[i], expected[i]))
		i++;
	return i;
}

static void as_before(const Problem *q, double out[MOST])
{
	for (int i = 0; i < MOST; i++)
		out[i] = number(q->before[i]);
}

/* Element i of `name`: found and expected. */
static void spell(const Problem *q, const char *name, int i, double expected, char text[],
        size_t size)
{
	char found[32];
	snprintf(found, sizeof found, "%.5g", number(q->found[i]));
	if (q->found[i] <= NO_NUMBER)
		snprintf(found, sizeof found, "no number (NaN or infinity)");
	if (i >= q->length)
		snprintf(text, size, "%s[%d] was written, behind the end", name, i);
	else
		snprintf(text, size,
		        "%d experts, of whom %d are there, and %d classes. %s[%d] is %s, "
		        "expected %.5g",
		        q->K, q->n, q->C, name, i, found, expected);
}

/* The mistakes that any array can have. */
static void judge_common(const Problem *q, int i, const char *text)
{
	if (!memcmp(q->found, q->before, sizeof q->found))
		MISTAKE("nothing is written here yet", "%s", text);
	if (i >= q->length)
		MISTAKE("a loop ends too late. The last expert is K - 1, the last class C - 1",
		        "%s", text);
}

#endif
