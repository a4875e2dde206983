/* Warm-up 1: softmax of two logits.
 *
 * Return the probability of the first of two classes, whose logits are a and b. The answer must be
 * between 0 and 1. Use exp().
 *
 * hint: e to the a, divided by the sum of both powers. */
#include "tutorials/lesson/warmup.h"

#include <math.h>

static double first_of_two(double a, double b)
{
	/* BEGIN SOLUTION */
	return exp(a) / (exp(a) + exp(b));
	/* stub: return a / (a + b + exp(0)); */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("first_of_two(0, 0)", first_of_two(0, 0), RIGHT(0.5),
	        WRONG(1, "The sum below has both powers: e^0 + e^0 = 2."),
	        WRONG(0, "e^0 is 1, not 0."));
	WARMUP_NUMBER("first_of_two(1, 0)", first_of_two(1, 0),
	        RIGHT_WITHIN(0.731, 0.001),
	        WRONG_WITHIN(0.269, 0.001, "That is the second class."),
	        WRONG_WITHIN(1, 0.001,
	                "The logits themselves are divided. Divide the powers."),
	        WRONG_WITHIN(2.718, 0.001, "The division by the sum is missing."));
	WARMUP_NUMBER("first_of_two(11, 10)", first_of_two(11, 10),
	        RIGHT_WITHIN(0.731, 0.001),
	        WRONG_WITHIN(0.524, 0.001, "That is 11 / 21. Divide the powers of e."));
}
