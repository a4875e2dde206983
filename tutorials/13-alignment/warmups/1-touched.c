/* Warm-up 1: how many frames does a word touch?
 *
 * There are `rate` frames in a second. Frame 0 stands for the time from 0 to 1 / rate,
 * frame 1 for the time from there to 2 / rate, and so on. A word is said from `start` to
 * `stop`, in seconds. In how many frames is some of it? The function is wrong. Mend it.
 *
 * hint: In which frame does the word begin? In which frame does it end? Both count. */
#include "tutorials/lesson/warmup.h"

static int touched_by(double start, double stop, int rate)
{
	/* BEGIN SOLUTION */
	const int first_one = (int)(start * rate), last_one = (int)(stop * rate);
	return last_one - first_one + 1;
	/* stub: return (int)((stop - start) * rate); */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("touched_by(0.13, 0.25, 50)", touched_by(0.13, 0.25, 50), RIGHT(7),
	        WRONG(6, "The frame in which it ends counts, too."),
	        WRONG(5,
	                "It touches the first and the last frame only in part. Both count."));
	WARMUP_NUMBER("touched_by(0.39, 0.41, 50)", touched_by(0.39, 0.41, 50), RIGHT(2),
	        WRONG(1,
	                "It lasts as long as one frame, but it lies over the border of two."));
	WARMUP_NUMBER("touched_by(0.205, 0.215, 50)", touched_by(0.205, 0.215, 50),
	        RIGHT(1),
	        WRONG(0, "Even the shortest word touches the frame in which it is."));
}
