/* Warm-up 1: what comes back?
 *
 * The right class has the logit z_text + z_speech, the other one 0. Return what comes back to the text: the
 * derivative of -log p with respect to z_text.
 *
 * hint: p is the sigmoid of the sum of both. The derivative is the probability less the target, which is 1. */
#include "tutorials/lesson/warmup.h"

#include <math.h>

static double comes_back(double z_text, double z_speech)
{
	/* BEGIN SOLUTION */
	return 1 / (1 + exp(-z_text - z_speech)) - 1;
	/* stub: return z_text + 0 * z_speech; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("comes_back(0, 0)", comes_back(0, 0), RIGHT_WITHIN(-0.5, 1e-6),
	        WRONG(0.5, "That is p. Subtract the target, 1."));
	WARMUP_NUMBER("comes_back(0, 3)", comes_back(0, 3), RIGHT_WITHIN(-0.04743, 1e-4),
	        WRONG(-0.5, "The speech counts too: p is made by the sum."),
	        WRONG_WITHIN(0.95257, 1e-4, "That is p. Subtract the target, 1."),
	        WRONG_WITHIN(0.04743, 1e-4,
	                "The sign: the loss falls when z_text grows, so it is below 0."));
}
