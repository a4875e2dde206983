/* Warm-up 3: how many steps.
 *
 * A training set has `sentences` sentences. They go through the network in mini-batches
 * of size `batch`; the last one may be smaller. How many steps does one epoch have? Use whole
 * numbers only, no floats.
 *
 * hint: In C, 7 / 2 is 3. Try 8 sentences and 9 sentences in batches of 8. */
#include "tutorials/lesson/warmup.h"

static int steps(int sentences, int batch)
{
	/* BEGIN SOLUTION */
	return (sentences + batch - 1) / batch;
	/* stub: return sentences / batch; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("steps(183, 8)", steps(183, 8), RIGHT(23),
	        WRONG(22, "The last 7 sentences are forgotten."),
	        WRONG(183, "One sentence a step: that is a batch of 1."));
	WARMUP_NUMBER("steps(16, 8)", steps(16, 8), RIGHT(2),
	        WRONG(3, "Here nothing is left over: there is no third mini-batch."));
	WARMUP_NUMBER("steps(5, 8)", steps(5, 8), RIGHT(1),
	        WRONG(0, "Five sentences make one small mini-batch."));
}
