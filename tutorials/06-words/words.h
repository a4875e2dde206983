/* words.h: from text to numbers: tokens, a vocabulary, sentences as ids. */
#ifndef TUTORIALS_WORDS_WORDS_H
#define TUTORIALS_WORDS_WORDS_H

#include "tensor/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum { PAD, UNKNOWN, FIRST_WORD }; /* ids */
enum { MOST_WORDS = 320, MOST_TOKENS = 64, LONGEST = 16, EMOTIONS = 6 };
extern const char *const emotions[EMOTIONS];

/* The tokens of a text, in small letters; how many there are. */
int words_cut(const char *text, char tokens[][LONGEST]);

/* [list] */
typedef struct WordList {
	int count; /* ids 0 .. count - 1: <pad>, <unk>, and then the words */
	char word[MOST_WORDS][LONGEST];
	int times[MOST_WORDS]; /* how often each stands in the text */
} WordList;
/* [/list] */

typedef struct Sentence {
	const char *text;
	int label; /* its emotion */
	int count, id[MOST_TOKENS];
} Sentence;
typedef struct Sentences {
	int count;
	Sentence *items;
} Sentences;

/* The words that stand at least `minimum` times in the sentences. */
void words_learn(WordList *list, Sentences sentences, int minimum);
int words_id(const WordList *list, const char *word);
/* The ids of the text. */
void words_code(Sentence *sentence, const WordList *list);
void words_code_all(Sentences sentences, const WordList *list);

/* The share of all tokens that are <unk>, and how many ids occur. */
double words_unknown(Sentences sentences);
int words_used(Sentences sentences);
/* The first sentence that has a word twice. */
const Sentence *words_twice(Sentences sentences);

/* Sentences of the embedded corpus, of these kinds (stage_mixture): so many to learn from,
 * and others. */
void sentences_make(Arena *arena, const char *kinds, int count, int others,
        Sentences *train, Sentences *test);

/* Texts of `run` sentences each, in the order of the set, or, `by_emotion`, of sentences
 * that all have one emotion. */
Sentences sentences_join(Arena *arena, Sentences set, int run, bool by_emotion);

/* The emotion of each word: the label, if all sentences that have the word have the same
 * one; -1 for all other words. */
void words_emotions(int emotion[], const WordList *list, Sentences labelled);

#endif
