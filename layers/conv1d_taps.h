/* conv1d_taps.h: the arithmetic of conv1d.h on one utterance at a time, without the tape;
 * for the layers that convolve (conv1d.c, conv1d_max.c). */
#ifndef LAYERS_CONV1D_TAPS_H
#define LAYERS_CONV1D_TAPS_H

#include "layers/conv1d.h"
#include "tensor/matmul.h"

/* A layer's weight, laid out for the products of one call: k taps, F features in, O
 * out. */
typedef struct Conv1dTaps {
	Conv1d conv;
	Arena *arena;          /* of the tape; for scratch too */
	Kept *kept;            /* of the tape */
	const real *by_output; /* (O,k,F): those of each output side by side */
	MatrixPacked *packed;  /* (kF,O), or with dilation k of (F,O) */
	MatrixPacked *back;    /* k of (O,F): only while the gradient of x is computed */
	/* (O,k,F): only while that of the weight is; summed over utterances */
	real *gradient;
} Conv1dTaps;

/* The layout of the weight as it is now; lives until the tape is reset. */
Conv1dTaps conv1d_taps_new(const Tape *tape, const Conv1d *conv);

/* y (T',O) from x (length,F): the bias and all taps. */
void conv1d_taps_forward(
        Site site, const Conv1dTaps *taps, Matrix y, const real *x, int length);

/* Around the utterances' backwards: what they need beforehand, and afterwards the
 * weight's gradient from what they have summed (terms.h), which must live as long as the
 * tape's step. `x_wants`: the gradient of x is asked for. */
void conv1d_taps_backward_begin(Conv1dTaps *taps, bool x_wants);
void conv1d_taps_backward_end(Conv1dTaps *taps);

/* One utterance: adds to the gradients of the weight and the bias, and to dx (length,F)
 * unless that is NULL. */
void conv1d_taps_backward(
        Site site, Conv1dTaps *taps, Matrix dy, const real *x, int length, real *dx);

/* Stops unless the layer fits s and every utterance has room for one window. */
void conv1d_check(Site site, const Conv1d *conv, const Tape *tape, const char *operation,
        Sequence s);

#endif
