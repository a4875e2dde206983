/* Warm-up 3: how many numbers.
 *
 * 5 words ask 100 frames of sound. A query has 64 numbers, and so has a key. A value has
 * 32 numbers. Write the four answers below, in place of the zeros.
 *
 * hint: Each of 5 queries has a weight for each of 100 keys, and gets one mean of values. */
#include "tutorials/lesson/warmup.h"

/* BEGIN SOLUTION */
enum { WEIGHTS = 500, RESULT = 160, PRODUCTS = 32000, ROOT = 8 };
/* stub: enum { WEIGHTS = 0, RESULT = 0, PRODUCTS = 0, ROOT = 0 }; */
/* END SOLUTION */

WARMUP
{
	WARMUP_ANSWER("WEIGHTS: how many weights are there", WEIGHTS, RIGHT(500),
	        WRONG(100, "That is for one word."), WRONG(105, "Not the sum: a table."),
	        WRONG(32000, "The 64 products are added up to one score."));
	WARMUP_ANSWER("RESULT: how many numbers has the result", RESULT, RIGHT(160),
	        WRONG(3200, "Each word gets one mean, not one for each frame."),
	        WRONG(320, "A mean of values is as long as a value: 32."),
	        WRONG(32, "That is for one word."));
	WARMUP_ANSWER("PRODUCTS: how many multiplications make all scores", PRODUCTS,
	        RIGHT(32000), WRONG(500, "Each score is a sum of 64 products."),
	        WRONG(16000, "A score has as many products as a key has numbers: 64."));
	WARMUP_ANSWER("ROOT: by what are the scores divided", ROOT, RIGHT(8),
	        WRONG(64, "By the root of it."),
	        WRONG(10, "Not the number of keys counts."),
	        WRONG(32, "Half of it is not its root."));
}
