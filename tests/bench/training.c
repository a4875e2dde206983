#include "tests/bench/training.h"
#include "autograd/fast/touched.h"
#include "layers/loss.h"
#include "tests/bench/bench.h"

#include <stdio.h>

static void *build_replica(Arena *arena, Params *params, const void *config)
{
	const Model *model = config;
	Rng unused = rng_new(0);
	return model->build(arena, params, &unused);
}

Training *training_new(Arena *arena, Pool *pool, const Model *model)
{
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
	for (int i = 0; i < TRAINING_BATCHES; i++)
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

void training_gradients(Training *training)
{
	shards_gradients(
	        training->shards, training->model->sizes->batch, shard_loss, training);
	training->next = (training->next + 1) % TRAINING_BATCHES;
}

void training_step(Training *training)
{
	training_gradients(training);
	adam_step(&training->adam);
}

/* Of each number of a parameter: it is read forward and backward, its gradient is written
 * and read, Adam's m and v and itself are read and written. */
Work training_adam_work(const Training *training)
{
	enum { FLOPS = 14, BYTES = 10 * sizeof(real), HELD = 4 * sizeof(real) };
	Work work = { 0 };
	for (int p = 0; p < training->params.count; p++)
		for (int k = 0; k < touched_pieces(training->params.items[p]); k++) {
			size_t count;
			touched_piece(training->params.items[p], k, &count);
			double numbers = (double)count;
			work = work_sum(work, (Work){ FLOPS * numbers, BYTES * numbers,
			                              HELD * numbers });
		}
	return work;
}

int training_shards(const Training *training)
{
	return (training->model->sizes->batch + SHARD_SIZE - 1) / SHARD_SIZE;
}

Work training_work(Training *training)
{
	shards_stay(training->shards, true);
	training_gradients(training);
	Work work = training_adam_work(training);
	for (int s = 0; s < training_shards(training); s++)
		work = work_sum(work, work_both_ways(shards_tape(training->shards, s)));
	shards_stay(training->shards, false);
	return work;
}

/* ---- the cases --------------------------------------------------------------------- */

static void *prepare(Arena *arena, Pool *pool, const void *config)
{
	return training_new(arena, pool, config);
}

static void run(void *training)
{
	training_step(training);
}

static Work work(void *training)
{
	return training_work(training);
}

void bench_training(Bench *bench)
{
	for (const Model *model = models; model->name; model++) {
		BenchCase c = {
			.config = model, .prepare = prepare, .run = run, .work = work
		};
		snprintf(c.name, sizeof c.name, "%s", model->name);
		bench_case(bench, c);
	}
}

void bench_parameters(const Bench *bench)
{
	for (const Model *model = models; model->name; model++) {
		if (!bench_chosen(bench, model->name, NULL))
			continue;
		Arena *arena = arena_new("model");
		Params params = params_new(arena);
		Rng rng = rng_new(1);
		size_t count = 0;
		model->build(arena, &params, &rng);
		for (int p = 0; p < params.count; p++)
			count += tensor_count(params.items[p]->value);
		printf("%s %zu\n", model->name, count);
		arena_free(arena);
	}
}
