/* skipgram.h: word vectors by skip-gram with negative sampling (Mikolov and others 2013). */
#ifndef TUTORIALS_WORDS_SKIPGRAM_H
#define TUTORIALS_WORDS_SKIPGRAM_H

#include "tutorials/06-words/reader.h"

/* [vectors] */
typedef struct Vectors {
	float word[MOST_WORDS][WIDTH];   /* a word in the middle: what we keep */
	float beside[MOST_WORDS][WIDTH]; /* a word beside it: only for training */
} Vectors;
/* [/vectors] */

typedef struct SkipGram {
	int window, negatives, epochs;
	float rate;
	uint64_t seed;
} SkipGram;

void vectors_new(Vectors *vectors, uint64_t seed);
/* One step: the loss of this pair gets smaller. target: 1 it is real, 0 it is not. */
void skipgram_pair(Vectors *vectors, int word, int other, float target, float rate);
/* The set's ids are those of the table. */
void skipgram_train(Vectors *vectors, Sentences set, const SkipGram *plan);

float pair_loss(const Vectors *vectors, int word, int other, float target);
double pair_gradient_error(const Vectors *vectors, int word, int other, float target);

/* Of two rows: 1 if they point the same way, 0 if they have nothing in common. */
float cosine(const float a[WIDTH], const float b[WIDTH]);
/* Of all pairs of words. */
double mean_cosine(const float table[][WIDTH], const WordList *list);
/* The words nearest to one, the nearest first; only of those that `among` names (not
 * below 0), or of all if it is NULL. */
void nearest(int found[], int count, const float table[][WIDTH], const WordList *list,
        int word, const int among[]);
/* Of the `count` nearest emotional words of each emotional word: the share that has its
 * emotion. */
double same_emotion(
        const float table[][WIDTH], const WordList *list, const int emotion[], int count);

#endif
