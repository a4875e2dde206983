/* Warm-up 2: how high may the rate be?
 *
 * For L = c w^2 / 2 a step multiplies w by 1 - rate * c. Return the rate at which w jumps
 * to -w for ever: above it, the training diverges.
 *
 * hint: Which factor turns w into -w? */
#include "tutorials/lesson/warmup.h"

static double highest_rate(double c)
{
	/* BEGIN SOLUTION */
	return 2 / c;
	/* stub: return c; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("highest_rate(20)", highest_rate(20), RIGHT(0.1),
	        WRONG(0.05,
	                "At 1 / c a step goes exactly to 0. It may be twice as high."),
	        WRONG(20, "A steeper loss needs a smaller rate."),
	        WRONG(10, "It is the other way around: divide by c."));
	WARMUP_NUMBER("highest_rate(0.5)", highest_rate(0.5), RIGHT(4));
}
