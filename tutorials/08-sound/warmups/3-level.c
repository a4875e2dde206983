/* Warm-up 3: decibels.
 *
 * The level of a sound is 10 log10 of its power, and its power is the mean of the squares
 * of its samples. This function gives other numbers. There are two mistakes in it.
 *
 * hint: What is the mean of the squares of 3 and -3? What does a sum of samples give? */
#include "tutorials/lesson/warmup.h"

#include <math.h>

static double level(const double x[], int n)
{
	double sum = 0;
	for (int t = 0; t < n; t++)
		/* BEGIN SOLUTION */
		sum += x[t] * x[t];
	/* stub: sum += x[t]; */
	/* END SOLUTION */
	/* BEGIN SOLUTION */
	return 10 * log10(sum / n);
	/* stub: return 20 * log10(fabs(sum) / n); */
	/* END SOLUTION */
}

WARMUP
{
	const double full[2] = { 1, -1 }, half[2] = { 0.5, -0.5 };
	const double tenth[4] = { 0.1, 0.1, -0.1, -0.1 };
	WARMUP_NUMBER("level of 1, -1", level(full, 2), RIGHT_WITHIN(0, 1e-9),
	        WRONG(-INFINITY, "1 and -1 add up to 0. Their squares do not."),
	        WRONG_WITHIN(3.0103, 0.001, "The mean is wanted: divide by n."));
	WARMUP_NUMBER("level of 0.5, -0.5", level(half, 2), RIGHT_WITHIN(-6.0206, 0.001),
	        WRONG_WITHIN(-12.0412, 0.001,
	                "20 log10 is for sizes. The square is in the power already."));
	WARMUP_NUMBER("level of 0.1, 0.1, -0.1, -0.1", level(tenth, 4),
	        RIGHT_WITHIN(-20, 0.001),
	        WRONG_WITHIN(-40, 0.001, "20 log10 counts the square twice."),
	        WRONG_WITHIN(-13.9794, 0.001, "The mean is wanted: divide by n."));
}
