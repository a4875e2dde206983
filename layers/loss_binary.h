/* loss_binary.h: several labels at once, each a yes or a no. */
#ifndef LAYERS_LOSS_BINARY_H
#define LAYERS_LOSS_BINARY_H

#include "autograd/tape.h"

/* Settings of loss_binary_cross_entropy; NULL means all zero. */
typedef struct BinaryCrossEntropy {
	const real *positive_weights; /* (C) of the targets that are 1; NULL: all 1 */
	real total_weight;            /* divide by this; 0: by the number of logits */
} BinaryCrossEntropy;

/* logits (...,C), targets of the same shape, 0 to
 * 1 -> scalar, PyTorch's F.binary_cross_entropy_with_logits. Targets and weights are
 * kept. */
Var *loss_binary_cross_entropy_at(Site site, Tape *tape, Var *logits, Tensor targets,
        const BinaryCrossEntropy *settings);
#define loss_binary_cross_entropy(...) loss_binary_cross_entropy_at(HERE, __VA_ARGS__)

#endif
