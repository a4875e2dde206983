/* ngrams.h: a text as the runs of its words and the pieces of its words.
 *
 * The n-grams of a step, which is a word, are
 *
 *     the word itself                            good
 *     each run of words that ends with it        not good, is not good
 *     each run of letters in it, its ends        ~<go ~goo ~ood ~od> ~<goo ...
 *     marked by < and >
 *
 * as in fastText (Bojanowski et al. 2017; Joulin et al. 2016). Runs of words know that
 * "not good" is not good; pieces know what a word is that was never seen: "goodness". No
 * word has a space inside and none begins with ~ and goes on, so that the three kinds
 * never look alike, and one vocabulary (vocabulary.h, a hash table) can number them all. */
#ifndef TEXT_NGRAMS_H
#define TEXT_NGRAMS_H

#include "tensor/error.h"
#include "text/tokens.h"

enum { NGRAMS_WORDS = 5, NGRAMS_LETTERS = 8, NGRAMS_LEAST = 3 };

typedef struct NgramSettings {
	int words;   /* the longest run of words, 1 to NGRAMS_WORDS */
	int letters; /* the longest piece of a word, NGRAMS_LEAST to NGRAMS_LETTERS, ends
	              * counted; the shortest has NGRAMS_LEAST; 0: no pieces */
} NgramSettings;

typedef struct Ngrams {
	Tokens all;      /* of one step after the other; a step's first is its word */
	const int *ends; /* of step i: where in `all` those of the next one begin */
} Ngrams;

/* The n-grams of each word, in the arena. Stops if the settings are not in range. */
Ngrams ngrams_of_at(
        Site site, Arena *arena, const NgramSettings *settings, const Tokens *words);
#define ngrams_of(...) ngrams_of_at(HERE, __VA_ARGS__)

#endif
