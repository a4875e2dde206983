/* train.c: the command train: one model, trained at once or resumed, and saved. */
#include "emotionnet/command/commands.h"
#include "emotionnet/card/card.h"
#include "emotionnet/command/training.h"
#include "emotionnet/experiment/refit.h"
#include "emotionnet/experiment/resume.h"
#include "optim/weights.h"
#include "tensor/plot/escape.h"

#include <string.h>
#include <time.h>

/* Everything that must be there before hours are spent on training. */
static bool check_splits(const Corpus *corpus, Error *error)
{
	if (!corpus_count(corpus, SPLIT_TRAIN))
		return error_set(error,
		        "%s: the train split is empty: nothing to learn from",
		        corpus->source);
	if (!corpus_count(corpus, SPLIT_VALIDATION))
		terminal_print(stderr,
		        "Note: %s has no validation split: training runs all its epochs and keeps the last.\n",
		        corpus->source);
	return true;
}

void training_print(const Checkpoint *checkpoint, TrainResult result, const char *out)
{
	terminal_print(
	        stdout, "%s: %zu parameters, ", out, params_size(&checkpoint->params));
	if (result.score > 0)
		printf("epoch %d of %d kept (validation %.3f), ", result.best,
		        result.epochs, result.score);
	else
		printf("%d epochs, ", result.epochs);
	if (result.again)
		printf("then %d on both splits, ", result.again);
	printf("training loss %.4f, %.1f s\n", result.loss, result.seconds);
}

bool training_can_write(
        const Training *training, Arena *arena, const char *out, Error *error)
{
	const char *card = training->no_card ? NULL : card_path(arena, out);
	return file_can_write(arena, out, error) && file_can_write(arena, card, error);
}

bool training_card(const Training *training, const Checkpoint *checkpoint,
        const Corpus *corpus, const Dataset data[SPLIT_COUNT], TrainResult result,
        const char *out, Pool *pool, Error *error)
{
	char day[sizeof "2026-05-04"];
	time_t now = time(NULL);
	struct tm here;
	if (training->no_card)
		return true;
	if (!localtime_r(&now, &here) || !strftime(day, sizeof day, "%Y-%m-%d", &here))
		strcpy(day, "?");
	CardRun run = { .model = out,
		.checkpoint = checkpoint,
		.corpus = corpus,
		.data = data,
		.settings = options_text(
		        training->options, training->asked_begin, training->length_end),
		.day = day,
		.result = result };
	return card_write(&run, pool, error);
}

static void print_begin(const Trainer *trainer, const Training *job)
{
	if (job->settings.quiet)
		return;
	terminal_print(
	        stderr, "Note: %s goes on after epoch %d", job->out, trainer->at.epoch);
	if (trainer->at.step)
		fprintf(stderr, " and %d of %d steps", trainer->at.step, trainer->steps);
	fprintf(stderr, ".\n");
}

/* Trains from first weights, and saves the best. */
static bool train_at_once(const Training *job, Checkpoint *checkpoint,
        const Prepared *prepared, Pool *pool, const Progress *progress,
        TrainResult *result, Error *error)
{
	*result = experiment_fit(
	        checkpoint, prepared, &job->config, &job->settings, pool, progress);
	if (result->diverged)
		return error_set(error, "%s", result->why.text);
	return checkpoint_save(checkpoint, job->out, error);
}

/* All that decides what comes of the run. A plan that is laid out over all epochs is
 * another one for another number of them. */
static const char *asked_text(Arena *arena, const Training *job)
{
	const char *text = options_text(job->options, job->asked_begin, job->asked_end);
	const TrainOptions *train = &job->settings.train;
	if (plan_find(train->schedule.name)->whole)
		text = arena_format(arena, "%s--epochs %d\n", text, train->epochs);
	return text;
}

/* The last training, if it is wanted, and its weights as the model's; where the one
 * before stood stays in the file, so that it can go on to more epochs. */
static bool refit_resumed(const Resume *resume, Checkpoint *checkpoint,
        const Prepared *prepared, const Training *job, Pool *pool,
        const Progress *progress, Error *error)
{
	Trainer *trainer = resume->trainer;
	if (trainer->diverged || !refit_wanted(&job->settings, prepared))
		return true;
	if (trainer->lesson.end)
		trainer->lesson.end(trainer);
	Params stood = weights_clone(trainer->arena, trainer->params);
	TrainResult again =
	        experiment_refit(checkpoint, prepared, &job->config, &job->settings,
	                (TrainResult){ .best = trainer->at.best }, pool, progress);
	if (again.diverged)
		return error_set(error, "%s", again.why.text);
	weights_copy(&trainer->kept, trainer->params);
	weights_copy(trainer->params, &stood);
	return resume_save(resume, error);
}

/* Trains from where the file stands, if there is one, and saves as it goes. */
static bool train_resumed(const Training *job, Checkpoint *checkpoint,
        const Prepared *prepared, Pool *pool, const Progress *progress,
        TrainResult *result, Error *error)
{
	Trainer *trainer = trainer_new(&checkpoint->params, &checkpoint->config,
	        &prepared->data[SPLIT_TRAIN], &prepared->data[SPLIT_VALIDATION],
	        &job->settings.train, pool);
	Arena *arena = checkpoint->params.arena;
	Resume resume = resume_new(arena, job->out, asked_text(arena, job),
	        job->save_every, trainer, checkpoint);
	if (refit_wanted(
	            &job->settings, prepared)) /* a model in the file may know them */
		checkpoint->speakers = prepared->both_speakers;
	bool exists = resume_exists(&resume);
	bool loaded = !exists || resume_load(&resume, error);
	if (exists && loaded)
		print_begin(trainer, job);
	bool done =
	        loaded && resume_train(&resume, progress, error) &&
	        refit_resumed(&resume, checkpoint, prepared, job, pool, progress, error);
	*result = trainer_finish(trainer);
	if (refit_wanted(&job->settings, prepared))
		result->again = result->best;
	if (done && result->diverged)
		return error_set(error, "%s", result->why.text);
	return done;
}

static bool run_job(Training *job, Arena *arena, Pool *pool, Error *error)
{
	Corpus corpus;
	Prepared prepared;
	const Settings *settings = &job->settings;
	if (!training_can_write(job, arena, job->out, error) ||
	        !corpus_read(
	                &corpus, arena, job->corpus, settings->skip_bad, stderr, error))
		return false;
	corpus.channel = settings->channel;
	settings_face(settings, &corpus, &job->config, &job->frontend);
	if (!check_splits(&corpus, error) ||
	        !prepared_make(
	                &prepared, arena, &corpus, &job->frontend, settings, pool, error))
		return false;
	provenance_print(stderr, &prepared.provenance);
	Progress progress = progress_new(settings->quiet);
	progress.task = job->config.fusion->name;
	Checkpoint checkpoint;
	experiment_begin(&checkpoint, arena, &prepared, &job->config, settings);
	TrainResult result;
	bool done = checkpoint_check(&checkpoint, job->out, error) &&
	            (!job->freeze ||
	                    experiment_freeze(&checkpoint.params, job->freeze, error)) &&
	            (job->resume ? train_resumed : train_at_once)(
	                    job, &checkpoint, &prepared, pool, &progress, &result, error);
	if (done && !settings->quiet)
		training_print(&checkpoint, result, job->out);
	done = done && training_card(job, &checkpoint, &corpus, prepared.data, result,
	                       job->out, pool, error);
	prepared_free(&prepared);
	return done;
}

static void list_options(Options *options, Training *job)
{
	Settings *settings = &job->settings;
	option_text(options, &job->out, "out MODEL",
	        "where the model is saved (safetensors)");
	option_flag(
	        options, &job->no_card, "no-card", "write no MODEL.card.md beside it");
	option_flag(options, &job->resume, "resume",
	        "go on from where MODEL stands, to --epochs in all, and keep there what that needs");
	option_number(options, &job->save_every, "save-every S", 0, 1e9,
	        "with --resume: save within an epoch too, every S seconds");
	option_text(options, &job->folds, "folds HOW",
	        "a model for each fold, MODEL with the fold's name in it; those that are there, trained by the same, are kept: speaker, speaker:5, ravdess, or a column");
	job->asked_begin = options->count;
	option_text(options, &settings->modalities, "modalities LIST",
	        "text, speech, face or several of them");
	option_text(options, &settings->fusion, "fusion NAME",
	        "a strategy of emotionnet/fusion.c (default middle; of one modality with functionals beside: product)");
	option_seed(
	        options, &settings->train.seed, "seed N", "another seed, another model");
	option_text(options, &job->freeze, "freeze LIST",
	        "parameters that stay as they begin: names with *, or text.");
	settings_options(options, settings);
	job->asked_end = options->count;
	settings_epochs(options, settings);
	settings_patience(options, settings);
	job->length_end = options->count;
	settings_running(options, settings);
}

static Status run(Options *options, Error *error)
{
	Training job = {
		.options = options, .settings = settings_defaults(), .save_every = 10
	};
	list_options(options, &job);
	if (!options_read(options, 1, 1, "expected one corpus", error)) {
		if (options->helped)
			settings_help();
		return options_status(options);
	}
	if (job.settings.streaming) {
		settings_streaming(&job.settings);
		options_read(options, 1, 1, NULL, error);
	}
	if (!job.out)
		return options_wrong(error, "--out says where the model is saved");
	if (job.folds && job.resume)
		return options_wrong(error,
		        "--folds and --resume: expected one of them: with --folds, the same command goes on with the next fold");
	if (!settings_open(&job.settings, options->arena, error))
		return STATUS_FAILED;
	if (!options_out(options, "out", job.out, error) ||
	        !settings_resolve(&job.settings, &job.config, &job.frontend, error))
		return STATUS_USAGE;

	Pool *pool = options_pool(job.settings.train.threads);
	job.corpus = options->operands[0];
	bool done =
	        (job.folds ? train_folds : run_job)(&job, options->arena, pool, error);
	pool_free(pool);
	return done ? STATUS_OK : STATUS_FAILED;
}

const Command command_train = {
	.name = "train",
	.usage = "CORPUS.csv --out MODEL [options]",
	.summary = "train a model on a corpus and save it",
	.run = run,
};
