/* network.h: filters over frames, the largest answer of each, dropout, and a layer that
 * makes probabilities of six emotions of them. Plain loops. */
#ifndef TUTORIALS_SPEECH_NETWORK_H
#define TUTORIALS_SPEECH_NETWORK_H

#include "tensor/rng.h"
#include "tutorials/09-speech/spoken.h"

enum { FILTERS = 24, TAPS = 5 };

/* [network] */
typedef struct Network {
	float filter[TAPS][BANDS][FILTERS]; /* (k,F,O): 5 frames, all bands */
	float bias[FILTERS];
	float w[EMOTIONS][FILTERS]; /* the last layer */
	float b[EMOTIONS];
} Network;
/* [/network] */
enum { PARAMETERS = sizeof(Network) / sizeof(float) };
void network_new(Network *net, uint64_t seed);

/* What one utterance gives on the way. */
typedef struct Pass {
	float h[FILTERS];    /* the largest answer of each filter, or 0 */
	int winner[FILTERS]; /* the frame where it begins; -1: 0 was larger */
	float y[FILTERS];    /* after dropout */
	float p[EMOTIONS];
} Pass;
/* `factor` (FILTERS) is what dropout multiplies by; NULL: no dropout. */
void network_forward(
        const Network *net, const Heard *heard, const float factor[], Pass *pass);
double network_loss(const Network *net, const Heard *heard, const float factor[]);
/* Adds the gradient of one utterance's loss. */
void network_backward(
        const Network *net, Network *grad, const Heard *heard, const float factor[]);
/* The answers of all filters to the window that begins at frame t. */
void network_answers(float y[FILTERS], const Network *net, const Heard *heard, int t);
/* The largest difference between the gradient and what two losses near by say. Where the
 * two have other winners there is a kink and no derivative: these are only counted. */
double network_gradient_error(
        const Network *net, const Heard *heard, const float factor[], int *kinks);

/* What dropout multiplies each answer by while training. */
void draw_factors(float factor[FILTERS], float drop, Rng *rng);

typedef struct Plan {
	int batch, epochs;
	float rate, drop; /* drop: the part of the answers that dropout takes away */
	uint64_t seed;
	/* Which version of an utterance is learned from this time; NULL: it itself. */
	const Heard *(*choose)(const void *versions, int utterance, Rng *rng);
	const void *versions;
} Plan;
void network_train(Network *net, Set set, Plan plan);
int network_guess(const Network *net, const Heard *heard);
double network_accuracy(const Network *net, Set set);

#endif
