/* Warm-up 4: slopes that are multiplied.
 *
 * The slope of the sigmoid is h (1 - h). A gradient of 1 goes back through `layers`
 * sigmoids whose outputs are all h (and weights that are 1). Return what is left of it.
 *
 * hint: Each layer multiplies once. */
#include "tutorials/lesson/warmup.h"

static double left_over(double h, int layers)
{
	double gradient = 1;
	for (int l = 0; l < layers; l++)
		/* BEGIN SOLUTION */
		gradient *= h * (1 - h);
	/* stub: gradient += 0 * h; */
	/* END SOLUTION */
	return gradient;
}

WARMUP
{
	WARMUP_NUMBER("left_over(0.5, 1)", left_over(0.5, 1), RIGHT(0.25),
	        WRONG(0.5, "The slope is h (1 - h), not h."),
	        WRONG(1, "Nothing is multiplied yet."));
	WARMUP_NUMBER("left_over(0.5, 3)", left_over(0.5, 3), RIGHT(0.015625),
	        WRONG(0.75, "The slopes are multiplied, not added."),
	        WRONG(0.25, "Only one layer counted: = stands where *= belongs."));
	WARMUP_NUMBER(
	        "left_over(0.9, 3)", left_over(0.9, 3), RIGHT_WITHIN(0.000729, 1e-9));
}
