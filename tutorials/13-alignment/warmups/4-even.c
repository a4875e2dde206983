/* Warm-up 4: no word times.
 *
 * A sound has T frames, and `words` words are said in it. Nobody knows when. So each word
 * gets an even share, as whole frames: return the first frame of word j, counted from 0.
 * No frame may be left over behind the last word.
 *
 * hint: In C, 7 / 2 is 3. So it matters whether you multiply or divide first. */
#include "tutorials/lesson/warmup.h"

static int first_frame(int j, int words, int T)
{
	/* BEGIN SOLUTION */
	return T * j / words;
	/* stub: return T / words * j; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("first_frame(1, 4, 20)", first_frame(1, 4, 20), RIGHT(5),
	        WRONG(4, "A word has T / words frames, not `words` frames."));
	WARMUP_NUMBER("first_frame(3, 4, 11)", first_frame(3, 4, 11), RIGHT(8),
	        WRONG(6, "11 / 4 is 2 in whole numbers: a frame is lost with each word."),
	        WRONG(9, "Round down: 8.25 is in frame 8."));
	WARMUP_NUMBER("first_frame(4, 4, 11), where the words end", first_frame(4, 4, 11),
	        RIGHT(11), WRONG(8, "Three frames are left over behind the last word."));
}
