/* Warm-up 3: how often is the prior divided?
 *
 * With n experts: p_c is proportional to the product of their p_c, divided by prior_c so many times. Write
 * down how often, for 3 experts, for 1, and for none. (A negative number means: multiplied.)
 *
 * hint: Each expert counts the prior once. In the answer it has to be counted once. */
#include "tutorials/lesson/warmup.h"

/* BEGIN SOLUTION */
static const double three_experts = 2, one_expert = 0, no_expert = -1;
/* stub: static const double three_experts = 9, one_expert = 9, no_expert = 9; */
/* END SOLUTION */

WARMUP
{
	WARMUP_ANSWER("three experts", three_experts, RIGHT(2),
	        WRONG(3, "Then the prior is gone from the answer. Once it has to stay."),
	        WRONG(1,
	                "That is for two experts. Each further one brings it once more."));
	WARMUP_ANSWER("one expert", one_expert, RIGHT(0),
	        WRONG(1, "One expert counts the prior once, and that is right already."));
	WARMUP_ANSWER("no expert", no_expert, RIGHT(-1),
	        WRONG(0, "Then all classes would be equally probable. Without any expert "
	                 "the answer is the prior itself."),
	        WRONG(1,
	                "The sign: with no expert, the answer has to be the prior, so it "
	                "is multiplied once."));
}
