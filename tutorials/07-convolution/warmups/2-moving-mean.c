/* Warm-up 2: smooth a curve.
 *
 * y[t] is to be the mean of x[t], x[t+1] and x[t+2]: a convolution with the kernel
 * (1/3, 1/3, 1/3). There are two mistakes in this function. Mend them.
 *
 * hint: What is 1 / 3 in C? And for which t does x[t + 2] still exist? */
#include "tutorials/lesson/warmup.h"

enum { STEPS = 6 };

static void smooth(double y[STEPS], const double x[STEPS])
{
	/* BEGIN SOLUTION */
	for (int t = 0; t + 2 < STEPS; t++)
		y[t] = (x[t] + x[t + 1] + x[t + 2]) / 3;
	/* stub: for (int t = 0; t + 3 < STEPS; t++) */
	/* stub: 	y[t] = 1 / 3 * (x[t] + x[t + 1] + x[t + 2]); */
	/* END SOLUTION */
}

WARMUP
{
	const double x[STEPS] = { 3, 0, 6, 6, 0, 9 };
	double y[STEPS] = { -1, -1, -1, -1, -1, -1 };
	smooth(y, x);
	WARMUP_NUMBER("y[0]", y[0], RIGHT(3),
	        WRONG(0,
	                "In whole numbers 1 / 3 is 0. Write 1.0 / 3, or divide the sum."),
	        WRONG(9, "That is the sum. The mean is a third of it."));
	WARMUP_NUMBER("y[3]", y[3], RIGHT(5),
	        WRONG(-1, "The last window is forgotten: 6 steps have 4 windows of 3."),
	        WRONG(0, "In whole numbers 1 / 3 is 0."));
	WARMUP_NUMBER("y[4]", y[4], RIGHT(-1),
	        WRONG(3,
	                "x has 6 steps. Window 4 would need step 6, which is not there."));
}
