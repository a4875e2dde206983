/* lstm.h: long short-term memory over whole sequences, PyTorch's nn.LSTM. */
#ifndef LAYERS_LSTM_H
#define LAYERS_LSTM_H

#include "layers/recurrent.h"

typedef Recurrent Lstm; /* gates i, f, g, o */
typedef RecurrentState LstmState;

extern const RecurrentCell lstm_cell;

/* May be added: LSTM_BOTH + LSTM_FORGET_BIAS. */
enum {
	LSTM_ONE_DIRECTION = 0,
	LSTM_BOTH = 1,        /* both directions: Graves & Schmidhuber 2005 */
	LSTM_FORGET_BIAS = 2, /* bias_ih of the forget gate starts at 1, bias_hh at 0 */
};

/* Parameters by the names and with the first values of recurrent.h. */
Lstm lstm_new_at(Site site, Params *params, const char *name, int in, int hidden,
        int options, Rng *rng);
Lstm lstm_layer_new_at(Site site, Params *params, const char *name, int layer, int in,
        int hidden, int options, Rng *rng); /* the layer-th of a stack */
#define lstm_new(...)       lstm_new_at(HERE, __VA_ARGS__)
#define lstm_layer_new(...) lstm_layer_new_at(HERE, __VA_ARGS__)

/* (B,T,I) -> (B,T,H), or (B,T,2H) in both directions; from zero, or from a given state
 * that is replaced by the last; the last states (B,H) or (B,2H): see recurrent.h. */
#define lstm_forward(...)  recurrent_forward_at(HERE, __VA_ARGS__)
#define lstm_continue(...) recurrent_continue_at(HERE, __VA_ARGS__)
#define lstm_last(...)     recurrent_last_at(HERE, __VA_ARGS__)

#endif
