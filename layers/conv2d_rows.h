/* conv2d_rows.h: the products of conv2d.h for one picture at a time, without the tape. */
#ifndef LAYERS_CONV2D_ROWS_H
#define LAYERS_CONV2D_ROWS_H

#include "layers/conv2d.h"
#include "layers/weight.h"

/* The sizes of one call. H x W pixels of C numbers become H' x W' of O. `stride`: from a
 * pixel to the one below it, W + padding, in x, y and their gradients alike. */
typedef struct Conv2dSizes {
	int H, W, C, H_out, W_out, O;
	int kernel, padding, stride;
} Conv2dSizes;

/* What one call needs of a layer. */
typedef struct Conv2dRows {
	Conv2dSizes sizes;
	const Tape *tape;
	Conv2d conv;
	MatrixPacked *forward; /* kernel of (kernel C,O): a row of taps each */
	MatrixPacked *back;    /* kernel of (kernel O,C): while dx is computed */
	real *gradient;        /* dV (kernel^2 C,O): while that of the weight is */
} Conv2dRows;

/* The layer's weight as it is now, for pictures (H,W,C); lives until the tape is reset. */
Conv2dRows conv2d_rows_new(const Tape *tape, const Conv2d *conv, int H, int W);

/* H' x stride pixels of O numbers, of which the first W' of each row count; in the tape's
 * arena, from x (H,W,C). */
real *conv2d_rows_forward(const Conv2dRows *rows, const real *x);

/* Around the backward of a batch, whose input is node->in[0]: dV = 0; and dW += dV. */
void conv2d_rows_begin(Conv2dRows *rows, const Node *node);
void conv2d_rows_end(Conv2dRows *rows, const Node *node);

/* Room for dy in the tape's arena, all zero: pixel (i,j) is conv2d_rows_pixel(...). */
real *conv2d_rows_output(const Conv2dRows *rows);
real *conv2d_rows_pixel(const Conv2dRows *rows, real *dy, int i, int j);

/* One picture x (H,W,C), where the gradient is wanted: dV += windows' dy, db += the sum of
 * dy; and dx (H,W,C) += what of dy comes back to it, unless dx is NULL. */
void conv2d_rows_backward(const Conv2dRows *rows, real *dx, const real *x, real *dy);

#endif
