/* average.h: a moving average of the weights (Polyak & Juditsky 1992), which is often
 * better to predict with than the last ones, PyTorch's swa_utils.AveragedModel.
 *
 *     average_update(&average);          after each step
 *     average_swap(&average);            to evaluate: the model computes with the average
 *     ...
 *     average_swap(&average);            and back, to go on training */
#ifndef OPTIM_AVERAGE_H
#define OPTIM_AVERAGE_H

#include "layers/params.h"

typedef struct Average {
	double decay; /* how much of the old average is kept in an update */
	const Params *params;
	int count;    /* of the parameters when the average was made */
	Params state; /* "average.NAME", "average.updates": for a checkpoint */
	Var *updates; /* () how many there were: a whole number */
} Average;

/* Begins as a copy of the parameters. `params` is kept; the state lives in `arena`. Stops
 * unless 0 <= decay < 1. */
Average average_new_at(Site site, Arena *arena, const Params *params, double decay);
#define average_new(...) average_new_at(HERE, __VA_ARGS__)

/* average = d average + (1 - d) parameters. After n updates d is min(decay,
 * (1+n)/(10+n)), so that the first weights, which are no good, are soon forgotten. */
void average_update(Average *average);

/* Exchanges the parameters with the average. */
void average_swap(Average *average);

#endif
