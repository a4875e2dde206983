/* Warm-up 1: a value that is used twice.
 *
 * y = a * a. The forward pass uses a as the left factor and as the right one, so two shares of the
 * gradient come back to a. This backward pass has a bug: mend one line.
 *
 * hint: The second share must not erase the first. */
#include "tutorials/lesson/warmup.h"

/* The derivative of y = a * a with respect to a; d_y is what arrives at y. */
static double gradient(double a, double d_y)
{
	double d_a = 0;
	d_a += d_y * a; /* as the left factor */
	/* BEGIN SOLUTION */
	d_a += a * d_y; /* as the right factor */
	/* stub: d_a = d_y * a; */
	/* END SOLUTION */
	return d_a;
}

WARMUP
{
	WARMUP_NUMBER("gradient(3, 1)", gradient(3, 1), RIGHT(6),
	        WRONG(3, "One share is lost: the second line replaces the first."),
	        WRONG(9, "That is y itself. We want how fast y changes with a."),
	        WRONG(0, "The second share is taken away. It must be added."));
	WARMUP_NUMBER("gradient(3, 2)", gradient(3, 2), RIGHT(12),
	        WRONG(6, "d_y is 2 here: each share is multiplied by it."),
	        WRONG(9, "One of the two shares lacks the factor d_y, which is 2 here."));
	WARMUP_NUMBER("gradient(-1, 1)", gradient(-1, 1), RIGHT(-2),
	        WRONG(2, "The sign: the derivative at -1 is negative."));
}
