/* Warm-up 3: back to the frames.
 *
 * The mean of the frames from `begin` up to, but without, `end` has the gradient dm. Add
 * to each dx[i] what frame i gets.
 *
 * hint: If there are n frames and one of them grows by 1, by how much does the mean grow? */
#include "tutorials/lesson/warmup.h"

enum { COUNT = 5 };

static void back_to_frames(double dx[COUNT], double dm, int begin, int end)
{
	/* BEGIN SOLUTION */
	for (int i = begin; i < end; i++)
		dx[i] += dm / (end - begin);
	/* stub: for (int i = begin; i < end; i++) */
	/* stub: 	dx[i] = dm; */
	/* END SOLUTION */
}

WARMUP
{
	double dx[COUNT] = { 0 };
	back_to_frames(dx, 8, 0, 4);
	WARMUP_NUMBER("dx[0], after one word", dx[0], RIGHT(2),
	        WRONG(8, "Each of the four frames gets a quarter of 8."),
	        WRONG(1.6, "Divide by the frames of the word, not by all five."));
	back_to_frames(dx, 6, 3, 5);
	WARMUP_NUMBER("dx[3], after a second word", dx[3], RIGHT(5),
	        WRONG(3, "= in place of +=: the share of the first word is lost."),
	        WRONG(6, "The second word has two frames: each gets half of 6."));
	WARMUP_NUMBER("dx[4]", dx[4], RIGHT(3),
	        WRONG(6, "The second word has two frames: each gets half of 6."));
}
