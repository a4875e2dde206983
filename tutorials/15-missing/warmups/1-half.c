/* Warm-up 1: how many lose a modality?
 *
 * In a batch of `count` utterances each loses one of its two modalities with the chance `chance`. Return
 * how many of them lose their words, on average.
 *
 * hint: First: how many lose something? Then: what part of those loses the words? */
#include "tutorials/lesson/warmup.h"

static double lose_words(double count, double chance)
{
	/* BEGIN SOLUTION */
	return count * chance / 2;
	/* stub: return count * chance; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("lose_words(100, 0.4)", lose_words(100, 0.4), RIGHT(20),
	        WRONG(40, "40 lose something. Half of those lose the sound."),
	        WRONG(60, "60 keep both."),
	        WRONG(4, "The draw between words and sound is fair: one half."));
	WARMUP_NUMBER("lose_words(64, 1)", lose_words(64, 1), RIGHT(32),
	        WRONG(64, "With chance 1 each utterance loses one modality, not two."),
	        WRONG(16, "There is one half only: of those that lose something."));
}
