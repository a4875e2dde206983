/* network.h: one layer or two, the loss, and how they are trained. */
#ifndef TUTORIALS_FIRST_NETWORK_NETWORK_H
#define TUTORIALS_FIRST_NETWORK_NETWORK_H

#include "layers/linear.h"
#include "tutorials/03-first-network/voices.h"

/* [network] */
typedef struct Network {
	Params params;
	Linear hidden, out; /* hidden.weight NULL: logistic regression */
} Network;
/* [/network] */

/* hidden 0: logistic regression, which begins with weights of 0. */
Network network_new(Arena *arena, int in, int hidden, uint64_t seed);

/* (N,F) -> (N,1): z, above 0 for angry. */
Var *logits(const Network *net, Tape *tape, Var *x);

typedef struct Score {
	real loss, right; /* right: the share of voices on the right side of 0 */
} Score;
Score score_of(const Network *net, Voices v);

typedef struct Plan {
	int epochs, batch;
	real rate;
	uint64_t seed; /* of the order of the voices */
} Plan;
/* Fills the loss after each epoch: on its own voices, and on those of others (NULL: not wanted). */
void train(Network *net, Plan plan, Voices v, real losses[], Voices validation,
        real others[]);

#endif
