/* evaluate.c: the command evaluate: a model, or the mean of several, on one split of a
 * corpus. */
#include "emotionnet/command/commands.h"
#include "emotionnet/experiment/modalities.h"
#include "emotionnet/command/predictions.h"
#include "emotionnet/command/reference.h"
#include "emotionnet/command/result.h"
#include "emotionnet/corpus/provenance.h"
#include "emotionnet/features/cache.h"
#include "emotionnet/live/meanwhile.h"
#include "emotionnet/train/evaluate.h"
#include "tensor/file/file.h"
#include "tensor/file/folder.h"
#include "tensor/largest.h"
#include "tensor/reduce.h"

#include <limits.h>
#include <string.h>

typedef struct Evaluation {
	const char *const *models;
	int model_count;
	const char *corpus, *modalities, *by, *cache, *predictions;
	OptionWords reference;
	const char *svg;
	bool json, skip_bad, allow_leak, live;
	bool coverage;  /* --abstain was given */
	double abstain; /* 0: always answer */
	int split, threads, channel;
} Evaluation;

/* A model is measured with the modalities it was trained on, unless it can do without
 * some. */
static bool choose_modalities(const Evaluation *e, const Checkpoint *checkpoint,
        const char *model, ModalitySet *mask, Error *error)
{
	ModalitySet reads = checkpoint->config.reads, wanted = reads;
	Arena *arena = checkpoint->params.arena;
	if (e->modalities && !modalities_parse(e->modalities, &wanted, error))
		return false;
	if (modalities_count(modalities_without(wanted, reads)))
		return error_set(error, "%s reads %s only: it cannot be measured with %s",
		        model, modalities_text(arena, reads, " and "), e->modalities);
	*mask = modalities_without(reads, wanted);
	if (modalities_count(*mask) && !checkpoint_copes(checkpoint))
		return error_set(error,
		        "%s was trained with %s together and cannot do without one. Hint: train with --modality-dropout 0.2, or with --fusion late.",
		        model, modalities_text(arena, reads, " and "));
	return true;
}

/* The models as one: what any of them reads, but for what is masked, and whom any of them
 * knows. */
static Checkpoint all_of(
        const Ensemble *ensemble, const ModalitySet masks[], Arena *arena)
{
	Checkpoint all = ensemble->models[0];
	all.config.reads = modalities_without(all.config.reads, masks[0]);
	for (int m = 1; m < ensemble->count; m++) {
		const Checkpoint *model = &ensemble->models[m];
		all.speakers =
		        arena_format(arena, "%s\n%s", all.speakers, model->speakers);
		all.paired |= model->paired;
		for (int k = 0; k < MODALITIES; k++)
			all.config.reads.has[k] |=
			        model->config.reads.has[k] && !masks[m].has[k];
	}
	return all;
}

static bool check_leak(const Evaluation *e, const Checkpoint *all, const Corpus *corpus,
        Split split, int *leaking, Error *error)
{
	const char *first;
	const ModalitySet *reads = &all->config.reads;
	*leaking = checkpoint_leak(all, corpus, split, &first);
	if (!*leaking || !(reads->has[MODALITY_SPEECH] || reads->has[MODALITY_FACE]) ||
	        e->allow_leak)
		return true;
	return error_set(error,
	        "%s: speaker \"%s\" of the %s split is one %s trained on (%d such speakers). Hint: other speakers, or --allow-speaker-leak, which the result then says.",
	        corpus->source, first, split_name(split),
	        e->model_count > 1 ? "of those that the models were" : "the model was",
	        *leaking);
}

/* The reference clips are one speaker's, so the split must be his alone. */
static bool check_reference(
        const Evaluation *e, const Corpus *corpus, Split split, Error *error)
{
	const char *one = NULL;
	for (int i = 0; i < corpus->count && e->reference.count; i++) {
		const Utterance *u = &corpus->utterances[i];
		if (u->split != split)
			continue;
		if (one && strcmp(one, u->speaker))
			return error_set(error,
			        "--reference: expected a split of one speaker, found \"%s\" and \"%s\". Hint: without --reference each speaker is normalised by his own clips of the split.",
			        one, u->speaker);
		one = u->speaker;
	}
	return true;
}

/* All that can fail before the work: false if something is wrong. */
static bool prepare(const Evaluation *e, Arena *arena, Ensemble *ensemble, Corpus *corpus,
        ModalitySet masks[], Error *error)
{
	if (!ensemble_load(ensemble, arena, e->models, e->model_count, error))
		return false;
	for (int m = 0; m < e->model_count; m++)
		if (!choose_modalities(
		            e, &ensemble->models[m], e->models[m], &masks[m], error))
			return false;
	if ((e->cache && !cache_make(arena, e->cache, error)) ||
	        !file_can_write(arena, e->predictions, error) ||
	        !file_can_write(arena, e->svg, error) ||
	        !corpus_read(corpus, arena, e->corpus, e->skip_bad, stderr, error))
		return false;
	corpus->channel = e->channel;
	Split split = (Split)e->split;
	if (!corpus_count(corpus, split))
		return error_set(
		        error, "%s: the %s split is empty", e->corpus, split_name(split));
	return check_reference(e, corpus, split, error) &&
	       reference_give(
	               ensemble, &e->reference, arena, e->channel, e->skip_bad, error);
}

/* Which answers would be left out, and how right the others are. */
static Coverage find_coverage(const Verdict *verdict, double abstain, Arena *arena)
{
	int count = 0, classes = verdict->probabilities.shape[1];
	Sure *sure = ARENA_ARRAY(arena, Sure, (size_t)verdict->data.count);
	for (int i = 0; i < verdict->data.count; i++) {
		Tensor p = tensor_row(verdict->probabilities, i);
		int label = verdict->data.items[i].label, best = tensor_argmax(p);
		if (label >= 0 && classes)
			sure[count++] = (Sure){ (double)p.data[best], best == label };
	}
	return coverage_of(sure, count, abstain);
}

/* The split heard as it comes. */
static bool evaluate_live(const Evaluation *e, Arena *arena, const Ensemble *ensemble,
        const Corpus *corpus, Error *error)
{
	Meanwhile meanwhile;
	if (!meanwhile_measure(
	            &meanwhile, arena, ensemble, corpus, (Split)e->split, error) ||
	        (e->svg && !meanwhile_save_svg(&meanwhile, e->svg, error)))
		return false;
	(e->json ? meanwhile_print_json : meanwhile_print)(stdout, &meanwhile);
	return true;
}

static bool evaluate(const Evaluation *e, Arena *arena, Pool *pool, Error *error)
{
	Split split = (Split)e->split;
	Ensemble ensemble;
	Corpus corpus;
	Verdict verdict;
	Result result = { .split = split, .models = e->model_count };
	ModalitySet *masks = ARENA_ARRAY(arena, ModalitySet, (size_t)e->model_count);
	if (!prepare(e, arena, &ensemble, &corpus, masks, error))
		return false;
	Checkpoint all = all_of(&ensemble, masks, arena);
	FrontendRun run = { .pool = pool,
		.cache = e->cache,
		.skip_bad = e->skip_bad,
		.warnings = stderr };
	if (!check_leak(e, &all, &corpus, split, &result.leaking, error))
		return false;
	if (e->live)
		return evaluate_live(e, arena, &ensemble, &corpus, error);
	if (!ensemble_evaluate(
	            &verdict, arena, &ensemble, &corpus, split, masks, &run, error))
		return false;
	remarks_print_counts(stderr, &verdict.remarks);
	/* by the column that is asked for; by kind, where the corpus has kinds */
	result.by.column = e->by;
	if (!e->by && corpus_extra(&corpus, &corpus.utterances[0], "kind"))
		result.by.column = "kind";
	result.by.read = all.config.reads;
	if (result.by.column && !breakdown_make(&result.by, arena, &corpus, &verdict.data,
	                                verdict.probabilities, error))
		return false;
	result.labels = &all.frontend.labels;
	result.confusion = confusion_of(arena, verdict.probabilities, &verdict.data);
	result.metrics = metrics_from(&result.confusion);
	result.skipped = verdict.skipped + corpus.skipped;
	result.paired = all.paired || corpus_paired(&corpus);
	result.enrolled = verdict.enrolled;
	result.abstain = e->coverage;
	if (result.abstain)
		result.coverage = find_coverage(&verdict, e->abstain, arena);
	if (e->predictions && !predictions_write(e->predictions, arena, &corpus,
	                              result.labels, &verdict, e->abstain, error))
		return false;
	(e->json ? result_print_json : result_print)(stdout, &result);
	return true;
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
	option_flag(options, &e.live, "live",
	        "hear each utterance as it comes: accuracy by the seconds heard, and how often the answer changes");
	option_text(options, &e.svg, "svg FILE", "with --live: draw that there too");
	option_text(options, &e.predictions, "predictions FILE",
	        "also write a CSV of every answer and its probabilities");
	option_number(options, &e.abstain, "abstain P", 0, 1,
	        "say \"" NOT_SURE
	        "\" where no probability is P or more, and tell how much is answered and how much of it right, by other P too");
	reference_option(options, &e.reference);
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
	if (!options_read(options, 2, INT_MAX, "expected a model and a corpus", error) ||
	        !options_out(options, "predictions", e.predictions, error) ||
	        !options_out(options, "svg", e.svg, error))
		return options_status(options);
	if (e.svg && !e.live)
		return options_wrong(error, "--svg: expected --live too");
	e.coverage = option_given(options, "abstain");
	if (e.live && (e.predictions || e.by || e.modalities || e.coverage))
		return options_wrong(error,
		        "--live: expected no --predictions, --by, --modalities or --abstain beside it");
	/* the corpus stands last, or first, as other commands have it */
	char **operands = options->operands;
	e.model_count = options->operand_count - 1;
	bool first = path_ends_in(operands[0], ".csv");
	e.corpus = operands[first ? 0 : e.model_count];
	e.models = (const char *const *)(first ? operands + 1 : operands);

	Pool *pool = options_pool(e.threads);
	bool done = evaluate(&e, options->arena, pool, error);
	pool_free(pool);
	return done ? STATUS_OK : STATUS_FAILED;
}

const Command command_evaluate = {
	.name = "evaluate",
	.usage = "MODEL... CORPUS.csv [options]",
	.summary =
	        "measure a model on one split of a corpus; of several models, the mean of what they say",
	.run = run,
};
