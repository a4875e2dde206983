/* average.h: a moving average of the weights (Polyak & Juditsky 1992), which is often
 * better to predict with than the last ones, PyTorch's swa_utils.AveragedModel.
 *
 *     average_before(&average);          before each step of the optimiser
 *     average_update(&average);          after it
 *     average_swap(&average);            to evaluate: the model computes with the average
 *     ...
 *     average_swap(&average);            and back, to go on training
 *
 * Of a table of which a step reaches few rows (autograd/fast/touched.h) only these are
 * averaged at once. Another row stays as it is for many steps: what the average owes it is
 * made good, step by step with the same bits, before it changes or anybody looks. */
#ifndef OPTIM_AVERAGE_H
#define OPTIM_AVERAGE_H

#include "layers/params.h"

typedef struct Average {
	double decay; /* how much of the old average is kept in an update */
	const Params *params;
	int count;    /* of the parameters when the average was made */
	Params state; /* "average.NAME", "average.updates": for a checkpoint */
	Var *updates; /* () how many there were: a whole number */
	/* of each row of such a table, how many updates it is owed; NULL: none such */
	int **owed;
} Average;

/* Begins as a copy of the parameters. `params` is kept; the state lives in `arena`. Stops
 * unless 0 <= decay < 1. */
Average average_new_at(Site site, Arena *arena, const Params *params, double decay);
#define average_new(...) average_new_at(HERE, __VA_ARGS__)

/* The rows that are about to change get what they are owed. */
void average_before(Average *average);

/* average = d average + (1 - d) parameters. After n updates d is min(decay,
 * (1+n)/(10+n)), so that the first weights, which are no good, are soon forgotten. Stops
 * if a row has changed that is owed an update. */
void average_update(Average *average);

/* All rows get what they are owed: before `state` is saved. */
void average_settle(Average *average);

/* Exchanges the parameters with the average. */
void average_swap(Average *average);

#endif
