/* cell.c: three kinds of strategies: the majority, the bag of words, networks; those of
 * language models are in cell_language.c. Each is fitted, tested under all conditions and
 * timed. */
#include "emotionnet/trials/cell.h"
#include "emotionnet/experiment/refit.h"
#include "emotionnet/pretrained.h"
#include "emotionnet/trials/baseline.h"
#include "emotionnet/trials/cell_language.h"
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

/* The corpus as the networks read it: without what was left out of it. */
static Corpus corpus_read_by_all(const Trial *trial, Arena *arena)
{
	Corpus corpus = *trial->corpus;
	corpus.utterances = ARENA_ARRAY(arena, Utterance, (size_t)corpus.count);
	corpus.count = 0;
	for (Split split = SPLIT_TRAIN; split < SPLIT_TEST; split++) {
		const Dataset *data = &trial->prepared->data[split];
		for (int i = 0; i < data->count; i++)
			corpus.utterances[corpus.count++] =
			        trial->corpus->utterances[data->items[i].utterance];
	}
	return corpus;
}

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

static uint64_t hash_params(const Params *params)
{
	uint64_t hash = HASH_BEGIN;
	for (int i = 0; i < params->count; i++) {
		const Var *p = params->items[i];
		hash = hash_bytes(hash, p->name, strlen(p->name));
		hash = hash_bytes(
		        hash, p->value.data, tensor_count(p->value) * sizeof(real));
	}
	return hash;
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
	Corpus corpus = corpus_read_by_all(trial, arena);
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
	int count = 0;
	TapeWork sum = { 0, 0 };
	for (; count < bag->plain->data.count && count < EFFORT_TEXTS; count++) {
		Bag words = bag_of(&model->bag, scratch, bag->plain->text[count]);
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
	return fit_bag(&bag, arena, trial, 1, NULL) ? hash_params(&bag.baseline.params)
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

/* ---- a network --------------------------------------------------------------------- */

typedef struct Network {
	Arena *arena;
	Settings settings;
	Checkpoint checkpoint;
	Shards *shards;
	const Dataset *test;
} Network;

static void network_begin(Network *network, Arena *arena, const Trial *trial)
{
	*network = (Network){ .arena = arena,
		.settings = *trial->settings,
		.test = &trial->conditions->plain.data };
	network->settings.train.seed = trial->seed;
	ModelConfig config = *trial->choices;
	config.reads = trial->strategy->reads;
	config.fusion = trial->strategy->fusion;
	experiment_begin(&network->checkpoint, arena, trial->prepared, &config,
	        &network->settings);
}

static Trainer *trainer_of(
        Network *network, const Trial *trial, const Dataset *validation, Pool *pool)
{
	Checkpoint *checkpoint = &network->checkpoint;
	return trainer_new(&checkpoint->params, &checkpoint->config,
	        &trial->prepared->data[SPLIT_TRAIN], validation, &network->settings.train,
	        pool);
}

/* After the first step. */
static uint64_t hash_network(const Trial *trial, Arena *arena, Pool *pool)
{
	Network network;
	network_begin(&network, arena, trial);
	Dataset none = trial->prepared->data[SPLIT_VALIDATION];
	none.count = 0; /* one step may be a whole epoch */
	Trainer *trainer = trainer_of(&network, trial, &none, pool);
	trainer_step(trainer);
	uint64_t hash = hash_params(&network.checkpoint.params);
	trainer_free(trainer);
	return hash;
}

/* How a training ended. */
static CellResult trained(Cell *cell, TrainResult result, Error *error)
{
	cell->costs.train_seconds = result.seconds;
	cell->best_epoch = result.best;
	if (!result.diverged)
		return CELL_DONE;
	error_set(error, "%s: %s", cell->strategy, result.why.text);
	return CELL_FAILED;
}

/* Trains to the end, keeping a point an epoch. */
static CellResult train_network(Cell *cell, Arena *arena, const Trial *trial,
        Network *network, TrainResult *result, Pool *pool, const Progress *progress,
        Error *error)
{
	Trainer *trainer = trainer_of(
	        network, trial, &trial->prepared->data[SPLIT_VALIDATION], pool);
	EpochPoint *epochs =
	        ARENA_ARRAY(arena, EpochPoint, (size_t)network->settings.train.epochs);
	bool first = true, stopped = false;
	while (!stopped && trainer_step(trainer)) {
		if (first)
			cell->fingerprint = hash_params(&network->checkpoint.params);
		first = false;
		stopped = atomic_load(trial->stop);
		if (trainer->at.step)
			continue;
		epochs[cell->epoch_count++] =
		        (EpochPoint){ trainer->at.loss, trainer->score };
		trainer_show(trainer, progress);
	}
	cell->costs.memory = arena_peak_all(network->arena);
	*result = trainer_finish(trainer);
	cell->epochs = epochs;
	CellResult end = trained(cell, *result, error);
	return stopped && end == CELL_DONE ? CELL_STOPPED : end;
}

static void answer_network(const void *model, const TestSet *set, float *probabilities)
{
	const Network *network = model;
	Arena *scratch = arena_new("answers");
	Tensor p = predict_all(scratch, network->shards, &set->data,
	        network->checkpoint.config.classes, &set->lost);
	for (size_t i = 0; i < tensor_count(p); i++)
		probabilities[i] = (float)p.data[i];
	arena_free(scratch);
}

static void answer_one(const void *model, int index)
{
	const Network *network = model;
	Arena *scratch = arena_new("answer");
	Dataset one = *network->test;
	one.items += index;
	one.count = 1;
	predict_all(
	        scratch, network->shards, &one, network->checkpoint.config.classes, NULL);
	arena_free(scratch);
}

static void time_network(Costs *costs, Network *network)
{
	const Checkpoint *checkpoint = &network->checkpoint;
	int counted =
	        network->test->count < EFFORT_TEXTS ? network->test->count : EFFORT_TEXTS;
	effort_keep(costs,
	        effort_of_network(
	                &checkpoint->params, &checkpoint->config, network->test),
	        counted);
	Arena *scratch = arena_new("latency");
	Pool *alone = pool_new(1);
	Network one = *network;
	one.shards = model_shards(scratch, alone, &network->checkpoint.params,
	        &network->checkpoint.config, SHARD_SIZE);
	testing_time(costs, answer_one, &one, network->test->count);
	shards_free(one.shards);
	pool_free(alone);
	arena_free(scratch);
}

/* FOLDER/text-only-1.safetensors, text-only-50-1.safetensors of fifty training utterances,
 * text-only-1.fold3.safetensors of a fold */
static bool save(Cell *cell, Arena *arena, const Trial *trial, const Network *network,
        Error *error)
{
	if (!trial->folder)
		return true;
	char *name = arena_string(arena, trial->strategy->name);
	for (char *c = name; *c; c++)
		if (*c == ' ' || *c == '/')
			*c = '-';
	const char *share = trial->share ? arena_format(arena, "%d-", trial->share) : "";
	const char *fold = trial->fold ? arena_format(arena, ".fold%s", trial->fold) : "";
	cell->model = arena_format(arena, "%s/%s-%s%llu%s.safetensors", trial->folder,
	        name, share, (unsigned long long)trial->seed, fold);
	return checkpoint_save(&network->checkpoint, cell->model, error);
}

/* The shards that answer are made for the weights as they are. */
static void ready(Network *network, Pool *pool)
{
	if (network->shards)
		shards_free(network->shards);
	network->shards = model_shards(network->arena, pool, &network->checkpoint.params,
	        &network->checkpoint.config, pool_threads(pool) * SHARD_SIZE);
}

/* Once more, on the validation split too, if it is asked for. */
static CellResult refit(Cell *cell, const Trial *trial, Network *network,
        TrainResult chosen, Pool *pool, const Progress *progress, Error *error)
{
	if (!refit_wanted(&network->settings, trial->prepared))
		return CELL_DONE;
	ModelConfig config = network->checkpoint.config;
	double cpu = testing_cpu(pool);
	CellResult end = trained(cell,
	        experiment_refit(&network->checkpoint, trial->prepared, &config,
	                &network->settings, chosen, pool, progress),
	        error);
	cell->costs.cpu_seconds += testing_cpu(pool) - cpu;
	if (end == CELL_DONE)
		ready(network, pool);
	return end;
}

/* Of the weights, and of the files that its encoders begin with. */
static uint64_t size_of(const Checkpoint *checkpoint)
{
	uint64_t size = params_bytes(&checkpoint->params);
	for (int m = 0; m < MODALITIES; m++) {
		const Pretrained *begins = checkpoint->config.encoder[m].pretrained;
		if (begins && checkpoint->config.reads.has[m])
			size += begins->size;
	}
	return size;
}

static CellResult run_network(Cell *cell, Arena *arena, const Trial *trial, Pool *pool,
        const Progress *progress, Error *error)
{
	Arena *model = arena_new("model");
	Network network;
	TrainResult chosen;
	network_begin(&network, model, trial);
	cell->costs.parameters = params_size(&network.checkpoint.params);
	cell->costs.disk = size_of(&network.checkpoint);
	double cpu = testing_cpu(pool);
	CellResult result = train_network(
	        cell, arena, trial, &network, &chosen, pool, progress, error);
	cell->costs.cpu_seconds = testing_cpu(pool) - cpu;
	if (result == CELL_DONE) {
		ready(&network, pool);
		result = testing_calibrate(cell, trial, answer_network, &network, error);
	}
	if (result == CELL_DONE)
		result = refit(cell, trial, &network, chosen, pool, progress, error);
	if (result == CELL_DONE)
		result = testing_run(cell, arena, trial, answer_network, &network, error);
	if (network.shards)
		shards_free(network.shards);
	if (result == CELL_DONE) {
		time_network(&cell->costs, &network);
		if (!save(cell, arena, trial, &network, error))
			result = CELL_FAILED;
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
	[STRATEGY_NETWORK] = { run_network, hash_network },
	[STRATEGY_PROMPT] = { cell_prompt, cell_language_hash },
	[STRATEGY_PROBE] = { cell_probe, cell_language_hash },
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
