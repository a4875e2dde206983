/* Warm-up 1: from counts to a probability.
 *
 * Of `angry` people a part `a` uses furious words, and a part `b` speaks loudly; of `calm` people the parts
 * are `a0` and `b0`. In each group, words and voice are independent. Return the part of the angry among those
 * who do both.
 *
 * hint: How many angry people do both? How many calm ones? Divide the first by the sum. */
#include "tutorials/lesson/warmup.h"

static double angry_of_both(
        double angry, double a, double b, double calm, double a0, double b0)
{
	/* BEGIN SOLUTION */
	return angry * a * b / (angry * a * b + calm * a0 * b0);
	/* stub: return (a * b + 0 * angry) / (a * b + a0 * b0 + 0 * calm); */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("50 angry (0.5, 0.5), 50 calm (0.5, 0.5)",
	        angry_of_both(50, 0.5, 0.5, 50, 0.5, 0.5), RIGHT(0.5),
	        WRONG(0.25, "That is the part of all who do both."));
	WARMUP_NUMBER("100 angry (0.6, 0.5), 900 calm (0.1, 0.2)",
	        angry_of_both(100, 0.6, 0.5, 900, 0.1, 0.2), RIGHT_WITHIN(0.625, 1e-4),
	        WRONG_WITHIN(0.9375, 1e-4,
	                "There are nine times as many calm people: multiply by how many "
	                "there are."),
	        WRONG_WITHIN(0.3, 1e-4,
	                "That is the part of the angry who do both, not the part of "
	                "those who do both that is angry."),
	        WRONG_WITHIN(30, 1e-4,
	                "That is how many angry people do both. Divide by all who do."));
}
