/* encoder_ngrams.h: words as bags of n-grams (text/ngrams.h). */
#ifndef EMOTIONNET_ENCODER_NGRAMS_H
#define EMOTIONNET_ENCODER_NGRAMS_H

#include "emotionnet/encoders.h"

/* A word is the sum of its n-grams' rows of a table, an utterance the sum and the maximum
 * over its words. Example.grams are ids of n-grams, and EncoderConfig.in is how many
 * there are. */
extern const EncoderKind encoder_ngrams;

#endif
