/* mistakes_backward.h: what d_logits becomes by each likely mistake. */
#ifndef TUTORIALS_TWO_MODALITIES_MISTAKES_BACKWARD_H
#define TUTORIALS_TWO_MODALITIES_MISTAKES_BACKWARD_H

#include "tutorials/11-two-modalities/problem.h"

typedef double Element(const Problem *q, int c);

static double d_sum(const Problem *q, int classes)
{
	double sum = 0;
	for (int c = 0; c < classes; c++)
		sum += number(q->d_log_p[c]);
	return sum;
}

static double d_right(const Problem *q, int c)
{
	return number(q->d_log_p[c]) - exp(q->log_p[c]) * d_sum(q, q->C);
}

static double d_no_softmax(const Problem *q, int c)
{
	return number(q->d_log_p[c]);
}

static double d_own_only(const Problem *q, int c)
{
	return number(q->d_log_p[c]) * (1 - exp(q->log_p[c]));
}

static double d_p_is_log(const Problem *q, int c)
{
	return number(q->d_log_p[c]) - q->log_p[c] * d_sum(q, q->C);
}

static double d_no_p(const Problem *q, int c)
{
	return number(q->d_log_p[c]) - d_sum(q, q->C);
}

static double d_sign(const Problem *q, int c)
{
	return number(q->d_log_p[c]) + exp(q->log_p[c]) * d_sum(q, q->C);
}

static double d_so_far(const Problem *q, int c)
{
	return number(q->d_log_p[c]) - exp(q->log_p[c]) * d_sum(q, c + 1);
}

static double d_only_softmax(const Problem *q, int c)
{
	return -exp(q->log_p[c]) * d_sum(q, q->C);
}

static double d_one(const Problem *q, int c)
{
	return number(q->d_log_p[c]) - exp(q->log_p[c]);
}

static double d_sum_cut(const Problem *q, int c)
{
	return number(q->d_log_p[c]) - exp(q->log_p[c]) * trunc(d_sum(q, q->C));
}

static double d_p_times_all(const Problem *q, int c)
{
	return exp(q->log_p[c]) * (number(q->d_log_p[c]) - d_sum(q, q->C));
}

static double d_p_less(const Problem *q, int c)
{
	return exp(q->log_p[c]) - number(q->d_log_p[c]);
}

static double d_of_p(const Problem *q, int c)
{
	const double p = exp(q->log_p[c]);
	return p * (1 - p) * number(q->d_log_p[c]);
}

static double d_over_n(const Problem *q, int c)
{
	return d_right(q, c) / q->n;
}

static const struct {
	const char *mistake;
	Element *element;
} elements[] = {
	{ "the softmax term is missing: every log_p has the logarithm of the sum in it, which "
	  "moves with every logit",
	        d_no_softmax },
	{ "only its own d_log_p[c] is in the softmax term. p_c belongs to the sum over all "
	  "classes",
	        d_own_only },
	{ "log_p[c] in place of p. p is expf(log_p[c])", d_p_is_log },
	{ "p is missing in the softmax term: p_c times the sum of all d_log_p", d_no_p },
	{ "the sign of the softmax term. The logarithm of the sum is subtracted",
	        d_sign },
	{ "the sum of d_log_p is used before it is complete. It needs a loop of its own",
	        d_so_far },
	{ "d_log_p[c] itself is missing: log_p[c] has s_c in it, too", d_only_softmax },
	{ "the sum of all d_log_p is taken for 1. It is so for one loss only", d_one },
	{ "the sum of all d_log_p is an int, which cuts off what stands behind the point. Use "
	  "float",
	        d_sum_cut },
	{ "p multiplies d_log_p[c], too. Only the sum of all d_log_p is multiplied by it",
	        d_p_times_all },
	{ "p minus something is for a loss -log p. Here d_log_p is given: it is d_log_p[c] minus "
	  "p_c times their sum",
	        d_p_less },
	{ "p (1 - p) is the derivative of p. That of log_p is wanted, and all log_p move with "
	  "each logit",
	        d_of_p },
	{ "divided by the number of experts. The logits are added, so each gets all of it",
	        d_over_n },
};

typedef enum Way {
	RIGHT_WAY,
	ASSIGNED,
	FIRST_EXPERT,
	ONE_EXPERT_LESS,
	ONE_CLASS_LESS_BACK,
	EXCHANGED,
	FIRST_ELEMENT,
	EVERYBODY,
	TO_FIRST,
	OTHER_ROW,
	WAYS
} Way;
static const char *const way_mistakes[WAYS] = { [RIGHT_WAY] = "",
	[ASSIGNED] =
	        "= in place of +=. What d_logits held before must stay, so it is not set "
	        "to 0 either: others have added to it",
	[FIRST_EXPERT] =
	        "only one expert gets a gradient. Each that is there does: their "
	        "logits are added",
	[ONE_EXPERT_LESS] = "the loop over the experts ends one expert too early",
	[ONE_CLASS_LESS_BACK] = "a loop over the classes ends one class too early",
	[EXCHANGED] = "the place of a logit. It is k * C + c: each expert has C numbers",
	[FIRST_ELEMENT] =
	        "only the first logit is done. Perhaps a return stands in the loop",
	[EVERYBODY] =
	        "an expert who says nothing gets a gradient. Its logits are not used",
	[OTHER_ROW] = "d_log_p[k * C + c]. d_log_p has one row only: d_log_p[c]",
	[TO_FIRST] = "all shares are added to the first row. Row k begins at k * C" };

static void make_gradient(const Problem *q, Element *element, Way way, double out[MOST])
{
	as_before(q, out);
	for (int k = 0, done = 0; k < q->K - (way == ONE_EXPERT_LESS); k++) {
		if (!q->there[k] && way != EVERYBODY)
			continue;
		if (done++ && (way == FIRST_EXPERT || way == FIRST_ELEMENT))
			break;
		for (int c = 0; c < q->C - (way == ONE_CLASS_LESS_BACK); c++) {
			int at = way == EXCHANGED  ? c * q->K + k
			         : way == TO_FIRST ? c
			                           : k * q->C + c;
			if (way == ASSIGNED)
				out[at] = 0;
			out[at] += element(q, c);
			if (way == OTHER_ROW)
				out[at] += number(q->d_log_p[k * q->C + c]) -
				           number(q->d_log_p[c]);
			if (way == FIRST_ELEMENT)
				break;
		}
	}
}

static void judge_backward(const Problem *q)
{
	double expected[MOST], other[MOST];
	char text[300];
	make_gradient(q, d_right, RIGHT_WAY, expected);
	int i = first_wrong(q->found, expected);
	if (i == MOST)
		return;
	spell(q, "d_logits", i, expected[i], text, sizeof text);
	for (int way = ASSIGNED; way < WAYS; way++) {
		make_gradient(q, d_right, (Way)way, other);
		if (first_wrong(q->found, other) == MOST)
			MISTAKE(way_mistakes[way], "%s", text);
	}
	for (size_t g = 0; g < sizeof elements / sizeof elements[0]; g++)
		for (int way = RIGHT_WAY; way <= ASSIGNED; way++) {
			make_gradient(q, elements[g].element, (Way)way, other);
			if (first_wrong(q->found, other) == MOST)
				MISTAKE(elements[g].mistake, "%s", text);
		}
	judge_common(q, i, text);
	_ck_assert_failed(__FILE__, __LINE__, text, NULL);
}

#endif
