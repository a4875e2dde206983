/* mistakes_gradient.h: what the gradient becomes by each likely mistake. */
#ifndef TUTORIALS_SIX_EMOTIONS_MISTAKES_GRADIENT_H
#define TUTORIALS_SIX_EMOTIONS_MISTAKES_GRADIENT_H

#include "tutorials/05-six-emotions/problem.h"

typedef double Element(const Problem *q, int i, int c);

static double y_of(const Problem *q, int i, int c)
{
	return c == q->targets[i];
}

static double d_right(const Problem *q, int i, int c)
{
	return weight(q, i) / all_weights(q) * (q->p[i * q->C + c] - y_of(q, i, c));
}

static double d_sign(const Problem *q, int i, int c)
{
	return -d_right(q, i, c);
}

static double d_sum(const Problem *q, int i, int c)
{
	return d_right(q, i, c) * all_weights(q);
}

static double d_over_c(const Problem *q, int i, int c)
{
	return d_right(q, i, c) / q->C;
}

static double d_no_target(const Problem *q, int i, int c)
{
	return weight(q, i) / all_weights(q) * q->p[i * q->C + c];
}

static double d_no_target_sum(const Problem *q, int i, int c)
{
	return weight(q, i) * q->p[i * q->C + c];
}

static double d_one_over_p(const Problem *q, int i, int c)
{
	return -y_of(q, i, c) / q->p[i * q->C + c] * weight(q, i) / all_weights(q);
}

static double d_target_only(const Problem *q, int i, int c)
{
	return d_right(q, i, c) * y_of(q, i, c);
}

static double d_row_number(const Problem *q, int i, int c)
{
	return weight(q, i) / all_weights(q) * (q->p[i * q->C + c] - (c == i));
}

static double d_target_of_class(const Problem *q, int i, int c)
{
	return weight(q, i) / all_weights(q) *
	       (q->p[i * q->C + c] - (q->targets[c] == c));
}

static double d_target_number(const Problem *q, int i, int c)
{
	return weight(q, i) / all_weights(q) * (q->p[i * q->C + c] - q->targets[i]);
}

static double d_p_elsewhere(const Problem *q, int i, int c)
{
	return weight(q, i) / all_weights(q) * (q->p[c * q->N + i] - y_of(q, i, c));
}

static double d_p_of_first_row(const Problem *q, int i, int c)
{
	return weight(q, i) / all_weights(q) * (q->p[c] - y_of(q, i, c));
}

static double d_sigmoid(const Problem *q, int i, int c)
{
	double p = q->p[i * q->C + c];
	return d_right(q, i, c) * p * (1 - p);
}

static double d_other_only(const Problem *q, int i, int c)
{
	return d_right(q, i, c) * (1 - y_of(q, i, c));
}

static double d_unweighted(const Problem *q, int i, int c)
{
	return (q->p[i * q->C + c] - y_of(q, i, c)) / q->N;
}

static double d_weighted_over_n(const Problem *q, int i, int c)
{
	return d_sum(q, i, c) / q->N;
}

static double d_unweighted_over_weights(const Problem *q, int i, int c)
{
	return d_unweighted(q, i, c) * q->N / all_weights(q);
}

static double d_over_classes(const Problem *q, int i, int c)
{
	return d_sum(q, i, c) / weights_of_classes(q);
}

static double d_weight_of_column(const Problem *q, int i, int c)
{
	return d_unweighted_over_weights(q, i, c) * number(q->weights[c]);
}

static double d_weight_of_column_over_n(const Problem *q, int i, int c)
{
	return d_unweighted(q, i, c) * number(q->weights[c]);
}

static double d_weight_of_row_number(const Problem *q, int i, int c)
{
	return d_unweighted_over_weights(q, i, c) * number(q->weights[i]);
}

static const struct {
	const char *mistake;
	Element *element;
	bool weighted; /* a mistake that only weights show */
} d_guesses[] = {
	{ "the sign. It is p - y: the target's logit has to grow, so its derivative is "
	  "below 0",
	        d_sign, false },
	{ "not divided. The loss is a mean over the rows, and so is its gradient", d_sum,
	        false },
	{ "divided by C as well. The loss is a mean over the rows", d_over_c, false },
	{ "the 1 of the target is not subtracted", d_no_target, false },
	{ "the 1 of the target is not subtracted", d_no_target_sum, false },
	{ "-1/p, the derivative with respect to p. It is wanted with respect to the "
	  "logits",
	        d_one_over_p, false },
	{ "only the target's logit gets a gradient. All classes share the sum, so all of "
	  "them get one",
	        d_target_only, false },
	{ "the target's logit gets no gradient. There it is p - 1", d_other_only, false },
	{ "c is compared with the row's number i. Compare it with targets[i]",
	        d_row_number, false },
	{ "targets[c] in place of targets[i]. There is one target for each row",
	        d_target_of_class, false },
	{ "the number of the target is subtracted. y is 1 for that class and 0 for the "
	  "others",
	        d_target_number, false },
	{ "the place of p. It is i * C + c: the rows lie one after the other",
	        d_p_elsewhere, false },
	{ "always the p of the first row. Row i begins at i * C", d_p_of_first_row,
	        false },
	{ "a factor p (1 - p) too many. p - y has the derivative of softmax in it "
	  "already",
	        d_sigmoid, false },
	{ "the weights are not used", d_unweighted, true },
	{ "divided by N. A weighted mean is divided by the sum of the weights of its rows",
	        d_weighted_over_n, true },
	{ "the weights are used below but not above: each row is multiplied by its "
	  "weight, too",
	        d_unweighted_over_weights, true },
	{ "divided by the sum of the C class weights. The sum is over the rows: each "
	  "brings the weight of its target",
	        d_over_classes, true },
	{ "weights[c]. All logits of a row have one weight, that of the row's target",
	        d_weight_of_column, true },
	{ "weights[c]. All logits of a row have one weight, that of the row's target",
	        d_weight_of_column_over_n, true },
	{ "weights[i], the weight of the row's number. It is the weight of the row's "
	  "target",
	        d_weight_of_row_number, true },
};

enum Way {
	ADDED,
	ASSIGNED,
	FIRST_ROW,
	LAST_ROW_LESS,
	LAST_CLASS_LESS,
	ROW_MAJOR_N,
	TO_FIRST_ROW,
	FIRST_ELEMENT,
	WAYS
};
static const char *const way_mistakes[WAYS] = { [ADDED] = "",
	[ASSIGNED] = "= in place of +=. What d_logits held before must stay: others have "
	             "added to it",
	[FIRST_ROW] =
	        "only the first row is done. Perhaps a return or a brace ends the loop too early",
	[LAST_ROW_LESS] = "the loop over the rows ends one row too early",
	[LAST_CLASS_LESS] = "the loop over the classes ends one class too early",
	[TO_FIRST_ROW] = "all rows are added to the first one. Row i begins at i * C",
	[FIRST_ELEMENT] = "only the first logit is done. Perhaps a return stands in the "
	                  "loop",
	[ROW_MAJOR_N] = "the place of (i,c). It is i * C + c: each row has C numbers" };

static void make_gradient(
        const Problem *q, Element *element, enum Way way, double out[MOST])
{
	int rows = way == FIRST_ROW || way == FIRST_ELEMENT
	                   ? 1
	                   : q->N - (way == LAST_ROW_LESS);
	int classes = way == FIRST_ELEMENT ? 1 : q->C - (way == LAST_CLASS_LESS);
	for (int k = 0; k < MOST; k++)
		out[k] = number(q->before[k]);
	for (int i = 0; i < rows; i++)
		for (int c = 0; c < classes; c++) {
			int at = way == ROW_MAJOR_N    ? i * q->N + c
			         : way == TO_FIRST_ROW ? c
			                               : i * q->C + c;
			if (way == ASSIGNED)
				out[at] = 0;
			out[at] += element(q, i, c);
		}
}

static void judge_gradient(const Problem *q)
{
	double expected[MOST], other[MOST];
	char text[400], detail[160];
	make_gradient(q, d_right, ADDED, expected);
	int k = first_wrong(q->found, expected);
	if (k == MOST)
		return;
	snprintf(detail, sizeof detail,
	        ": before it was %.5g, p is %.5g, the row's target %d and its weight %.4g",
	        number(q->before[k]), q->p[k], q->targets[k / q->C], weight(q, k / q->C));
	spell(q, "d_logits", k, expected[k], detail, text, sizeof text);
	if (unchanged(q))
		MISTAKE("nothing is written here yet", "%s", text);
	for (int way = ASSIGNED; way < WAYS; way++) {
		make_gradient(q, d_right, (enum Way)way, other);
		if (first_wrong(q->found, other) == MOST)
			MISTAKE(way_mistakes[way], "%s", text);
	}
	for (size_t g = 0; g < sizeof d_guesses / sizeof d_guesses[0]; g++)
		for (int way = ADDED; way <= ASSIGNED; way++) {
			if (d_guesses[g].weighted && !q->weighted)
				continue;
			make_gradient(q, d_guesses[g].element, (enum Way)way, other);
			if (first_wrong(q->found, other) == MOST)
				MISTAKE(d_guesses[g].mistake, "%s", text);
		}
	if (whole(q))
		MISTAKE("an int. It cuts off what stands behind the point: use float",
		        "%s", text);
	_ck_assert_failed(__FILE__, __LINE__, text, NULL);
}

#endif
