/* lstm_cell.h: one step of an LSTM, as it is read in a book: composed of the operations
 * of ops.h. The layer to use is lstm.h, which computes the same, fused over the whole
 * sequence; a test shows that the two agree in every value and gradient. */
#ifndef LAYERS_LSTM_CELL_H
#define LAYERS_LSTM_CELL_H

#include "layers/lstm.h"

/* x (B,I) and the state before, h and c (B,H), neither NULL -> the state after. */
LstmState lstm_cell_forward_at(
        Site site, const RecurrentWeights *weights, Tape *tape, Var *x, LstmState before);
#define lstm_cell_forward(...) lstm_cell_forward_at(HERE, __VA_ARGS__)

#endif
