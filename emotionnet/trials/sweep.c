/* sweep.c: the head of a comparison, then its cells side by side on threads. */
#include "emotionnet/trials/sweep.h"
#include "emotionnet/trials/folding.h"
#include "tensor/file/hash.h"
#include "emotionnet/stage/rules.h"

#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>

/* ---- the head ---------------------------------------------------------------------- */

static uint64_t hash_int(uint64_t hash, int number)
{
	return hash_bytes(hash, &number, sizeof number);
}

/* A split just as the models read it. */
static uint64_t hash_data(uint64_t hash, const Dataset *data, const Corpus *corpus)
{
	for (int i = 0; i < data->count; i++) {
		const Example *example = &data->items[i];
		const Utterance *u = &corpus->utterances[example->utterance];
		const char *kind = corpus_extra(corpus, u, "kind");
		hash = hash_text(hash, u->id);
		hash = hash_text(hash, u->speaker);
		hash = hash_text(hash, u->text);
		hash = hash_text(hash, kind ? kind : "");
		hash = hash_int(hash, example->label);
		hash = hash_int(hash, example->words);
		size_t words = (size_t)example->words * sizeof(int);
		hash = hash_bytes(hash, example->ids, words);
		hash = hash_bytes(hash, example->spans, 2 * words);
		for (int m = 0; m < MODALITIES; m++)
			hash = hash_bytes(hash, example->steps[m].data,
			        tensor_count(example->steps[m]) * sizeof(real));
		if (example->whole.shape[0])
			hash = hash_bytes(hash, example->whole.data,
			        tensor_count(example->whole) * sizeof(real));
	}
	return hash;
}

static uint64_t hash_all(
        const Comparison *c, const Prepared *prepared, const Corpus *corpus)
{
	uint64_t hash = hash_int(HASH_BEGIN, (int)sizeof(real));
	hash = hash_text(hash, c->settings);
	hash = hash_texts(hash, c->labels.names, c->labels.count);
	for (int i = 0; i < c->condition_count; i++) {
		hash = hash_text(hash, c->conditions[i].name);
		hash = hash_bytes(hash, &c->conditions[i].level, sizeof(double));
	}
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT; split++) {
		hash = hash_int(hash, prepared->data[split].count);
		hash = hash_data(hash, &prepared->data[split], corpus);
	}
	return hash;
}

static const char *kind_of(const Corpus *corpus, const Example *example)
{
	return corpus_extra(corpus, &corpus->utterances[example->utterance], "kind");
}

/* The kinds of the test utterances: those of the embedded corpus in its order, then
 * others as they come. */
static StringSet list_kinds(
        Comparison *c, Arena *arena, const Corpus *corpus, const Dataset *test)
{
	StringSet there = stringset_new(arena), kinds = stringset_new(arena);
	for (int i = 0; i < test->count && kind_of(corpus, &test->items[i]); i++)
		stringset_add(&there, kind_of(corpus, &test->items[i]));
	for (int k = 0; k < STAGE_KINDS; k++)
		if (stringset_find(&there, stage_kind_name((StageKind)k)) >= 0)
			stringset_add(&kinds, stage_kind_name((StageKind)k));
	for (int i = 0; i < there.count; i++)
		stringset_add(&kinds, there.names[i]);
	c->kinds = kinds.names;
	c->kind_count = kinds.count;
	return kinds;
}

static void list_tests(Comparison *c, Arena *arena, const Corpus *corpus,
        const Dataset *test, const StringSet *kinds)
{
	Compared *tests = ARENA_ARRAY(arena, Compared, (size_t)test->count);
	for (int i = 0; i < test->count; i++) {
		const Utterance *u = &corpus->utterances[test->items[i].utterance];
		const char *kind = kind_of(corpus, &test->items[i]);
		tests[i] = (Compared){ u->id, u->speaker, u->text,
			kind ? stringset_find(kinds, kind) : -1, test->items[i].label };
	}
	c->test = tests;
	c->test_count = test->count;
}

static void list_ceilings(Comparison *c, Arena *arena, const Corpus *corpus,
        const double *mixture, const StringSet *kinds)
{
	int views = stage_views(corpus->face != NULL);
	Ceiling *ceilings = ARENA_ARRAY(arena, Ceiling, (size_t)views);
	for (int v = 0; v < views; v++) {
		StageCeiling ceiling = stage_ceiling(mixture, (StageView)v);
		double *best = ARENA_ARRAY(arena, double, (size_t)c->kind_count);
		for (int k = 0; k < STAGE_KINDS; k++) {
			int at = stringset_find(kinds, stage_kind_name((StageKind)k));
			if (at >= 0)
				best[at] = ceiling.kind[k];
		}
		ceilings[v] =
		        (Ceiling){ stage_view_name((StageView)v), ceiling.all, best };
	}
	c->ceilings = ceilings;
	c->ceiling_count = views;
}

void sweep_head(Comparison *c, Arena *arena, const Trial *trial, const char *settings,
        const double *ceilings)
{
	const Corpus *corpus = trial->corpus;
	const Prepared *prepared = trial->prepared;
	const Leak *leak = &prepared->provenance.leak;
	const Conditions *conditions = trial->conditions;
	const Dataset *data = prepared->data;
	*c = (Comparison){
		.source = corpus->source,
		.settings = settings,
		.labels = prepared->frontend.labels,
		.train = data[SPLIT_TRAIN].count,
		.validation = data[SPLIT_VALIDATION].count,
		.skipped = corpus->skipped,
		.leaking = leak->split == SPLIT_TEST ? leak->speakers : 0,
		.paired = prepared->provenance.paired,
		.condition_count = conditions->count,
	};
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT; split++)
		c->skipped += corpus_count(corpus, split) - data[split].count;
	Condition *list = ARENA_ARRAY(arena, Condition, (size_t)conditions->count);
	for (int i = 0; i < conditions->count; i++)
		list[i] = conditions->items[i].condition;
	c->conditions = list;
	StringSet kinds = list_kinds(c, arena, corpus, &data[SPLIT_TEST]);
	list_tests(c, arena, corpus, &data[SPLIT_TEST], &kinds);
	if (ceilings)
		list_ceilings(c, arena, corpus, ceilings, &kinds);
	c->hash = hash_all(c, prepared, corpus);
}

/* ---- interrupts -------------------------------------------------------------------- */

/* A signal handler can reach nothing but a global; threads read it, so it is atomic. */
static atomic_bool interrupted;

static void interrupt(int signal)
{
	(void)signal;
	atomic_store(&interrupted, true);
}

void sweep_catch_interrupts(void)
{
	struct sigaction action = { .sa_handler = interrupt,
		.sa_flags = (int)SA_RESETHAND };
	sigemptyset(&action.sa_mask);
	atomic_store(&interrupted, false);
	static const int signals[] = { SIGINT, SIGTERM };
	for (int i = 0; i < 2; i++) {
		struct sigaction before;
		if (!sigaction(signals[i], NULL, &before) && before.sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL); /* nohup's stay ignored */
	}
}

/* ---- running ----------------------------------------------------------------------- */

typedef struct Job {
	Trial trial;
	int fold;
	const Cell *finished; /* it is only made sure of; NULL: it is run */
} Job;

/* What the threads share. */
typedef struct Run {
	Sweep *sweep;
	Job *jobs;
	int count, done, cells; /* jobs; of them done; cells among them */
	/* of all threads, for one cell after the other; NULL: a cell a thread */
	Pool *pool;
	atomic_bool failed;    /* read without the mutex before each job */
	pthread_mutex_t mutex; /* of the error, the comparison and its log */
	Error *error;
} Run;

static void fail(Run *run, const Error *error)
{
	pthread_mutex_lock(&run->mutex);
	if (!atomic_exchange(&run->failed, true))
		error_set(run->error, "%s", error->text);
	pthread_mutex_unlock(&run->mutex);
}

static double accuracy_of(const Comparison *c, const Cell *cell)
{
	int right = 0, first = cell_first(c, cell), count = cell_tests(c, cell);
	for (int i = 0; i < count; i++)
		right += cell_answer(c, cell, i) == c->test[first + i].label;
	return count ? (double)right / count : 0;
}

/* A copy of what the cell points to, where results live. */
static Cell keep(const Comparison *c, Arena *arena, const Cell *cell)
{
	Cell kept = *cell;
	size_t answers = (size_t)cell_tests(c, cell) * (size_t)c->labels.count;
	kept.probabilities =
	        arena_copy(arena, cell->probabilities, answers * sizeof(float));
	kept.epochs = arena_copy(
	        arena, cell->epochs, (size_t)cell->epoch_count * sizeof *cell->epochs);
	kept.outcomes = arena_copy(arena, cell->outcomes,
	        (size_t)c->condition_count * sizeof *cell->outcomes);
	kept.model = arena_string(arena, cell->model);
	return kept;
}

/* "middle, seed 2" or "middle, seed 2, fold 3" */
static void name_cell(char text[96], const Comparison *c, const Job *job)
{
	int size = snprintf(text, 96, "%.48s, seed %" PRIu64, job->trial.strategy->name,
	        job->trial.seed);
	if (c->fold_count)
		snprintf(text + size, (size_t)(96 - size), ", fold %.12s",
		        c->folds[job->fold].name);
}

/* Puts a finished cell where it belongs, and says so. */
static void finish(Run *run, const Cell *cell, const char *task, const Progress *progress)
{
	Sweep *sweep = run->sweep;
	Comparison *c = sweep->comparison;
	Error error;
	pthread_mutex_lock(&run->mutex);
	bool logged = !sweep->log || comparison_log_add(sweep->log, c, cell, &error);
	if (logged) {
		Cell kept = keep(c, sweep->arena, cell);
		comparison_add(c, sweep->arena, &kept);
		char text[160];
		snprintf(text, sizeof text, "%s: accuracy %.3f", task,
		        accuracy_of(c, cell));
		progress_show(progress, ++run->done, run->cells, text);
	}
	pthread_mutex_unlock(&run->mutex);
	if (!logged)
		fail(run, &error);
}

static void run_cell(Run *run, const Job *job, const Trial *trial, Pool *pool)
{
	const Comparison *c = run->sweep->comparison;
	Arena *arena = arena_new("cell");
	Cell cell;
	Error error;
	char task[96];
	name_cell(task, c, job);
	Progress all = progress_new(run->sweep->quiet), own = all;
	all.task = "cells";
	own.task = task;
	own.quiet |= !run->pool; /* several at once would write over each other */
	switch (cell_run(&cell, arena, trial, pool, &own, &error)) {
	case CELL_DONE:
		if (cell.epoch_count)
			progress_end(&own);
		cell.fold = job->fold;
		if (c->fold_count)
			cell.size = c->train;
		finish(run, &cell, task, &all);
		break;
	case CELL_FAILED:
		fail(run, &error);
		break;
	default:
		break;
	}
	arena_free(arena);
}

/* From what else a cell must come whose first step has another hash. */
static const char *whence(const Strategy *strategy)
{
	switch (strategy->kind) {
	case STRATEGY_PROMPT:
		return "another language model, or one that was asked in other words: --language-model is not the file it was, or this program has other prompts";
	case STRATEGY_PROBE:
		return "another language model: --language-model is not the file it was";
	case STRATEGY_TUNED:
		return "another language model or another program: --language-model is not the file it was, or its first step ends in other weights now";
	default:
		return "another program: its first step ends in other weights now";
	}
}

static void check_cell(Run *run, const Job *job, const Trial *trial, Pool *pool)
{
	Error error;
	const Cell *cell = job->finished;
	if (cell_fingerprint(trial, pool) == cell->fingerprint)
		return;
	error_set(&error,
	        "the results file has strategy \"%s\", seed %" PRIu64
	        " from %s. Hint: remove the line, or the file, to run it again",
	        cell->strategy, cell->seed, whence(trial->strategy));
	fail(run, &error);
}

static void run_job(void *context, int index, int worker)
{
	(void)worker;
	Run *run = context;
	const Job *job = &run->jobs[index];
	if (atomic_load(&run->failed) || atomic_load(&interrupted))
		return;
	Pool *pool = run->pool ? run->pool : pool_new(1);
	Folding *folding = run->sweep->folding;
	Trial trial = job->trial;
	Error error;
	if (folding && !folding_enter(folding, job->fold, &trial, pool, &error))
		fail(run, &error);
	else if (job->finished)
		check_cell(run, job, &trial, pool);
	else
		run_cell(run, job, &trial, pool);
	if (folding)
		folding_leave(folding, job->fold);
	if (!run->pool)
		pool_free(pool);
}

static bool in_share(int index, int share, int shares)
{
	return !shares || index % shares == share - 1;
}

/* Cells are counted strategy by strategy, then by size, then by fold, then by seed. */
static int index_of(const Comparison *c, int strategy, int size, int fold, int seed)
{
	int row = (strategy * c->size_count + size) * comparison_folds(c) + fold;
	return row * c->seed_count + seed;
}

/* Adds a cell to the jobs if this pass is for it: those to be made sure of, or to be
 * run. */
static void list_job(Run *run, const Trial *trial, int strategy, int fold, uint64_t seed,
        bool finished_ones)
{
	const Sweep *sweep = run->sweep;
	const Comparison *c = sweep->comparison;
	int size = c->fold_count ? c->train : trial->prepared->data[SPLIT_TRAIN].count;
	int place = 0;
	while (place + 1 < c->size_count && c->sizes[place] < size)
		place++;
	const char *name = c->strategies[strategy];
	const Cell *finished = comparison_find(c, name, seed, size, fold);
	int index = index_of(c, strategy, place, fold, (int)(seed - c->first_seed));
	if (!in_share(index, sweep->share, sweep->shares) ||
	        (finished != NULL) != finished_ones)
		return;
	Job *job = &run->jobs[run->count++];
	*job = (Job){ .trial = *trial, .fold = fold };
	job->trial.strategy = strategy_find(sweep->strategies, name);
	job->trial.seed = seed;
	job->trial.share = size < c->train ? size : 0;
	job->trial.stop = &interrupted;
	/* a copy: the comparison's list moves as it grows */
	if (finished)
		job->finished = arena_copy(sweep->arena, finished, sizeof *finished);
	run->cells += !finished;
	if (sweep->folding)
		folding_expect(sweep->folding, fold);
}

/* The jobs on these data: those to be run after those to be made sure of, and fold by
 * fold, so that few folds are in memory at a time. */
static void list_jobs(Run *run, const Trial *trial, uint64_t first, int count)
{
	const Comparison *c = run->sweep->comparison;
	for (int pass = 0; pass < 2; pass++)
		for (int f = 0; f < comparison_folds(c); f++)
			for (int s = 0; s < c->strategy_count; s++)
				for (int i = 0; i < count; i++)
					list_job(run, trial, s, f, first + (uint64_t)i,
					        pass == 0);
}

bool sweep_run(Sweep *sweep, const Trial *trial, uint64_t first, int count, Pool *pool,
        Error *error)
{
	size_t most = (size_t)sweep->comparison->strategy_count * (size_t)count *
	              (size_t)comparison_folds(sweep->comparison);
	Run run = { .sweep = sweep,
		.jobs = ARENA_ARRAY(sweep->arena, Job, most),
		.error = error };
	list_jobs(&run, trial, first, count);
	pthread_mutex_init(&run.mutex, NULL);
	if (run.count >= pool_threads(pool)) {
		pool_run(pool, run.count, run_job, &run);
	} else {
		run.pool = pool;
		for (int i = 0; i < run.count; i++)
			run_job(&run, i, 0);
	}
	pthread_mutex_destroy(&run.mutex);
	Progress progress = progress_new(sweep->quiet || !run.done);
	progress_end(&progress);
	if (run.failed)
		return false;
	if (!interrupted)
		return true;
	if (!sweep->log)
		return error_set(error,
		        "interrupted; nothing was kept. Hint: --results FILE keeps finished cells, and the same command then goes on from them");
	SweepState state =
	        sweep_state(sweep->comparison, sweep->arena, sweep->share, sweep->shares);
	return error_set(error,
	        "interrupted: %d of %d cells are finished and kept; the same command goes on from there",
	        state.wanted - state.missing, state.wanted);
}

SweepState sweep_state(const Comparison *c, Arena *arena, int share, int shares)
{
	SweepState state = { 0 };
	int seeds = c->seed_count, folds = comparison_folds(c);
	int count = c->strategy_count * c->size_count * folds * seeds;
	for (int index = 0; index < count; index++) {
		uint64_t seed = c->first_seed + (uint64_t)(index % seeds);
		int fold = index / seeds % folds;
		int size = c->sizes[index / seeds / folds % c->size_count];
		const char *name = c->strategies[index / seeds / folds / c->size_count];
		if (!in_share(index, share, shares))
			continue;
		state.wanted++;
		if (comparison_find(c, name, seed, size, fold))
			continue;
		state.missing++;
		if (state.first)
			continue;
		state.first = arena_format(
		        arena, "%s, seed %" PRIu64 ", %d utterances", name, seed, size);
		if (c->fold_count)
			state.first = arena_format(
			        arena, "%s, fold %s", state.first, c->folds[fold].name);
	}
	return state;
}
