/* cell_network.c: a network is trained, answers, and is saved. */
#include "emotionnet/trials/cell_network.h"

#include "emotionnet/experiment/refit.h"
#include "emotionnet/pretrained.h"
#include "emotionnet/trials/effort.h"
#include "emotionnet/trials/testing.h"
#include "tensor/arena_peak.h"
#include "tensor/file/hash.h"

#include <string.h>

uint64_t cell_hash_params(const Params *params)
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

uint64_t cell_network_hash(const Trial *trial, Arena *arena, Pool *pool)
{
	Network network;
	network_begin(&network, arena, trial);
	Dataset none = trial->prepared->data[SPLIT_VALIDATION];
	none.count = 0; /* one step may be a whole epoch */
	Trainer *trainer = trainer_of(&network, trial, &none, pool);
	trainer_step(trainer);
	uint64_t hash = cell_hash_params(&network.checkpoint.params);
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
			cell->fingerprint = cell_hash_params(&network->checkpoint.params);
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
	effort_keep(costs,
	        effort_of_network(
	                &checkpoint->params, &checkpoint->config, network->test),
	        effort_counted(network->test->count));
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

CellResult cell_network(Cell *cell, Arena *arena, const Trial *trial, Pool *pool,
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
