/* What must hold for any fusion. No value is known here: each check changes something, and looks
 * whether the answer changes as it should. A check begins with all that the checks before it
 * ask, so that one mistake has one diagnosis. */
#include "tutorials/14-emotionnet/gradient.h"

/* --- forward ------------------------------------------------------------------------- */

static void judge_written(const Problem *q)
{
	real a[ROOM], other[ROOM];
	forward(q, a, 7);
	forward(q, other, -3);
	for (int k = 0; k < q->B * wide(q); k++) {
		const double first = number(a[k]), second = number(other[k]);
		const int b = k / wide(q), i = k % wide(q);
		if (a[k] <= NO_NUMBER)
			MISTAKE("0 divided by 0, or a sum that was never set",
			        "row %d, number %d of out is not finite", b, i);
		if (agree(first, second))
			continue;
		const char *mistake =
		        "two calls with the same inputs give two answers. Set each sum to "
		        "0 before it begins";
		if (agree(first - second, 10))
			mistake = "+= in place of =. What out held before does not count";
		if (agree(first, 7) && agree(second, -3))
			mistake =
			        "this place of out was never written. The loops have to "
			        "reach all B rows, and b whole rows of out stand before "
			        "row b";
		MISTAKE(mistake,
		        "%d rows, %d numbers of text and %d of speech. Where out held 7 "
		        "before, row %d, number %d is %g; where it held -3, it is %g",
		        q->B, q->P[TEXT], q->P[SPEECH], b, i, first, second);
	}
}

/* Each row alone and in the batch. */
static void judge_alone(const Problem *q, const char *mistake)
{
	real all[ROOM], single[ROOM];
	int at;
	forward(q, all, 7);
	for (int b = 0; b < q->B; b++) {
		const Problem one = alone(q, b);
		forward(&one, single, 7);
		if (!row_same(q, all, single, b, 0, &at))
			MISTAKE(mistake,
			        "number %d of out is %g in row %d of a batch of %d, and %g "
			        "for the same utterance alone",
			        at, number(all[b * wide(q) + at]), b, q->B,
			        number(single[at]));
	}
}

/* Whether row b of out follows the numbers of a modality. */
static bool follows(const Problem *q, int part, int b, double scale, int *at)
{
	real before[ROOM], after[ROOM];
	Rng rng = rng_new((uint64_t)(checks_seed() + 100 * b + part));
	forward(q, before, 7);
	for (int attempt = 0; attempt < 3; attempt++) {
		Problem other = *q;
		change(&other, part, b, scale, &rng);
		forward(&other, after, 7);
		if (!row_same(q, before, after, b, b, at))
			return true;
	}
	return false;
}

static void judge_reach(const Problem *q)
{
	static const char *const mistakes[PARTS] = { "the text does not reach the output",
		"the speech does not reach the output" };
	int at;
	for (int part = 0; part < PARTS; part++)
		for (int b = 0; b < q->B; b++)
			if (!follows(q, part, b, 1, &at))
				MISTAKE(mistakes[part],
				        "all %d numbers of %s in row %d were changed, "
				        "three times. No number of out changed",
				        q->P[part], names[part], b);
}

static void judge_missing(const Problem *q)
{
	static const char *const ignored[PARTS] = {
		"the presence of text is not used. Where has_text[b] is 0, no number of "
		"that row may count",
		"the presence of speech is not used. Where has_speech[b] is 0, no number "
		"of that row may count"
	};
	const double scales[] = { 1, 0, 1e6 };
	int at;
	for (int part = 0; part < PARTS; part++)
		for (int b = 0; b < q->B; b++)
			for (int s = 0; s < 3 && q->has[part][b] < 1; s++) {
				if (!follows(q, part, b, scales[s], &at))
					continue;
				const int present = part == TEXT ? 1 : 2;
				const char *mistake = ignored[part];
				if (!follows(q, part, present, 1, &at))
					mistake = "has_text and has_speech are exchanged";
				MISTAKE(mistake,
				        "row %d has no %s. Its numbers of %s were changed "
				        "all the same, and number %d of out changed",
				        b, names[part], names[part], at);
			}
}

static void judge_large(Problem q)
{
	real out[ROOM];
	for (int part = 0; part < PARTS; part++)
		for (int k = 0; k < ROOM; k++)
			q.x[part][k] *= (real)(k % 2 ? 1e6 : 1e4);
	forward(&q, out, 7);
	for (int k = 0; k < q.B * wide(&q); k++)
		if (out[k] <= NO_NUMBER)
			MISTAKE("a number grows beyond what a float holds. e to the power of a "
			        "large number does, and so does a product of many",
			        "the inputs are numbers up to a million. Row %d, number %d "
			        "of out is not finite",
			        k / wide(&q), k % wide(&q));
}

static void judge_forward(int how_far)
{
	const Problem all = new_problem(false), mixed = new_problem(true);
	judge_written(&mixed);
	if (how_far > 0)
		judge_alone(&all,
		        "rows are mixed. Row b of text begins at b * P_text, of speech at b "
		        "* P_speech, of out at b * (P_text + P_speech)");
	if (how_far > 0)
		judge_alone(&mixed,
		        "the presence of another utterance is used. has_text[b] and "
		        "has_speech[b] belong to row b");
	if (how_far > 1)
		judge_reach(&all);
	if (how_far > 2)
		judge_missing(&mixed);
	if (how_far > 3)
		judge_large(mixed);
}

START_TEST(written)
{
	judge_forward(0);
}
END_TEST

START_TEST(alone_or_not)
{
	judge_forward(1);
}
END_TEST

START_TEST(both_reach)
{
	judge_forward(2);
}
END_TEST

START_TEST(missing)
{
	judge_forward(3);
}
END_TEST

START_TEST(large)
{
	judge_forward(4);
}
END_TEST

/* --- backward ------------------------------------------------------------------------ */

START_TEST(gradient)
{
	const Problem q = new_problem(true);
	judge_forward(4);
	judge_gradient(&q);
}
END_TEST

START_TEST(gradient_is_added)
{
	const Problem q = new_problem(true);
	judge_forward(4);
	judge_gradient(&q);
	judge_added(&q);
}
END_TEST

START_TEST(gradient_of_missing)
{
	const Problem q = new_problem(true);
	judge_forward(4);
	judge_gradient(&q);
	judge_added(&q);
	judge_missing_gradient(&q);
}
END_TEST

CHECKS({ written, 1, "every number of out is set" },
        { alone_or_not, 1, "an utterance alone and in a batch" },
        { both_reach, 1, "both modalities reach the output" },
        { missing, 2, "a missing modality changes nothing" },
        { large, 1, "large numbers" },
        { gradient, 2, "the gradient, compared with differences" },
        { gradient_is_added, 1, "it is added to what is there" },
        { gradient_of_missing, 1, "a missing modality gets no gradient" })
