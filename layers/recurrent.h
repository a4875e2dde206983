/* recurrent.h: layers that carry a state from step to step, whatever their cell: the
 * weights, the walk over the steps in one or both directions, and its gradient.
 *
 * A cell is two functions of one step (lstm.c, gru.c). All else is here: x W_ih' and the
 * gradients of the weights for many steps at once, the order of the steps, and utterances
 * of unequal length (packed.h). */
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

/* One step of one utterance. Each points to H numbers, or to GH where it says so. */
typedef struct CellStep {
	const real *bias_ih, *bias_hh;   /* (GH) */
	const real *h_before, *c_before; /* h', c': the state that the step starts from */
	/* (GH) x W_ih' + h' W_hh', from which the cell makes its gates; or x W_ih' alone,
	 * and the other product in `recurrent`, for a cell that wants them apart. */
	real *gates, *recurrent;
	real *extra; /* what else the cell keeps for its backward */
	real *h, *c; /* forward: the new state */
	/* Backward. dy is what the loss wants of h, dh and dc what the step after wants
	 * of h and c. The cell writes d (GH), what is wanted of x W_ih' + b_ih, and turns
	 * dc into what is wanted of c'. A cell apart also writes e (GH), what is wanted
	 * of h' W_hh' + b_hh, and turns dh into what is wanted of h' beside e W_hh. */
	const real *dy;
	real *dh, *dc, *d, *e;
} CellStep;

typedef struct RecurrentCell {
	const char *create, *last; /* "lstm_new", "lstm_last": for messages */
	Op forward_op, c_op; /* of lstm_forward; of the last c: see recurrent_run.c */
	int gates;           /* G */
	bool apart;          /* x W_ih' and h' W_hh' are wanted apart */
	bool has_c;          /* two states, h and c; else h alone */
	void (*forward)(int H, const CellStep *step);
	void (*backward)(int H, const CellStep *step);
} RecurrentCell;

typedef struct Recurrent {
	const RecurrentCell *cell;
	int in, hidden;
	int directions; /* 1, or 2 where it also reads from the end */
	RecurrentWeights direction[2];
} Recurrent;

/* What a run leaves behind and the next can start from: (B,H), or (B,2H) for two
 * directions. NULL is zero; c is always NULL for a cell that has none. */
typedef struct RecurrentState {
	Var *h, *c;
} RecurrentState;

/* Parameters "name.weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0", with the
 * number of the layer in its stack, and for the second direction with "_reverse"; all
 * U(-1/sqrt(H), 1/sqrt(H)), as PyTorch's default. Stops unless both sizes are at least
 * 1. */
Recurrent recurrent_new(Site site, const RecurrentCell *cell, Params *params,
        const char *name, int layer, int in, int hidden, int directions, Rng *rng);

/* (B,T,I) -> (B,T,H), or (B,T,2H): each step's state in the first direction, then in the
 * second, which starts at each utterance's own last step. */
Sequence recurrent_forward_at(Site site, const Recurrent *layer, Tape *tape, Sequence x);

/* The same from a given state, which is replaced by the state after each utterance's last
 * step (in the second direction: its first). Gradients flow through both. */
Sequence recurrent_continue_at(
        Site site, const Recurrent *layer, Tape *tape, Sequence x, RecurrentState *state);

/* The last state of each direction, from y (B,T,H or 2H) -> (B,H or 2H). In the first
 * direction that is each utterance's last step, in the second its first. */
Var *recurrent_last_at(Site site, const Recurrent *layer, Tape *tape, Sequence y);

/* For RecurrentCell's operations. */
void recurrent_backward(const Node *node);
void recurrent_c_backward(const Node *node);
enum { RECURRENT_LATER = 1 << 3 | 1 << 4 | 1 << 7 | 1 << 8 }; /* the weights */

#endif
