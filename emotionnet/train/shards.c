/* shards.c: each shard has a tape and a copy of the gradients; they are summed in a
 * fixed order, so that the number of threads changes no bit. */
#include "emotionnet/train/shards.h"

#include "autograd/fast/kept.h"
#include "autograd/fast/reuse.h"
#include "autograd/fast/terms.h"
#include "autograd/look/inspect.h"
#include "optim/step.h"

enum { SUM_PART = 16384 }; /* numbers that a thread sums at a time */

typedef struct Shard {
	Tape tape;
	Arena *terms;  /* what its terms read, until all of them are summed */
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
	/* The memory of the threads is apart from the model's arena, whose size is printed. */
	Arena *threads;
	Arena **scratch; /* for sums, one for each thread */
	/* For activations and nodes, one for each thread: a shard's lie where those of
	 * the thread's last shard lay, in its cache. */
	Arena **steps;
	Arena **apart; /* one for each shard, where all tapes stay; else NULL */
};

static int shards_in(int batch)
{
	return (batch + SHARD_SIZE - 1) / SHARD_SIZE;
}

static void free_threads(void *context)
{
	Shards *shards = context;
	arena_free(shards->threads);
	shards->threads = NULL;
}

static Arena **arenas_new(const Shards *shards, int count, const char *name)
{
	Arena **arenas = ARENA_ARRAY(shards->threads, Arena *, (size_t)count);
	for (int i = 0; i < count; i++)
		arenas[i] = arena_child(shards->threads, name);
	return arenas;
}

static void threads_new(Shards *shards, Arena *arena)
{
	int threads = pool_threads(shards->pool);
	arena_at_end(arena, free_threads, shards); /* before there is anything to lose */
	shards->threads = arena_new("threads");
	shards->scratch = arenas_new(shards, threads, "sums");
	shards->steps = arenas_new(shards, threads, "step");
}

void shards_stay(Shards *shards, bool stay)
{
	for (int s = 0; shards->apart && s < shards->count; s++)
		arena_free(shards->apart[s]);
	shards->apart = stay ? arenas_new(shards, shards->count, "step") : NULL;
}

/* The shard's tape is empty, in the memory of the thread that works on it. */
static Shard *shard_begin(Shards *shards, int index, int worker)
{
	Shard *shard = &shards->items[index];
	shard->tape.arena = shards->apart ? shards->apart[index] : shards->steps[worker];
	tape_reset(&shard->tape);
	return shard;
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
	threads_new(shards, arena);
	for (int s = 0; s < shards->count; s++) {
		Shard *shard = &shards->items[s];
		shard->tape = tape_new(shards->steps[0]);
		shard->terms = arena_child(shards->threads, "terms");
		shard->tape.kept = shards->kept;
		shard->tape.reuse = reuse_new(arena);
		shard->params = params_replica(arena, params);
		shard->model = build(arena, &shard->params, config);
		for (int p = 0; p < shard->params.count; p++)
			if (shard->params.items[p]->value.ndim > 1) {
				Terms *terms = ARENA_NEW(arena, Terms);
				terms->arena = shard->terms;
				shard->params.items[p]->later = terms;
			}
	}
	return shards;
}

void shards_free(Shards *shards)
{
	free_threads(shards);
}

void shards_freeze(Shards *shards, const char *prefix)
{
	for (int s = 0; s < shards->count; s++)
		params_freeze(&shards->items[s].params, prefix);
}

static int piece_end(int begin, int size, int count)
{
	return begin + size < count ? begin + size : count;
}

typedef struct Step {
	Shards *shards;
	int batch;
	int size; /* of a piece, without gradients */
	ShardLoss *loss;
	ShardRun *run;
	const void *context;
	void *output;
} Step;

static void backward_shard(void *context, int index, int worker)
{
	const Step *step = context;
	Shard *shard = shard_begin(step->shards, index, worker);
	int begin = index * SHARD_SIZE;
	arena_reset(shard->terms);
	for (int p = 0; p < shard->params.count; p++)
		if (shard->params.items[p]->later)
			terms_clear(shard->params.items[p]->later);
	shard->tape.recording = true;
	Var *loss = step->loss(step->context, shard->model, &shard->tape, begin,
	        piece_end(begin, SHARD_SIZE, step->batch));
	shard->loss = loss->value.data[0];
	tape_backward(&shard->tape, loss);
}

static const Var *replica(const Step *step, int shard, int parameter)
{
	return step->shards->items[shard].params.items[parameter];
}

/* Numbers from..to-1 of one parameter: sum = g_0 + g_1 + ... in the order of the shards.
 * Each g_s is left zero for the next step, while it is in the cache. */
static void sum_piece(const Step *step, int parameter, size_t from, size_t to)
{
	real *sum = step->shards->params->items[parameter]->grad.data;
	for (int s = 0; s < shards_in(step->batch); s++) {
		real *g = replica(step, s, parameter)->grad.data;
		for (size_t i = from; i < to; i++) {
			sum[i] = s ? sum[i] + g[i] : g[i];
			g[i] = 0;
		}
	}
}

/* A piece at a time. */
static void sum_range(const Step *step, int parameter, size_t from, size_t to)
{
	size_t next;
	for (; from < to; from = next) {
		next = to - from < SUM_PART ? to : from + SUM_PART;
		sum_piece(step, parameter, from, next);
	}
}

/* What each replica has as terms. */
static const Terms *const *all_terms(const Step *step, int parameter, Arena *scratch)
{
	int count = shards_in(step->batch);
	const Terms **all = ARENA_ARRAY(scratch, const Terms *, (size_t)count);
	for (int s = 0; s < count; s++)
		all[s] = replica(step, s, parameter)->later;
	return all;
}

/* Rows from..to-1 of a parameter of several dimensions: what was added to the replicas'
 * gradients, and what they have as terms. */
static void sum_rows(const Step *step, int parameter, int from, int to, Arena *scratch)
{
	const Var *of = step->shards->params->items[parameter];
	int count = shards_in(step->batch);
	int columns = (int)(tensor_count(of->value) / (size_t)of->value.shape[0]);
	size_t width = (size_t)columns;
	bool written = false;
	ArenaMark mark = arena_mark(scratch);
	const Terms *const *all = all_terms(step, parameter, scratch);
	for (int s = 0; s < count; s++)
		written |= all[s]->written;
	if (written)
		sum_range(step, parameter, (size_t)from * width, (size_t)to * width);
	terms_sum(scratch, all, count,
	        matrix_view(of->grad.data + (size_t)from * width, to - from, columns,
	                columns),
	        from, written ? MATMUL_ADD : MATMUL_SET);
	arena_rewind(scratch, mark);
}

/* The same of a table of which few rows are touched: rows from..to-1 of it. */
static void sum_touched(const Step *step, int parameter, int from, int to, Arena *scratch)
{
	const Var *of = step->shards->params->items[parameter];
	int columns = (int)(tensor_count(of->value) / (size_t)of->value.shape[0]);
	ArenaMark mark = arena_mark(scratch);
	terms_sum_touched(all_terms(step, parameter, scratch), shards_in(step->batch),
	        matrix_view(of->grad.data, of->value.shape[0], columns, columns), from,
	        to);
	arena_rewind(scratch, mark);
}

/* Which rows of such tables the batch touches, before the threads add them up. */
static void find_touched(const Step *step)
{
	const Shards *shards = step->shards;
	for (int p = 0; p < shards->params->count; p++) {
		Var *of = shards->params->items[p];
		if (!of->touched || !of->grad.data)
			continue;
		touched_clear(of);
		ArenaMark mark = arena_mark(shards->scratch[0]);
		terms_touch(all_terms(step, p, shards->scratch[0]),
		        shards_in(step->batch), of->touched);
		arena_rewind(shards->scratch[0], mark);
	}
}

/* Thread `index`'s share of each parameter, the one that it has of the optimiser's step
 * (step.h) too, but of whole rows: those whose first number is in it. */
static void sum_share(void *context, int index, int worker)
{
	(void)worker;
	const Step *step = context;
	const Shards *shards = step->shards;
	int shares = pool_threads(shards->pool);
	for (int p = 0; p < shards->params->count; p++) {
		const Var *of = shards->params->items[p];
		if (!of->grad.data)
			continue;
		size_t count = tensor_count(of->grad);
		size_t begin = step_begin(count, index, shares);
		size_t end = step_begin(count, index + 1, shares);
		if (!replica(step, 0, p)->later) {
			sum_range(step, p, begin, end);
			continue;
		}
		size_t width = count / (size_t)of->value.shape[0];
		begin = (begin + width - 1) / width;
		end = (end + width - 1) / width;
		if (begin < end)
			(of->touched ? sum_touched : sum_rows)(
			        step, p, (int)begin, (int)end, shards->scratch[index]);
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
	kept_refresh(shards->kept, shards->pool);
	pool_run(shards->pool, used, backward_shard, &step);
	find_touched(&step);
	pool_run(shards->pool, pool_threads(shards->pool), sum_share, &step);
	real total = 0;
	for (int s = 0; s < used; s++)
		total += shards->items[s].loss;
	return total;
}

bool shards_check_finite(const Shards *shards, int batch, Error *error)
{
	for (int s = 0; s < shards_in(batch); s++)
		if (!tape_check_finite(&shards->items[s].tape, error))
			return false;
	return true;
}

Tape *shards_tape(const Shards *shards, int s)
{
	return &shards->items[s].tape;
}

/* Shard `index` takes every shards->count-th piece, so that each replica has one user. */
static void infer_shard(void *context, int index, int worker)
{
	const Step *step = context;
	int size = step->size, stride = step->shards->count * size;
	for (int begin = index * size; begin < step->batch; begin += stride) {
		Shard *shard = shard_begin(step->shards, index, worker);
		shard->tape.recording = false;
		step->run(step->output, shard->model, &shard->tape, begin,
		        piece_end(begin, size, step->batch));
	}
}

void shards_infer(Shards *shards, int count, int size, ShardRun *run, void *context)
{
	Step step = { .shards = shards,
		.batch = count,
		.size = size,
		.run = run,
		.output = context };
	kept_refresh(shards->kept, shards->pool);
	pool_run(shards->pool, shards->count, infer_shard, &step);
}
