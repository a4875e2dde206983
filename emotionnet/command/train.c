#include "emotionnet/command/commands.h"
#include "emotionnet/experiment/experiment.h"
#include "emotionnet/experiment/resume.h"

#include <string.h>

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
		        "Note: %s has no validation split: training runs all its epochs and keeps the last.\n",
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

typedef struct Job {
	const char *corpus, *out;
	const char *freeze; /* NULL: nothing */
	bool resume;
	double save_every;
	const Option *asked; /* those of the options that decide what comes of the run */
	int asked_count;
	Settings settings;
	ModelConfig config;
	Frontend frontend;
} Job;

static void print_begin(const Trainer *trainer, const Job *job)
{
	if (job->settings.quiet)
		return;
	fprintf(stderr, "Note: %s goes on after epoch %d", job->out, trainer->at.epoch);
	if (trainer->at.step)
		fprintf(stderr, " and %d of %d steps", trainer->at.step, trainer->steps);
	fprintf(stderr, ".\n");
}

/* Trains from first weights, and saves the best. */
static bool train_at_once(const Job *job, Checkpoint *checkpoint,
        const Prepared *prepared, Pool *pool, const Progress *progress,
        TrainResult *result, Error *error)
{
	TrainOptions options = settings_training(&job->settings);
	*result = train(&checkpoint->params, &checkpoint->config,
	        &prepared->data[SPLIT_TRAIN], &prepared->data[SPLIT_VALIDATION], &options,
	        pool, progress);
	return checkpoint_save(checkpoint, job->out, error);
}

/* All that decides what comes of the run. A plan that is laid out over all epochs is
 * another one for another number of them. */
static const char *asked_text(Arena *arena, const Job *job)
{
	const char *text = options_text(arena, job->asked, job->asked_count);
	const TrainOptions *train = &job->settings.train;
	if (plan_find(train->schedule.name)->whole)
		text = arena_format(arena, "%s--epochs %d\n", text, train->epochs);
	return text;
}

/* Trains from where the file stands, if there is one, and saves as it goes. */
static bool train_resumed(const Job *job, Checkpoint *checkpoint,
        const Prepared *prepared, Pool *pool, const Progress *progress,
        TrainResult *result, Error *error)
{
	TrainOptions options = settings_training(&job->settings);
	Trainer *trainer = trainer_new(&checkpoint->params, &checkpoint->config,
	        &prepared->data[SPLIT_TRAIN], &prepared->data[SPLIT_VALIDATION], &options,
	        pool);
	Arena *arena = checkpoint->params.arena;
	Resume resume = resume_new(arena, job->out, asked_text(arena, job),
	        job->save_every, trainer, checkpoint);
	bool exists = resume_exists(&resume);
	bool loaded = !exists || resume_load(&resume, error);
	if (exists && loaded)
		print_begin(trainer, job);
	bool done = loaded && resume_train(&resume, progress, error);
	*result = trainer_finish(trainer);
	return done;
}

static bool run_job(const Job *job, Arena *arena, Pool *pool, Error *error)
{
	Corpus corpus;
	Prepared prepared;
	const Settings *settings = &job->settings;
	if (!corpus_read(
	            &corpus, arena, job->corpus, settings->skip_bad, stderr, error) ||
	        !check_splits(&corpus, error) ||
	        !prepared_make(
	                &prepared, arena, &corpus, &job->frontend, settings, pool, error))
		return false;
	provenance_print(stderr, &prepared.provenance);
	Progress progress = progress_new(settings->quiet);
	progress.task = settings->fusion;
	Checkpoint checkpoint;
	experiment_begin(&checkpoint, arena, &prepared, &job->config, settings);
	TrainResult result;
	bool done = (!job->freeze ||
	                    experiment_freeze(&checkpoint.params, job->freeze, error)) &&
	            (job->resume ? train_resumed : train_at_once)(
	                    job, &checkpoint, &prepared, pool, &progress, &result, error);
	if (done && !settings->quiet)
		print_result(&checkpoint, result, job->out);
	prepared_free(&prepared);
	return done;
}

enum { MOST_OPTIONS = SETTINGS_OPTIONS + RUN_OPTIONS + 7 };

static int list_options(Job *job, Option options[MOST_OPTIONS])
{
	Settings *settings = &job->settings;
	const Option files[] = {
		{ "out", OPTION_TEXT, &job->out, "MODEL",
		        "where the model is saved (safetensors)", 0, 0 },
		{ "resume", OPTION_FLAG, &job->resume, NULL,
		        "go on from where MODEL stands, to --epochs in all, and keep there what that needs",
		        0, 0 },
		{ "save-every", OPTION_NUMBER, &job->save_every, "S",
		        "with --resume: save within an epoch too, every S seconds", 0,
		        1e9 },
	};
	const Option choices[] = {
		{ "modalities", OPTION_TEXT, &settings->modalities, "LIST",
		        "text, speech, face or several of them", 0, 0 },
		{ "fusion", OPTION_TEXT, &settings->fusion, "NAME",
		        "a strategy of emotionnet/fusion.c", 0, 0 },
		{ "seed", OPTION_SEED, &settings->train.seed, "N",
		        "another seed, another model", 0, 0 },
		{ "freeze", OPTION_TEXT, &job->freeze, "LIST",
		        "parameters that stay as they begin: names with *, or text.", 0,
		        0 },
	};
	enum { FILES = sizeof files / sizeof files[0] };
	enum { CHOICES = sizeof choices / sizeof choices[0] };
	memcpy(options, files, sizeof files);
	memcpy(options + FILES, choices, sizeof choices);
	job->asked = options + FILES;
	job->asked_count =
	        CHOICES + settings_options(settings, options + FILES + CHOICES);
	int count = FILES + job->asked_count;
	return count + run_options(settings, options + count);
}

static int run(int argc, char **argv)
{
	Job job = { .settings = settings_defaults(), .save_every = 10 };
	Option options[MOST_OPTIONS];
	int count = list_options(&job, options), operands;
	bool help;
	Error error;
	if (!options_parse(
	            &command_train, options, count, argc, argv, &operands, &help, &error))
		return usage_error(&command_train, error.text);
	if (help) {
		settings_help();
		return STATUS_OK;
	}
	if (operands != 1)
		return usage_error(&command_train, "expected one corpus");
	if (!job.out)
		return usage_error(&command_train, "--out says where the model is saved");
	if (!settings_resolve(&job.settings, &job.config, &job.frontend, &error))
		return usage_error(&command_train, error.text);

	Arena *arena = arena_new("model");
	Pool *pool = pool_new(job.settings.train.threads);
	job.corpus = argv[0];
	bool done = run_job(&job, arena, pool, &error);
	pool_free(pool);
	arena_free(arena);
	return done ? STATUS_OK : world_error(&command_train, &error);
}
