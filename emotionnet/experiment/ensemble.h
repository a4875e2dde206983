/* ensemble.h: several models asked as one: those of several seeds, of several folds, of
 * words and of sound. The answer is the mean of their probabilities, which errs less than
 * they do as far as they err differently (Hansen & Salamon 1990). One model alone is an
 * ensemble too. */
#ifndef EMOTIONNET_EXPERIMENT_ENSEMBLE_H
#define EMOTIONNET_EXPERIMENT_ENSEMBLE_H

#include "emotionnet/experiment/checkpoint.h"

typedef struct Ensemble {
	Checkpoint *models;
	const char *const *paths;
	int count;
} Ensemble;

/* Loads all or nothing into `arena`; the paths are kept. Fails where a model cannot be
 * loaded, or where the labels of two differ, and names both. */
bool ensemble_load(Ensemble *ensemble, Arena *arena, const char *const paths[], int count,
        Error *error);

/* What all of them say of a split. */
typedef struct Verdict {
	Dataset data; /* of each example its label and utterance alone; no arenas */
	Tensor probabilities; /* (N,classes) */
	Remarks remarks;      /* of the model that has most to say */
	Enrolled enrolled;    /* of the first that normalises by speaker */
	int skipped;          /* utterances that not every model can read */
} Verdict;

/* Each model reads the split by its own front end. masks[m] is left out of model m's
 * examples. What is left out by run->skip_bad is named for the first model alone. Fails
 * where a clip cannot be read or an answer is no number. */
bool ensemble_evaluate(Verdict *verdict, Arena *arena, const Ensemble *ensemble,
        const Corpus *corpus, Split split, const ModalitySet masks[],
        const FrontendRun *run, Error *error);

#endif
