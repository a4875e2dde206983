/* word_times.h: when each word of an utterance is spoken: the manifest's column
 * word_times.
 *
 * "0.10-0.35 0.35-0.80": one start-end in seconds, from the utterance's beginning, for
 * each word of the text; words are what white space separates (Token.word counts
 * them). */
#ifndef EMOTIONNET_CORPUS_WORD_TIMES_H
#define EMOTIONNET_CORPUS_WORD_TIMES_H

#include "tensor/arena.h"
#include "tensor/error.h"

typedef struct WordTime {
	double start, end; /* seconds, 0 <= start <= end */
} WordTime;

/* The times in the arena, `words` of them, which is what the text has (Tokens.words).
 * NULL and the error (with no path: the caller knows it) if there are more or fewer,
 * or one is malformed. */
WordTime *word_times_parse(Arena *arena, const char *column, int words, Error *error);

#endif
