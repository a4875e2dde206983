/* bag.h: a text as the bag of its words: how often each occurs, their order forgotten.
 *
 * The oldest representation, and one that a network seldom beats on a small corpus. Each
 * text is a vector with an entry for each word of the vocabulary, nearly all of them 0;
 * with tf-idf (Sparck Jones 1972) a word counts for more the fewer texts it is in:
 *
 *     weight = tf * (ln((1 + N) / (1 + df)) + 1),   then divided by the vector's length
 *
 * tf times the word is in the text, df texts it is in, N texts: scikit-learn's
 * TfidfVectorizer with its defaults. Without idf the weight is tf alone, divided
 * likewise. */
#ifndef TEXT_BAG_H
#define TEXT_BAG_H

#include "tensor/tensor.h"
#include "text/vocabulary.h"

typedef struct BagSettings {
	int words;   /* 1: single words; 2: pairs of neighbours ("not good") too; ... */
	int minimum; /* times a word must occur to be known */
	int maximum; /* known words at most; 0: no limit */
	bool idf;
} BagSettings;

/* What is learnt from the training texts. */
typedef struct BagModel {
	BagSettings settings;
	Vocabulary vocabulary;
	const double *idf; /* of each id; 1 without idf */
} BagModel;

/* Lives as long as the arena. Stops if settings.words is less than 1. */
BagModel bag_fit_at(Site site, Arena *arena, BagSettings settings, int count,
        const char *const texts[]);
#define bag_fit(...) bag_fit_at(HERE, __VA_ARGS__)

/* The entries that are not 0. */
typedef struct Bag {
	const int *ids;      /* `count` of them, ascending; neither <pad> nor <unk> */
	const real *weights; /* their squares sum to 1 */
	int count;
} Bag;

/* The bag of one text, in the arena. Words that are not known do not count. */
Bag bag_of(const BagModel *model, Arena *arena, const char *text);

#endif
