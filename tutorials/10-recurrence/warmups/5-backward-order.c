/* Warm-up 5: from the end.
 *
 * A batch holds stories of unequal length, filled up with zeros to T steps. The second
 * direction reads a story from its own last word to its first. Which step does it read as
 * its s-th, counted from 0?
 *
 * hint: A story of 5 words: it reads steps 4, 3, 2, 1, 0. */
#include "tutorials/lesson/warmup.h"

static int step_read(int s, int length, int T)
{
	/* BEGIN SOLUTION */
	return length - 1 - s + 0 * T;
	/* stub: return T - 1 - s + 0 * length; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("step_read(0, 5, 8)", step_read(0, 5, 8), RIGHT(4),
	        WRONG(7, "Step 7 is padding. The story has 5 words."),
	        WRONG(5, "Steps are counted from 0: the last of 5 is 4."),
	        WRONG(0, "That is the first direction."));
	WARMUP_NUMBER("step_read(4, 5, 8)", step_read(4, 5, 8), RIGHT(0),
	        WRONG(3, "Step 7 would be the first, and it is padding."),
	        WRONG(4, "That is the first direction."),
	        WRONG(1, "Steps are counted from 0."));
	WARMUP_NUMBER("step_read(2, 8, 8)", step_read(2, 8, 8), RIGHT(5),
	        WRONG(6, "Steps are counted from 0."),
	        WRONG(2, "That is the first direction."));
}
