/* text_vectors.h: what a frozen language model makes of a text, as one vector: for a probe
 * (emotionnet/score/probe.h). Nothing of the model learns. */
#ifndef EMOTIONNET_TRIALS_TEXT_VECTORS_H
#define EMOTIONNET_TRIALS_TEXT_VECTORS_H

#include "emotionnet/trials/prompting.h"

/* The tokens of a text that are read: so many at most, none of a text without words. */
enum { TEXT_LONGEST = 512 };
TokenIds text_tokens(const LanguageRows *rows, Arena *arena, const char *text);

/* The mean of the states of each text, (count,D) in `arena`, on all threads. A text without
 * words has zeros. What reading took stays in a child of the arena (arena_peak.h). */
Tensor text_vectors(Arena *arena, const LanguageRows *rows, const char *const texts[],
        int count, Pool *pool);

/* The same of texts that are read again and again, as validation and test are by every cell:
 * read once, and kept as long as the rows. */
Tensor text_vectors_once(
        LanguageRows *rows, const char *const texts[], int count, Pool *pool);

#endif
