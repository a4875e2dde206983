/* Warm-up 4: by whose mean?
 *
 * levels[] holds the level of each of a speaker's utterances, in decibels. Subtract the
 * speaker's mean from each: the mean over all of them, not each by itself.
 *
 * hint: Two loops. The first one adds up, the second one subtracts. */
#include "tutorials/lesson/warmup.h"

static void by_speaker(double levels[], int count)
{
	/* BEGIN SOLUTION */
	double mean = 0;
	for (int i = 0; i < count; i++)
		mean += levels[i] / count;
	for (int i = 0; i < count; i++)
		levels[i] -= mean;
	/* stub: for (int i = 0; i < count; i++) */
	/* stub: 	levels[i] -= levels[i]; */
	/* END SOLUTION */
}

WARMUP
{
	double levels[3] = { -20, -35, -35 }, one[1] = { -20 };
	by_speaker(levels, 3);
	WARMUP_NUMBER("-20 among -35 and -35", levels[0], RIGHT_WITHIN(10, 0.001),
	        WRONG(0, "That is the utterance's own mean: nothing is left of it."),
	        WRONG(-20, "The mean of the three is -30. Subtract it."),
	        WRONG_WITHIN(-50, 0.001, "The mean is subtracted, not added."));
	WARMUP_NUMBER("-35 beside it", levels[1], RIGHT_WITHIN(-5, 0.001),
	        WRONG(0, "That is the utterance's own mean: nothing is left of it."),
	        WRONG_WITHIN(-23.333333, 0.001,
	                "The mean has changed on the way: first all of the sum, then "
	                "subtract."));
	by_speaker(one, 1);
	WARMUP_NUMBER("a lone clip of -20", one[0], RIGHT_WITHIN(0, 0.001),
	        WRONG(-20, "Its own mean is -20."));
}
