/* Warm-up 1: how many answers.
 *
 * A kernel of k taps slides over T steps. `padding` zeros are put on each side first, and
 * the window moves by `stride` steps each time. How many places has it? Use whole numbers.
 *
 * hint: With padding there are T + 2 padding steps. Where does the last window begin? */
#include "tutorials/lesson/warmup.h"

static int places(int T, int k, int padding, int stride)
{
	/* BEGIN SOLUTION */
	return (T + 2 * padding - k) / stride + 1;
	/* stub: return T + 0 * (k + padding + stride); */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("places(5, 2, 0, 1)", places(5, 2, 0, 1), RIGHT(4),
	        WRONG(5, "The window needs room: the last one begins at step T - k."),
	        WRONG(3, "The first window counts, too: add 1."));
	WARMUP_NUMBER("places(10, 3, 1, 1)", places(10, 3, 1, 1), RIGHT(10),
	        WRONG(8, "The padding is missing."),
	        WRONG(9, "There is padding on both sides: twice."));
	WARMUP_NUMBER("places(10, 3, 0, 3)", places(10, 3, 0, 3), RIGHT(3),
	        WRONG(8, "The window moves by 3 steps each time."),
	        WRONG(2, "First divide, then add 1 for the first window."));
}
