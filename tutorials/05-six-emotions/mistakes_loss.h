/* mistakes_loss.h: what the loss becomes by each likely mistake. */
#ifndef TUTORIALS_SIX_EMOTIONS_MISTAKES_LOSS_H
#define TUTORIALS_SIX_EMOTIONS_MISTAKES_LOSS_H

#include "tutorials/05-six-emotions/problem.h"

/* What a row brings, and what it is multiplied by. */
typedef double Share(const Problem *q, int i);

static double sum_of(const Problem *q, Share *share, Share *times)
{
	double sum = 0;
	for (int i = 0; i < q->N; i++)
		sum += share(q, i) * times(q, i);
	return sum;
}

static double loss_of(const Problem *q, int i)
{
	return q->row_loss[i];
}

static double one(const Problem *q, int i)
{
	(void)q, (void)i;
	return 1;
}

static double p_of(const Problem *q, int i)
{
	return -q->p[i * q->C + q->targets[i]];
}

static double loss_of_first_class(const Problem *q, int i)
{
	return -log(q->p[i * q->C]);
}

/* The logit of class i in row i, or what lies behind the row. */
static double loss_of_row_number(const Problem *q, int i)
{
	const real *z = q->logits + i * q->C;
	return q->row_loss[i] + number(z[q->targets[i]]) - number(z[i]);
}

static double loss_of_place_target(const Problem *q, int i)
{
	return -log(q->p[q->targets[i]]);
}

static double loss_of_answer(const Problem *q, int i)
{
	double most = 0;
	for (int c = 0; c < q->C; c++)
		most = fmax(most, q->p[i * q->C + c]);
	return -log(most);
}

static double loss_of_all_classes(const Problem *q, int i)
{
	double sum = 0;
	for (int c = 0; c < q->C; c++)
		sum -= log(q->p[i * q->C + c]);
	return sum;
}

static double minus_logit(const Problem *q, int i)
{
	return -number(q->logits[i * q->C + q->targets[i]]);
}

static double squared(const Problem *q, int i)
{
	double sum = 0;
	for (int c = 0; c < q->C; c++) {
		double e = q->p[i * q->C + c] - (c == q->targets[i]);
		sum += e * e;
	}
	return sum;
}

static double entropy(const Problem *q, int i)
{
	double sum = 0;
	for (int c = 0; c < q->C; c++)
		sum -= q->p[i * q->C + c] * log(q->p[i * q->C + c]);
	return sum;
}

static double weight_of_row_number(const Problem *q, int i)
{
	return number(q->weights[i]);
}

static bool loss_is(const Problem *q, double value)
{
	return agree(q->loss, value);
}

static const char *mistake_of_weights(const Problem *q)
{
	const double weighted = sum_of(q, loss_of, weight);
	const double plain = sum_of(q, loss_of, one);
	const double wrong_row = sum_of(q, loss_of, weight_of_row_number);
	if (loss_is(q, plain / q->N))
		return "the weights are not used";
	if (loss_is(q, weighted / q->N))
		return "divided by N. A weighted mean is divided by the sum of the "
		       "weights of its rows";
	if (loss_is(q, plain / all_weights(q)))
		return "the weights are used below but not above: each row's loss is "
		       "multiplied by its weight, too";
	if (loss_is(q, weighted / weights_of_classes(q)))
		return "divided by the sum of the C class weights. The sum is over the "
		       "rows: each brings the weight of its target";
	if (loss_is(q, wrong_row / q->N) ||
	        loss_is(q, wrong_row / sum_of(q, one, weight_of_row_number)))
		return "weights[i], the weight of the row's number. It is the weight of "
		       "the row's target";
	return NULL;
}

static const char *mistake_of_loss(const Problem *q)
{
	const double sum = sum_of(q, loss_of, weight), mean = sum / all_weights(q);
	const struct {
		const char *mistake;
		Share *share;
	} others[] = {
		{ "the logarithm is missing: the cross-entropy is -log of p", p_of },
		{ "class 0 in place of the row's target", loss_of_first_class },
		{ "the class is the row's number in place of its target",
		        loss_of_row_number },
		{ "always the first row. Row i begins at i * C", loss_of_place_target },
		{ "the largest probability in place of that of the target",
		        loss_of_answer },
		{ "the sum is over all classes. Only the target's logarithm counts",
		        loss_of_all_classes },
		{ "the logit of the target alone. log of the sum of all e^z is missing",
		        minus_logit },
		{ "the squared error. Cross-entropy is -log of p of the target",
		        squared },
		{ "-p log p over all classes: that is the entropy of the answer. The "
		  "target is not in it",
		        entropy },
	};
	if (q->loss <= NO_NUMBER || fabs(number(q->loss)) > 1e6)
		return "a sum that was never set to 0: what happened to lie in memory "
		       "counts as well";
	if (loss_is(q, number(q->loss_before)))
		return "the loss is not written yet. It is a pointer: *loss = ...";
	if (loss_is(q, sum))
		return "not divided. The loss is a mean over the rows";
	if (loss_is(q, number(q->loss_before) + mean) ||
	        loss_is(q, number(q->loss_before) + sum))
		return "+= in place of =. What *loss held before must not count";
	if (loss_is(q, -mean))
		return "the sign. A logarithm of a probability is below 0, and the loss "
		       "above";
	if (loss_is(q, mean / q->C))
		return "divided by C as well. The loss is a mean over the rows";
	if (loss_is(q, sum / (q->N - 1)))
		return "divided by N - 1. A mean of N rows is divided by N";
	if (loss_is(q, mean / log(10)) || loss_is(q, mean / log(2)))
		return "log10 or log2. It is the natural logarithm: logf";
	if (loss_is(q, q->row_loss[q->N - 1] / q->N) || loss_is(q, q->row_loss[q->N - 1]))
		return "only the last row counts: = in place of += in the loop";
	if (loss_is(q, q->row_loss[0]) || loss_is(q, q->row_loss[0] / q->N))
		return "only the first row counts. Perhaps a return stands in the loop";
	for (size_t k = 0; k < sizeof others / sizeof others[0]; k++) {
		double other = sum_of(q, others[k].share, weight);
		if (loss_is(q, other / all_weights(q)) || loss_is(q, other))
			return others[k].mistake;
	}
	if (fabs(remainder(number(q->loss), 1)) < 1e-6)
		return "an int. It cuts off what stands behind the point: use float";
	return q->weighted ? mistake_of_weights(q) : NULL;
}

static void judge_loss(const Problem *q)
{
	const double expected = sum_of(q, loss_of, weight) / all_weights(q);
	char text[400];
	if (loss_is(q, expected))
		return;
	int used = snprintf(text, sizeof text,
	        "%d rows, %d classes. *loss is %.5g, expected %.5g. The rows' losses are",
	        q->N, q->C, number(q->loss), expected);
	for (int i = 0; i < q->N; i++)
		used += snprintf(
		        text + used, sizeof text - (size_t)used, " %.4g", q->row_loss[i]);
	if (q->weighted)
		used += snprintf(text + used, sizeof text - (size_t)used,
		        ", the weights of their targets");
	for (int i = 0; q->weighted && i < q->N; i++)
		used += snprintf(
		        text + used, sizeof text - (size_t)used, " %.4g", weight(q, i));
	const char *mistake = mistake_of_loss(q);
	if (mistake)
		MISTAKE(mistake, "%s", text);
	_ck_assert_failed(__FILE__, __LINE__, text, NULL);
}

#endif
