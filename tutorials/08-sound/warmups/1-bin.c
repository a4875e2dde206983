/* Warm-up 1: from a bin to its frequency, and back.
 *
 * The transform of n samples at `rate` samples a second has bins 0, 1, 2, ... The wave of
 * bin k makes k turns in n samples. Return its frequency in hertz; then the bin that is
 * nearest to a frequency.
 *
 * hint: How many seconds do n samples last? Frequency is turns divided by seconds. */
#include "tutorials/lesson/warmup.h"

#include <math.h>

static double frequency(int k, int n, double rate)
{
	/* BEGIN SOLUTION */
	return k * rate / n;
	/* stub: return k + 0 * n * rate; */
	/* END SOLUTION */
}

static int nearest_bin(double hertz, int n, double rate)
{
	/* BEGIN SOLUTION */
	return (int)floor(hertz * n / rate + 0.5);
	/* stub: return (int)(hertz * n * 0 * rate); */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("frequency(10, 400, 16000)", frequency(10, 400, 16000), RIGHT(400),
	        WRONG(0.25, "Turns divided by seconds: rate stands above, n below."),
	        WRONG(200, "Bin n is at the whole rate, bin n/2 at half of it."));
	WARMUP_NUMBER("frequency(256, 512, 16000)", frequency(256, 512, 16000),
	        RIGHT(8000), WRONG(4000, "Bin n/2 is at half of the rate."));
	WARMUP_NUMBER("frequency(1, 400, 8000)", frequency(1, 400, 8000), RIGHT(20),
	        WRONG(40, "The rate is 8000 here."));
	WARMUP_NUMBER("nearest_bin(1000, 512, 16000)", nearest_bin(1000, 512, 16000),
	        RIGHT(32), WRONG(16, "Bin n is at the whole rate, not at half of it."));
	WARMUP_NUMBER("nearest_bin(1020, 512, 16000)", nearest_bin(1020, 512, 16000),
	        RIGHT(33),
	        WRONG(32, "1020 Hz lies at bin 32.64. The nearest is above: round."));
}
