/* conv1d_taps.h: the products of conv1d.h for one utterance at a time, without the tape;
 * for the layers that convolve (conv1d.c, conv1d_max.c). */
#ifndef LAYERS_CONV1D_TAPS_H
#define LAYERS_CONV1D_TAPS_H

#include "layers/conv1d.h"
#include "layers/weight.h"

/* A layer's weight, laid out for the products of one call: k taps, F features in, O
 * out. */
typedef struct Conv1dTaps {
	Conv1d conv;
	const Tape *tape;
	const real *by_tap;   /* V (O,kF): the numbers of each tap side by side */
	MatrixPacked *packed; /* V' (kF,O), or with dilation k of (F,O) */
	MatrixPacked *back;   /* k of (O,F): only while the gradient of x is computed */
	real *gradient;       /* dV (O,kF): only while that of the weight is */
} Conv1dTaps;

/* The layout of the weight as it is now; lives until the tape is reset. */
Conv1dTaps conv1d_taps_new(const Tape *tape, const Conv1d *conv);

/* y (T',O) from x (length,F): the bias and all taps. */
void conv1d_taps_forward(const Conv1dTaps *taps, Matrix y, const real *x, int length);

/* Around the backward of a batch, whose input is node->in[0]: dV = 0; and dW += dV. */
void conv1d_taps_begin(Conv1dTaps *taps, const Node *node);
void conv1d_taps_end(Conv1dTaps *taps, const Node *node);

/* One utterance x (length,F), where the gradient is wanted: dV += dy' windows; and dx_i
 * += W_j' dy_t wherever tap j of window t read frame i. */
void conv1d_taps_learn(const Conv1dTaps *taps, Matrix dy, const real *x, int length);
void conv1d_taps_back(const Conv1dTaps *taps, real *dx, int length, Matrix dy);

#endif
