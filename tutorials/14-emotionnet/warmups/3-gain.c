/* Warm-up 3: a gain on the same utterances.
 *
 * a[i] and b[i] are 1 where model A, or model B, is right about utterance i. `drawn` holds `count` indices of
 * utterances. Return by how much A's accuracy is larger than B's on the drawn utterances.
 *
 * hint: Each drawn utterance adds a less b, of the same utterance. Then divide by how many were drawn. */
#include "tutorials/lesson/warmup.h"

static double gain(const int a[], const int b[], const int drawn[], int count)
{
	/* BEGIN SOLUTION */
	int more = 0;
	for (int i = 0; i < count; i++)
		more += a[drawn[i]] - b[drawn[i]];
	return (double)more / count;
	/* stub: (void)a, (void)b, (void)drawn; */
	/* stub: return count; */
	/* END SOLUTION */
}

WARMUP
{
	const int a[] = { 1, 1, 0, 1 }, b[] = { 1, 0, 0, 1 };
	const int all[] = { 0, 1, 2, 3 }, twice[] = { 1, 1, 2, 1 };
	WARMUP_NUMBER("each utterance once", gain(a, b, all, 4), RIGHT(0.25),
	        WRONG(0.75, "That is A's accuracy. Subtract B's."),
	        WRONG(1,
	                "That is a number of utterances. Divide by how many were drawn."),
	        WRONG(0, "1 / 4 in whole numbers is 0. Make one of them a double."));
	WARMUP_NUMBER("utterance 1 three times, 2 once", gain(a, b, twice, 4),
	        RIGHT(0.75),
	        WRONG(0.25, "That is of all utterances. Use drawn[i] as the index."),
	        WRONG(3, "Divide by how many were drawn."));
}
