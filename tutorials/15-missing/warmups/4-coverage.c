/* Warm-up 4: better answers, fewer answers.
 *
 * Only answers with a confidence of at least `threshold` are given. Return which part of those that are
 * given is right. If none is given, return 1.
 *
 * hint: Two counters: one of the answers that are given, one of those that are right among them. */
#include "tutorials/lesson/warmup.h"

static double right_among_given(
        const double confidence[], const int right[], int count, double threshold)
{
	/* BEGIN SOLUTION */
	int given = 0, good = 0;
	for (int i = 0; i < count; i++) {
		int says = confidence[i] >= threshold;
		given += says;
		good += says && right[i];
	}
	return given ? (double)good / given : 1;
	/* stub: (void)confidence, (void)right, (void)threshold; */
	/* stub: return count; */
	/* END SOLUTION */
}

WARMUP
{
	const double confidence[] = { 0.9, 0.5, 0.7, 0.95 };
	const int right[] = { 1, 1, 0, 1 };
	WARMUP_NUMBER("threshold 0.6", right_among_given(confidence, right, 4, 0.6),
	        RIGHT_WITHIN(2.0 / 3, 1e-6),
	        WRONG(0.5, "Divide by those that are given, 3, not by all 4."),
	        WRONG(0.75, "0.75 is all four answers. 0.5 is below the threshold."),
	        WRONG(2, "That is a number of answers. Divide by those that are given."));
	WARMUP_NUMBER("threshold 0.9", right_among_given(confidence, right, 4, 0.9),
	        RIGHT(1), WRONG(0.5, "Divide by those that are given: 2."));
	WARMUP_NUMBER("threshold 0.7", right_among_given(confidence, right, 4, 0.7),
	        RIGHT_WITHIN(2.0 / 3, 1e-6),
	        WRONG(1, "0.7 is at least 0.7: use >=, not >."));
	WARMUP_NUMBER("threshold 1", right_among_given(confidence, right, 4, 1), RIGHT(1),
	        WRONG(0, "Nothing is given: return 1."));
}
