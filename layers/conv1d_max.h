/* conv1d_max.h: convolution, ReLU and maximum over time in one: the building block of a
 * CNN over frames or words. The results are those of conv1d_forward, op_relu and
 * max_pool1d (or pool_max) in a row; but each utterance passes through all three while it
 * is in the cache, and what does not win is never sent back. */
#ifndef LAYERS_CONV1D_MAX_H
#define LAYERS_CONV1D_MAX_H

#include "layers/conv1d.h"

/* (B,T,in) -> (B,ceil(T'/window),out): the largest in each window of `window` steps, or
 * 0. Lengths as max_pool1d's. Stops as conv1d_forward does, and if window is less than
 * 1. */
Sequence conv1d_max_pool_at(
        Site site, const Conv1d *conv, Tape *tape, Sequence x, int window);
#define conv1d_max_pool(...) conv1d_max_pool_at(HERE, __VA_ARGS__)

/* (B,T,in) -> (B,out): the largest of each utterance, or 0 (Kim 2014). */
Var *conv1d_max_at(Site site, const Conv1d *conv, Tape *tape, Sequence x);
#define conv1d_max(...) conv1d_max_at(HERE, __VA_ARGS__)

#endif
