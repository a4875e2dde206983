/* conv2d.h: convolution over pictures, PyTorch's nn.Conv2d with stride 1. A picture is
 * (H,W,C) here: the C numbers of a pixel lie side by side (PyTorch's channels_last), its
 * pixels row after row. Where a map is to shrink, conv2d_max_pool shrinks it. */
#ifndef LAYERS_CONV2D_H
#define LAYERS_CONV2D_H

#include "layers/params.h"

typedef struct Conv2dOptions {
	int kernel;  /* pixels that a window is wide and high; at least 1 */
	int padding; /* pixels of zero around each picture; less than kernel */
} Conv2dOptions;

typedef struct Conv2d {
	Var *weight; /* (out,in,kernel,kernel): output, input, row, column */
	Var *bias;   /* (out) */
	int kernel, padding;
} Conv2d;

/* Parameters "name.weight" and "name.bias", both U(-1/sqrt(n), 1/sqrt(n)) for the n = in
 * kernel^2 numbers of a window, as PyTorch's default. Stops where an option is out of its
 * range. */
Conv2d conv2d_new_at(Site site, Params *params, const char *name, int in, int out,
        Conv2dOptions options, Rng *rng);
#define conv2d_new(...) conv2d_new_at(HERE, __VA_ARGS__)

/* How many windows fit beside each other in `length` pixels: length + 2 padding - kernel
 * + 1; less than 1 where not one fits. */
int conv2d_length(const Conv2d *conv, int length);

/* (B,H,W,in) -> (B,H',W',out), H' and W' by conv2d_length. Stops where x has another shape,
 * or its pictures are too small for one window. */
Var *conv2d_forward_at(Site site, const Conv2d *conv, Tape *tape, Var *x);
#define conv2d_forward(...) conv2d_forward_at(HERE, __VA_ARGS__)

/* The same, and of each 2 x 2 pixels that do not overlap the largest: nn.MaxPool2d(2).
 * (B,H,W,in) -> (B,H'/2,W'/2,out), a last odd row or column left out. What conv2d_forward
 * gives is pooled while it is in the cache, and never written as a whole. Stops as it
 * does, and if less than 2 x 2 windows fit. */
Var *conv2d_max_pool_at(Site site, const Conv2d *conv, Tape *tape, Var *x);
#define conv2d_max_pool(...) conv2d_max_pool_at(HERE, __VA_ARGS__)

#endif
