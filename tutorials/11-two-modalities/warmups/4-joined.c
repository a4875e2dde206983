/* Warm-up 4: side by side, and back.
 *
 * joined holds the T numbers of the words, and behind them the A numbers of the voice. This function takes the
 * gradient of joined apart again. It has a bug. Mend one line.
 *
 * hint: In joined, where does the first number of the voice stand? */
#include "tutorials/lesson/warmup.h"

static void apart(double d_t[], double d_a[], const double d_joined[], int T, int A)
{
	for (int i = 0; i < T; i++)
		d_t[i] += d_joined[i];
	for (int i = 0; i < A; i++)
		/* BEGIN SOLUTION */
		d_a[i] += d_joined[T + i];
	/* stub: d_a[i] += d_joined[i]; */
	/* END SOLUTION */
}

WARMUP
{
	const double d_joined[] = { 1, 2, 10, 20, 30 };
	double d_t[2] = { 0 }, d_a[3] = { 100, 0, 0 };
	apart(d_t, d_a, d_joined, 2, 3);
	WARMUP_NUMBER("second number of the words", d_t[1], RIGHT(2),
	        WRONG(20, "The words stand in front."));
	WARMUP_NUMBER("second number of the voice", d_a[1], RIGHT(20),
	        WRONG(2, "That is the share of the words. The voice stands behind them."),
	        WRONG(10, "One place too early: T numbers stand before the voice."),
	        WRONG(30, "One place too late: count from 0."));
	WARMUP_NUMBER("first number of the voice, which was 100", d_a[0], RIGHT(110),
	        WRONG(10, "= in place of +=: a gradient adds to what is there."));
}
