/* The product of experts: all there, some, none; logits far apart; the gradient. Where an
 * array is wrong, likely mistakes are made on purpose, one after the other, and compared with
 * what was found. */
#include "tutorials/11-two-modalities/mistakes_backward.h"
#include "tutorials/11-two-modalities/mistakes_forward.h"

/* One of them says nothing; its logits are large. */
static Problem with_one_missing(void)
{
	Problem q = new_problem();
	const int missing = 1 + checks_seed() % (q.K - 1);
	q.there[missing] = 0;
	for (int c = 0; c < q.C; c++)
		q.logits[missing * q.C + c] =
		        (real)(20 + 5 * number(q.logits[missing * q.C + c]));
	solve(&q);
	return q;
}

/* --- logits far apart --------------------------------------------------------------- */

static void bear(Problem *q, const char *what, const char *mistake)
{
	double expected[MOST];
	char text[300];
	solve(q);
	forward(q);
	finish(q, s_right_raw, NORMALISED, expected);
	/* Sums of some 600 are right to four decimals in a float. */
	int i = 0;
	while (i < q->C && fabs(number(q->found[i]) - expected[i]) <= 3e-3)
		i++;
	if (i == q->C)
		return;
	spell(q, "log_p", i, expected[i], text, sizeof text);
	MISTAKE(mistake, "%s. %s", what, text);
}

static Problem moved(double by)
{
	Problem q = new_problem();
	for (int i = 0; i < q.K * q.C; i++)
		q.logits[i] = (real)(number(q.logits[i]) + by);
	return q;
}

/* Two experts contradict each other: for each class one of them has p = 0 in a float. */
static Problem contradicting(void)
{
	Problem q = new_problem();
	for (int c = 0; c < q.C; c++)
		q.logits[(c % 2) * q.C + c] -= 150;
	return q;
}

/* --- the checks --------------------------------------------------------------------- */

/* What is wrong with all experts there is told as that, whatever else is checked. */
static void judge_all_there(void)
{
	Problem q = new_problem();
	forward(&q);
	judge_forward(&q);
}

static void judge_one_missing(void)
{
	Problem q = with_one_missing();
	forward(&q);
	judge_forward(&q);
}

START_TEST(all_there)
{
	judge_all_there();
}
END_TEST

START_TEST(one_missing)
{
	judge_all_there();
	judge_one_missing();
}
END_TEST

START_TEST(nobody)
{
	judge_all_there();
	judge_one_missing();
	Problem q = new_problem();
	memset(q.there, 0, sizeof q.there);
	solve(&q);
	forward(&q);
	judge_forward(&q);
}
END_TEST

START_TEST(far_apart)
{
	Problem up = moved(150), down = moved(-150), q = contradicting();
	judge_all_there();
	bear(&up, "All logits are near 150",
	        "e to the power of a large number is infinite. Subtract the largest first");
	bear(&down, "All logits are near -150",
	        "what is subtracted is much larger than these numbers. Is the largest "
	        "searched from 0 on? Begin with the first class");
	bear(&q, "Two experts contradict each other, with logits that are 150 apart",
	        "a probability has become 0, and so has the product. Add logits, or "
	        "logarithms that were computed without p");
}
END_TEST

static void judge_gradient(void)
{
	Problem q = new_problem();
	backward(&q);
	judge_backward(&q);
}

START_TEST(gradient)
{
	judge_gradient();
}
END_TEST

START_TEST(gradient_one_missing)
{
	judge_gradient();
	Problem q = with_one_missing();
	backward(&q);
	judge_backward(&q);
}
END_TEST

CHECKS({ all_there, 3, "log_p, all experts there" },
        { one_missing, 1, "log_p, one expert says nothing" },
        { nobody, 1, "log_p, nobody says anything" },
        { far_apart, 2, "logits that are large or far apart" },
        { gradient, 2, "the gradient, all experts there" },
        { gradient_one_missing, 1, "the gradient, one expert says nothing" })
