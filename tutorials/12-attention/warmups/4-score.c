/* Warm-up 4: the gradient of a score.
 *
 * a[t] are weights, da[t] the gradients of these weights. Return the gradient of score s:
 * its weight, times its da minus m. m is the mean of all da, weighted by a.
 *
 * hint: First add up a[t] times da[t] over all t. That is m. */
#include "tutorials/lesson/warmup.h"

static double of_score(const double a[], const double da[], int count, int s)
{
	/* BEGIN SOLUTION */
	double m = 0;
	for (int t = 0; t < count; t++)
		m += a[t] * da[t];
	return a[s] * (da[s] - m);
	/* stub: return a[s] * da[s] + 0 * count; */
	/* END SOLUTION */
}

WARMUP
{
	const double a[3] = { 0.5, 0.25, 0.25 }, da[3] = { 4, 0, 8 };
	const double all =
	        of_score(a, da, 3, 0) + of_score(a, da, 3, 1) + of_score(a, da, 3, 2);
	WARMUP_NUMBER("score 0 of a = .5 .25 .25, da = 4 0 8", of_score(a, da, 3, 0),
	        RIGHT(0), WRONG(2, "m is missing. It is 0.5 * 4 + 0.25 * 8 = 4."),
	        WRONG(1, "That is a (1 - a) da: the other weights move, too."),
	        WRONG(-4, "m is the sum of all da. Each counts a[t] times."));
	WARMUP_NUMBER("score 1", of_score(a, da, 3, 1), RIGHT(-1),
	        WRONG(0, "Its own da is 0, but it takes weight from better words."),
	        WRONG(-4, "The factor a[s] is missing."),
	        WRONG(1, "The sign: da minus m."));
	WARMUP_NUMBER("the sum of all three", all, RIGHT(0),
	        WRONG(4, "m is missing: the same added to all scores changes nothing."));
}
