/* trials.h: training from several seeds, and what is measured of a network. */
#ifndef TUTORIALS_TRAINING_TRIALS_H
#define TUTORIALS_TRAINING_TRIALS_H

#include "tutorials/04-training/train.h"
#include "tutorials/lesson/lesson.h"

extern const char *const start_names[]; /* [Start] */

/* Prints every setting of a plan. */
void settings(Lesson *lesson, const char *name, const Plan *plan);

typedef struct Trial {
	double accuracy[SEEDS];  /* on the test set, from each seed */
	double mean, validation; /* of these accuracies; of the validation losses */
} Trial;
Trial trial_of(Lesson *lesson, const Plan *plan, const Sets *sets);

void norms(Lesson *lesson, const Plan *plan, Sentences set, real norm[MOST_LAYERS]);

/* Each optimiser with seven learning rates, of which the validation set chooses. */
void the_experiment(Lesson *lesson, const Plan *good, const Sets *sets);

#endif
