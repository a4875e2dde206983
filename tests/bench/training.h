/* training.h: a training step of a model: forward, cross-entropy, backward, Adam, as the
 * trainer does them: in shards over the threads of the pool. */
#ifndef TESTS_BENCH_TRAINING_H
#define TESTS_BENCH_TRAINING_H

#include "emotionnet/train/shards.h"
#include "optim/adam.h"
#include "tests/bench/models.h"
#include "tests/bench/work.h"

enum { TRAINING_BATCHES = 16 }; /* in turn: a single one would be learnt by heart */

typedef struct Training {
	const Model *model;
	Params params;
	Adam adam;
	Shards *shards;
	Data batches[TRAINING_BATCHES];
	int next;
} Training;

/* All of it lives in the arena. */
Training *training_new(Arena *arena, Pool *pool, const Model *model);

/* A whole step; its first part, after which the next batch's turn comes. */
void training_step(Training *training);
void training_gradients(Training *training);

int training_shards(const Training *training); /* of a batch */

/* What a step has to do, all of it or for the parameters alone. The first goes through the
 * next batch to find out. */
Work training_work(Training *training);
Work training_adam_work(const Training *training);

#endif
