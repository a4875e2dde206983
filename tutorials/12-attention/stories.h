/* stories.h: several sentences in a row, of which few words say an emotion. Made by a rule
 * from the embedded corpus. */
#ifndef TUTORIALS_ATTENTION_STORIES_H
#define TUTORIALS_ATTENTION_STORIES_H

#include "tensor/arena.h"

#include <stdbool.h>

enum { EMOTIONS = 6, MOST_WORDS = 240, MOST_TOKENS = 192 };
extern const char *const emotions[EMOTIONS];

/* Every different word has a number, its id. 0: a word that is not in the training set. */
typedef struct Words {
	int count;
	const char *word[MOST_WORDS];
} Words;
int words_id(const Words *words, const char *word);

typedef struct Story {
	const char *text;
	int label; /* an emotion */
	int count, id[MOST_TOKENS];
	int told; /* where ONE_DECIDES: the place of that word */
} Story;
typedef struct Stories {
	int count;
	Story *items;
} Stories;

/* What the label is. */
typedef enum Rule {
	ONE_DECIDES, /* one sentence says the emotion; the others are neutral */
	MOST_DECIDE, /* three sentences say emotions, and two of them agree */
} Rule;
typedef enum Part { TRAIN, VALIDATION, TEST } Part;
typedef struct StoryPlan {
	Rule rule;
	Part part; /* no two parts have a sentence in common, whatever its emotion word */
	int count, sentences; /* stories, and sentences in each */
} StoryPlan;
/* The words of the training set are learnt; the other parts look them up. */
Stories stories_make(Arena *arena, Words *words, StoryPlan plan);

/* The ids of a text, whose label is `label`. */
Story story_read(Arena *arena, Words *words, const char *text, int label);
/* The same story without one of its words. */
Story story_without(const Story *story, int place);

#endif
