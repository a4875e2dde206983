/* network.h: filters over the words of a sentence, the largest answer of each, and a layer
 * that makes probabilities of six emotions of them. Plain loops. */
#ifndef TUTORIALS_CONVOLUTION_NETWORK_H
#define TUTORIALS_CONVOLUTION_NETWORK_H

#include "tensor/rng.h"
#include "tutorials/07-convolution/sentences.h"

#include <stdbool.h>
#include <stdint.h>

enum { WIDTH = 8, FILTERS = 16, MOST_FILTERS = 32, MOST_WINDOW = 4 };

/* [network] */
typedef struct Network {
	int window;                     /* words that a filter sees at once */
	int filters;                    /* how many there are */
	float table[MOST_WORDS][WIDTH]; /* the embedding: a vector for each word */
	float filter[MOST_FILTERS][MOST_WINDOW][WIDTH]; /* the kernels */
	float bias[MOST_FILTERS];
	float w[EMOTIONS][MOST_FILTERS]; /* the last layer */
	float b[EMOTIONS];
} Network;
/* [/network] */

/* Window 0 stands for a bag: the filters see one vector, the mean of all words. */
void network_new(Network *net, int window, int filters, uint64_t seed);
int network_parameters(const Network *net, int words);

/* What one sentence gives on the way. */
typedef struct Pass {
	int rows; /* T: vectors in x */
	float x[MOST_TOKENS][WIDTH];
	float h[MOST_FILTERS];    /* the largest answer of each filter, or 0 */
	int winner[MOST_FILTERS]; /* where that window begins; -1: 0 was larger */
	float p[EMOTIONS];
} Pass;
void network_forward(const Network *net, const Sentence *sentence, Pass *pass);
/* Adds the gradient of one sentence's loss. */
void network_backward(const Network *net, Network *grad, const Sentence *sentence);
double network_loss(const Network *net, const Sentence *sentence);
/* The largest difference between the gradient and what two losses near by say. Where the
 * two have other winners there is a kink and no derivative: these are only counted. */
double network_gradient_error(const Network *net, const Sentence *sentence, int *kinks);

/* The answer of one filter to the window that begins at word t, before relu. */
float network_answer(const Network *net, int filter, const Sentence *sentence, int t);

typedef struct Plan {
	int batch, epochs;
	float rate;
	uint64_t seed;
} Plan;
void network_train(Network *net, Sentences set, Plan plan);
double network_accuracy(const Network *net, Sentences set);

#endif
