/* Warm-up 1: a mean with weights.
 *
 * x[0] ... x[count-1] are numbers, and w their weights, whose sum is 1. Return the weighted
 * mean. There is a mistake in this function. Mend it.
 *
 * hint: With weights 0.5 and 0.5 it has to be the plain mean. What is it now? */
#include "tutorials/lesson/warmup.h"

static double mean_of(const double x[], const double w[], int count)
{
	double sum = 0;
	for (int t = 0; t < count; t++)
		sum += w[t] * x[t];
	/* BEGIN SOLUTION */
	return sum;
	/* stub: return sum / count; */
	/* END SOLUTION */
}

WARMUP
{
	const double x[3] = { 3, 0, 6 }, even[2] = { 0.5, 0.5 };
	const double w[3] = { 0.5, 0.2, 0.3 }, one[3] = { 0, 0, 1 };
	WARMUP_NUMBER("of 3 and 0, weights 0.5 and 0.5", mean_of(x, even, 2), RIGHT(1.5),
	        WRONG(0.75, "It is divided twice: the weights are 1 / count already."),
	        WRONG(3, "That is the sum without weights."));
	WARMUP_NUMBER("of 3, 0 and 6, weights 0.5, 0.2 and 0.3", mean_of(x, w, 3),
	        RIGHT(3.3),
	        WRONG(1.1, "The sum of the weights is 1. Do not divide by 3."),
	        WRONG(3, "That is the plain mean. Each number counts w times."));
	WARMUP_NUMBER("of 3, 0 and 6, weights 0, 0 and 1", mean_of(x, one, 3), RIGHT(6),
	        WRONG(2, "All the weight is on one number: the mean is that number."));
}
