/* trials.h: the same training over several seeds. */
#ifndef TUTORIALS_ALIGNMENT_TRIALS_H
#define TUTORIALS_ALIGNMENT_TRIALS_H

#include "tutorials/13-alignment/network.h"

enum { SEEDS = 5, TRAIN = 600, TEST = 300, EPOCHS = 30, BATCH = 8 };
#define LEARNING_RATE 0.1f
Plan plan_of(int seed);

/* Trains a network for each seed. */
void train_all(Network nets[SEEDS], Fusion fusion, Set train);
void accuracies(double accuracy[SEEDS], const Network nets[SEEDS], Set set);

/* In which share of the pairs 2n and 2n + 1 both answers are right. */
double both_right(const Network *net, Set twice);

#endif
