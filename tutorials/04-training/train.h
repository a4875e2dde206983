/* train.h: a training run with every choice that this chapter speaks of. */
#ifndef TUTORIALS_TRAINING_TRAIN_H
#define TUTORIALS_TRAINING_TRAIN_H

#include "tutorials/04-training/deep.h"

enum { EPOCHS = 60, BATCH = 8, SEEDS = 5 };

/* [plan] */
typedef struct Plan {
	int layers;
	Activation activation;
	Start start;
	const char *optimiser; /* "sgd", "momentum" or "adam" */
	float rate;            /* the learning rate, at its highest */
	bool schedule;         /* warm-up, then down along a cosine; or constant */
	float clip;            /* the longest gradient that is let through; 0: any */
	int batch, epochs;
} Plan;
/* [/plan] */

typedef struct Sets {
	Sentences train, validation, test;
} Sets;

/* What came of it. `losses` (epochs + 1) gets the training loss before the first epoch and
 * after each; NULL: nobody wants it. */
typedef struct Result {
	double validation; /* the loss */
	double accuracy;   /* on the test set */
	bool diverged; /* the training loss became no number, or ten times the first */
} Result;
Result train(
        Arena *arena, const Plan *plan, const Sets *sets, uint64_t seed, real *losses);

/* A network with its first weights, and an optimiser for it, in the arena. */
Deep *deep_new(Arena *arena, const Plan *plan, uint64_t seed);

/* The rate of a step, 0..steps-1, by the schedule. */
float rate_at(float highest, int step, int steps);
/* Scales g (count) down to length `longest`, if it is longer. Returns how long it was. */
float clip(float *g, int count, float longest);

/* Steps over any array of parameters, as the library takes them. */
typedef struct Stepper Stepper;
Stepper *stepper_new(Arena *arena, const char *optimiser, int count);
float *stepper_parameters(const Stepper *stepper); /* (count), 0 at first */
float *stepper_gradients(const Stepper *stepper);  /* (count), 0 at first */
void stepper_step(Stepper *stepper, float rate);

#endif
