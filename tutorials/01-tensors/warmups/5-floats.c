/* Warm-up 5: what is printed?
 *
 * A float has 24 binary digits. Near 16777216, which is 2 to the power of 24, floats lie
 * 2 apart: 16777217 is none. Write what show() prints, without running it.
 *
 * hint: After each addition the result is rounded to a float, before the next begins. */
#include "tutorials/lesson/warmup.h"

static void show(FILE *out)
{
	float large = 16777216;
	float left = (large + 1) + 1;
	float right = large + (1 + 1);
	fprintf(out, "%.0f %.0f\n", (double)left, (double)right);
}

/* BEGIN SOLUTION */
static const char *answer = "16777216 16777218";
/* stub: static const char *answer = "? ?"; */
/* END SOLUTION */

WARMUP
{
	WARMUP_TEXT("show() prints", answer, TRUTH(warmup_printed(show)),
	        NOT("16777218 16777218",
	                "That is exact. But large + 1 is no float: it is rounded to an "
	                "even neighbour."),
	        NOT("16777216 16777216",
	                "In the second sum 1 + 1 is added first. That is 2, and large "
	                "+ 2 is a float."),
	        NOT("16777217 16777218",
	                "16777217 is no float, so it cannot be printed."),
	        NOT("16777218 16777216",
	                "It is the other way round: which sum adds 1 to the large "
	                "number?"));
}
