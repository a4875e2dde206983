#include "emotionnet/shards.h"

#include <string.h>

typedef struct Shard {
	Arena *step; /* activations and nodes of one step */
	Tape tape;
	Params params; /* a replica */
	void *model;
	real loss;
} Shard;

struct Shards {
	Pool *pool;
	const Params *params;
	int count;
	Shard *items;
};

Shards *shards_new(Arena *arena, Pool *pool, const Params *params, int batch,
        ShardBuild *build, const void *config)
{
	Shards *shards = ARENA_NEW(arena, Shards);
	shards->pool = pool;
	shards->params = params;
	shards->count = (batch + SHARD_SIZE - 1) / SHARD_SIZE;
	shards->items = ARENA_ARRAY(arena, Shard, (size_t)shards->count);
	for (int s = 0; s < shards->count; s++) {
		Shard *shard = &shards->items[s];
		shard->step = arena_new("step");
		shard->tape = tape_new(shard->step);
		shard->params = params_replica(arena, params);
		shard->model = build(arena, &shard->params, config);
	}
	return shards;
}

void shards_free(Shards *shards)
{
	for (int s = 0; s < shards->count; s++)
		arena_free(shards->items[s].step);
}

static int shard_end(int begin, int count)
{
	return begin + SHARD_SIZE < count ? begin + SHARD_SIZE : count;
}

typedef struct Step {
	Shards *shards;
	int batch;
	ShardLoss *loss;
	ShardRun *run;
	const void *context;
	void *output;
} Step;

static void backward_shard(void *context, int index, int worker)
{
	(void)worker;
	const Step *step = context;
	Shard *shard = &step->shards->items[index];
	int begin = index * SHARD_SIZE;
	tape_reset(&shard->tape);
	shard->tape.recording = true;
	params_zero_grad(&shard->params);
	Var *loss = step->loss(step->context, shard->model, &shard->tape, begin,
	        shard_end(begin, step->batch));
	shard->loss = loss->value.data[0];
	tape_backward(&shard->tape, loss);
}

/* grad = g_0 + g_1 + ... in the order of the shards, for one parameter. */
static void sum_parameter(void *context, int index, int worker)
{
	(void)worker;
	const Step *step = context;
	Tensor sum = step->shards->params->items[index]->grad;
	if (!sum.data)
		return;
	size_t count = tensor_count(sum);
	int used = (step->batch + SHARD_SIZE - 1) / SHARD_SIZE;
	memcpy(sum.data, step->shards->items[0].params.items[index]->grad.data,
	        count * sizeof(real));
	for (int s = 1; s < used; s++) {
		const real *more = step->shards->items[s].params.items[index]->grad.data;
		for (size_t i = 0; i < count; i++)
			sum.data[i] += more[i];
	}
}

real shards_gradients(Shards *shards, int batch, ShardLoss *loss, const void *context)
{
	int used = (batch + SHARD_SIZE - 1) / SHARD_SIZE;
	if (batch < 1 || used > shards->count)
		error_stop(HERE, "shards_gradients", "a batch of %d: expected 1 to %d",
		        batch, shards->count * SHARD_SIZE);
	Step step = {
		.shards = shards, .batch = batch, .loss = loss, .context = context
	};
	pool_run(shards->pool, used, backward_shard, &step);
	pool_run(shards->pool, shards->params->count, sum_parameter, &step);
	real total = 0;
	for (int s = 0; s < used; s++)
		total += shards->items[s].loss;
	return total;
}

/* Shard `index` takes every shards->count-th piece, so that each replica has one user. */
static void infer_shard(void *context, int index, int worker)
{
	(void)worker;
	const Step *step = context;
	Shard *shard = &step->shards->items[index];
	int stride = step->shards->count * SHARD_SIZE;
	for (int begin = index * SHARD_SIZE; begin < step->batch; begin += stride) {
		tape_reset(&shard->tape);
		shard->tape.recording = false;
		step->run(step->output, shard->model, &shard->tape, begin,
		        shard_end(begin, step->batch));
	}
}

void shards_infer(Shards *shards, int count, ShardRun *run, void *context)
{
	Step step = { .shards = shards, .batch = count, .run = run, .output = context };
	pool_run(shards->pool, shards->count, infer_shard, &step);
}
