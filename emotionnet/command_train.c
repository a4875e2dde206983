#include "emotionnet/commands.h"
#include "emotionnet/experiment.h"

static int run(int argc, char **argv);

const Command command_train = {
	.name = "train",
	.usage = "CORPUS.csv --out MODEL [options]",
	.summary = "train a model on a corpus and save it",
	.run = run,
};

/* Everything that must be there before hours are spent on training. */
static bool check_splits(const Corpus *corpus, Error *error)
{
	if (!corpus_count(corpus, SPLIT_TRAIN))
		return error_set(error,
		        "%s: the train split is empty: nothing to learn from",
		        corpus->source);
	if (!corpus_count(corpus, SPLIT_VALIDATION))
		fprintf(stderr,
		        "Note: %s has no validation split: training runs all its epochs "
		        "and "
		        "keeps the last.\n",
		        corpus->source);
	return true;
}

static void print_result(
        const Checkpoint *checkpoint, TrainResult result, const char *out)
{
	printf("%s: %zu parameters, ", out, params_size(&checkpoint->params));
	if (result.score > 0)
		printf("epoch %d of %d kept (validation %.3f), ", result.best,
		        result.epochs, result.score);
	else
		printf("%d epochs, ", result.epochs);
	printf("training loss %.4f, %.1f s\n", result.loss, result.seconds);
}

/* Trains and saves; the arena holds everything but the examples. */
static bool train_and_save(const char *path, const char *out, const Settings *settings,
        const ModelConfig *config, const Frontend *frontend, Arena *arena, Pool *pool,
        Error *error)
{
	Corpus corpus;
	Prepared prepared;
	if (!corpus_read(&corpus, arena, path, settings->skip_bad, stderr, error) ||
	        !check_splits(&corpus, error) ||
	        !prepare(&prepared, arena, &corpus, frontend, settings, pool, error))
		return false;
	provenance_print(stderr, &prepared.provenance);
	Progress progress = progress_new(settings->quiet);
	progress.task = settings->fusion;
	Checkpoint checkpoint;
	TrainResult result = experiment_train(
	        &checkpoint, arena, &prepared, config, settings, pool, &progress);
	bool saved = checkpoint_save(&checkpoint, out, error);
	if (saved && !settings->quiet)
		print_result(&checkpoint, result, out);
	prepared_free(&prepared);
	return saved;
}

static int run(int argc, char **argv)
{
	Settings settings = settings_defaults();
	const char *out = NULL;
	Option options[SETTINGS_OPTIONS + 4] = {
		{ "out", OPTION_TEXT, &out, "MODEL",
		        "where the model is saved (safetensors)", 0, 0 },
		{ "modalities", OPTION_TEXT, &settings.modalities, "LIST",
		        "text, speech or text,speech", 0, 0 },
		{ "fusion", OPTION_TEXT, &settings.fusion, "NAME",
		        "a strategy of emotionnet/fusion.c", 0, 0 },
		{ "seed", OPTION_SEED, &settings.train.seed, "N",
		        "another seed, another model", 0, 0 },
	};
	int count = 4 + settings_options(&settings, options + 4), operands;
	bool help;
	Error error;
	if (!options_parse(
	            &command_train, options, count, argc, argv, &operands, &help, &error))
		return usage_error(&command_train, error.text);
	if (help)
		return STATUS_OK;
	if (operands != 1)
		return usage_error(&command_train, "expected one corpus");
	if (!out)
		return usage_error(&command_train, "--out says where the model is saved");
	ModelConfig config;
	Frontend frontend;
	if (!settings_resolve(&settings, &config, &frontend, &error))
		return usage_error(&command_train, error.text);

	Arena *arena = arena_new("model");
	Pool *pool = pool_new(settings.train.threads);
	bool done = train_and_save(
	        argv[0], out, &settings, &config, &frontend, arena, pool, &error);
	pool_free(pool);
	arena_free(arena);
	return done ? STATUS_OK : world_error(&command_train, &error);
}
