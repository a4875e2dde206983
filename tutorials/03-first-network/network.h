/* network.h: one neuron, or a hidden layer and one neuron, in plain loops; its loss, its
 * gradient, and how it is trained. */
#ifndef TUTORIALS_FIRST_NETWORK_NETWORK_H
#define TUTORIALS_FIRST_NETWORK_NETWORK_H

#include "tensor/rng.h"
#include "tutorials/03-first-network/sentences.h"

enum { MOST_HIDDEN = 64 };

/* [network] */
typedef struct Network {
	int hidden; /* units in the hidden layer; 0: logistic regression */
	float w[MOST_HIDDEN][FEATURES]; /* hidden unit j: weights w[j] and bias c[j] */
	float c[MOST_HIDDEN];
	float v[MOST_HIDDEN]; /* the last neuron: weights v and bias b */
	float b;
} Network;
/* [/network] */

/* Small random weights (PyTorch's); without a hidden layer all 0. */
Network network_new(int hidden, uint64_t seed);
int network_parameters(const Network *net);

/* z for the two numbers of a sentence: above 0 for angry. `h` gets the hidden units. */
float network_forward(const Network *net, const float x[], float h[]);
/* -log of the probability that z gives to the target. */
float loss_of(float z, float angry);
/* Adds the gradient of one sentence's loss to `grad`. */
void network_backward(const Network *net, Network *grad, const Sentence *s);

/* The largest difference between the gradient and what two losses near by say. */
double network_gradient_error(const Network *net, const Sentence *s);

typedef struct Score {
	double loss, accuracy; /* means over the set */
} Score;
Score network_score(const Network *net, Sentences set);

typedef struct Plan {
	int batch, epochs;
	float rate;
	uint64_t seed; /* of the order of the sentences */
} Plan;
/* One epoch: every sentence once, in mini-batches. */
void network_epoch(Network *net, Sentences set, const Plan *plan, Rng *rng);
/* All epochs. */
void network_train(Network *net, Sentences set, Plan plan);

#endif
