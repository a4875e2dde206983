/* Warm-up 2: in which bin?
 *
 * Confidences from 0 to 1 are put into `bins` bins of the same width: with 5 bins, 0.3 belongs to bin 1.
 * A confidence of 1 belongs to the last bin. This function has a bug. Mend it.
 *
 * hint: What does it return for a confidence of 1? */
#include "tutorials/lesson/warmup.h"

static int bin_of(double confidence, int bins)
{
	int bin = (int)(confidence * bins);
	/* BEGIN SOLUTION */
	return bin < bins ? bin : bins - 1;
	/* stub: return bin; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("bin_of(0.3, 5)", bin_of(0.3, 5), RIGHT(1),
	        WRONG(2, "0.3 times 5 is 1.5, which is cut to 1."));
	WARMUP_NUMBER("bin_of(0.95, 5)", bin_of(0.95, 5), RIGHT(4),
	        WRONG(3, "Only what is too large goes one bin down."));
	WARMUP_NUMBER("bin_of(1, 5)", bin_of(1, 5), RIGHT(4),
	        WRONG(5,
	                "Bins 0 to 4 are there. Bin 5 lies behind the end of the array."));
	WARMUP_NUMBER("bin_of(1, 15)", bin_of(1, 15), RIGHT(14),
	        WRONG(4, "The last bin depends on how many there are."));
}
