/* Warm-up 2: one step.
 *
 * A weight gets a step of gradient descent. Its gradient is (p - t) times the feature x.
 * The function makes the loss larger. Mend the sign.
 *
 * hint: A positive gradient says that the loss grows when the weight grows. */
#include "tutorials/lesson/warmup.h"

static double after_one_step(double w, double x, double p, double t, double rate)
{
	double gradient = (p - t) * x;
	/* BEGIN SOLUTION */
	return w - rate * gradient;
	/* stub: return w + rate * gradient; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("after_one_step(0, -3, 0.5, 1, 0.1)",
	        after_one_step(0, -3, 0.5, 1, 0.1), RIGHT(-0.15),
	        WRONG(0.15, "The step goes up the slope. It must go down."),
	        WRONG(-1.5, "The learning rate is missing."),
	        WRONG(1.5, "The learning rate is missing, and the sign is wrong."));
	WARMUP_NUMBER("after_one_step(2, 1, 0.75, 0, 0.2)",
	        after_one_step(2, 1, 0.75, 0, 0.2), RIGHT(1.85),
	        WRONG(2.15, "The step goes up the slope. It must go down."),
	        WRONG(-0.15, "The step is taken from 0. It must be taken from w."));
}
