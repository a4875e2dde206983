/* Warm-up 1: two steps of gradient descent.
 *
 * The loss is L = 3 w^2, so the derivative is 6 w. w starts at 2 and the learning rate is
 * 0.1. Where is w after two steps? Write the number.
 *
 * hint: Where is w after one step? The derivative of the second step is taken there. */
#include "tutorials/lesson/warmup.h"

static const double answer =
        /* BEGIN SOLUTION */
        0.32;
/* stub: 0; */
/* END SOLUTION */

WARMUP
{
	WARMUP_ANSWER("w after two steps", answer, RIGHT_WITHIN(0.32, 1e-6),
	        WRONG_WITHIN(0.8, 1e-6, "That is w after one step: 2 - 0.1 * 12."),
	        WRONG_WITHIN(-0.4, 1e-6,
	                "The derivative changes. In the second step it is 6 * 0.8."),
	        WRONG_WITHIN(3.92, 1e-2, "Uphill: the step is subtracted."),
	        WRONG_WITHIN(0.98, 1e-6, "The derivative of 3 w^2 is 6 w, not 3 w."));
}
