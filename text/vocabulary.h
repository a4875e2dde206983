/* vocabulary.h: words to numbers, for the embedding table.
 *
 * Id 0 is <pad>, which fills up short sentences, and id 1 is <unk>, every word that is
 * not known. The rest are the words that occur often enough in the *training* texts: a
 * vocabulary fitted on test texts would leak. */
#ifndef TEXT_VOCABULARY_H
#define TEXT_VOCABULARY_H

#include "tensor/error.h"
#include "text/stringset.h"
#include "text/tokens.h"

enum { VOCABULARY_PAD = 0, VOCABULARY_UNKNOWN = 1 };

/* How often each word occurs. */
typedef struct WordCounts {
	StringSet words;
	int *counts; /* of words.names[i] */
	int capacity;
	long long total; /* of all counts */
} WordCounts;

WordCounts wordcounts_new(Arena *arena);
void wordcounts_add(WordCounts *counts, const Tokens *tokens);

typedef struct Vocabulary {
	StringSet words; /* words.names[id]; words.count ids in all */
} Vocabulary;

/* The words that occur `minimum` times or more, the most frequent first and equally
 * frequent ones in order of their bytes, so that the ids do not depend on the order of
 * the texts; at most `maximum` ids with <pad> and <unk> (0: no limit). Lives as long as
 * the arena. */
Vocabulary vocabulary_build(
        Arena *arena, const WordCounts *counts, int minimum, int maximum);

/* VOCABULARY_UNKNOWN for a word that is not there. */
int vocabulary_id(const Vocabulary *vocabulary, const char *word);

/* The id of each token; tokens->count of them, in the arena. */
int *vocabulary_ids(const Vocabulary *vocabulary, Arena *arena, const Tokens *tokens);

#endif
