/* Warm-up 2: who is slowed down?
 *
 * Gradient modulation with alpha 0.5. The heads give the label, on average, the probabilities 0.8 (text) and
 * 0.4 (speech). Write down, with three digits, what the text encoder's gradient is multiplied by, and what the
 * speech encoder's is. tanh 1 is 0.762.
 *
 * hint: The ratio of the text is 0.8 / 0.4. Only who has a ratio above 1 is slowed down. */
#include "tutorials/lesson/warmup.h"

/* BEGIN SOLUTION */
static const double of_text = 0.238, of_speech = 1;
/* stub: static const double of_text = 0, of_speech = 0; */
/* END SOLUTION */

WARMUP
{
	WARMUP_ANSWER("times, for the text", of_text, RIGHT_WITHIN(0.238, 0.001),
	        WRONG_WITHIN(0.762, 0.001, "That is tanh 1. The factor is 1 less that."),
	        WRONG_WITHIN(
	                0.036, 0.001, "The ratio is multiplied by alpha: tanh(0.5 * 2)."),
	        WRONG(1, "The text is ahead. It is the one that is slowed down."));
	WARMUP_ANSWER("times, for the speech", of_speech, RIGHT(1),
	        WRONG_WITHIN(
	                0.238, 0.001, "The speech is behind. Nothing is taken from it."),
	        WRONG_WITHIN(0.755, 0.001,
	                "Its ratio is 1/2, which is not above 1: the factor is 1."));
}
