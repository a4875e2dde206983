/* reader.h: a network that reads: each word has a row of a table, the mean of the rows goes
 * into one layer, softmax makes probabilities of the six emotions. */
#ifndef TUTORIALS_WORDS_READER_H
#define TUTORIALS_WORDS_READER_H

#include "tutorials/06-words/words.h"

#include "tensor/rng.h"

enum { WIDTH = 8 }; /* numbers in a row */

/* [reader] */
typedef struct Reader {
	float table[MOST_WORDS][WIDTH]; /* the embedding: a row for each id */
	float w[EMOTIONS][WIDTH];       /* the layer behind it */
	float b[EMOTIONS];
} Reader;
/* [/reader] */

/* First values at random: those of the table, normal with standard deviation `size`. */
void reader_new(Reader *reader, float size, uint64_t seed);

/* The mean row of the sentence, and the probability of each emotion. */
void reader_forward(const Reader *reader, const Sentence *sentence, float mean[WIDTH],
        float p[EMOTIONS]);
/* Adds the gradient of the sentence's loss. */
void reader_backward(const Reader *reader, Reader *grad, const Sentence *sentence);
float reader_loss(const Reader *reader, const Sentence *sentence);

typedef struct Plan {
	int batch, epochs;
	float rate;
	uint64_t seed; /* for the order of the sentences */
} Plan;
void reader_train(Reader *reader, Sentences set, const Plan *plan);

double reader_accuracy(const Reader *reader, Sentences set);

/* The largest difference between a gradient and what measuring gives. */
double reader_gradient_error(const Reader *reader, const Sentence *sentence);

#endif
