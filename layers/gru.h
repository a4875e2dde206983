/* gru.h: gated recurrent unit over whole sequences, PyTorch's nn.GRU. An LSTM with one
 * state instead of two and three gates instead of four. */
#ifndef LAYERS_GRU_H
#define LAYERS_GRU_H

#include "layers/recurrent.h"

typedef Recurrent Gru; /* gates r, z, n */

extern const RecurrentCell gru_cell;

enum { GRU_ONE_DIRECTION = 0, GRU_BOTH = 1 };

/* Parameters by the names and with the first values of recurrent.h. */
Gru gru_new_at(Site site, Params *params, const char *name, int in, int hidden,
        int options, Rng *rng);
Gru gru_layer_new_at(Site site, Params *params, const char *name, int layer, int in,
        int hidden, int options, Rng *rng); /* the layer-th of a stack */
#define gru_new(...)       gru_new_at(HERE, __VA_ARGS__)
#define gru_layer_new(...) gru_layer_new_at(HERE, __VA_ARGS__)

/* (B,T,I) -> (B,T,H), or (B,T,2H) in both directions; from zero, or from a given state
 * that is replaced by the last; the last states (B,H) or (B,2H): see recurrent.h. */
#define gru_forward(...)  recurrent_forward_at(HERE, __VA_ARGS__)
#define gru_continue(...) recurrent_continue_at(HERE, __VA_ARGS__)
#define gru_last(...)     recurrent_last_at(HERE, __VA_ARGS__)

#endif
