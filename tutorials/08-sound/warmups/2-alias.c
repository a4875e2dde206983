/* Warm-up 2: what one hears.
 *
 * A tone of `hertz` is recorded with `rate` samples a second. It lies between 0 and
 * `rate`. Return the frequency that one hears.
 *
 * hint: d hertz above the half of the rate comes back d hertz below it. */
#include "tutorials/lesson/warmup.h"

static double heard(double hertz, double rate)
{
	/* BEGIN SOLUTION */
	const double half = rate / 2;
	return hertz <= half ? hertz : half - (hertz - half);
	/* stub: return hertz + 0 * rate; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("heard(1000, 8000)", heard(1000, 8000), RIGHT(1000),
	        WRONG(7000, "1000 Hz is below half of the rate: it stays."));
	WARMUP_NUMBER("heard(5000, 8000)", heard(5000, 8000), RIGHT(3000),
	        WRONG(5000, "5000 Hz is above 4000 Hz, the half of the rate."),
	        WRONG(1000, "It is 1000 Hz above the half: count down from the half."),
	        WRONG(4000, "It is not cut off. It comes back, 1000 Hz below the half."));
	WARMUP_NUMBER("heard(4000, 8000)", heard(4000, 8000), RIGHT(4000),
	        WRONG(0, "The half itself stays where it is."));
	WARMUP_NUMBER("heard(16000, 16000)", heard(16000, 16000), RIGHT(0),
	        WRONG(16000, "Each sample sees one whole turn: it is always the same."),
	        WRONG(8000, "8000 Hz above the half comes back 8000 Hz below it."));
}
