/* The probabilities, the loss, large logits, the gradient, the search. Where a number is
 * wrong, likely mistakes are made on purpose and compared with what was found. */
#include "tutorials/15-missing/mistakes.h"

#include <string.h>

typedef struct Found {
	real loss, p[MOST];
} Found;

static const char *show(real x, char text[32])
{
	snprintf(text, 32, "%.5g", number(x));
	return x <= NO_NUMBER ? "NaN" : text;
}

static Found forward(const Problem *q)
{
	const int count = q->N * q->C;
	Found f = { .loss = 3 };
	for (int k = 0; k < count; k++)
		f.p[k] = 7;
	CALL("temperature_forward", WRITES(&f.loss, 1), WRITES(f.p, count),
	        READS(q->logits, count), READS_INTS(q->labels, q->N), REAL((real)q->T),
	        INT(q->N), INT(q->C), INT(count));
	return f;
}

static bool all_as(const Problem *q, const Found *f, Element *element)
{
	for (int i = 0; i < q->N; i++)
		for (int c = 0; c < q->C; c++)
			if (!agree(number(f->p[i * q->C + c]), element(q, i, c)))
				return false;
	return true;
}

static double p_right(const Problem *q, int i, int c)
{
	return p_at(q, i, c, q->T);
}

static void judge_p(const Problem *q, const Found *f)
{
	char text[32];
	if (all_as(q, f, p_right))
		return;
	int i = 0, c = 0;
	while (agree(number(f->p[i * q->C + c]), p_right(q, i, c)))
		if (++c == q->C)
			c = 0, i++;
	const char *mistake = "softmax of row i is over the numbers i * C to i * C + C - "
	                      "1, each divided by T";
	for (size_t m = sizeof of_p / sizeof of_p[0]; m-- > 0;)
		if (all_as(q, f, of_p[m].element))
			mistake = of_p[m].what;
	if (f->p[i * q->C + c] <= NO_NUMBER)
		mistake = "a sum that was never set, or 0 divided by 0";
	else if (number(f->p[i * q->C + c]) >= 7 && number(f->p[i * q->C + c]) <= 7)
		mistake = "this place of p was never written";
	MISTAKE(mistake,
	        "%d rows, %d classes, T = %g. p of row %d, class %d is %s, expected %.5g",
	        q->N, q->C, q->T, i, c, show(f->p[i * q->C + c], text), p_right(q, i, c));
}

static void judge_loss(const Problem *q, const Found *f)
{
	char text[32];
	const double expected = loss_at(q, q->T), found = number(f->loss);
	if (agree(found, expected))
		return;
	const char *mistake = "the mean over the rows of log(sum of e^(z / T)) - z / T "
	                      "of the label";
	for (size_t m = sizeof of_loss / sizeof of_loss[0]; m-- > 0;)
		if (agree(found, of_loss[m].whole(q)))
			mistake = of_loss[m].what;
	if (agree(found, expected + 3) || agree(found, l_sum(q) + 3))
		mistake = "+= in place of =. What *loss held before does not count";
	if (f->loss <= NO_NUMBER || fabs(found) > 1e20)
		mistake = "a sum that was never set";
	if (agree(found, 3))
		mistake = "*loss was never written";
	MISTAKE(mistake, "%d rows, %d classes, T = %g. *loss is %s, expected %.5g", q->N,
	        q->C, q->T, show(f->loss, text), expected);
}

START_TEST(probabilities)
{
	const Problem q = new_problem();
	const Found f = forward(&q);
	judge_p(&q, &f);
}
END_TEST

START_TEST(loss)
{
	const Problem q = new_problem();
	const Found f = forward(&q);
	judge_p(&q, &f);
	judge_loss(&q, &f);
}
END_TEST

/* --- large logits -------------------------------------------------------------------- */

/* All logits of row i move by from + i * step; the label of row 1 is far behind. */
static void large(double from, double step, const char *mistake)
{
	Problem q = new_problem();
	char p[32], text[32];
	q.T = 0.5;
	for (int k = 0; k < q.N * q.C; k++)
		q.logits[k] = (real)(number(q.logits[k]) + from + step * (k / q.C));
	q.logits[q.C + q.labels[1]] -= 100;
	const Found f = forward(&q);
	const double expected = loss_at(&q, q.T);
	const int last = q.N - 1;
	if (all_as(&q, &f, p_right) && agree(number(f.loss), expected))
		return;
	if (all_as(&q, &f, p_right))
		mistake =
		        "the logarithm of a p that has become 0. Use log(sum of e^((z - "
		        "m) / T)) - (z - m) / T of the label, with the largest m";
	MISTAKE(mistake,
	        "T = 0.5, and the logits of the last row begin with %g %g. Its first "
	        "probability is %s, expected %.5g; *loss is %s, expected %.5g",
	        logit(&q, last, 0), logit(&q, last, 1), show(f.p[last * q.C], p),
	        p_right(&q, last, 0), show(f.loss, text), expected);
}

START_TEST(large_logits)
{
	const Problem q = new_problem();
	const Found f = forward(&q);
	judge_p(&q, &f);
	judge_loss(&q, &f);
	large(700, 0,
	        "e to the power of a large number is infinite. Subtract the largest logit "
	        "of the row first");
	large(-800, 0,
	        "what is subtracted is much larger than these logits, which are all below "
	        "0. Begin the search for the largest with the first logit of the row");
	large(-300, 150,
	        "the largest of the whole batch is subtracted. Each row needs its own");
}
END_TEST

/* --- the gradient -------------------------------------------------------------------- */

static void judge_gradient(const Problem *q, double before)
{
	char text[32];
	const int count = q->N * q->C;
	real d_T = (real)before;
	CALL("temperature_backward", WRITES(&d_T, 1), READS(q->p, count),
	        READS(q->logits, count), READS_INTS(q->labels, q->N), REAL((real)q->T),
	        INT(q->N), INT(q->C));
	const double found = number(d_T) - before, expected = d_right(q);
	if (agree(found, expected))
		return;
	const char *mistake = "the mean over the rows of (z of the label - sum of p z) / "
	                      "T^2";
	for (size_t m = sizeof of_gradient / sizeof of_gradient[0]; m-- > 0;)
		if (agree(found, of_gradient[m].whole(q)))
			mistake = of_gradient[m].what;
	if (before != 0 && agree(found + before, expected))
		mistake = "= in place of +=. What *d_T held is lost";
	if (agree(found, 0))
		mistake = "*d_T was not changed";
	if (d_T <= NO_NUMBER)
		mistake = "a sum that was never set";
	MISTAKE(mistake,
	        "%d rows, %d classes, T = %g. *d_T held %g and is %s now, expected %.5g",
	        q->N, q->C, q->T, before, show(d_T, text), before + expected);
}

START_TEST(gradient)
{
	const Problem q = new_problem();
	judge_gradient(&q, 0);
}
END_TEST

START_TEST(gradient_is_added)
{
	const Problem q = new_problem();
	judge_gradient(&q, 0);
	judge_gradient(&q, 5);
}
END_TEST

/* --- the search ---------------------------------------------------------------------- */

/* What the search calls is right. */
static void judge_parts(void)
{
	const Problem q = new_problem();
	const Found f = forward(&q);
	judge_p(&q, &f);
	judge_loss(&q, &f);
	judge_gradient(&q, 0);
	judge_gradient(&q, 5);
}

static void judge_fit(double scale)
{
	const Problem q = many_rows(scale);
	const int count = q.N * q.C;
	real T = 0, p[MOST];
	memset(p, 0, sizeof p);
	CALL("temperature_fit", WRITES(&T, 1), WRITES(p, count), READS(q.logits, count),
	        READS_INTS(q.labels, q.N), INT(q.N), INT(q.C));
	const double found = number(T), best = best_T(&q);
	char text[32];
	if (fabs(found / best - 1) < 0.01)
		return;
	const char *mistake = "the loss is not smallest there. Print T and d_T in each "
	                      "step: does d_T begin at 0 each time, and does T move to "
	                      "the side where the loss falls?";
	if (fabs(found * best - 1) < 0.02)
		mistake = "that is 1 / T";
	else if (found < 0.06 || found > 19)
		mistake =
		        "the search runs to the end of the range. If d_T is below 0, the "
		        "loss falls while T grows: go on with larger T";
	else if (fabs(found / best - 1) < 0.25 && fabs(found - 1) > 1e-3)
		mistake =
		        "near, but not within 1 per cent. Take more steps, or halve a range "
		        "that is sure to hold the best T";
	if (T <= NO_NUMBER)
		mistake = "T is NaN. Does the search leave the range from 0.05 to 20?";
	MISTAKE(mistake,
	        "60 rows, 4 classes. T is %s, with a loss of %.5g. Expected %.4g, where the "
	        "loss is %.5g",
	        show(T, text), found > 0 ? loss_at(&q, found) : (double)NAN, best,
	        loss_at(&q, best));
}

START_TEST(search)
{
	judge_parts();
	judge_fit(4);
	judge_fit(1.5);
}
END_TEST

START_TEST(search_below_one)
{
	judge_parts();
	judge_fit(0.4);
	judge_fit(12);
}
END_TEST

CHECKS({ probabilities, 2, "the probabilities at a temperature" },
        { loss, 2, "the loss: the mean over the rows" },
        { large_logits, 1, "logits that are large or far apart" },
        { gradient, 2, "the derivative with respect to T" },
        { gradient_is_added, 1, "it is added to what is there" },
        { search, 1, "the best T, for a network that is too sure" },
        { search_below_one, 1, "the best T, small and large" })
