/* cell.h: one cell of a comparison: a strategy is trained with a seed, and tested
 * under all conditions. */
#ifndef EMOTIONNET_TRIALS_CELL_H
#define EMOTIONNET_TRIALS_CELL_H

#include "emotionnet/trials/conditions.h"
#include "emotionnet/trials/strategy.h"

#include <stdatomic.h>

/* All that a cell needs. Nothing of it is written to: many cells may run on it at
 * once. */
typedef struct Trial {
	const Strategy *strategy;
	uint64_t seed;
	const Corpus *corpus;
	const Prepared *prepared;
	const Conditions *conditions;
	const ModelConfig *choices;
	const Settings *settings;
	const char *folder; /* where its model is saved; NULL: nowhere */
	const char *fold; /* its name in that of its model's file; NULL: there are none */
	int share; /* how many of the training split it learns from; 0: all of it */
	const atomic_bool *stop; /* true: give up between two steps */
} Trial;

typedef enum CellResult { CELL_DONE, CELL_STOPPED, CELL_FAILED } CellResult;

/* Runs it; what the cell points to lives in `arena`. The pool is used for training and
 * testing; the latency is measured on one thread. Fails if the model cannot be saved,
 * or the bag of words has no sentences. */
CellResult cell_run(Cell *cell, Arena *arena, const Trial *trial, Pool *pool,
        const Progress *progress, Error *error);

/* A hash of all weights after the first step of training: equal bits on every machine and
 * number of threads, but others once the strategy, the encoders or the training are
 * another program's. 0 if it was stopped. */
uint64_t cell_fingerprint(const Trial *trial, Pool *pool);

#endif
