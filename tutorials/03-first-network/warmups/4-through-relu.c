/* Warm-up 4: back through relu.
 *
 * A hidden unit computes h = relu(a) = max(a, 0). The gradient dh has arrived at h.
 * Return the gradient of a.
 *
 * hint: If a is -2 and grows a little, does h change? And if a is 3? */
#include "tutorials/lesson/warmup.h"

static double back_through_relu(double a, double dh)
{
	/* BEGIN SOLUTION */
	return a > 0 ? dh : 0;
	/* stub: (void)a; */
	/* stub: return dh; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("back_through_relu(3, 0.5)", back_through_relu(3, 0.5), RIGHT(0.5),
	        WRONG(1.5,
	                "When a grows by 1, h grows by 1. So dh is multiplied by 1, not by a."),
	        WRONG(3, "That is h, the value. The gradient is asked for."),
	        WRONG(1, "That is the local derivative. dh has to be multiplied by it."),
	        WRONG(0, "a is above 0, so relu lets the gradient through."));
	WARMUP_NUMBER("back_through_relu(-2, 0.5)", back_through_relu(-2, 0.5), RIGHT(0),
	        WRONG(0.5, "h is 0 here, and stays 0 when a changes a little."),
	        WRONG(-1, "h is 0 here, and stays 0 when a changes a little."));
	WARMUP_NUMBER("back_through_relu(3, -0.5)", back_through_relu(3, -0.5),
	        RIGHT(-0.5), WRONG(0, "The sign of a decides, not the sign of dh."));
}
