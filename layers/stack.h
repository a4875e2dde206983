/* stack.h: recurrent layers on top of each other, PyTorch's nn.LSTM and nn.GRU with
 * num_layers and dropout. */
#ifndef LAYERS_STACK_H
#define LAYERS_STACK_H

#include "layers/gru.h"
#include "layers/lstm.h"

enum { STACK_MAX = 8 };

typedef struct RecurrentStack {
	int layers;
	real dropout; /* of what one layer hands to the next, while training */
	Recurrent layer[STACK_MAX];
} RecurrentStack;
typedef RecurrentStack LstmStack;
typedef RecurrentStack GruStack;

/* Parameters "name.weight_ih_l0", ..., "name.weight_ih_l1", ...: each layer after the
 * first reads all states of the one below it. Options as lstm_new's and gru_new's. Stops
 * unless 1 <= layers <= STACK_MAX. */
LstmStack lstm_stack_new_at(Site site, Params *params, const char *name, int in,
        int hidden, int layers, int options, real dropout, Rng *rng);
GruStack gru_stack_new_at(Site site, Params *params, const char *name, int in, int hidden,
        int layers, int options, real dropout, Rng *rng);
#define lstm_stack_new(...) lstm_stack_new_at(HERE, __VA_ARGS__)
#define gru_stack_new(...)  gru_stack_new_at(HERE, __VA_ARGS__)

/* (B,T,I) -> (B,T,H) or (B,T,2H): the states of the topmost layer. `states`: one a layer,
 * from which each starts and which it replaces, or NULL: all from zero. rng NULL: no
 * dropout. */
Sequence stack_forward_at(Site site, const RecurrentStack *stack, Tape *tape, Sequence x,
        RecurrentState *states, Rng *rng);
#define lstm_stack_forward(...) stack_forward_at(HERE, __VA_ARGS__)
#define gru_stack_forward(...)  stack_forward_at(HERE, __VA_ARGS__)

#endif
