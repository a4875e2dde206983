/* Warm-up 3: p minus y, on paper.
 *
 * A model gives the classes 0, 1 and 2 the probabilities 0.1, 0.7 and 0.2. The target is class 2. Write
 * down the derivative of the cross-entropy with respect to each logit.
 *
 * hint: The target is 1 for class 2 and 0 for the others. The three answers sum to 0. */
#include "tutorials/lesson/warmup.h"

/* BEGIN SOLUTION */
static const double derivative[] = { 0.1, 0.7, -0.8 };
/* stub: static const double derivative[] = { 0, 0, 0 }; */
/* END SOLUTION */

WARMUP
{
	WARMUP_ANSWER("class 0", derivative[0], RIGHT_WITHIN(0.1, 0.001),
	        WRONG(0, "Classes that are not the target have a gradient, too: p - 0."),
	        WRONG_WITHIN(-0.1, 0.001, "The sign: it is p - y, not y - p."),
	        WRONG_WITHIN(-0.9, 0.001, "Only the target's p loses 1."));
	WARMUP_ANSWER("class 1", derivative[1], RIGHT_WITHIN(0.7, 0.001),
	        WRONG(0, "Classes that are not the target have a gradient, too: p - 0."),
	        WRONG_WITHIN(-0.3, 0.001,
	                "The largest p is not the target. The target is class 2."));
	WARMUP_ANSWER("class 2", derivative[2], RIGHT_WITHIN(-0.8, 0.001),
	        WRONG_WITHIN(0.8, 0.001,
	                "The sign: this logit has to grow, so its derivative is below 0."),
	        WRONG_WITHIN(0.2, 0.001, "Here 1 is subtracted: it is the target."),
	        WRONG_WITHIN(-5, 0.001,
	                "That is -1/p, with respect to p. We ask for the logit."));
}
