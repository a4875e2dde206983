/* gru.h: gated recurrent unit over whole sequences, PyTorch's nn.GRU. An LSTM with one
 * state instead of two and three gates instead of four. */
#ifndef LAYERS_GRU_H
#define LAYERS_GRU_H

#include "layers/recurrent.h"

typedef struct Gru {
	int in, hidden, ways;    /* ways: 1, or 2 where it also reads from the end */
	RecurrentWeights way[2]; /* gates r, z, n */
} Gru;

enum { GRU_ONE_WAY = 0, GRU_BOTH = 1 };

/* Parameters by the names and with the first values of recurrent.h. */
Gru gru_new_at(Site site, Params *params, const char *name, int in, int hidden,
        int options, Rng *rng);
Gru gru_layer_new_at(Site site, Params *params, const char *name, int layer, int in,
        int hidden, int options, Rng *rng); /* the layer-th of a stack */
#define gru_new(...)       gru_new_at(HERE, __VA_ARGS__)
#define gru_layer_new(...) gru_layer_new_at(HERE, __VA_ARGS__)

/* (B,T,I) -> (B,T,H), or (B,T,2H) both ways: each step's state going forward, then that
 * going back. The way back starts at each utterance's own last step. */
Sequence gru_forward_at(Site site, const Gru *gru, Tape *tape, Sequence x);
#define gru_forward(...) gru_forward_at(HERE, __VA_ARGS__)

/* The same from the state *h, (B,H) or (B,2H), NULL for zero; it is replaced by the state
 * after each utterance's last step (on the way back: its first). Gradients flow
 * through both. */
Sequence gru_continue_at(Site site, const Gru *gru, Tape *tape, Sequence x, Var **h);
#define gru_continue(...) gru_continue_at(HERE, __VA_ARGS__)

/* The last state of each way, from what gru_forward returned: (B,H), or (B,2H). */
Var *gru_last_at(Site site, const Gru *gru, Tape *tape, Sequence y);
#define gru_last(...) gru_last_at(HERE, __VA_ARGS__)

#endif
