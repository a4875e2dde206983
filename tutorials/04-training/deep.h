/* deep.h: a network of several hidden layers, in plain loops. */
#ifndef TUTORIALS_TRAINING_DEEP_H
#define TUTORIALS_TRAINING_DEEP_H

#include "tensor/rng.h"
#include "tutorials/03-first-network/sentences.h"

enum { WIDTH = 8, MOST_LAYERS = 6 };

typedef enum Activation { SIGMOID, RELU } Activation;
typedef enum Start { ZEROS, LARGE, XAVIER, HE } Start;

/* [deep] */
typedef struct Deep {
	int layers;            /* hidden layers of WIDTH units each */
	Activation activation; /* of every hidden unit */
	int count;             /* parameters */
	float *p;              /* (count) layer after layer: weights, then biases */
	float *g;              /* (count) their gradients, in the same places */
} Deep;
/* [/deep] */

/* How many parameters; layer `l` has inputs of them a unit, and outputs units. The last
 * layer, number `layers`, is one neuron. */
int deep_inputs(int l);
int deep_outputs(const Deep *net, int l);
int deep_count(int layers);
/* Where the weights of layer l begin in p and in g; its biases follow them. */
int deep_begin(const Deep *net, int l);

/* First weights; all biases are 0. */
void deep_start(Deep *net, Start start, uint64_t seed);

/* z of the last neuron, above 0 for angry; h[l] gets the units of hidden layer l. */
float deep_forward(const Deep *net, const float x[], float h[][WIDTH]);
/* Adds the gradient of one sentence's loss, times `share`, to g. */
void deep_backward(Deep *net, const Sentence *s, float share);

/* The mean loss over a set, and the share of right answers. */
double deep_loss(const Deep *net, Sentences set, double *accuracy);
/* The largest difference between g and what two losses close by say. */
double deep_gradient_error(Deep *net, const Sentence *s);

#endif
