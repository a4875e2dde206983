/* integrated_gradients.h: how much every word and every mel frame adds to the score of a
 * class.
 *
 * Sundararajan, Taly & Yan, "Axiomatic Attribution for Deep Networks" (ICML 2017). All
 * modalities go along one path, from the baseline (explainer.h) to the utterance, so that
 * words and frames are in one unit, that of the score, and all of them together add up
 * to the score less the baseline's: completeness. */
#ifndef EMOTIONNET_EXPLAIN_INTEGRATED_GRADIENTS_H
#define EMOTIONNET_EXPLAIN_INTEGRATED_GRADIENTS_H

#include "emotionnet/explain/explainer.h"

typedef struct Attribution {
	double score, baseline; /* of the utterance; of the baseline */
	/* of all that follows: score - baseline, if the path was followed closely */
	double sum;
	int steps; /* gradients that were taken */
	/* |sum - (score - baseline)| is within COMPLETENESS of score - baseline */
	bool complete;
	int count; /* modalities, and one more where functionals stand beside the frames */
	/* (T,E): each number of a word vector, each mel band of a frame; then (1,K) */
	Tensor of[MAX_PARTS];
} Attribution;

/* A tolerance of 1 %, of at least COMPLETENESS_LEAST (an utterance that the baseline
 * equals has no score to share out). */
#define COMPLETENESS       0.01
#define COMPLETENESS_LEAST 0.001

/* Cuts the path into as many intervals as completeness asks for, PATH_MOST at most;
 * look at `complete`. In `arena`. */
enum { PATH_LEAST = 32, PATH_MOST = 1024 };
Attribution integrated_gradients(
        Explainer *explainer, Arena *arena, const Question *question);

/* The sum of a piece. */
double attribution_piece(const Attribution *attribution, const Piece *piece);

#endif
