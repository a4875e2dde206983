/* A training step of each model: forward, cross-entropy, backward, Adam, as the trainer
 * does them: in shards over the threads of the pool. */
#include "emotionnet/train/shards.h"
#include "layers/loss.h"
#include "optim/adam.h"
#include "tests/bench/bench.h"
#include "tests/bench/models.h"

#include <stdio.h>

enum { BATCHES = 16 }; /* in turn: a single one would be learnt by heart */

typedef struct Training {
	const Model *model;
	Params params;
	Adam adam;
	Shards *shards;
	Data batches[BATCHES];
	int next;
} Training;

static void *build_replica(Arena *arena, Params *params, const void *config)
{
	const Model *model = config;
	Rng unused = rng_new(0);
	return model->build(arena, params, &unused);
}

static void *prepare_training(Arena *arena, Pool *pool, const void *config)
{
	const Model *model = config;
	Training *training = ARENA_NEW(arena, Training);
	Rng rng = rng_new(1);
	training->model = model;
	training->params = params_new(arena);
	model->build(arena, &training->params, &rng);
	training->adam = adam_new(arena, &training->params, 1e-3);
	training->adam.pool = pool;
	int batch = model->sizes->batch;
	training->shards =
	        shards_new(arena, pool, &training->params, batch, build_replica, model);
	for (int i = 0; i < BATCHES; i++)
		training->batches[i] = data_new(arena, model, batch, &rng);
	return training;
}

static Var *shard_loss(
        const void *context, const void *layers, Tape *tape, int begin, int end)
{
	const Training *training = context;
	const Data *data = &training->batches[training->next];
	const Sizes *sizes = training->model->sizes;
	CrossEntropy settings = { .total_weight = (real)(sizes->batch * sizes->labels) };
	Var *logits = training->model->logits(layers, tape, data, begin, end);
	return loss_cross_entropy(
	        tape, logits, data->labels + begin * sizes->labels, &settings);
}

static void run_training(void *context)
{
	Training *training = context;
	shards_gradients(
	        training->shards, training->model->sizes->batch, shard_loss, training);
	adam_step(&training->adam);
	training->next = (training->next + 1) % BATCHES;
}

void bench_training(const Bench *bench)
{
	for (const Model *model = models; model->name; model++) {
		BenchCase c = {
			.config = model, .prepare = prepare_training, .run = run_training
		};
		snprintf(c.name, sizeof c.name, "%s", model->name);
		bench_case(bench, c);
	}
}
