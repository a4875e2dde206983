/* mistakes_forward.h: what log_p becomes by each likely mistake. A mistake is a sum for each
 * class, which is then normalised, or not. */
#ifndef TUTORIALS_TWO_MODALITIES_MISTAKES_FORWARD_H
#define TUTORIALS_TWO_MODALITIES_MISTAKES_FORWARD_H

#include "tutorials/11-two-modalities/problem.h"

typedef double Sum(const Problem *q, int c);

/* Of those that are there. */
static double logs(const Problem *q, int c)
{
	double sum = 0;
	for (int k = 0; k < q->K; k++)
		sum += q->there[k] ? log_p_of(q, k, c) : 0;
	return sum;
}

static double raw(const Problem *q, int c)
{
	double sum = 0;
	for (int k = 0; k < q->K; k++)
		sum += q->there[k] ? number(q->logits[k * q->C + c]) : 0;
	return sum;
}

static double s_right(const Problem *q, int c)
{
	return logs(q, c) - (q->n - 1) * log_prior(q, c);
}

static double s_right_raw(const Problem *q, int c)
{
	return raw(q, c) - (q->n - 1) * log_prior(q, c);
}

static double s_no_prior(const Problem *q, int c)
{
	return logs(q, c);
}

static double s_prior_once(const Problem *q, int c)
{
	return logs(q, c) - log_prior(q, c);
}

static double s_prior_n_times(const Problem *q, int c)
{
	return logs(q, c) - q->n * log_prior(q, c);
}

static double s_prior_k_less_one(const Problem *q, int c)
{
	return logs(q, c) - (q->K - 1) * log_prior(q, c);
}

static double s_prior_c_less_one(const Problem *q, int c)
{
	return logs(q, c) - (q->C - 1) * log_prior(q, c);
}

static double s_prior_times(const Problem *q, int c)
{
	return logs(q, c) + (q->n - 1) * log_prior(q, c);
}

static double s_prior_no_log(const Problem *q, int c)
{
	return logs(q, c) - (q->n - 1) * number(q->prior[c]);
}

static double s_prior_log10(const Problem *q, int c)
{
	return logs(q, c) - (q->n - 1) * log_prior(q, c) / log(10);
}

static double s_prior_log2(const Problem *q, int c)
{
	return logs(q, c) - (q->n - 1) * log_prior(q, c) / log(2);
}

static double s_mean(const Problem *q, int c)
{
	double sum = 0;
	for (int k = 0; k < q->K; k++)
		sum += q->there[k] ? exp(log_p_of(q, k, c)) : 0;
	return log(sum);
}

static double s_mean_over_prior(const Problem *q, int c)
{
	return s_mean(q, c) - (q->n - 1) * log_prior(q, c);
}

static double s_mean_of_logs(const Problem *q, int c)
{
	return logs(q, c) / q->n;
}

static double s_right_over_n(const Problem *q, int c)
{
	return s_right(q, c) / q->n;
}

static double s_first(const Problem *q, int c)
{
	return log_p_of(q, 0, c) - (q->n - 1) * log_prior(q, c);
}

static double s_last(const Problem *q, int c)
{
	return log_p_of(q, q->K - 1, c) - (q->n - 1) * log_prior(q, c);
}

/* The last expert's logit alone: what stood there, the prior too, is replaced. */
static double s_replaced(const Problem *q, int c)
{
	int k = q->K - 1;
	while (k > 0 && !q->there[k])
		k--;
	return log_p_of(q, k, c);
}

static double s_one_less(const Problem *q, int c)
{
	int k = q->K - 1;
	return s_right(q, c) - (q->there[k] ? log_p_of(q, k, c) : 0);
}

static double s_without_first(const Problem *q, int c)
{
	return s_right(q, c) - (q->there[0] ? log_p_of(q, 0, c) : 0);
}

static double s_prior_only(const Problem *q, int c)
{
	return -(q->n - 1) * log_prior(q, c);
}

static double s_exchanged(const Problem *q, int c)
{
	double sum = -(q->n - 1) * log_prior(q, c);
	for (int k = 0; k < q->K; k++)
		sum += q->there[k] ? number(q->logits[c * q->K + k]) : 0;
	return sum;
}

static double s_sum_of_all(const Problem *q, int c, int times)
{
	double sum = -times * log_prior(q, c);
	for (int k = 0; k < q->K; k++)
		sum += log_p_of(q, k, c);
	return sum;
}

static double s_all(const Problem *q, int c)
{
	return s_sum_of_all(q, c, q->K - 1);
}

static double s_all_prior_right(const Problem *q, int c)
{
	return s_sum_of_all(q, c, q->n - 1);
}

/* All classes alike, where nobody says anything. */
static double s_nothing(const Problem *q, int c)
{
	return q->n ? (double)NAN : 0 * c;
}

static const struct {
	const char *mistake;
	Sum *sum;
} sums[] = {
	{ "without any expert the answer is the prior: n - 1 is -1 then, and the formula gives "
	  "it by itself",
	        s_nothing },
	{ "an expert who says nothing is counted. Only those with there[k] == 1 belong into "
	  "the sum, and into n",
	        s_all },
	{ "an expert who says nothing is in the sum. Only those with there[k] == 1 belong "
	  "into it",
	        s_all_prior_right },
	{ "the prior is taken off K - 1 times. Count those that are there: n - 1 times",
	        s_prior_k_less_one },
	{ "the prior is not taken off. Each expert counts it once, so it is in the product n "
	  "times; once is right",
	        s_no_prior },
	{ "the prior is taken off n times. Then it is not in the answer at all: once has to "
	  "stay, so n - 1 times",
	        s_prior_n_times },
	{ "the prior is taken off once. With n experts it is in the sum n times, and once has "
	  "to stay",
	        s_prior_once },
	{ "the prior is taken off C - 1 times. Count the experts, not the classes",
	        s_prior_c_less_one },
	{ "the sign of log prior. Dividing by the prior is subtracting its logarithm",
	        s_prior_times },
	{ "the prior itself is subtracted. In logarithms it is logf(prior[c])",
	        s_prior_no_log },
	{ "log10 of the prior. The logits are natural logarithms: use logf",
	        s_prior_log10 },
	{ "log2 of the prior. The logits are natural logarithms: use logf",
	        s_prior_log2 },
	{ "probabilities are added. That is the mean; a product is a sum of logarithms",
	        s_mean },
	{ "probabilities are added. That is the mean; a product is a sum of logarithms",
	        s_mean_over_prior },
	{ "divided by the number of experts. Evidence adds up: it is a sum, not a mean",
	        s_mean_of_logs },
	{ "divided by the number of experts. Evidence adds up: it is a sum, not a mean",
	        s_right_over_n },
	{ "only the first expert is in the sum. Does the loop over k reach all, and is the "
	  "row k * C?",
	        s_first },
	{ "= in place of +=. Each expert replaces what stood there", s_replaced },
	{ "only the last expert is in the sum. Is = written in place of +=?", s_last },
	{ "the last expert is missing. The loop over k ends at K - 1, which belongs to it",
	        s_one_less },
	{ "the first expert is missing. The loop over k begins at 0", s_without_first },
	{ "no logit is in the sum. Is there[k] read the wrong way round, or the loop over k "
	  "empty?",
	        s_prior_only },
	{ "the place of a logit. It is k * C + c: each expert has C numbers",
	        s_exchanged },
};

/* --- from sums to log_p --------------------------------------------------------------- */

typedef enum Finish {
	NORMALISED,
	AS_IT_IS,
	AS_PROBABILITIES,
	BY_LOG10,
	BY_LOG2,
	BY_SUM,
	ADDED,
	ONE_CLASS_LESS,
	WITHOUT_LARGEST,
	FINISHES
} Finish;
static const char *const finish_mistakes[FINISHES] = { [NORMALISED] = "",
	[AS_IT_IS] = "not normalised. Subtract the logarithm of the sum of all e^s",
	[AS_PROBABILITIES] = "these are probabilities. Their logarithms are wanted",
	[BY_LOG10] =
	        "log10 in the last step. e belongs to the natural logarithm: use logf",
	[BY_LOG2] = "log2 in the last step. e belongs to the natural logarithm: use logf",
	[BY_SUM] = "the sum of all e^(log_p) is subtracted. Its logarithm has to be",
	[ADDED] =
	        "+= in place of =. log_p is computed anew: what it held before has to go",
	[WITHOUT_LARGEST] = "the largest is taken out, and not put back into log(sum)",
	[ONE_CLASS_LESS] = "a loop over the classes ends one class too early" };

static void finish(const Problem *q, Sum *sum, Finish how, double out[MOST])
{
	double s[MOST_C];
	const int C = q->C - (how == ONE_CLASS_LESS);
	as_before(q, out);
	for (int c = 0; c < q->C; c++)
		s[c] = sum(q, c) + (how == ADDED ? number(q->before[c]) : 0);
	const double all = log_of_sum(s, C);
	double most = s[0];
	for (int c = 1; c < C; c++)
		most = fmax(most, s[c]);
	for (int c = 0; c < C; c++)
		out[c] = how == AS_IT_IS           ? s[c]
		         : how == AS_PROBABILITIES ? exp(s[c] - all)
		         : how == BY_LOG10         ? s[c] - all / log(10)
		         : how == BY_LOG2          ? s[c] - all / log(2)
		         : how == BY_SUM           ? s[c] - exp(all)
		         : how == WITHOUT_LARGEST  ? s[c] - (all - most)
		                                   : s[c] - all;
}

static void try_sum(
        const Problem *q, Sum *sum, Finish how, const char *mistake, const char *text)
{
	double other[MOST];
	finish(q, sum, how, other);
	if (first_wrong(q->found, other) == MOST)
		MISTAKE(mistake, "%s", text);
}

static void judge_forward(const Problem *q)
{
	double expected[MOST];
	char text[300];
	finish(q, s_right, NORMALISED, expected);
	int i = first_wrong(q->found, expected);
	if (i == MOST)
		return;
	spell(q, "log_p", i, expected[i], text, sizeof text);
	for (int how = AS_IT_IS; how < FINISHES; how++) {
		try_sum(q, s_right, (Finish)how, finish_mistakes[how], text);
		try_sum(q, s_right_raw, (Finish)how, finish_mistakes[how], text);
	}
	for (size_t g = 0; g < sizeof sums / sizeof sums[0]; g++)
		for (int how = NORMALISED; how <= AS_PROBABILITIES; how++)
			try_sum(q, sums[g].sum, (Finish)how, sums[g].mistake, text);
	judge_common(q, i, text);
	if (q->found[i] <= NO_NUMBER)
		MISTAKE("the logarithm of 0, 0/0, or a sum that was never set to 0", "%s",
		        text);
	_ck_assert_failed(__FILE__, __LINE__, text, NULL);
}

#endif
