/* Warm-up 2: what is printed?
 *
 * The state takes part of the old and part of the new. Write down what show() prints, as
 * you work it out on paper.
 *
 * hint: Write the state after each of the three steps. */
#include "tutorials/lesson/warmup.h"

static void show(FILE *out)
{
	const int x[3] = { 8, 0, 4 };
	int state = 0;
	for (int t = 0; t < 3; t++) {
		state = state / 2 + x[t] / 2;
		fprintf(out, "%d ", state);
	}
}

static const char *answer(void)
{
	/* BEGIN SOLUTION */
	return "4 2 3";
	/* stub: return "? ? ?"; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_TEXT("what show() prints", answer(), TRUTH(warmup_printed(show)),
	        NOT("4 0 2", "The old state is not handed on: half of it stays."),
	        NOT("4 4 6", "The old state is halved at each step."),
	        NOT("8 4 6", "The input is halved as well."));
}
