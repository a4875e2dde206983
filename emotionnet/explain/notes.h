/* notes.h: what a fusion shows of how it joined the modalities (fusion.h),
 * as what is told and drawn of it: gates and other numbers by their mean and range,
 * attention as a strip over time for each word.
 *
 * They say what the fusion does, not what the answer rests on: a word that is looked at
 * need not matter, which is why each stands beside its check (note_check.h). */
#ifndef EMOTIONNET_EXPLAIN_NOTES_H
#define EMOTIONNET_EXPLAIN_NOTES_H

#include "emotionnet/explain/explanation.h"

/* The mean, the least and the most of a note's numbers. */
typedef struct NoteRange {
	double mean, least, most;
} NoteRange;
NoteRange note_range(const ExplainedNote *note);

/* How few steps are looked at: the exponential of a row's entropy as a share of all that
 * there are, the mean of the rows. 1: at all alike; 1/U: at a single one of U. Of a
 * note that looks. */
double note_breadth(const ExplainedNote *note);

/* "gate of text", "attention: what text takes from speech"; in the arena. */
const char *note_title(Arena *arena, const ExplainedNote *note);

/* Attention as strips, a row a word where there are any: */
typedef struct NoteStrip {
	const char *name;  /* the word, or which step it is */
	const char *place; /* where it is highest: "0.52 s", else the word or the step */
	Tensor values;     /* (steps): how much of each */
} NoteStrip;
typedef struct NoteStrips {
	bool words; /* rows are words */
	ModalityKind rows, columns;
	double most; /* the largest of all values */
	int count, steps;
	const NoteStrip *items;
} NoteStrips;
NoteStrips note_strips(
        Arena *arena, const Explanation *explanation, const ExplainedNote *note);

#endif
