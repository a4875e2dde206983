/* The probabilities, large logits, the loss, the gradient; the last two also with
 * weights. Where an array is wrong, likely mistakes are made on purpose, one after the
 * other, and compared with what was found. */
#include "tutorials/05-six-emotions/mistakes_gradient.h"
#include "tutorials/05-six-emotions/mistakes_loss.h"
#include "tutorials/05-six-emotions/mistakes_probabilities.h"

static void backward(Problem *q)
{
	real probabilities[MOST];
	for (int k = 0; k < MOST; k++)
		probabilities[k] = (real)q->p[k];
	CALL("softmax_cross_entropy_backward", WRITES(q->found, MOST),
	        READS(probabilities, MOST), READS_INTS(q->targets, MOST),
	        READS(q->weights, MOST), INT(q->weighted), INT(q->N), INT(q->C));
}

/* --- large logits ------------------------------------------------------------------- */

static const char *show(real x, char text[32])
{
	snprintf(text, 32, "%.5g", number(x));
	return x <= NO_NUMBER ? "NaN" : text;
}

static bool bears(const Problem *q)
{
	bool fine = agree(q->loss, sum_of(q, loss_of, weight) / all_weights(q));
	for (int k = 0; k < q->N * q->C; k++)
		fine = fine && agree(q->found[k], q->p[k]);
	return fine;
}

static bool probabilities_bear(const Problem *q)
{
	bool fine = true;
	for (int k = 0; k < q->N * q->C; k++)
		fine = fine && agree(q->found[k], q->p[k]);
	return fine;
}

/* All logits of row i move by from + i * step. */
static void large(double from, double step, const char *mistake)
{
	Problem q = new_problem(false, true);
	for (int k = 0; k < q.N * q.C; k++)
		q.logits[k] = (real)(number(q.logits[k]) + from + step * (k / q.C));
	solve(&q);
	forward(&q);
	const int last = (q.N - 1) * q.C;
	char p[32], text[32];
	if (!bears(&q))
		MISTAKE(mistake,
		        "the logits of the last row begin with %g %g; its first "
		        "probability is %s, expected %.5g; *loss is %s, expected %.5g",
		        number(q.logits[last]), number(q.logits[last + 1]),
		        show(q.found[last], p), q.p[last], show(q.loss, text),
		        sum_of(&q, loss_of, weight) / all_weights(&q));
}

/* One row's target is its first class, whose logit is 150 below the others: its p is 0
 * in a float. */
static void small_target(void)
{
	Problem q = new_problem(false, true);
	char found[32];
	const int row = q.C - 1; /* its target is class 0 */
	q.logits[row * q.C] -= 150;
	solve(&q);
	forward(&q);
	if (bears(&q))
		return;
	const char *mistake =
	        "the logarithm of a p that has become 0. Use log(sum of e^(z - m)) - (z - "
	        "m) of the target, with the largest m";
	if (!probabilities_bear(&q))
		mistake = "the number that is subtracted is not the largest of the row";
	else if (number(q.loss) < 1e30 && number(q.loss) > 0)
		mistake = "a p that has become 0 is replaced by a small number. Then the "
		          "loss is wrong: use log(sum of e^(z - m)) - (z - m) of the "
		          "target";
	MISTAKE(mistake,
	        "the logit of row %d's target is %g, and the loss of this row has to be "
	        "%.5g. *loss is %s, expected %.5g",
	        row, number(q.logits[row * q.C]), q.row_loss[row], show(q.loss, found),
	        sum_of(&q, loss_of, weight) / all_weights(&q));
}

/* --- the checks --------------------------------------------------------------------- */

START_TEST(probabilities)
{
	Problem q = new_problem(false, false);
	forward(&q);
	judge_probabilities(&q);
}
END_TEST

START_TEST(loss)
{
	Problem q = new_problem(false, false);
	forward(&q);
	judge_probabilities(&q);
	judge_loss(&q);
}
END_TEST

START_TEST(large_logits)
{
	Problem q = new_problem(false, false);
	forward(&q);
	judge_probabilities(&q);
	judge_loss(&q);
	large(700, 0,
	        "e to the power of a large number is infinite. Subtract the "
	        "largest logit of the row first");
	large(-800, 0,
	        "what is subtracted is much larger than these logits, which are all below 0. Is the largest searched from 0 on? Begin with the first logit of the row");
	large(-300, 150,
	        "the largest of the whole batch is subtracted. Each row needs "
	        "its own");
	small_target();
}
END_TEST

START_TEST(weighted_loss)
{
	Problem q = new_problem(true, false);
	forward(&q);
	judge_probabilities(&q);
	judge_loss(&q);
}
END_TEST

START_TEST(gradient)
{
	Problem empty = new_problem(false, true), q = new_problem(false, false);
	backward(&empty);
	judge_gradient(&empty);
	backward(&q);
	judge_gradient(&q);
}
END_TEST

START_TEST(weighted_gradient)
{
	Problem q = new_problem(true, false);
	backward(&q);
	judge_gradient(&q);
}
END_TEST

CHECKS({ probabilities, 2, "the probabilities of each row" },
        { loss, 2, "the loss, without weights" },
        { large_logits, 2, "logits that are large or far apart" },
        { weighted_loss, 1, "the loss, with a weight for each class" },
        { gradient, 2, "the gradient, without weights" },
        { weighted_gradient, 1, "the gradient, with weights" })
