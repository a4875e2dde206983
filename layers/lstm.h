/* lstm.h: long short-term memory over whole sequences, PyTorch's nn.LSTM. */
#ifndef LAYERS_LSTM_H
#define LAYERS_LSTM_H

#include "layers/recurrent.h"

typedef struct Lstm {
	int in, hidden, ways;    /* ways: 1, or 2 where it also reads from the end */
	RecurrentWeights way[2]; /* gates i, f, g, o */
} Lstm;

/* May be added: LSTM_BOTH + LSTM_FORGET_BIAS. */
enum {
	LSTM_ONE_WAY = 0,
	LSTM_BOTH = 1,        /* Graves & Schmidhuber 2005 */
	LSTM_FORGET_BIAS = 2, /* bias_ih of the forget gate starts at 1, bias_hh at 0 */
};

/* Parameters by the names and with the first values of recurrent.h. */
Lstm lstm_new_at(Site site, Params *params, const char *name, int in, int hidden,
        int options, Rng *rng);
Lstm lstm_layer_new_at(Site site, Params *params, const char *name, int layer, int in,
        int hidden, int options, Rng *rng); /* the layer-th of a stack */
#define lstm_new(...)       lstm_new_at(HERE, __VA_ARGS__)
#define lstm_layer_new(...) lstm_layer_new_at(HERE, __VA_ARGS__)

/* (B,T,I) -> (B,T,H), or (B,T,2H) both ways: each step's state going forward, then that
 * going back. The way back starts at each utterance's own last step. */
Sequence lstm_forward_at(Site site, const Lstm *lstm, Tape *tape, Sequence x);
#define lstm_forward(...) lstm_forward_at(HERE, __VA_ARGS__)

/* What a run leaves behind and the next can start from; (B,H), or (B,2H) both ways.
 * NULL is zero. */
typedef struct LstmState {
	Var *h, *c;
} LstmState;

/* The same from a given state, which is replaced by the state after each utterance's last
 * step (on the way back: its first). Gradients flow through both. */
Sequence lstm_continue_at(
        Site site, const Lstm *lstm, Tape *tape, Sequence x, LstmState *state);
#define lstm_continue(...) lstm_continue_at(HERE, __VA_ARGS__)

/* The last state of each way, from what lstm_forward returned: (B,H), or (B,2H): forward
 * at each utterance's last step, then back at its first. */
Var *lstm_last_at(Site site, const Lstm *lstm, Tape *tape, Sequence y);
#define lstm_last(...) lstm_last_at(HERE, __VA_ARGS__)

#endif
