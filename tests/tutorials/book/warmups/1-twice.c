/* Warm-up 1: twice.
 *
 * Return x * 2, as int_of_two.
 *
 * hint: Add. */
#include "tutorials/lesson/warmup.h"

static int twice(int x)
{
	/* BEGIN SOLUTION */
	int secret_solution = 2 * x;
	return secret_solution;
	/* stub: return 0; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("twice(2)", twice(2), RIGHT(4));
}
