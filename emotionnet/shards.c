#include "emotionnet/shards.h"

#include "autograd/kept.h"

#include <string.h>

enum { SUM_PART = 4096 }; /* numbers: with those of every shard they stay in the cache */

typedef struct Shard {
	Arena *step; /* activations and nodes of one step */
	Tape tape;
	Params params; /* a replica; its gradients are zero between steps */
	void *model;
	real loss;
} Shard;

struct Shards {
	Pool *pool;
	const Params *params;
	Kept *kept; /* by all shards, while the parameters stay as they are */
	int count;
	Shard *items;
};

static int shards_in(int batch)
{
	return (batch + SHARD_SIZE - 1) / SHARD_SIZE;
}

Shards *shards_new(Arena *arena, Pool *pool, const Params *params, int batch,
        ShardBuild *build, const void *config)
{
	Shards *shards = ARENA_NEW(arena, Shards);
	shards->pool = pool;
	shards->params = params;
	shards->kept = kept_new(arena);
	shards->count = shards_in(batch);
	shards->items = ARENA_ARRAY(arena, Shard, (size_t)shards->count);
	for (int s = 0; s < shards->count; s++) {
		Shard *shard = &shards->items[s];
		shard->step = arena_child(arena, "step");
		shard->tape = tape_new(shard->step);
		shard->tape.kept = shards->kept;
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

void shards_freeze(Shards *shards, const char *prefix)
{
	for (int s = 0; s < shards->count; s++)
		params_freeze(&shards->items[s].params, prefix);
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
	Var *loss = step->loss(step->context, shard->model, &shard->tape, begin,
	        shard_end(begin, step->batch));
	shard->loss = loss->value.data[0];
	tape_backward(&shard->tape, loss);
}

/* Numbers from..to-1 of one parameter: sum = g_0 + g_1 + ... in the order of the shards. Each g_s is left
 * zero for the next step, while it is in the cache. */
static void sum_range(const Step *step, int parameter, size_t from, size_t to)
{
	real *sum = step->shards->params->items[parameter]->grad.data;
	for (int s = 0; s < shards_in(step->batch); s++) {
		real *g = step->shards->items[s].params.items[parameter]->grad.data;
		for (size_t i = from; i < to; i++) {
			sum[i] = s ? sum[i] + g[i] : g[i];
			g[i] = 0;
		}
	}
}

/* Rows from..to-1 of a parameter with marks. A row that a shard did not reach is a row of zeros, which adds
 * nothing: but a sum that begins with it begins from 0. */
static void sum_marked(const Step *step, int parameter, size_t from, size_t to)
{
	const Var *of = step->shards->params->items[parameter];
	size_t width = tensor_count(of->value) / (size_t)of->value.shape[0];
	int shards = shards_in(step->batch);
	for (size_t row = from; row < to; row++) {
		int reached = 0;
		for (int s = 0; s < shards; s++)
			reached += step->shards->items[s]
			                   .params.items[parameter]
			                   ->marks[row];
		real *sum = of->grad.data + row * width;
		if (reached < shards && (reached || of->marks[row]))
			memset(sum, 0, width * sizeof(real));
		of->marks[row] = reached > 0;
		bool set = reached == shards;
		for (int s = 0; s < shards && reached; s++) {
			const Var *replica =
			        step->shards->items[s].params.items[parameter];
			if (!replica->marks[row])
				continue;
			real *g = replica->grad.data + row * width;
			for (size_t i = 0; i < width; i++) {
				sum[i] = set ? g[i] : sum[i] + g[i];
				g[i] = 0;
			}
			set = false;
			replica->marks[row] = 0;
		}
	}
}

/* Numbers from..to-1 of one parameter; rows with marks are summed where their first number is. */
static void sum_piece(const Step *step, int parameter, size_t from, size_t to)
{
	const Var *of = step->shards->params->items[parameter];
	if (!of->marks) {
		sum_range(step, parameter, from, to);
		return;
	}
	size_t width = tensor_count(of->value) / (size_t)of->value.shape[0];
	sum_marked(step, parameter, (from + width - 1) / width, (to + width - 1) / width);
}

/* Part `index` of all parameters' numbers, one parameter after the other: equal parts, however
 * unequal the parameters are. */
static void sum_part(void *context, int index, int worker)
{
	(void)worker;
	const Step *step = context;
	const Params *params = step->shards->params;
	size_t begin = (size_t)index * SUM_PART, end = begin + SUM_PART, first = 0;
	for (int p = 0; p < params->count && first < end; p++) {
		if (!params->items[p]->grad.data)
			continue;
		size_t count = tensor_count(params->items[p]->grad);
		size_t from = begin > first ? begin - first : 0;
		size_t to = end - first < count ? end - first : count;
		if (from < to)
			sum_piece(step, p, from, to);
		first += count;
	}
}

real shards_gradients(Shards *shards, int batch, ShardLoss *loss, const void *context)
{
	int used = shards_in(batch);
	if (batch < 1 || used > shards->count)
		error_stop(HERE, "shards_gradients", "a batch of %d: expected 1 to %d",
		        batch, shards->count * SHARD_SIZE);
	Step step = {
		.shards = shards, .batch = batch, .loss = loss, .context = context
	};
	kept_forget(shards->kept);
	pool_run(shards->pool, used, backward_shard, &step);
	int parts = (int)((params_size(shards->params) + SUM_PART - 1) / SUM_PART);
	pool_run(shards->pool, parts, sum_part, &step);
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
	kept_forget(shards->kept);
	pool_run(shards->pool, shards->count, infer_shard, &step);
}
