/* objective.h: what training makes smaller. */
#ifndef EMOTIONNET_TRAIN_OBJECTIVE_H
#define EMOTIONNET_TRAIN_OBJECTIVE_H

#include "emotionnet/model.h"
#include "layers/loss.h"

/* The parts of the loss and their weights; a weight of 0 leaves a part out. */
typedef struct Objective {
	CrossEntropy loss; /* settings of every part, and the weight of the whole batch */
	real fused;        /* of the fused answer */
	real own;          /* of each modality's own answer, for strategies of experts */
	real heads;        /* of each modality's own head, if the model has heads */
	bool probe; /* the heads learn, but what they read does not learn from them */
	const real *held_out; /* (B) 1 where only "fusion.combine.*" may learn, or NULL */
	real *scores
	        [MAX_MODALITIES]; /* (B) each head's probability of the label, or NULL */
} Objective;

/* L = fused L_fused + own sum_m L_m + heads sum_m L'_m as a scalar. A modality that an
 * utterance lacks has no loss of its own. */
Var *objective_loss(const Objective *objective, const EmotionNet *model, Tape *tape,
        const Batch *batch, Rng *rng);

#endif
