/* Warm-up 1: the loss of one answer.
 *
 * p is the probability of "angry" that a program gives. The loss is minus the logarithm of
 * the probability that it gives to the truth. This function is right for angry sentences
 * (angry is 1) and wrong for glad ones (angry is 0). Mend it. log is the natural logarithm.
 *
 * hint: If p is the probability of "angry", what is the probability of "glad"? */
#include "tutorials/lesson/warmup.h"

#include <math.h>

static double loss(double p, int angry)
{
	/* BEGIN SOLUTION */
	double truth = angry ? p : 1 - p;
	return -log(truth);
	/* stub: (void)angry; */
	/* stub: return -log(p); */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("loss(0.9, 1)", loss(0.9, 1), RIGHT_WITHIN(0.10536, 1e-3),
	        WRONG_WITHIN(2.30259, 1e-3, "Angry and glad are exchanged."),
	        WRONG_WITHIN(
	                -0.10536, 1e-3, "The minus is missing. No loss is below 0."));
	WARMUP_NUMBER("loss(0.9, 0)", loss(0.9, 0), RIGHT_WITHIN(2.30259, 1e-3),
	        WRONG_WITHIN(0.10536, 1e-3,
	                "That is the loss of an angry sentence. Here the truth is glad, and "
	                "it got only 0.1."),
	        WRONG_WITHIN(-2.30259, 1e-3, "The minus is missing. No loss is below 0."),
	        WRONG_WITHIN(0, 1e-9, "A glad sentence has a loss, too."),
	        WRONG_WITHIN(0.1, 1e-6,
	                "That is the probability of the truth. Its logarithm "
	                "is missing."));
	WARMUP_NUMBER("loss(0.5, 0)", loss(0.5, 0), RIGHT_WITHIN(0.69315, 1e-3));
}
