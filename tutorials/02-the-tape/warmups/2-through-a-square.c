/* Warm-up 2: the gradient passes through a square.
 *
 * y = v * v, and the gradient d_y has arrived at y. Return the gradient of v: what arrives, times
 * the local derivative of the square.
 *
 * hint: The local derivative of v * v is 2 v. */
#include "tutorials/lesson/warmup.h"

static double through_square(double v, double d_y)
{
	/* BEGIN SOLUTION */
	return d_y * (2 * v);
	/* stub: return 0 * v * d_y; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("through_square(3, 1)", through_square(3, 1), RIGHT(6),
	        WRONG(9, "That is the value of y."),
	        WRONG(3, "The local derivative is 2 v, not v."));
	WARMUP_NUMBER("through_square(3, 0.5)", through_square(3, 0.5), RIGHT(3),
	        WRONG(6, "What arrives is 0.5 here: multiply by it."),
	        WRONG(6.5, "What arrives is multiplied, not added."));
	WARMUP_NUMBER("through_square(0, 5)", through_square(0, 5), RIGHT(0),
	        WRONG(5, "At v = 0 the square does not move, so nothing passes."));
}
