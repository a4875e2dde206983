/* Warm-up 3: a warmer answer, on paper.
 *
 * A row has the logits 4 and 0. At T = 1 the first class gets p = 0.982. Write down its p at T = 2 and at
 * T = 4, with three digits. Then write down what it comes near to if T is very large.
 *
 * hint: At T = 2 the logits are 2 and 0. e^2 is 7.389. */
#include "tutorials/lesson/warmup.h"

/* BEGIN SOLUTION */
static const double at_2 = 0.881, at_4 = 0.731, at_infinity = 0.5;
/* stub: static const double at_2 = 0, at_4 = 0, at_infinity = 0; */
/* END SOLUTION */

WARMUP
{
	WARMUP_ANSWER("p at T = 2", at_2, RIGHT_WITHIN(0.881, 0.002),
	        WRONG_WITHIN(0.491, 0.002,
	                "That is half of p. The logits are divided, not p."),
	        WRONG_WITHIN(0.9997, 0.0005, "That is T = 1/2: the logits 8 and 0."));
	WARMUP_ANSWER("p at T = 4", at_4, RIGHT_WITHIN(0.731, 0.002),
	        WRONG_WITHIN(0.2455, 0.002,
	                "That is a quarter of p. The logits are divided, not p."),
	        WRONG_WITHIN(
	                0.881, 0.002, "That is T = 2. At T = 4 the logits are 1 and 0."));
	WARMUP_ANSWER("p at a very large T", at_infinity, RIGHT_WITHIN(0.5, 0.002),
	        WRONG(0, "Both logits come near to 0, and both powers near to 1."),
	        WRONG(1, "That is T near 0. A large T makes the answer less sure."));
}
