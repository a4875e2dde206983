/* Warm-up 2: the mean of some frames.
 *
 * x has COUNT numbers, one a frame. Return the mean of those from `begin` up to, but
 * without, `end`; 0 if there is none. There are two mistakes in this function.
 *
 * hint: How many numbers are there from 2 up to, but without, 5? */
#include "tutorials/lesson/warmup.h"

enum { COUNT = 6 };

static double mean_between(const double x[COUNT], int begin, int end)
{
	double all = 0;
	/* BEGIN SOLUTION */
	for (int i = begin; i < end; i++)
		all += x[i];
	return end > begin ? all / (end - begin) : 0;
	/* stub: for (int i = begin; i <= end; i++) */
	/* stub: all += x[i]; */
	/* stub: return all / COUNT; */
	/* END SOLUTION */
}

WARMUP
{
	const double x[COUNT] = { 2, 4, 9, 3, 6, 12 };
	WARMUP_NUMBER("mean_between(x, 2, 5)", mean_between(x, 2, 5), RIGHT(6),
	        WRONG(5, "Number 5 is added, and divided by all six."),
	        WRONG(7.5, "Number 5 does not belong to it: i < end."),
	        WRONG(10, "Number 5 does not belong to it: i < end."),
	        WRONG(3, "Divide by the number of those that are added, not by COUNT."),
	        WRONG(4.5, "From 2 up to 5, without 5, there are three numbers."));
	WARMUP_NUMBER("mean_between(x, 0, 1)", mean_between(x, 0, 1), RIGHT(2),
	        WRONG(3, "Number 1 does not belong to it: i < end."));
	WARMUP_NUMBER("mean_between(x, 4, 4)", mean_between(x, 4, 4), RIGHT(0),
	        WRONG(6, "From 4 up to 4, without 4, there is none."));
}
