/* note_check.h: holds what a fusion shows of itself (fusion.h) against the score:
 * attention and gates are no proof of what an answer rests on (Jain & Wallace 2019), so
 * both are asked what happens when that is taken away.
 *
 * Attention: the steps that are looked at are taken away one after the other, and put
 * back into nothing, those first that get most of it. If the answer rests on them, the
 * score falls and rises faster than in random orders; how fast it can is told by the
 * order of the integrated gradients. Of a gate: what the score loses without its
 * modality, and gains by that one alone. */
#ifndef EMOTIONNET_EXPLAIN_NOTE_CHECK_H
#define EMOTIONNET_EXPLAIN_NOTE_CHECK_H

#include "emotionnet/explain/integrated_gradients.h"
#include "emotionnet/explain/occlusion.h"
#include "emotionnet/explain/shapley.h"

/* So many random orders, of at most so many pieces: the scores of a curve are then
 * those of one batch. */
enum { CHECK_ORDERS = 9, CHECK_PIECES = EXPLAINER_BATCH - 1 };

/* Mean heights of the curve of scores (occlusion.h) in several orders. */
typedef struct OrderCheck {
	double shown, gradients;
	double random; /* the mean of CHECK_ORDERS of them */
	/* how many of these each is better than; were it one of them, any number from
	 * none to all would be as likely */
	int beaten, gradients_beat;
} OrderCheck;

typedef struct NoteCheck {
	bool done;                      /* false: there is nothing to take away */
	OrderCheck deletion, insertion; /* of attention: less is better; more is better */
	/* of a modality: the score less that without it; its own less that of nothing */
	double lost, alone;
} NoteCheck;

/* `pieces` (CHECK_PIECES at most) in two orders and at random; `arena`: for the while. */
OrderCheck order_check(Explainer *explainer, Arena *arena, const Question *question,
        const Pieces *pieces, const int shown[], const int gradients[], CurveKind kind);

/* Of attention: `looked[u]` is how much of it goes to step u of the U that the encoder
 * makes of the modality
 * `at`. Not done where there are fewer than two pieces to be put in order. */
NoteCheck note_check_attention(Explainer *explainer, const Question *question,
        const Attribution *attribution, ModalityKind at, const double looked[], int U);

/* Of a modality's gate or weight. */
NoteCheck note_check_modality(const Shapley *shapley, int place);

#endif
