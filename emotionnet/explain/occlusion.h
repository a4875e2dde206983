/* occlusion.h: what happens to the score when pieces of an utterance are taken away: one
 * by one, which is an attribution of its own (Zeiler & Fergus 2014), and one after the
 * other in the order of an attribution, which tests it (Samek et al. 2017): what is
 * said to carry the score must, when it goes, take it along faster than pieces at
 * random. */
#ifndef EMOTIONNET_EXPLAIN_OCCLUSION_H
#define EMOTIONNET_EXPLAIN_OCCLUSION_H

#include "emotionnet/explain/explainer.h"

/* F(x) - F(x without piece i) for each piece, in the arena. */
real *occlusion(Explainer *explainer, Arena *arena, const Question *question,
        const Pieces *pieces);

typedef enum CurveKind {
	CURVE_DELETION, /* from the utterance to the baseline: pieces are taken away */
	CURVE_INSERTION /* from the baseline to the utterance: pieces are put back */
} CurveKind;

/* The scores (count+1) after the first 0, 1, ... `count` pieces in `order` (indices into
 * pieces->items, all of them) have been taken away or put back; in the arena. What no
 * piece covers stays as it is in the utterance. */
real *deletion_curve(Explainer *explainer, Arena *arena, const Question *question,
        const Pieces *pieces, const int order[], CurveKind kind);

/* The mean height of a curve of n scores, by trapezia: less is better for deletion,
 * more for insertion. */
double curve_height(const real scores[], int n);

/* Indices of `values` from the largest to the smallest, equals in their order; in the
 * arena. */
int *order_falling(Arena *arena, const real values[], int count);

#endif
