/* conv1d.h: convolution over time, PyTorch's nn.Conv1d on sequences (B,T,F). */
#ifndef LAYERS_CONV1D_H
#define LAYERS_CONV1D_H

#include "layers/params.h"
#include "layers/sequence.h"

typedef struct Conv1dOptions {
	int kernel;   /* frames that a window takes in; at least 1 */
	int stride;   /* frames from one window to the next; 0 stands for 1 */
	int padding;  /* frames of zero before and after each utterance */
	int dilation; /* frames from one tap of a window to the next; 0 stands for 1 */
	/* all padding before, so that step t sees no later frame: padding must be 0 */
	bool causal;
} Conv1dOptions;

typedef struct Conv1d {
	Var *weight; /* (out,in,kernel) */
	Var *bias;   /* (out) */
	int kernel, stride, dilation;
	int before, after; /* frames of zero put there */
} Conv1d;

/* Parameters "name.weight" and "name.bias", both U(-1/sqrt(in kernel), 1/sqrt(in
 * kernel)), as PyTorch's default. Stops where an option is out of its range. */
Conv1d conv1d_new_at(Site site, Params *params, const char *name, int in, int out,
        Conv1dOptions options, Rng *rng);
#define conv1d_new(...) conv1d_new_at(HERE, __VA_ARGS__)

/* How many steps come of `length` frames: (length + before + after - span) / stride + 1,
 * where a window spans dilation (kernel - 1) + 1 frames; 0 where not one window fits. */
int conv1d_length(const Conv1d *conv, int length);

/* (B,T,in) -> (B,T',out), T' and the new lengths by conv1d_length. An utterance sees
 * zeros, never its neighbours, beyond its ends. Stops where an utterance is too short
 * for one window. */
Sequence conv1d_forward_at(Site site, const Conv1d *conv, Tape *tape, Sequence x);
#define conv1d_forward(...) conv1d_forward_at(HERE, __VA_ARGS__)

/* Stops, in the name of `operation`, unless the layer fits s and every utterance has room
 * for one window. */
void conv1d_check(Site site, const Conv1d *conv, const Tape *tape, const char *operation,
        Sequence s);

#endif
