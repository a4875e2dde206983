/* trials.h: the same figures over several seeds. */
#ifndef TUTORIALS_MISSING_TRIALS_H
#define TUTORIALS_MISSING_TRIALS_H

#include "tutorials/15-missing/network.h"
#include "tutorials/15-missing/sure.h"
#include "tutorials/lesson/lesson.h"

/* What the network says of a set (network_logits), at a temperature. */
Answers answers(Arena *arena, const Network *net, const Set *set, Present present,
        const int words[], double temperature);

double accuracy_with(Arena *arena, const Network *net, const Set *set, Present present);

/* Trains with seeds 1 to plan.seed, and prints what the validation set says, under keys
 * that begin with `key`. */
void trial(
        Lesson *lesson, const Data *data, const char *name, const char *key, Plan plan);

#endif
