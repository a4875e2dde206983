/* trials.h: training again and again, from other first weights and in other orders. */
#ifndef TUTORIALS_FIRST_NETWORK_TRIALS_H
#define TUTORIALS_FIRST_NETWORK_TRIALS_H

#include "tutorials/03-first-network/network.h"

enum { SEEDS = 10, EPOCHS = 60, BATCH = 8 };

typedef struct Sets {
	Sentences train, validation, test;
} Sets;

/* The accuracy after training from each seed, on the three sets; and the mean loss on the
 * validation set. */
typedef struct Trial {
	double train[SEEDS], validation[SEEDS], test[SEEDS];
	double loss;
} Trial;
Trial trial_of(const Sets *sets, int hidden, float rate);

/* The accuracy of the best of many lines: 180 directions, 161 places each. */
double best_line(Sentences set);

/* One network, for long, on few sentences of which some have the wrong target. */
enum { FEW = 40, WRONG = 8, LONG = 1000, EVERY = 10, LARGE = 64, LOOKS = LONG / EVERY };
typedef struct Long {
	Sentences few;
	real epoch[LOOKS], own[LOOKS], other[LOOKS]; /* losses after every tenth epoch */
	/* accuracies: at the end on the 40; on the validation set where its loss is
	 * least, and at the end */
	double own_accuracy, best_accuracy, last_accuracy, best_epoch;
	Network best, last;
} Long;
void train_long(Arena *arena, Long *run, const Sets *sets, float rate, uint64_t seed);

#endif
