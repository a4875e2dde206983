/* membership.h: whether a model tells who was in its training: those are the ones it answers
 * with a smaller loss (Yeom et al. 2018).
 *
 *     AUC = P(loss of one of the training < loss of one of the test) + 1/2 P(equal)
 *
 * 0.5: the losses tell nothing; 1: each one of the training is told. The test's speakers are
 * new to the model, so a part of it is that, not single recordings learnt by heart; and it is
 * the mean over all: a few may be told more surely (Carlini et al. 2022). */
#ifndef EMOTIONNET_SCORE_MEMBERSHIP_H
#define EMOTIONNET_SCORE_MEMBERSHIP_H

#include "emotionnet/score/bootstrap.h"

/* One side: what the model was trained on, or what it was not. */
typedef struct Losses {
	int count;
	const double *of;            /* (count) -log p of the label */
	const char *const *speakers; /* (count) "" where nobody is named */
} Losses;

typedef struct Membership {
	int inside, outside; /* utterances; one of them 0: nothing was measured */
	double auc;
	bool named; /* on either side two speakers at least are */
	Interval
	        interval; /* 95 %, had other speakers been recorded; not named: utterances */
	double loss_inside, loss_outside; /* means */
} Membership;

Membership membership_of(Arena *scratch, const Losses *inside, const Losses *outside);

#endif
