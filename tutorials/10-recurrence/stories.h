/* stories.h: short stories in which it matters what came first. Made by a rule from the
 * embedded corpus. */
#ifndef TUTORIALS_RECURRENCE_STORIES_H
#define TUTORIALS_RECURRENCE_STORIES_H

#include "tensor/arena.h"

#include <stdbool.h>

enum { MOST_BETWEEN = 4 }; /* neutral sentences between the two with an emotion */
enum {
	EMOTIONS = 5,
	MOST_WORDS = 200,
	SENTENCE_TOKENS = 9,
	MOST_TOKENS = SENTENCE_TOKENS * (MOST_BETWEEN + 3)
};
extern const char *const emotions[EMOTIONS];

/* Every different word has a number, its id. 0: a word that is not in the training set. */
typedef struct Words {
	int count;
	const char *word[MOST_WORDS];
} Words;
int words_id(const Words *words, const char *word);

typedef struct Story {
	const char *text;
	int begin, end; /* its first emotion and its last */
	int count, id[MOST_TOKENS];
} Story;
/* Stories 2n and 2n+1 are a pair: the same words, but two of them are exchanged. */
typedef struct Stories {
	int count;
	Story *items;
} Stories;

typedef struct Sets {
	Words words;
	Stories train, test;
} Sets;
void stories_make(Arena *arena, Sets *sets, int between);

/* The ids of a story's text, SENTENCE_TOKENS for each of so many sentences at most; new words
 * are learnt where `learn`. */
void story_read(Arena *arena, Story *story, int sentences, Words *words, bool learn);

#endif
