/* trials.h: word vectors from three kinds of text, over seeds, and what they are good for. */
#ifndef TUTORIALS_WORDS_TRIALS_H
#define TUTORIALS_WORDS_TRIALS_H

#include "tutorials/06-words/skipgram.h"

enum { SEEDS = 5, NEIGHBOURS = 5 };

typedef struct Trial {
	double same[SEEDS]; /* same_emotion of the five nearest */
	double accuracy
	        [SEEDS]; /* of a reader that begins with this table, on the test set */
} Trial;

/* `text`: what the vectors come from; NULL: the table is random. Those of seed 1 stay in
 * `vectors`. */
Trial trial_of(Vectors *vectors, const Sentences *text, const SkipGram *how,
        const WordList *list, const int emotion[], Sentences few, Sentences test,
        const Plan *plan);

/* Makes every row as long as 1, but for rows of zeros. */
void rows_to_one(float table[][WIDTH]);

/* The two directions in which the rows of these words differ most (principal component
 * analysis): coordinates x and y of each, and the share of the variance that they hold. */
double principal(
        const float table[][WIDTH], int count, const int words[], real x[], real y[]);

#endif
