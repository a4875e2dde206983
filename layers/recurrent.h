/* recurrent.h: what lstm.h and gru.h have in common: their weights, and the last
 * state. */
#ifndef LAYERS_RECURRENT_H
#define LAYERS_RECURRENT_H

#include "layers/params.h"
#include "layers/sequence.h"

/* One direction: I inputs, H hidden, G gates. The rows stand in G blocks of H. */
typedef struct RecurrentWeights {
	Var *weight_ih;         /* (GH,I) */
	Var *weight_hh;         /* (GH,H) */
	Var *bias_ih, *bias_hh; /* (GH) */
} RecurrentWeights;

/* What names and shapes them. */
typedef struct RecurrentShape {
	int gates, layer; /* layer: 0, or further up in a stack */
	bool reverse;     /* of the way back */
	int in, hidden;
} RecurrentShape;

/* Parameters "name.weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0", with the
 * layer's number, and on the way back with "_reverse"; all U(-1/sqrt(H), 1/sqrt(H)), as
 * PyTorch's default. Stops, in the name of `operation`, unless both sizes are at least
 * 1. */
RecurrentWeights recurrent_weights_new(Site site, Params *params, const char *operation,
        const char *name, RecurrentShape shape, Rng *rng);

/* The last state of each of `ways` directions, from y (B,T,ways H): the first H columns
 * of each utterance's last step, then the others of its first. Stops, in the name of
 * `operation`, if y is not so wide. */
Var *recurrent_last(
        Site site, Tape *tape, const char *operation, Sequence y, int ways, int hidden);

#endif
