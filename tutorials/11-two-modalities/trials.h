/* trials.h: two experts and a middle fusion from each of several seeds, and how often each way
 * to answer is right. */
#ifndef TUTORIALS_TWO_MODALITIES_TRIALS_H
#define TUTORIALS_TWO_MODALITIES_TRIALS_H

#include "tutorials/11-two-modalities/model.h"

enum { SEEDS = 5 };

typedef enum Way { BY_TEXT, BY_VOICE, BY_MEAN, BY_PRODUCT, BY_MIDDLE, WAYS } Way;
extern const char *const way_names[WAYS];

/* Of each seed. */
typedef struct Models {
	Model text, voice, middle;
} Models;

typedef struct Trials {
	Models models[SEEDS];
	float prior[EMOTIONS];                   /* counted in the training set */
	double accuracy[WAYS][KINDS + 1][SEEDS]; /* the last: of all kinds together */
	double sure[WAYS][SEEDS];                /* the mean of the largest p */
	int count[KINDS + 1];                    /* utterances */
	/* irony: the weighted mean whose weight is best there */
	double weighted[SEEDS];
} Trials;

Trials trials_run(Arena *arena, const Data *data, int epochs, int batch, float rate);

/* From how many of the seeds a way answers this utterance with this emotion. */
int way_says(Way way, const Trials *trials, const Both *u, int emotion);

/* What a way says of an utterance. */
void way_answer(float p[EMOTIONS], Way way, const Models *models, const float prior[],
        const Both *u);

#endif
