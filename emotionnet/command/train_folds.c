/* train_folds.c: a model for each fold of a corpus. Together they are an ensemble, which
 * evaluate and predict can average; one by one, each was tested on speakers it never
 * heard. */
#include "emotionnet/command/training.h"

#include "emotionnet/comparison/comparison.h"
#include "emotionnet/experiment/finished.h"
#include "emotionnet/experiment/refit.h"
#include "emotionnet/experiment/resume.h"
#include "emotionnet/trials/folding.h"
#include "tensor/plot/escape.h"

#include <string.h>

typedef struct Run {
	const Training *asked;
	Arena *arena;
	Pool *pool;
	Folding *folding;
	const Folds *folds;
	Confusion all; /* each utterance answered by the model that does not know it */
	double *uar;   /* (folds->count) */
} Run;

/* "model.safetensors" -> "model.fold3.safetensors" */
static const char *model_of(const Run *run, int fold)
{
	const char *out = run->asked->out, *name = strrchr(out, '/');
	const char *end = strrchr(name ? name : out, '.');
	size_t stem = end ? (size_t)(end - out) : strlen(out);
	return arena_format(run->arena, "%.*s.fold%s%s", (int)stem, out,
	        folds_file_name(run->arena, run->folds, fold), out + stem);
}

/* Trains and saves the best. */
static bool train_one(const Run *run, Checkpoint *checkpoint, const Trial *trial,
        const char *mark, const char *out, Error *error)
{
	const Prepared *prepared = trial->prepared;
	const Training *asked = run->asked;
	const Settings *settings = &asked->settings;
	Progress progress = progress_new(settings->quiet);
	progress.task = out;
	if (!checkpoint_check(checkpoint, out, error) ||
	        (asked->freeze &&
	                !experiment_freeze(&checkpoint->params, asked->freeze, error)))
		return false;
	TrainResult result = experiment_fit(
	        checkpoint, prepared, &asked->config, settings, run->pool, &progress);
	if (result.diverged)
		return error_set(error, "%s: %s", out, result.why.text);
	if (!finished_save(checkpoint, mark, out, error))
		return false;
	if (!settings->quiet)
		training_print(checkpoint, result, out);
	return training_card(asked, checkpoint, trial->corpus, prepared->data, result,
	        out, run->pool, error);
}

/* The model of a fold: the one that is there, or a new one. */
static bool find_or_train(const Run *run, Checkpoint *checkpoint, Arena *arena,
        const Trial *trial, const char *out, Error *error)
{
	const Prepared *prepared = trial->prepared;
	const Training *asked = run->asked;
	experiment_begin(checkpoint, arena, prepared, &asked->config, &asked->settings);
	const char *data = resume_data(arena, &checkpoint->frontend,
	        &prepared->data[SPLIT_TRAIN], &prepared->data[SPLIT_VALIDATION]);
	const char *mark = finished_mark(arena,
	        options_text(asked->options, asked->asked_begin, asked->length_end),
	        data);
	if (!finished_is(out, mark))
		return train_one(run, checkpoint, trial, mark, out, error);
	if (!asked->settings.quiet)
		terminal_print(
		        stderr, "Note: %s is there already, trained by the same.\n", out);
	return checkpoint_load(checkpoint, arena, out, error);
}

static void tell_fold(Run *run, int fold, const Confusion *confusion)
{
	Metrics metrics = metrics_from(confusion);
	run->uar[fold] = metrics.uar;
	for (int i = 0; i < confusion->classes * confusion->classes; i++)
		run->all.counts[i] += confusion->counts[i];
	terminal_print(stdout, "fold %s: UAR %.3f, accuracy %.3f of %d utterances\n",
	        run->folds->names[fold], metrics.uar, metrics.accuracy, metrics.n);
	fflush(stdout);
}

static bool run_fold(Run *run, int fold, Error *error)
{
	Trial trial = { .prepared = NULL };
	Arena *arena = arena_new("the model of a fold");
	Checkpoint checkpoint;
	folding_expect(run->folding, fold);
	bool done = folding_enter(run->folding, fold, &trial, run->pool, error) &&
	            find_or_train(
	                    run, &checkpoint, arena, &trial, model_of(run, fold), error);
	if (done) {
		Confusion confusion = experiment_evaluate(arena, &checkpoint,
		        &trial.prepared->data[SPLIT_TEST], NULL, run->pool);
		if (!run->all.classes)
			run->all = confusion_new(run->arena, confusion.classes);
		tell_fold(run, fold, &confusion);
	}
	folding_leave(run->folding, fold);
	arena_free(arena);
	return done;
}

static void tell_all(const Run *run)
{
	const Training *asked = run->asked;
	Spread folds = spread_of(run->uar, run->folds->count);
	Metrics metrics = metrics_from(&run->all);
	printf("%d folds: UAR %.3f ± %.3f, of all %d utterances together %.3f, accuracy %.3f\n",
	        run->folds->count, folds.mean, folds.deviation, metrics.n, metrics.uar,
	        metrics.accuracy);
	if (frontend_by_speaker(&asked->frontend) ||
	        frontend_faces_by_speaker(&asked->frontend))
		printf("Note: %s\n", comparison_enrolment);
}

bool train_folds(Training *asked, Arena *arena, Pool *pool, Error *error)
{
	Corpus corpus;
	if (!corpus_read(&corpus, arena, asked->corpus, asked->settings.skip_bad, stderr,
	            error))
		return false;
	corpus.channel = asked->settings.channel;
	settings_face(&asked->settings, &corpus, &asked->config, &asked->frontend);
	FoldingSource source = { &corpus, asked->folds, &asked->frontend,
		&asked->settings, false };
	Run run = { .asked = asked, .arena = arena, .pool = pool };
	run.folding = folding_new(arena, &source, pool, error);
	if (!run.folding)
		return false;
	run.folds = folding_folds(run.folding);
	run.uar = ARENA_ARRAY(arena, double, (size_t)run.folds->count);
	bool done = true;
	for (int f = 0; f < run.folds->count && done; f++)
		done = training_can_write(asked, arena, model_of(&run, f), error);
	for (int f = 0; f < run.folds->count && done; f++)
		done = run_fold(&run, f, error);
	if (done)
		tell_all(&run);
	folding_free(run.folding);
	return done;
}
