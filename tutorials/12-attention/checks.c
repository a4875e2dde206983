/* Each function is compared with its definition in double. Where it is wrong, the likely
 * mistakes are made on purpose (mistakes.h), and compared with what was found: all numbers
 * of an array have to agree. */
#include "tutorials/12-attention/mistakes_gradient.h"

#define COUNT_OF(table) (int)(sizeof(table) / sizeof(table)[0])

static void make(const Problem *p, int part, int way, double numbers[ROOM])
{
	if (part == WEIGHTS)
		make_weights(p, way, numbers);
	else if (part == OUT)
		make_out(p, way, numbers);
	else
		make_gradient(p, part, way, numbers);
}

static bool all_whole(const real found[], int count)
{
	for (int i = 0; i < count; i++)
		if (!((double)found[i] == floor((double)found[i])))
			return false;
	return true;
}

/* A mistake that gives just what was found; NULL: none that is known. */
static const char *mistake_in(
        const Problem *p, int part, const Mistake mistakes[], int known)
{
	double other[ROOM];
	for (int m = 0; m < known; m++) {
		make(p, part, mistakes[m].way, other);
		if (difference(p->found[part], other, ROOM) < 0)
			return mistakes[m].text;
	}
	return NULL;
}

/* One that the first two checks know. */
static const char *known_mistake(const Problem *p)
{
	const char *text =
	        mistake_in(p, WEIGHTS, weight_mistakes, COUNT_OF(weight_mistakes));
	return text ? text : mistake_in(p, OUT, out_mistakes, COUNT_OF(out_mistakes));
}

/* The sum of the weights of query t; NaN if one is none or not from 0 to 1. */
static double sum_of_weights(const Problem *p, int t)
{
	double sum = 0;
	for (int u = 0; u < p->T_k; u++) {
		const double w = number(p->found[WEIGHTS], t * p->T_k + u);
		sum += w >= 0 && w <= 1.001 ? w : (double)NAN;
	}
	return sum;
}

/* Where no mistake fits: what can be seen of the numbers. */
static const char *guess_of(const Problem *p, int part, int at)
{
	const real *found = p->found[part];
	if (at >= count_of(p, part))
		return "a loop goes too far: t ends at T_q-1, u at T_k-1 and j at D-1";
	if (no_number(found[at]))
		return "0 / 0 or infinity / infinity. Which sum is 0, or was never set";
	if (fabs((double)found[at]) > 1e6)
		return "a sum begins with what happens to be in memory. It begins with 0";
	if (all_whole(found, count_of(p, part)))
		return "all numbers are whole: is a sum kept in an int";
	if (part == WEIGHTS && !(fabs(sum_of_weights(p, at / p->T_k) - 1) < 1e-3))
		return "the weights of this query do not add up to 1. The sum of its "
		       "exponentials begins with 0, has all words and no padding, and "
		       "each is divided by it once";
	if (part == WEIGHTS)
		return "the weights of each query do add up to 1, so the softmax may be "
		       "right. Look at the scores: their indices, their sum in a float, "
		       "and the division by sqrtf((float)D)";
	return "none that is known here. Write this number out on paper, with T_q = 1, "
	       "length = 2 and D = 1, and compare it with your loops";
}

/* Fails with the mistake that gives just what was found. */
static void judge(const Problem *p, int part, const Mistake mistakes[], int known)
{
	double expected[ROOM];
	const real *found = p->found[part];
	make(p, part, RIGHT, expected);
	const int at = difference(found, expected, ROOM);
	if (at < 0)
		return;
	const char *likely = mistake_in(p, part, mistakes, known);
	if (!likely)
		likely = guess_of(p, part, at);
	if (at >= count_of(p, part))
		MISTAKE(likely, "%s is written behind its end %s", array_names[part],
		        sizes_text(p));
	if (no_number(found[at]))
		MISTAKE(likely, "%s is no number (NaN), expected %.6g %s",
		        place_text(p, part, at), expected[at], sizes_text(p));
	MISTAKE(likely, "%s is %.6g, expected %.6g %s", place_text(p, part, at),
	        (double)found[at], expected[at], sizes_text(p));
}

/* --- forward ---------------------------------------------------------------------------- */

START_TEST(weights)
{
	Problem p = new_problem();
	call_forward(&p);
	judge(&p, WEIGHTS, weight_mistakes, COUNT_OF(weight_mistakes));
}
END_TEST

/* Of whatever weights there are, with those of the padding or without: a mistake in them is
 * told by the check before. */
START_TEST(output)
{
	Problem p = new_problem();
	double words[ROOM];
	call_forward(&p);
	make_out(&p, ONLY_WORDS, words);
	if (difference(p.found[OUT], words, ROOM) < 0)
		return;
	const char *known =
	        mistake_in(&p, WEIGHTS, weight_mistakes, COUNT_OF(weight_mistakes));
	for (int i = 0; i < count_of(&p, WEIGHTS); i++)
		if (no_number(p.found[WEIGHTS][i]))
			known = "a weight is no number (NaN)";
	double right[ROOM];
	make_out(&p, RIGHT, right);
	if (known && difference(p.found[OUT], right, ROOM) >= 0 &&
	        difference(p.found[OUT], right, ROOM) < count_of(&p, OUT))
		MISTAKE(known, "out cannot be right yet: the weights are wrong");
	judge(&p, OUT, out_mistakes, COUNT_OF(out_mistakes));
}
END_TEST

/* All numbers of q are above 0; those of k have one sign for words, one for padding. So
 * have the scores, some hundreds in size. */
static void check_large(int words, int padding, const char *mistake)
{
	Problem p = new_problem();
	for (int i = 0; i < ROOM; i++) {
		p.q[i] = (real)(100 * (1 + fabs(number(p.q, i))));
		const int sign = i < p.length * p.D ? words : padding;
		p.k[i] = (real)(sign * (1 + fabs(number(p.k, i))));
	}
	call_forward(&p);
	for (int t = 0; t < p.T_q; t++) {
		const double sum = sum_of_weights(&p, t);
		if (fabs(sum - 1) < 1e-3)
			continue;
		Problem small = new_problem(); /* is it wrong with small scores, too? */
		call_forward(&small);
		const char *known = known_mistake(&small);
		MISTAKE(known ? known : mistake,
		        "query %d has scores such as %.0f for words, and %.0f for "
		        "padding. Its weights %s, expected numbers from 0 to 1 with sum 1 "
		        "%s",
		        t, score_of(&p, t, 0, RIGHT), score_of(&p, t, p.length, RIGHT),
		        isnan(sum) ? "are none (NaN) or not from 0 to 1"
		                   : "have another sum",
		        sizes_text(&p));
	}
}

START_TEST(large_scores)
{
	check_large(1, -1,
	        "e^score is too large for a float. Subtract the largest score of the query "
	        "from all of them, as in chapter 5");
	check_large(-1, -1,
	        "all scores are far below 0 here, and the exponentials become 0. Begin the "
	        "search for the largest with the first score or -infinity, not with 0");
	check_large(-1, 1,
	        "the padding's score is the largest here. Look for the largest among the "
	        "first length scores only");
}
END_TEST

START_TEST(nothing_to_see)
{
	Problem p = new_problem();
	call_forward(&p);
	const char *known = known_mistake(&p);
	if (known)
		MISTAKE(known, "it is wrong already with words to see %s",
		        sizes_text(&p));
	p.length = 0;
	memcpy(p.found, p.before, sizeof p.found);
	call_forward(&p);
	for (int part = OUT; part <= WEIGHTS; part++)
		for (int i = 0; i < count_of(&p, part); i++) {
			const real x = p.found[part][i];
			if (no_number(x))
				MISTAKE("the sum of no exponentials is 0, and 0 / 0 is no "
				        "number. With length 0 divide nothing",
				        "%s is NaN, expected 0 %s",
				        place_text(&p, part, i), sizes_text(&p));
			if (!(fabs((double)x) < 1e-6))
				MISTAKE(x == p.before[part][i]
				                ? "it is not set. With length 0 all "
				                  "weights and all of out are 0"
				                : "a key is counted, but all are padding. "
				                  "(Where all scores are the same, such as "
				                  "-1e9, softmax gives 1 / T_k to each)",
				        "%s is %.6g, expected 0 %s",
				        place_text(&p, part, i), (double)x,
				        sizes_text(&p));
		}
}
END_TEST

/* --- backward --------------------------------------------------------------------------- */

static void check_gradient(int part, const Mistake mistakes[], int known)
{
	Problem p = new_problem();
	double right[ROOM];
	make_weights(&p, RIGHT, right);
	call_backward(&p, right);
	judge(&p, part, mistakes, known);
}

START_TEST(gradient_of_v)
{
	check_gradient(DV, dv_mistakes, COUNT_OF(dv_mistakes));
}
END_TEST

START_TEST(gradient_of_q)
{
	check_gradient(DQ, dq_mistakes, COUNT_OF(dq_mistakes));
}
END_TEST

START_TEST(gradient_of_k)
{
	check_gradient(DK, dk_mistakes, COUNT_OF(dk_mistakes));
}
END_TEST

CHECKS({ weights, 2, "attention_forward: weights" },
        { output, 1, "attention_forward: out" },
        { large_scores, 1, "attention_forward: large scores" },
        { nothing_to_see, 1, "attention_forward: nothing to see" },
        { gradient_of_v, 1, "attention_backward: dv" },
        { gradient_of_q, 2, "attention_backward: dq" },
        { gradient_of_k, 2, "attention_backward: dk" })
