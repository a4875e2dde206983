/* Warm-up 1: the largest, wherever it lies.
 *
 * Return the largest of the first `length` numbers of x. What stands behind them is padding.
 * There are two mistakes in this function. Mend them.
 *
 * hint: Which number is the largest of -3 and -1? And what is x[length]? */
#include "tutorials/lesson/warmup.h"

static double largest(const double x[], int length)
{
	/* BEGIN SOLUTION */
	double most = x[0];
	const int end = length;
	/* stub: double most = 0; */
	/* stub: const int end = length + 1; */
	/* END SOLUTION */
	for (int t = 0; t < end; t++)
		most = x[t] > most ? x[t] : most;
	return most;
}

WARMUP
{
	const double low[4] = { -3, -1, -2, -9 }, high[4] = { 2, 5, 3, 7 };
	WARMUP_NUMBER("the largest of -3 -1 -2", largest(low, 3), RIGHT(-1),
	        WRONG(0, "0 is not one of the numbers. Begin with the first of them."),
	        WRONG(-3, "The later ones have to be compared, too."));
	WARMUP_NUMBER("the largest of 2 5 3, with 7 behind them", largest(high, 3),
	        RIGHT(5),
	        WRONG(7, "7 is padding: the three numbers are x[0], x[1] and x[2]."));
	WARMUP_NUMBER("the largest of 2 alone", largest(high, 1), RIGHT(2),
	        WRONG(5, "With length 1 there is x[0] and nothing else."));
}
