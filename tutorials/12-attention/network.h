/* network.h: a vector for each word of a story, one vector of all of them, and a layer that
 * makes probabilities of six emotions of it. Plain loops. */
#ifndef TUTORIALS_ATTENTION_NETWORK_H
#define TUTORIALS_ATTENTION_NETWORK_H

#include "tensor/rng.h"
#include "tutorials/12-attention/stories.h"

#include <stdint.h>

enum { WIDTH = 8, TAPS = 3 };

typedef enum Pooling { POOL_MEAN, POOL_MAX, POOL_ATTENTION, POOLINGS } Pooling;

/* [network] */
typedef struct Network {
	Pooling pooling;
	bool neighbours;                /* a step sees the words beside it, too */
	float table[MOST_WORDS][WIDTH]; /* the embedding: a vector for each word */
	float mix[WIDTH][TAPS][WIDTH];  /* with neighbours: a convolution */
	float query[WIDTH];             /* with attention */
	float w[EMOTIONS][WIDTH];       /* the last layer */
	float b[EMOTIONS];
} Network;
/* [/network] */

void network_new(Network *net, Pooling pooling, bool neighbours, uint64_t seed);
int network_parameters(const Network *net, int words);

/* What one story gives on the way. */
typedef struct Pass {
	int T;                       /* steps: as many as words */
	float x[MOST_TOKENS][WIDTH]; /* one for each word: its key and its value */
	float a[MOST_TOKENS];        /* the weights (not of the maximum) */
	int winner[WIDTH];           /* of the maximum */
	float y[WIDTH];              /* the one vector */
	float p[EMOTIONS];
} Pass;
void network_forward(const Network *net, const Story *story, Pass *pass);
/* Adds the gradient of one story's loss. */
void network_backward(const Network *net, Network *grad, const Story *story);
double network_loss(const Network *net, const Story *story);
/* The largest difference between the gradient and what two losses near by say. */
double network_gradient_error(const Network *net, const Story *story);

typedef struct Plan {
	int batch, epochs;
	float rate; /* of Adam */
	uint64_t seed;
} Plan;
void network_train(Network *net, Stories set, Plan plan);
int network_answer(const Network *net, const Story *story);
double network_accuracy(const Network *net, Stories set);

#endif
