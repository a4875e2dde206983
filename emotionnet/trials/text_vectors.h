/* text_vectors.h: what a frozen language model makes of a text, as one vector: for a probe
 * (emotionnet/score/probe.h). Nothing of the model learns. */
#ifndef EMOTIONNET_TRIALS_TEXT_VECTORS_H
#define EMOTIONNET_TRIALS_TEXT_VECTORS_H

#include "emotionnet/trials/prompting.h"

/* The mean of the states of each text, (count,D) in `arena`, on all threads. A text without
 * words has zeros. */
Tensor text_vectors(Arena *arena, const LanguageRows *rows, const char *const texts[],
        int count, Pool *pool);

#endif
