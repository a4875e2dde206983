/* duplicates.h: texts and recordings that a corpus has more than once.
 *
 * A text that stands in train and in test is an answer known beforehand. Short ones
 * ("Yeah.") repeat in any conversation; long ones are a sign that a corpus was put
 * together carelessly. Two texts are the same if their tokens are (text/tokens.h):
 * capitals and kinds of quotes do not count. Two recordings are the same if their samples
 * are, whatever their files are called. */
#ifndef EMOTIONNET_CORPUS_DUPLICATES_H
#define EMOTIONNET_CORPUS_DUPLICATES_H

#include "emotionnet/corpus/corpus.h"

typedef struct Duplicate {
	const char *text;        /* the first of them, as it is written; or its wav */
	int words;               /* tokens; or samples */
	int counts[SPLIT_COUNT]; /* how often it stands in each split */
	int total;
	int labels; /* how many different ones it has */
} Duplicate;

typedef struct Duplicates {
	/* `count` of them, the most frequent first; each stands twice at least */
	Duplicate *texts;
	int count;
	int again[SPLIT_COUNT]; /* utterances whose text came earlier in the same split */
	/* utterances whose text is in the train split too; train: 0 */
	int in_train[SPLIT_COUNT];
	const char *what; /* "texts" or "recordings" */
	int unread;       /* clips that cannot be read, and do not count */
} Duplicates;

/* All of them, in the arena. Utterances without text do not count. */
Duplicates duplicates_find(const Corpus *corpus, Arena *arena);
/* The same of recordings: reads every clip. */
Duplicates duplicates_find_sounds(const Corpus *corpus, Arena *arena);

/* A table of both sums, and the `most` most frequent texts. */
void duplicates_print(
        FILE *out, const Corpus *corpus, const Duplicates *duplicates, int most);

#endif
