/* Warm-up 3: what is left of a gradient.
 *
 * h = tanh(z), and z has w times the old state in it. At each step back the gradient is
 * multiplied by w and by the slope of tanh, 1 - h^2. Here h is the same at every step.
 * Return what is left of a gradient of 1 after `steps` steps. There is a mistake in this
 * function. Mend it.
 *
 * hint: How often is it multiplied? And by which slope? */
#include "tutorials/lesson/warmup.h"

static double left(double w, double h, int steps)
{
	/* BEGIN SOLUTION */
	double gradient = 1;
	for (int s = 0; s < steps; s++)
		gradient *= w * (1 - h * h);
	return gradient;
	/* stub: return 1 * w * (1 - h) * steps; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("w = 0.5, h = 0, 3 steps", left(0.5, 0, 3), RIGHT(0.125),
	        WRONG(1.5,
	                "Each step multiplies once more: a power, not a product with 3."),
	        WRONG(0.5, "That is one step."), WRONG(0.25, "That is two steps."));
	WARMUP_NUMBER("w = 1, h = 0.9, 2 steps", left(1, 0.9, 2), RIGHT(0.0361),
	        WRONG(0.01, "The slope is 1 - h^2, not 1 - h."),
	        WRONG(1, "The slope of tanh is missing."),
	        WRONG(0.19, "That is one step."));
	WARMUP_NUMBER("w = 2, h = 0, 10 steps", left(2, 0, 10), RIGHT(1024),
	        WRONG(20, "Each step multiplies once more."));
}
