/* loss.h: how wrong the outputs are, as one number to make smaller. One .c file a family.
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

/* The weight of a batch: the sum of class_weights[labels[b]], or `count` where they
 * are NULL. */
real loss_weight(const int labels[], int count, const real class_weights[]);

/* Settings of loss_binary_cross_entropy; NULL means all zero. */
typedef struct BinaryCrossEntropy {
	const real *positive_weights; /* (C) of the targets that are 1; NULL: all 1 */
	real total_weight;            /* divide by this; 0: by the number of logits */
} BinaryCrossEntropy;

/* loss_binary.c. Several labels at once: logits (...,C), targets of the same shape, 0 to
 * 1 -> scalar, PyTorch's F.binary_cross_entropy_with_logits. Targets and weights are
 * kept. */
Var *loss_binary_cross_entropy_at(Site site, Tape *tape, Var *logits, Tensor targets,
        const BinaryCrossEntropy *settings);
#define loss_binary_cross_entropy(...) loss_binary_cross_entropy_at(HERE, __VA_ARGS__)

/* loss_regression.c. x and targets of one shape -> scalar; the targets are kept.
 *
 * The mean of (x - target)^2; total_weight as above, 0: the number of elements. */
Var *loss_mean_squared_at(
        Site site, Tape *tape, Var *x, Tensor targets, real total_weight);
/* 1 - CCC, Lin's concordance (1989), of (B), or the mean over D columns of (B,D):
 * valence, arousal. It belongs to a batch as a whole and cannot be summed over shards.
 * Where neither x nor the targets vary, CCC is taken as 0. Stops unless B is at least
 * 2. */
Var *loss_concordance_at(Site site, Tape *tape, Var *x, Tensor targets);
#define loss_mean_squared(...) loss_mean_squared_at(HERE, __VA_ARGS__)
#define loss_concordance(...)  loss_concordance_at(HERE, __VA_ARGS__)

/* loss_contrastive.c. a, b (B,D): row i of a belongs to row i of b and to no other ->
 * scalar. InfoNCE (van den Oord et al. 2018) in both directions, as in CLIP (Radford et
 * al. 2021): cross-entropy over the cosines divided by the temperature. Of a batch as a
 * whole. Stops unless temperature > 0. */
Var *loss_info_nce_at(Site site, Tape *tape, Var *a, Var *b, real temperature);
#define loss_info_nce(...) loss_info_nce_at(HERE, __VA_ARGS__)

#endif
