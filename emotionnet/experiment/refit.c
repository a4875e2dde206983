/* refit.c: both splits as one, and the first weights anew. */
#include "emotionnet/experiment/refit.h"

#include "optim/weights.h"

bool refit_wanted(const Settings *settings, const Prepared *prepared)
{
	return settings->refit && prepared->data[SPLIT_VALIDATION].count;
}

/* The training split's examples first: a varied copy names its original by its index. */
static Dataset both_splits(Arena *arena, const Prepared *prepared)
{
	const Dataset *training = &prepared->data[SPLIT_TRAIN];
	const Dataset *validation = &prepared->data[SPLIT_VALIDATION];
	Dataset both = *training;
	both.items = ARENA_ARRAY(
	        arena, Example, (size_t)training->count + (size_t)validation->count);
	for (int i = 0; i < training->count; i++)
		both.items[i] = training->items[i];
	for (int i = 0; i < validation->count; i++)
		both.items[both.count++] = validation->items[i];
	return both;
}

static void begin_again(Checkpoint *checkpoint, Arena *scratch, const Prepared *prepared,
        const ModelConfig *choices, const Settings *settings)
{
	Checkpoint first;
	experiment_begin(&first, scratch, prepared, choices, settings);
	weights_copy(&checkpoint->params, &first.params);
}

TrainResult experiment_refit(Checkpoint *checkpoint, const Prepared *prepared,
        const ModelConfig *choices, const Settings *settings, TrainResult chosen,
        Pool *pool, const Progress *progress)
{
	Arena *scratch = arena_new("both splits");
	TrainOptions options = settings->train;
	options.last = chosen.best;
	Dataset both = both_splits(scratch, prepared), none = { .count = 0 };
	Progress once_more = *progress;
	once_more.task = "on both splits";
	begin_again(checkpoint, scratch, prepared, choices, settings);
	TrainResult again = train(&checkpoint->params, &checkpoint->config, &both, &none,
	        &options, pool, &once_more);
	chosen.seconds += again.seconds;
	chosen.loss = again.loss;
	chosen.again = again.epochs;
	chosen.diverged = again.diverged;
	chosen.why = again.why;
	checkpoint->speakers = prepared->both_speakers;
	arena_free(scratch);
	return chosen;
}

TrainResult experiment_fit(Checkpoint *checkpoint, const Prepared *prepared,
        const ModelConfig *choices, const Settings *settings, Pool *pool,
        const Progress *progress)
{
	TrainResult result = train(&checkpoint->params, &checkpoint->config,
	        &prepared->data[SPLIT_TRAIN], &prepared->data[SPLIT_VALIDATION],
	        &settings->train, pool, progress);
	if (result.diverged || !refit_wanted(settings, prepared))
		return result;
	return experiment_refit(
	        checkpoint, prepared, choices, settings, result, pool, progress);
}
