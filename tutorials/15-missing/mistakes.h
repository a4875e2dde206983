/* mistakes.h: what comes out by each likely mistake. */
#ifndef TUTORIALS_MISSING_MISTAKES_H
#define TUTORIALS_MISSING_MISTAKES_H

#include "tutorials/15-missing/problem.h"

/* --- probabilities ------------------------------------------------------------------- */

typedef double Element(const Problem *q, int i, int c);

static double p_times(const Problem *q, int i, int c)
{
	return p_at(q, i, c, 1 / q->T);
}

static double p_plain(const Problem *q, int i, int c)
{
	return p_at(q, i, c, 1);
}

static double p_divided(const Problem *q, int i, int c)
{
	return p_at(q, i, c, 1) / q->T;
}

static double p_powers(const Problem *q, int i, int c)
{
	return exp(logit(q, i, c) / q->T);
}

static double p_powers_less(const Problem *q, int i, int c)
{
	double most = logit(q, i, 0);
	for (int k = 1; k < q->C; k++)
		most = fmax(most, logit(q, i, k));
	return exp((logit(q, i, c) - most) / q->T);
}

static double p_after(const Problem *q, int i, int c) /* e^z / T: T cancels in softmax */
{
	return exp(logit(q, i, c)) / q->T;
}

static double p_of_batch(const Problem *q, int i, int c)
{
	double sum = 0;
	for (int k = 0; k < q->N * q->C; k++)
		sum += exp(number(q->logits[k]) / q->T);
	return exp(logit(q, i, c) / q->T) / sum;
}

static double p_of_column(const Problem *q, int i, int c)
{
	double sum = 0;
	for (int k = 0; k < q->N; k++)
		sum += exp(logit(q, k, c) / q->T);
	return exp(logit(q, i, c) / q->T) / sum;
}

static double p_logarithm(const Problem *q, int i, int c)
{
	return log(p_at(q, i, c, q->T));
}

static const struct {
	Element *element;
	const char *what;
} of_p[] = {
	{ p_times, "the logits are multiplied by T. They are divided by it: a large T "
	           "makes the network less sure" },
	{ p_plain, "T is not used, or it cancels. Divide each logit by T before e to the "
	           "power of it" },
	{ p_divided, "the probabilities are divided by T. The logits are: divide before "
	             "softmax" },
	{ p_powers, "the powers of e are not divided by their sum" },
	{ p_powers_less, "the powers of e are not divided by their sum" },
	{ p_after, "e to the power of z is divided by T. Divide z first" },
	{ p_of_batch,
	        "the sum is over the whole batch. Each row has a sum of its own: set "
	        "it to 0 for each row" },
	{ p_of_column, "the sum is over a column. Softmax is over the classes of a row" },
	{ p_logarithm, "these are the logarithms of the probabilities" },
};

/* --- the loss ------------------------------------------------------------------------ */

typedef double Whole(const Problem *q);

static double l_sum(const Problem *q)
{
	return loss_at(q, q->T) * q->N;
}

static double l_sign(const Problem *q)
{
	return -loss_at(q, q->T);
}

static double l_over_all(const Problem *q)
{
	return loss_at(q, q->T) / q->C;
}

static double l_over_classes(const Problem *q)
{
	return loss_at(q, q->T) * q->N / q->C;
}

static double l_plain(const Problem *q)
{
	return loss_at(q, 1);
}

static double l_label_undivided(const Problem *q)
{
	double sum = 0;
	for (int i = 0; i < q->N; i++) {
		double most = logit(q, i, 0);
		for (int c = 1; c < q->C; c++)
			most = fmax(most, logit(q, i, c));
		sum += log_sum(q, i, q->T) - most / q->T -
		       (logit(q, i, q->labels[i]) - most);
	}
	return sum / q->N;
}

static double l_label_undivided_plain(const Problem *q)
{
	double sum = 0;
	for (int i = 0; i < q->N; i++)
		sum += log_sum(q, i, q->T) - logit(q, i, q->labels[i]);
	return sum / q->N;
}

static double l_last(const Problem *q)
{
	return row_loss(q, q->N - 1, q->T) / q->N;
}

static double l_last_alone(const Problem *q)
{
	return row_loss(q, q->N - 1, q->T);
}

static double l_of_answer(const Problem *q)
{
	double sum = 0;
	for (int i = 0; i < q->N; i++) {
		double best = 0;
		for (int c = 0; c < q->C; c++)
			best = fmax(best, p_at(q, i, c, q->T));
		sum -= log(best);
	}
	return sum / q->N;
}

static double l_probability(const Problem *q)
{
	double sum = 0;
	for (int i = 0; i < q->N; i++)
		sum += p_at(q, i, q->labels[i], q->T);
	return sum / q->N;
}

static const struct {
	Whole *whole;
	const char *what;
} of_loss[] = {
	{ l_sum, "the sum over the rows. It is the mean: divide by N" },
	{ l_sign,
	        "the sign. A logarithm of a probability is below 0, so the loss is minus "
	        "it" },
	{ l_over_all, "divided by N and by C. The mean is over the rows alone" },
	{ l_over_classes, "divided by C. The mean is over the rows: divide by N" },
	{ l_plain,
	        "the loss at T = 1. It is of the same probabilities: divide the logits "
	        "by T here, too" },
	{ l_label_undivided, "the logit of the label is not divided by T" },
	{ l_label_undivided_plain, "the logit of the label is not divided by T" },
	{ l_last, "only the last row counts. Add the losses of all rows" },
	{ l_last_alone, "only the last row counts. Add the losses of all rows" },
	{ l_of_answer, "the loss is of the largest p. It is of the label's p" },
	{ l_probability, "the mean of p. The loss is the mean of -log p" },
};

/* --- the gradient -------------------------------------------------------------------- */

static double d_at(const Problem *q, int power, bool mean, bool label)
{
	double sum = 0;
	for (int i = 0; i < q->N; i++)
		sum += (label ? logit(q, i, q->labels[i]) : 0) -
		       (mean ? mean_logit(q, i) : 0);
	return sum / pow(q->T, power) / q->N;
}

static double d_right(const Problem *q)
{
	return d_at(q, 2, true, true);
}

static double d_sign(const Problem *q)
{
	return -d_right(q);
}

static double d_over_T(const Problem *q)
{
	return d_at(q, 1, true, true);
}

static double d_undivided(const Problem *q)
{
	return d_at(q, 0, true, true);
}

static double d_sum(const Problem *q)
{
	return d_right(q) * q->N;
}

static double d_no_mean(const Problem *q)
{
	return d_at(q, 2, false, true);
}

static double d_no_label(const Problem *q)
{
	return d_at(q, 2, true, false);
}

static double d_plain_mean(const Problem *q)
{
	double sum = 0;
	for (int i = 0; i < q->N; i++) {
		double mean = 0;
		for (int c = 0; c < q->C; c++)
			mean += logit(q, i, c) / q->C;
		sum += logit(q, i, q->labels[i]) - mean;
	}
	return sum / (q->T * q->T) / q->N;
}

static double d_over_all(const Problem *q)
{
	return d_right(q) / q->C;
}

static double d_last(const Problem *q)
{
	const int i = q->N - 1;
	return (logit(q, i, q->labels[i]) - mean_logit(q, i)) / (q->T * q->T) / q->N;
}

static double d_of_answer(const Problem *q)
{
	double sum = 0;
	for (int i = 0; i < q->N; i++) {
		double most = logit(q, i, 0);
		for (int c = 1; c < q->C; c++)
			most = fmax(most, logit(q, i, c));
		sum += most - mean_logit(q, i);
	}
	return sum / (q->T * q->T) / q->N;
}

static const struct {
	Whole *whole;
	const char *what;
} of_gradient[] = {
	{ d_sign, "the sign. It is the label's logit minus the mean logit, not the other "
	          "way round" },
	{ d_over_T,
	        "divided by T. z / T has the derivative -z / T^2, so divide by T * T" },
	{ d_undivided, "not divided by T * T" },
	{ d_sum, "the sum over the rows. The loss is a mean: divide by N" },
	{ d_no_mean,
	        "the mean logit is missing: subtract the sum of p z over the classes" },
	{ d_no_label, "the label's logit is missing" },
	{ d_plain_mean, "the mean logit is taken without p. Weigh each logit by its p" },
	{ d_over_all, "divided by N and by C. The mean is over the rows alone" },
	{ d_last, "only the last row counts. Add the shares of all rows" },
	{ d_of_answer, "the largest logit is taken in place of the label's" },
};

#endif
