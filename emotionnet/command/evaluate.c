/* evaluate.c: the command evaluate: a model on one split of a corpus. */
#include "emotionnet/command/commands.h"
#include "emotionnet/experiment/experiment.h"
#include "emotionnet/features/cache.h"
#include "emotionnet/command/result.h"

#include <string.h>

typedef struct Evaluation {
	const char *model, *corpus, *modalities, *by, *cache;
	bool json, skip_bad, allow_leak;
	int split, threads, channel;
} Evaluation;

/* A model is measured with the modalities it was trained on, unless it can do without
 * some. */
static bool choose_modalities(
        const Evaluation *e, Checkpoint *checkpoint, ModalitySet *mask, Error *error)
{
	ModalitySet reads = checkpoint->config.reads, wanted = reads;
	Arena *arena = checkpoint->params.arena;
	if (e->modalities && !modalities_parse(e->modalities, &wanted, error))
		return false;
	if (modalities_count(modalities_without(wanted, reads)))
		return error_set(error, "%s reads %s only: it cannot be measured with %s",
		        e->model, modalities_text(arena, reads, " and "), e->modalities);
	*mask = modalities_without(reads, wanted);
	if (modalities_count(*mask) && !checkpoint_copes(checkpoint))
		return error_set(error,
		        "%s was trained with %s together and cannot do without one. Hint: train with --modality-dropout 0.2, or with --fusion late.",
		        e->model, modalities_text(arena, reads, " and "));
	return true;
}

static bool check_leak(const Evaluation *e, const Checkpoint *checkpoint,
        const Corpus *corpus, Split split, int *leaking, Error *error)
{
	const char *first;
	const ModalitySet *reads = &checkpoint->config.reads;
	*leaking = checkpoint_leak(checkpoint, corpus, split, &first);
	if (!*leaking || !(reads->has[MODALITY_SPEECH] || reads->has[MODALITY_FACE]) ||
	        e->allow_leak)
		return true;
	return error_set(error,
	        "%s: speaker \"%s\" of the %s split is one the model was trained on (%d such speakers). Hint: other speakers, or --allow-speaker-leak, which the result then says.",
	        corpus->source, first, split_name(split), *leaking);
}

static bool evaluate(const Evaluation *e, Arena *arena, Pool *pool, Error *error)
{
	Split split = (Split)e->split;
	Checkpoint checkpoint;
	Corpus corpus;
	ModalitySet mask;
	Result result = { .split = split };
	if (!checkpoint_load(&checkpoint, arena, e->model, error) ||
	        !choose_modalities(e, &checkpoint, &mask, error) ||
	        (e->cache && !cache_make(arena, e->cache, error)) ||
	        !corpus_read(&corpus, arena, e->corpus, e->skip_bad, stderr, error))
		return false;
	corpus.channel = e->channel;
	if (!corpus_count(&corpus, split))
		return error_set(
		        error, "%s: the %s split is empty", e->corpus, split_name(split));
	if (!check_leak(e, &checkpoint, &corpus, split, &result.leaking, error))
		return false;
	FrontendRun run = { .pool = pool,
		.cache = e->cache,
		.skip_bad = e->skip_bad,
		.warnings = stderr };
	Dataset data;
	if (!frontend_apply(&checkpoint.frontend, &data, &corpus, split, &run, error))
		return false;
	remarks_print_counts(stderr, &run.remarks);
	Tensor probabilities = experiment_predict(arena, &checkpoint, &data, &mask, pool);
	if (!answers_check(
	            probabilities.data, tensor_count(probabilities), e->model, error)) {
		dataset_free(&data);
		return false;
	}
	/* by the column that is asked for; by kind, where the corpus has kinds */
	result.by.column = e->by;
	if (!e->by && corpus_extra(&corpus, &corpus.utterances[0], "kind"))
		result.by.column = "kind";
	result.by.read = modalities_without(checkpoint.config.reads, mask);
	bool done = !result.by.column || breakdown_make(&result.by, arena, &corpus, &data,
	                                         probabilities, error);
	result.labels = &checkpoint.frontend.labels;
	result.confusion = confusion_of(arena, probabilities, &data);
	result.metrics = metrics_from(&result.confusion);
	result.skipped = run.skipped + corpus.skipped;
	result.paired = checkpoint.paired || corpus_paired(&corpus);
	if (done)
		(e->json ? result_print_json : result_print)(stdout, &result);
	dataset_free(&data);
	return done;
}

static Status run(Options *options, Error *error)
{
	Evaluation e = { .split = SPLIT_TEST };
	option_choice(options, &e.split, "split NAME", split_names,
	        "train, validation or test");
	option_text(options, &e.modalities, "modalities LIST",
	        "only these, where the model can do without the others");
	option_text(options, &e.by, "by COLUMN",
	        "accuracy for each speaker, label or value of another column; kind, where there is one");
	option_flag(options, &e.json, "json", "one JSON object on standard output");
	option_text(
	        options, &e.cache, "cache DIR", "where mel frames are kept between runs");
	option_int(options, &e.channel, "channel N", 0, 65535,
	        "this channel of every clip, from 1; 0: the mean of all");
	option_flag(options, &e.skip_bad, "skip-bad",
	        "leave out rows and clips that cannot be read, and count them");
	option_flag(options, &e.allow_leak, "allow-speaker-leak",
	        "measure although the model knows some of the speakers");
	option_int(options, &e.threads, "threads N", 0, 1024,
	        "0: all cores; the result is the same");
	if (!options_read(options, 2, 2, "expected a model and a corpus", error))
		return options_status(options);
	e.model = options->operands[0];
	e.corpus = options->operands[1];

	Pool *pool = options_pool(e.threads);
	bool done = evaluate(&e, options->arena, pool, error);
	pool_free(pool);
	return done ? STATUS_OK : STATUS_FAILED;
}

const Command command_evaluate = {
	.name = "evaluate",
	.usage = "MODEL CORPUS.csv [options]",
	.summary = "measure a model on one split of a corpus",
	.run = run,
};
