/* Warm-up 2: two experts who know nothing.
 *
 * Anger is rare: its prior is `prior`. Two experts say pa and pb of it. This function has a bug: if both
 * experts know nothing, and only repeat the prior, it does not return the prior. Mend one line.
 *
 * hint: Each class is divided by its own prior. The prior of calm is what is left of 1. */
#include "tutorials/lesson/warmup.h"

static double product(double pa, double pb, double prior)
{
	double angry = pa * pb / prior;
	/* BEGIN SOLUTION */
	double calm = (1 - pa) * (1 - pb) / (1 - prior);
	/* stub: double calm = (1 - pa) * (1 - pb) / prior; */
	/* END SOLUTION */
	return angry / (angry + calm);
}

WARMUP
{
	WARMUP_NUMBER("product(0.5, 0.5, 0.5)", product(0.5, 0.5, 0.5), RIGHT(0.5),
	        WRONG_WITHIN(0.667, 1e-3, "Each class is divided by its own prior."));
	WARMUP_NUMBER("product(0.1, 0.1, 0.1)", product(0.1, 0.1, 0.1),
	        RIGHT_WITHIN(0.1, 1e-6),
	        WRONG_WITHIN(
	                0.01 / 0.82, 1e-4, "Calm has a prior of its own: 1 - prior."),
	        WRONG_WITHIN(0.1 / (0.1 + 0.81), 1e-4,
	                "The product of calm is not divided at all."));
	WARMUP_NUMBER("product(0.47, 0.31, 0.1)", product(0.47, 0.31, 0.1),
	        RIGHT_WITHIN(0.782, 1e-3),
	        WRONG_WITHIN(0.285, 1e-3,
	                "Calm has a prior of its own: 1 - prior. So the prior counts "
	                "twice."));
}
