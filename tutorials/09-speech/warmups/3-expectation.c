/* Warm-up 3: on average, by hand.
 *
 * Dropout with p = 0.2 makes of the number 8 either 0 or something larger. Write the three
 * answers as numbers.
 *
 * hint: The part that is kept is 0.8. Divide by it. */
#include "tutorials/lesson/warmup.h"

WARMUP
{
	/* BEGIN SOLUTION */
	const double if_kept = 10;
	const double on_average = 8;
	const double at_evaluation = 8;
	/* stub: const double if_kept = -1; */
	/* stub: const double on_average = -1; */
	/* stub: const double at_evaluation = -1; */
	/* END SOLUTION */
	WARMUP_ANSWER("what becomes of 8 if it is kept", if_kept, RIGHT(10),
	        WRONG(8, "It has to make up for the times when it is dropped."),
	        WRONG(6.4, "Multiplied by 0.8 it gets smaller. Divide by 0.8."),
	        WRONG(40, "0.2 is the part that is dropped. Divide by what is kept."));
	WARMUP_ANSWER("the mean over many draws", on_average, RIGHT(8),
	        WRONG(6.4, "That would be so without the division."),
	        WRONG(10, "In one of five draws it is 0."));
	WARMUP_ANSWER("what becomes of 8 at evaluation", at_evaluation, RIGHT(8),
	        WRONG(10, "At evaluation nothing is dropped, so nothing is scaled."),
	        WRONG(6.4, "The scaling was done while training already."));
}
