/* Warm-up 4: where a weight lies.
 *
 * The library keeps the weights of all filters in one array of shape (O,F,k): filter,
 * feature, tap, row after row. The last index moves fastest. Return the place of
 * w(o,f,j), counted from 0. There are F features and k taps.
 *
 * hint: How many weights has one filter? How many of it stand before feature f? */
#include "tutorials/lesson/warmup.h"

static int place(int o, int f, int j, int F, int k)
{
	/* BEGIN SOLUTION */
	return o * F * k + f * k + j;
	/* stub: return o + f + j + 0 * F * k; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("place(0, 0, 2, 5, 3)", place(0, 0, 2, 5, 3), RIGHT(2),
	        WRONG(10, "The taps of one feature lie side by side: j moves fastest."));
	WARMUP_NUMBER("place(0, 1, 0, 5, 3)", place(0, 1, 0, 5, 3), RIGHT(3),
	        WRONG(1, "Before feature 1 stand the k taps of feature 0."),
	        WRONG(5, "A feature has k taps: the next one begins k later."));
	WARMUP_NUMBER("place(2, 1, 1, 5, 3)", place(2, 1, 1, 5, 3), RIGHT(34),
	        WRONG(14, "One filter has F times k weights, not F."),
	        WRONG(10, "One filter has F times k weights, not k."));
}
