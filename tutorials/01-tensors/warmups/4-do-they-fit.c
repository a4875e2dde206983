/* Warm-up 4: do two sizes fit?
 *
 * Broadcasting compares the sizes of two shapes, one pair at a time. Return the size of
 * the result for the pair a and b, or -1 if they do not fit.
 *
 * hint: Three cases: the sizes are equal, one of them is 1, or neither. */
#include "tutorials/lesson/warmup.h"

static int together(int a, int b)
{
	/* BEGIN SOLUTION */
	if (a == b || b == 1)
		return a;
	return a == 1 ? b : -1;
	/* stub: return a > b ? a : b; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("together(5, 5)", together(5, 5), RIGHT(5),
	        WRONG(-1, "Equal sizes fit."),
	        WRONG(25, "The sizes are not multiplied."));
	WARMUP_NUMBER("together(5, 1)", together(5, 1), RIGHT(5),
	        WRONG(1, "The size 1 is repeated until there are 5."),
	        WRONG(-1, "A size of 1 fits to each other size."));
	WARMUP_NUMBER("together(1, 4)", together(1, 4), RIGHT(4),
	        WRONG(1, "It is the 1 that is repeated, on whichever side it stands."),
	        WRONG(-1, "The 1 may stand on either side."));
	WARMUP_NUMBER("together(5, 3)", together(5, 3), RIGHT(-1),
	        WRONG(5, "Neither is 1, so nothing can be repeated: they do not fit."),
	        WRONG(3, "Neither is 1, so nothing can be repeated: they do not fit."),
	        WRONG(15, "The sizes are not multiplied."));
	WARMUP_NUMBER("together(6, 3)", together(6, 3), RIGHT(-1),
	        WRONG(6, "3 divides 6, but only a size of 1 is repeated."));
}
