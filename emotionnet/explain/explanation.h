/* explanation.h: why a model says what it says of one utterance: what each word, each mel
 * frame and each modality adds to the score of a class (explainer.h), gathered for
 * people: told (print.h) or drawn (explanation_page.h). */
#ifndef EMOTIONNET_EXPLAIN_EXPLANATION_H
#define EMOTIONNET_EXPLAIN_EXPLANATION_H

#include "emotionnet/experiment/checkpoint.h"
#include "emotionnet/explain/integrated_gradients.h"
#include "emotionnet/explain/note_check.h"
#include "emotionnet/explain/shapley.h"

typedef struct ExplainedWord {
	size_t begin, end; /* bytes begin..end-1 of the text */
	double value;      /* its integrated gradients */
	double occlusion;  /* how much less the score is without it */
} ExplainedWord;

/* What the fusion shows of how it joined the modalities (fusion.h), of this utterance
 * alone. */
typedef struct ExplainedNote {
	const char *name; /* "gate", "attention" */
	/* `at` only where it looks; MODALITIES: functionals beside the frames */
	ModalityKind of, at;
	/* else `value` is (F), a number for each of the modality's features */
	bool looks;
	Tensor value; /* (T,U): how much each step of `of` takes from each step of `at` */
	NoteCheck check; /* whether the answer rests on it */
} ExplainedNote;

typedef struct Explanation {
	Remarks remarks;   /* of the utterance; who reads it knows them, */
	Enrolled enrolled; /* and by whose clips its sound was normalised */
	/* what the model says */
	const char *strategy; /* the fusion's name */
	const Labels *labels;
	const real *probabilities; /* (labels->count) */
	int answer;                /* the most probable class */
	int label;                 /* the class that is explained */
	double score, baseline;    /* its log-odds: of the utterance, of the baseline */
	double sum;                /* of all attributions */
	int steps;                 /* of the path */
	bool complete;             /* the sum is score - baseline within 1 % */

	/* by word, in their order; tokens, so that "can't" is two */
	const char *text; /* "" if there is none */
	int word_count;
	ExplainedWord *words;

	/* by frame and mel band; T 0 if there is no sound */
	/* (T,M) as the model reads them: in deviations from the training split's mean */
	Tensor frames;
	Tensor frame_part; /* (T,M) their integrated gradients */
	double frame_seconds;
	/* by functional, (K) each; K 0 if none are read: as the model reads them, in deviations
	 * from the mean, and their integrated gradients */
	Tensor functionals, functional_part;
	const FrameSettings *hears; /* that they are of */
	/* by step and number of a face in time, (T,F) each; T 0 if there is none: as the model
	 * reads them, and their integrated gradients */
	Tensor face, face_part;
	const char *const *face_names; /* (F) */
	double face_seconds;           /* from one step to the next */
	/* by pixel of a face that is a picture, (PICTURE_SIDE,PICTURE_SIDE) each, (0,0) if there
	 * is none: from 0 (black) to 255, and their integrated gradients */
	Tensor pixels, pixel_part;
	/* by patch of the frames, PATCH_FRAMES by PATCH_BANDS: how much less the score is
	 * without it */
	/* (T/PATCH_FRAMES, M/PATCH_BANDS), both rounded up; (0,0) if not asked for */
	Tensor patches;

	/* by modality, those that the model reads, in its order */
	int modality_count;
	ModalityKind modality[MAX_MODALITIES];
	bool there[MAX_MODALITIES];   /* the utterance has it */
	double total[MAX_MODALITIES]; /* integrated gradients in all */
	Shapley shapley;
	int note_count;
	ExplainedNote *notes;
	/* it was trained to do without a modality; else the Shapley values are of guesses
	 * */
	bool copes;
} Explanation;

enum { PATCH_FRAMES = 16, PATCH_BANDS = 8 };

/* Explains the question's class (-1: the model's answer) of an example that was made from
 * `text` (NULL or "": none). All lives in `arena`. `occlude`: also words and patches one
 * by one, which takes a question each. */
Explanation explanation_make(Explainer *explainer, Arena *arena,
        const Checkpoint *checkpoint, Question question, const char *text, bool occlude);

/* Which frames begin..end-1 and bands low..high-1 patches[row][column] covers. */
typedef struct Patch {
	int begin, end, low, high;
} Patch;
Patch explanation_patch(const Explanation *explanation, int row, int column);

/* What all frames of a stretch of time add: frames begin..end-1. */
double explanation_span(const Explanation *explanation, int begin, int end);

/* The text of word `index`, in `arena`. */
const char *explanation_word(Arena *arena, const Explanation *explanation, int index);

/* The largest size of any word's value, of any frame's number; 1 where there is none,
 * so that one can divide by it. */
double explanation_word_scale(const Explanation *explanation);
double explanation_frame_scale(const Explanation *explanation);

/* The functionals that add or take most, the largest first, in the arena. None where the
 * strategy reads none. */
typedef struct TellingFunctional {
	const char *name;
	double deviations, part; /* from the mean; what it adds to the score */
	double share;            /* of the largest part, -1 to 1 */
} TellingFunctional;
typedef struct TellingFunctionals {
	TellingFunctional items[8];
	int count;
} TellingFunctionals;
TellingFunctionals explanation_functionals(Arena *arena, const Explanation *explanation);
/* The same of the face: its numbers, such as action units, over all of its steps. */
TellingFunctionals explanation_units(Arena *arena, const Explanation *explanation);
/* And the moments of the face, as long as each other, in their order: "0.14 to 0.30 s". The
 * deviation is the mean size of those of all numbers. */
TellingFunctionals explanation_moments(Arena *arena, const Explanation *explanation);

#endif
