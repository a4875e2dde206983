/* Warm-up 2: the largest logit.
 *
 * Before softmax the largest logit of a row is subtracted. This function looks for it and has a bug:
 * for some rows it returns a number that is not in the row. Mend one line.
 *
 * hint: What is returned if all logits are below 0? */
#include "tutorials/lesson/warmup.h"

static double largest_logit(const double z[], int classes)
{
	/* BEGIN SOLUTION */
	double found = z[0];
	/* stub: double found = 0; */
	/* END SOLUTION */
	for (int c = 0; c < classes; c++)
		if (z[c] > found)
			found = z[c];
	return found;
}

WARMUP
{
	const double mixed[] = { 1, -2, 3 }, low[] = { -300, -200, -400 }, one[] = { -5 };
	WARMUP_NUMBER("the largest of 1, -2, 3", largest_logit(mixed, 3), RIGHT(3),
	        WRONG(1, "That is the first one. Did the loop go away?"),
	        WRONG(-2, "That is the smallest."));
	WARMUP_NUMBER("the largest of -300, -200, -400", largest_logit(low, 3),
	        RIGHT(-200),
	        WRONG(0,
	                "0 is not in the row. With it, all powers round to 0, and 0/0 is NaN."),
	        WRONG(-300, "That is the first one, not the largest."));
	WARMUP_NUMBER("the largest of -5 alone", largest_logit(one, 1), RIGHT(-5),
	        WRONG(0, "0 is not in the row. Begin with a logit of the row."));
}
