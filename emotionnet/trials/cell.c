/* cell.c: the kinds of strategies, of which two stand here: the majority and the bag of
 * words. Each is fitted, tested under all conditions and timed. */
#include "emotionnet/trials/cell.h"
#include "emotionnet/trials/baseline.h"
#include "emotionnet/trials/cell_language.h"
#include "emotionnet/trials/cell_network.h"
#include "emotionnet/trials/cell_tuned.h"
#include "emotionnet/trials/effort.h"
#include "emotionnet/trials/testing.h"
#include "tensor/arena_peak.h"
#include "tensor/file/hash.h"
#include "tensor/clock.h"

#include <string.h>

/* The test, and how sure the answers to it should be. */
static CellResult test_all(Cell *cell, Arena *arena, const Trial *trial,
        AnswerAll *answer, const void *model, Error *error)
{
	CellResult result = testing_calibrate(cell, trial, answer, model, error);
	return result == CELL_DONE ? testing_run(cell, arena, trial, answer, model, error)
	                           : result;
}

/* ---- the majority ------------------------------------------------------------------ */

/* How often each label is in the training split. */
static const float *shares_of(const Trial *trial, Arena *arena)
{
	const Dataset *training = &trial->prepared->data[SPLIT_TRAIN];
	float *shares = ARENA_ARRAY(arena, float, testing_numbers(trial, 1));
	int *counts = ARENA_ARRAY(arena, int, testing_numbers(trial, 1));
	for (int i = 0; i < training->count; i++)
		counts[training->items[i].label]++;
	for (size_t c = 0; c < testing_numbers(trial, 1); c++)
		shares[c] = (float)((double)counts[c] / training->count);
	return shares;
}

typedef struct Shares {
	const float *of;
	size_t count;
} Shares;

static void answer_shares(const void *model, const TestSet *set, float *probabilities)
{
	const Shares *shares = model;
	for (int i = 0; i < set->data.count; i++)
		memcpy(probabilities + (size_t)i * shares->count, shares->of,
		        shares->count * sizeof(float));
}

static uint64_t hash_shares(const Trial *trial, Arena *arena, Pool *pool)
{
	(void)pool;
	return hash_bytes(HASH_BEGIN, shares_of(trial, arena),
	        testing_numbers(trial, 1) * sizeof(float));
}

static CellResult run_majority(Cell *cell, Arena *arena, const Trial *trial, Pool *pool,
        const Progress *progress, Error *error)
{
	(void)progress;
	Shares shares = { shares_of(trial, arena), testing_numbers(trial, 1) };
	cell->fingerprint = hash_shares(trial, arena, pool);
	cell->costs.parameters = shares.count;
	return test_all(cell, arena, trial, answer_shares, &shares, error);
}

/* ---- the bag of words -------------------------------------------------------------- */

typedef struct BagOfWords {
	Baseline baseline;
	const Labels *labels; /* of the comparison */
	float *own;           /* (baseline.labels): scratch */
	const TestSet *plain;
} BagOfWords;

/* A label that no sentence of the training split has gets nothing. */
static void answer_bag(const BagOfWords *bag, const char *text, float *probabilities)
{
	baseline_predict(&bag->baseline, text, bag->own);
	for (int c = 0; c < bag->labels->count; c++) {
		int own = labels_index(&bag->baseline.labels, bag->labels->names[c]);
		probabilities[c] = own < 0 ? 0 : bag->own[own];
	}
}

static void answer_bags(const void *model, const TestSet *set, float *probabilities)
{
	const BagOfWords *bag = model;
	for (int i = 0; i < set->data.count; i++)
		answer_bag(bag, set->text[i],
		        probabilities + (size_t)i * (size_t)bag->labels->count);
}

static void answer_one_bag(const void *model, int index)
{
	const BagOfWords *bag = model;
	baseline_predict(&bag->baseline, bag->plain->text[index], bag->own);
}

static bool fit_bag(
        BagOfWords *bag, Arena *arena, const Trial *trial, int epochs, Error *error)
{
	const TrainOptions *asked = &trial->settings->train;
	BaselineSettings settings = baseline_defaults();
	settings.class_weights = asked->class_weights;
	settings.select = asked->select;
	settings.bag.minimum = trial->settings->frontend.min_count;
	settings.seed = trial->seed;
	if (epochs)
		settings.epochs = epochs;
	Corpus corpus = testing_corpus(trial, arena);
	bag->labels = &trial->prepared->frontend.labels;
	bag->plain = &trial->conditions->plain;
	bag->own = ARENA_ARRAY(arena, float, testing_numbers(trial, 1));
	return baseline_fit(&bag->baseline, arena, &corpus, &settings, error);
}

/* What a text takes: of each known word a row of the weights. */
static void count_words(Costs *costs, const BagOfWords *bag)
{
	Arena *scratch = arena_new("words");
	const Baseline *model = &bag->baseline;
	int count = effort_counted(bag->plain->data.count);
	TapeWork sum = { 0, 0 };
	for (int i = 0; i < count; i++) {
		Bag words = bag_of(&model->bag, scratch, bag->plain->text[i]);
		double numbers = (double)words.count * model->labels.count;
		sum = effort_sum(sum, (TapeWork){ 2 * numbers, numbers * sizeof(real) });
	}
	arena_free(scratch);
	effort_keep(costs, sum, count);
}

/* After the first epoch; 0: it cannot be fitted. */
static uint64_t hash_bag(const Trial *trial, Arena *arena, Pool *pool)
{
	(void)pool;
	BagOfWords bag;
	return fit_bag(&bag, arena, trial, 1, NULL)
	               ? cell_hash_params(&bag.baseline.params)
	               : 0;
}

static CellResult run_bag(Cell *cell, Arena *arena, const Trial *trial, Pool *pool,
        const Progress *progress, Error *error)
{
	(void)progress;
	Arena *model = arena_new("bag of words");
	BagOfWords bag;
	double start = seconds_now(), cpu = testing_cpu(pool);
	bool done = fit_bag(&bag, model, trial, 0, error);
	cell->costs.train_seconds = seconds_now() - start;
	cell->costs.cpu_seconds = testing_cpu(pool) - cpu;
	CellResult result = CELL_FAILED;
	if (done) {
		result = test_all(cell, arena, trial, answer_bags, &bag, error);
		testing_time(&cell->costs, answer_one_bag, &bag,
		        trial->conditions->plain.data.count);
		cell->fingerprint = hash_bag(trial, model, pool);
		cell->best_epoch = bag.baseline.epoch;
		cell->costs.parameters = params_size(&bag.baseline.params);
		cell->costs.disk = params_bytes(&bag.baseline.params);
		cell->costs.memory = arena_peak_all(model);
		count_words(&cell->costs, &bag);
	}
	arena_free(model);
	return result;
}

/* ---- a cell ------------------------------------------------------------------------ */

static const struct {
	CellResult (*run)(Cell *cell, Arena *arena, const Trial *trial, Pool *pool,
	        const Progress *progress, Error *error);
	uint64_t (*fingerprint)(const Trial *trial, Arena *arena, Pool *pool);
} kinds[] = {
	[STRATEGY_MAJORITY] = { run_majority, hash_shares },
	[STRATEGY_BAG] = { run_bag, hash_bag },
	[STRATEGY_NETWORK] = { cell_network, cell_network_hash },
	[STRATEGY_PROMPT] = { cell_prompt, cell_language_hash },
	[STRATEGY_PROBE] = { cell_probe, cell_language_hash },
	[STRATEGY_TUNED] = { cell_tuned, cell_tuned_hash },
};

CellResult cell_run(Cell *cell, Arena *arena, const Trial *trial, Pool *pool,
        const Progress *progress, Error *error)
{
	*cell = (Cell){
		.strategy = trial->strategy->name,
		.reads = trial->strategy->reads_text,
		.seed = trial->seed,
		.size = trial->prepared->data[SPLIT_TRAIN].count,
		.temperature = 1,
		.model = "",
	};
	return kinds[trial->strategy->kind].run(
	        cell, arena, trial, pool, progress, error);
}

uint64_t cell_fingerprint(const Trial *trial, Pool *pool)
{
	Arena *arena = arena_new("fingerprint");
	uint64_t hash = kinds[trial->strategy->kind].fingerprint(trial, arena, pool);
	arena_free(arena);
	return hash;
}
