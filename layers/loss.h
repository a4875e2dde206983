/* loss.h: how wrong the outputs are, as one number to make smaller. Other families:
 * loss_binary.h (several labels at once), loss_regression.h, loss_contrastive.h.
 *
 * A batch that is cut into shards passes the weight of the whole batch to its loss: the
 * losses of the shards, and their gradients, then add up to those of the batch. */
#ifndef LAYERS_LOSS_H
#define LAYERS_LOSS_H

#include "autograd/tape.h"

/* Settings of loss_cross_entropy; what is left out is zero, and NULL means all zero. */
typedef struct CrossEntropy {
	const real *class_weights; /* (C), 0 or more; NULL: all 1 */
	const real *row_weights;   /* (B), 0 or more, besides; NULL: all 1 */
	real smoothing;            /* 0..1: part of the target spread over all classes */
	real total_weight;         /* divide by this; 0: by this batch's own weight */
} CrossEntropy;

/* logits (B,C), labels (B) of 0..C-1 -> scalar, PyTorch's F.cross_entropy: the mean of
 * -log softmax at the label, each utterance weighted by its label's class weight.
 * `labels` and `class_weights` are kept: they live as long as the tape's step. Stops
 * if a label is not a class, or the weight to divide by is not above 0. */
Var *loss_cross_entropy_at(Site site, Tape *tape, Var *logits, const int labels[],
        const CrossEntropy *settings);
#define loss_cross_entropy(...) loss_cross_entropy_at(HERE, __VA_ARGS__)

#endif
