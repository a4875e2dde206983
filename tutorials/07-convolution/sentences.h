/* sentences.h: sentences in which the order of the words decides: two emotion words, one
 * of them after "not". Made by a rule from the embedded corpus. */
#ifndef TUTORIALS_CONVOLUTION_SENTENCES_H
#define TUTORIALS_CONVOLUTION_SENTENCES_H

#include "tensor/arena.h"

#include <stdbool.h>

enum { EMOTIONS = 6, MOST_WORDS = 200, MOST_TOKENS = 20 };
extern const char *const emotions[EMOTIONS];

/* Every different word has a number, its id. 0: a word that is not in the training set. */
typedef struct Words {
	int count;
	const char *word[MOST_WORDS];
} Words;
int words_id(const Words *words, const char *word);

typedef struct Sentence {
	const char *text;
	int label; /* its emotion */
	int count, id[MOST_TOKENS];
} Sentence;
/* Sentences 2n and 2n+1 are a pair: the same words in another order. */
typedef struct Sentences {
	int count;
	Sentence *items;
} Sentences;

typedef struct Sets {
	Words words;
	Sentences train, validation, test;
} Sets;
void sentences_make(Arena *arena, Sets *sets);

/* The ids of a text. */
void sentence_read(Arena *arena, Sentence *sentence, Words *words, bool learn);

#endif
