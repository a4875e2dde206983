/* Warm-up 3: the cosine of two rows.
 *
 * Two rows are alike if they point the same way, however long they are. Their dot product,
 * divided by the length of a and by the length of b, is their cosine. The length of a is the
 * square root of the dot product of a with itself. Here the division is missing.
 *
 * hint: Write a function for the dot product: you need it three times. */
#include "tutorials/lesson/warmup.h"

#include <math.h>

static double cosine_of(const double a[], const double b[], int width)
{
	double ab = 0, aa = 0, bb = 0;
	for (int e = 0; e < width; e++) {
		ab += a[e] * b[e];
		aa += a[e] * a[e];
		bb += b[e] * b[e];
	}
	/* BEGIN SOLUTION */
	return ab / (sqrt(aa) * sqrt(bb));
	/* stub: (void)aa, (void)bb; */
	/* stub: return ab; */
	/* END SOLUTION */
}

WARMUP
{
	const double a[] = { 3, 4 }, longer[] = { 6, 8 }, across[] = { -4, 3 },
	             back[] = { -3, -4 };
	WARMUP_NUMBER("cosine of (3,4) and (6,8)", cosine_of(a, longer, 2),
	        RIGHT_WITHIN(1, 1e-6), WRONG(50, "That is the dot product alone."),
	        WRONG(10, "Only one of the two lengths was divided by: that of a."),
	        WRONG(5, "Only one of the two lengths was divided by: that of b."),
	        WRONG_WITHIN(0.02, 1e-6, "The square roots are missing."));
	WARMUP_NUMBER("cosine of (3,4) and (-4,3)", cosine_of(a, across, 2), RIGHT(0));
	WARMUP_NUMBER("cosine of (3,4) and (-3,-4)", cosine_of(a, back, 2),
	        RIGHT_WITHIN(-1, 1e-6),
	        WRONG_WITHIN(1, 1e-6,
	                "They point in opposite directions. The sign must stay."));
}
