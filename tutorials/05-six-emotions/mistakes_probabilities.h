/* mistakes_probabilities.h: what probabilities become by each likely mistake. */
#ifndef TUTORIALS_SIX_EMOTIONS_MISTAKES_PROBABILITIES_H
#define TUTORIALS_SIX_EMOTIONS_MISTAKES_PROBABILITIES_H

#include "tutorials/05-six-emotions/problem.h"

typedef void Make(const Problem *q, double out[MOST]);

static double e_to(const Problem *q, int i, int c)
{
	return exp(number(q->logits[i * q->C + c]));
}

static void p_right(const Problem *q, double out[MOST])
{
	for (int k = 0; k < q->N * q->C; k++)
		out[k] = q->p[k];
}

static void p_not_divided(const Problem *q, double out[MOST])
{
	for (int k = 0; k < q->N * q->C; k++)
		out[k] = exp(number(q->logits[k]));
}

/* The same after the largest of the row was subtracted. */
static void p_stable_not_divided(const Problem *q, double out[MOST])
{
	for (int i = 0; i < q->N; i++) {
		double most = 0;
		for (int c = 0; c < q->C; c++)
			most = fmax(most, e_to(q, i, c));
		for (int c = 0; c < q->C; c++)
			out[i * q->C + c] = e_to(q, i, c) / most;
	}
}

static void p_no_exp(const Problem *q, double out[MOST])
{
	for (int i = 0; i < q->N; i++) {
		double sum = 0;
		for (int c = 0; c < q->C; c++)
			sum += number(q->logits[i * q->C + c]);
		for (int c = 0; c < q->C; c++)
			out[i * q->C + c] = number(q->logits[i * q->C + c]) / sum;
	}
}

/* The sum goes on from row to row. */
static void p_sum_goes_on(const Problem *q, double out[MOST])
{
	double sum = 0;
	for (int i = 0; i < q->N; i++) {
		for (int c = 0; c < q->C; c++)
			sum += e_to(q, i, c);
		for (int c = 0; c < q->C; c++)
			out[i * q->C + c] = e_to(q, i, c) / sum;
	}
}

/* Likewise, with the largest of each row subtracted. */
static void p_stable_sum_goes_on(const Problem *q, double out[MOST])
{
	double stable[MOST] = { 0 }, sum = 0;
	p_stable_not_divided(q, stable);
	for (int i = 0; i < q->N; i++) {
		for (int c = 0; c < q->C; c++)
			sum += stable[i * q->C + c];
		for (int c = 0; c < q->C; c++)
			out[i * q->C + c] = stable[i * q->C + c] / sum;
	}
}

static void p_sum_of_all(const Problem *q, double out[MOST])
{
	double sum = 0;
	for (int k = 0; k < q->N * q->C; k++)
		sum += exp(number(q->logits[k]));
	for (int k = 0; k < q->N * q->C; k++)
		out[k] = exp(number(q->logits[k])) / sum;
}

static void p_over_rows(const Problem *q, double out[MOST])
{
	for (int c = 0; c < q->C; c++) {
		double sum = 0;
		for (int i = 0; i < q->N; i++)
			sum += e_to(q, i, c);
		for (int i = 0; i < q->N; i++)
			out[i * q->C + c] = e_to(q, i, c) / sum;
	}
}

/* The division stands in the loop that makes the sum. */
static void p_divided_too_early(const Problem *q, double out[MOST])
{
	for (int i = 0; i < q->N; i++) {
		double sum = 0;
		for (int c = 0; c < q->C; c++) {
			sum += e_to(q, i, c);
			out[i * q->C + c] = e_to(q, i, c) / sum;
		}
	}
}

static void p_logarithm(const Problem *q, double out[MOST])
{
	for (int k = 0; k < q->N * q->C; k++)
		out[k] = log(q->p[k]);
}

static void p_sigmoid(const Problem *q, double out[MOST])
{
	for (int k = 0; k < q->N * q->C; k++)
		out[k] = 1 / (1 + exp(-number(q->logits[k])));
}

static void p_added(const Problem *q, double out[MOST])
{
	for (int k = 0; k < q->N * q->C; k++)
		out[k] = number(q->before[k]) + q->p[k];
}

static void p_first_row(const Problem *q, double out[MOST])
{
	for (int c = 0; c < q->C; c++)
		out[c] = q->p[c];
}

static void p_one_row_less(const Problem *q, double out[MOST])
{
	for (int k = 0; k < (q->N - 1) * q->C; k++)
		out[k] = q->p[k];
}

/* A softmax of all classes but the last. */
static void p_one_class_less(const Problem *q, double out[MOST])
{
	for (int i = 0; i < q->N; i++)
		for (int c = 0; c < q->C - 1; c++)
			out[i * q->C + c] =
			        q->p[i * q->C + c] / (1 - q->p[i * q->C + q->C - 1]);
}

static void p_rows_overlap(const Problem *q, double out[MOST])
{
	for (int i = 0; i < q->N; i++) {
		double sum = 0;
		for (int c = 0; c < q->C; c++)
			sum += exp(number(q->logits[i * q->N + c]));
		for (int c = 0; c < q->C; c++)
			out[i * q->N + c] = exp(number(q->logits[i * q->N + c])) / sum;
	}
}

static void p_column_major(const Problem *q, double out[MOST])
{
	for (int i = 0; i < q->N; i++) {
		double sum = 0;
		for (int c = 0; c < q->C; c++)
			sum += exp(number(q->logits[c * q->N + i]));
		for (int c = 0; c < q->C; c++)
			out[c * q->N + i] = exp(number(q->logits[c * q->N + i])) / sum;
	}
}

static void p_rows_one_apart(const Problem *q, double out[MOST])
{
	for (int i = 0; i < q->N; i++) {
		double sum = 0;
		for (int c = 0; c < q->C; c++)
			sum += exp(number(q->logits[i + c]));
		for (int c = 0; c < q->C; c++)
			out[i * q->C + c] = exp(number(q->logits[i + c])) / sum;
	}
}

typedef struct Guess {
	const char *mistake;
	Make *make;
} Guess;

static const Guess p_guesses[] = {
	{ "the division by the sum is missing, or the sum is an int. The probabilities "
	  "of a row sum to 1",
	        p_not_divided },
	{ "the division by the sum is missing, or the sum is an int. The probabilities "
	  "of a row sum to 1",
	        p_stable_not_divided },
	{ "e^z is missing: here the logits themselves are divided by their sum",
	        p_no_exp },
	{ "the sum is not set to 0 for each row: it goes on from row to row",
	        p_sum_goes_on },
	{ "the sum is not set to 0 for each row: it goes on from row to row",
	        p_stable_sum_goes_on },
	{ "the sum is over the whole batch. Each row has a sum of its own",
	        p_sum_of_all },
	{ "the sum is over the rows. It is over the classes of one row", p_over_rows },
	{ "the division is too early. First finish the sum, then divide in a loop of its "
	  "own",
	        p_divided_too_early },
	{ "the logarithm of the probability. Here the probability itself is wanted",
	        p_logarithm },
	{ "a sigmoid of each logit. The classes must share one sum", p_sigmoid },
	{ "+= in place of =. The probabilities are computed anew", p_added },
	{ "only the first row is done. Perhaps a return or a brace ends the loop too early",
	        p_first_row },
	{ "the loop over the rows ends one row too early", p_one_row_less },
	{ "the loop over the classes ends one class too early", p_one_class_less },
	{ "the place of (i,c). It is i * C + c: each row has C numbers", p_rows_overlap },
	{ "the row begins at logits + i. It begins at logits + i * C", p_rows_one_apart },
	{ "the place of (i,c). It is i * C + c: each row has C numbers", p_column_major },
};

/* What an array would be: `make` over what was there before. */
static void made(const Problem *q, Make *make, double out[MOST])
{
	for (int k = 0; k < MOST; k++)
		out[k] = number(q->before[k]);
	make(q, out);
}

static void judge_with(const Problem *q, const char *name, Make *right, int count,
        const Guess guesses[], const char *detail)
{
	double expected[MOST], other[MOST];
	char text[400];
	made(q, right, expected);
	int k = first_wrong(q->found, expected);
	if (k == MOST)
		return;
	spell(q, name, k, expected[k], detail, text, sizeof text);
	if (unchanged(q))
		MISTAKE("nothing is written here yet", "%s", text);
	for (int g = 0; g < count; g++) {
		made(q, guesses[g].make, other);
		if (first_wrong(q->found, other) == MOST)
			MISTAKE(guesses[g].mistake, "%s", text);
	}
	if (k >= q->N * q->C)
		MISTAKE("a loop ends too late. The last row is N - 1, the last class C - "
		        "1",
		        "%s", text);
	if (q->found[k] <= NO_NUMBER)
		MISTAKE("0/0, or a sum that was never set to 0. Print the sum of this row",
		        "%s", text);
	if (whole(q))
		MISTAKE("an int. It cuts off what stands behind the point: use float",
		        "%s", text);
	_ck_assert_failed(__FILE__, __LINE__, text, NULL);
}

static void judge_probabilities(const Problem *q)
{
	char detail[120];
	snprintf(detail, sizeof detail, ". The logits of row 0 begin with %g %g %g",
	        number(q->logits[0]), number(q->logits[1]), number(q->logits[2]));
	judge_with(q, "probabilities", p_right, sizeof p_guesses / sizeof p_guesses[0],
	        p_guesses, detail);
}

#endif
