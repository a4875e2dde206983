/* prosody.h: how something was said, told in words: the only way in which a language model
 * hears (SpeechCueLLM, Wu et al. 2024, arXiv 2407.21315). */
#ifndef EMOTIONNET_TRIALS_PROSODY_H
#define EMOTIONNET_TRIALS_PROSODY_H

#include "emotionnet/corpus/corpus.h"
#include "tensor/threads.h"

/* Pitch, loudness and pace of an utterance. */
enum { PROSODY = 3 };

/* "low", "normal" or "high" against the others of the same speaker: more than half of
 * their deviation from their mean; NaN, or a speaker of one clip: normal. */
const char *prosody_level(double value, double mean, double deviation);

/* For each utterance of the corpus, in the arena: "(said with a low pitch, a high loudness and
 * a normal pace)"; "" of one without sound. All clips of a speaker are heard first, those of
 * the test too, without their labels. Fails where a sound cannot be read. */
const char *const *prosody_tell(
        Arena *arena, const Corpus *corpus, Pool *pool, Error *error);

#endif
