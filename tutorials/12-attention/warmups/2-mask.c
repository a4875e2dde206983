/* Warm-up 2: padding gets nothing.
 *
 * a[t] is e^score of step t. Make weights of the first `length` steps: divide each by the
 * sum. The steps from length to T-1 are padding, and have to be 0. Two mistakes are in the
 * loops. Mend them.
 *
 * hint: What is summed up that should not be? And which steps keep their old numbers? */
#include "tutorials/lesson/warmup.h"

static void weights_of(double a[], int T, int length)
{
	double total = 0;
	/* BEGIN SOLUTION */
	for (int t = 0; t < length; t++)
		total += a[t];
	for (int t = 0; t < T; t++)
		a[t] = t < length ? a[t] / total : 0;
	/* stub: for (int t = 0; t < T; t++) */
	/* stub: 	total += a[t]; */
	/* stub: for (int t = 0; t < length; t++) */
	/* stub: 	a[t] = a[t] / total; */
	/* END SOLUTION */
}

WARMUP
{
	double a[4] = { 6, 2, 1, 1 }, all[2] = { 1, 3 };
	weights_of(a, 4, 2);
	WARMUP_NUMBER("a[0] of 6 2 | 1 1", a[0], RIGHT(0.75),
	        WRONG(0.6, "The sum goes over the padding, too: 6 / 10."),
	        WRONG(6, "It is not divided."));
	WARMUP_NUMBER("a[0] + a[1]", a[0] + a[1], RIGHT(1),
	        WRONG(0.8, "The weights of the words have to add up to 1."));
	WARMUP_NUMBER("a[3], padding", a[3], RIGHT(0),
	        WRONG(1, "e^0 is still there. A step of padding has weight 0."),
	        WRONG(0.1, "The padding takes a share."),
	        WRONG(0.125, "The padding takes a share."));
	weights_of(all, 2, 2);
	WARMUP_NUMBER("a[1] of 1 3, no padding", all[1], RIGHT(0.75),
	        WRONG(0, "Step length - 1 is still a word."));
}
