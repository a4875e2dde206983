/* loss_contrastive.h: which of two sets of vectors belong together. */
#ifndef LAYERS_LOSS_CONTRASTIVE_H
#define LAYERS_LOSS_CONTRASTIVE_H

#include "autograd/tape.h"

/* a, b (B,D): row i of a belongs to row i of b and to no other ->
 * scalar. InfoNCE (van den Oord et al. 2018) in both directions, as in CLIP (Radford et
 * al. 2021): cross-entropy over the cosines divided by the temperature. Of a batch as a
 * whole. Stops unless temperature > 0. */
Var *loss_info_nce_at(Site site, Tape *tape, Var *a, Var *b, real temperature);
#define loss_info_nce(...) loss_info_nce_at(HERE, __VA_ARGS__)

#endif
