/* Warm-up 2: where a frame lies.
 *
 * A batch x (B,T,F) lies in memory row after row; each utterance has room for T frames,
 * however long it is. Return the place of x(b,t,f), counted from 0.
 *
 * hint: How many numbers has one utterance with its padding? And one frame? */
#include "tutorials/lesson/warmup.h"

static int place(int b, int t, int f, int T, int F)
{
	/* BEGIN SOLUTION */
	return b * T * F + t * F + f;
	/* stub: return b + t + f + 0 * T * F; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("place(0, 2, 1, 10, 3)", place(0, 2, 1, 10, 3), RIGHT(7),
	        WRONG(12, "Frames lie one after the other: f moves fastest."),
	        WRONG(3, "A frame has F numbers."));
	WARMUP_NUMBER("place(1, 0, 0, 10, 3)", place(1, 0, 0, 10, 3), RIGHT(30),
	        WRONG(10, "Each of the 10 frames has 3 numbers."),
	        WRONG(3,
	                "Before the second utterance there are all frames of the first."));
	WARMUP_NUMBER("place(2, 4, 2, 10, 3)", place(2, 4, 2, 10, 3), RIGHT(74),
	        WRONG(72, "The feature is missing: + f."));
}
