/* experiment.c: reads a corpus, begins a model, trains it, and asks it. */
#include "emotionnet/experiment/experiment.h"

#include "emotionnet/corpus/heard.h"
#include "emotionnet/corpus/rows.h"
#include "emotionnet/features/cache.h"
#include "optim/freeze.h"
#include "text/list.h"
#include "tensor/elementary.h"
#include "tensor/plot/escape.h"

#include <stdlib.h>
#include <string.h>

/* ---- preparing --------------------------------------------------------------------- */

/* Where mel frames are kept: --cache, else $XDG_CACHE_HOME/emotionnet, else
 * ~/.cache/emotionnet. */
static const char *cache_folder(const Settings *settings, Arena *arena)
{
	const char *base = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	if (settings->no_cache)
		return NULL;
	if (settings->cache)
		return settings->cache;
	if (base && base[0])
		return arena_format(arena, "%s/emotionnet", base);
	return home && home[0] ? arena_format(arena, "%s/.cache/emotionnet", home) : NULL;
}

/* Reads --vectors, and says how many words have none, the most frequent of them by
 * name. */
static bool prepare_vectors(
        Prepared *prepared, Arena *arena, const Settings *settings, Error *error)
{
	enum { NAMED = 8 };
	const Vocabulary *vocabulary = &prepared->frontend.vocabulary;
	Vectors *vectors = &prepared->vectors;
	if (!settings->vectors || !prepared->frontend.reads.has[MODALITY_TEXT])
		return true;
	if (!vectors_read(vectors, arena, settings->vectors, vocabulary, error))
		return false;
	if (!vectors->count)
		return error_set(error,
		        "%s: none of the %d words of the corpus has a vector",
		        settings->vectors, vocabulary->words.count - 2);
	if (settings->quiet)
		return true;
	fprintf(stderr, "Note: %d words have vectors, %d have none", vectors->count,
	        vectors->missing_count);
	for (int i = 0; i < vectors->missing_count && i < NAMED; i++)
		terminal_print(stderr, "%s%s", i ? ", " : ": ",
		        vocabulary->words.names[vectors->missing[i]]);
	fprintf(stderr, "%s\n", vectors->missing_count > NAMED ? ", ..." : "");
	return true;
}

/* The share of unknown words: what the vocabulary of the training split does not have. */
static void tell_unknown(const Prepared *prepared)
{
	const Frontend *frontend = &prepared->frontend;
	const char *units = frontend->characters ? "characters" : "words";
	fprintf(stderr, "Note: %d different %s are known; unknown %s are",
	        frontend->vocabulary.words.count - 2,
	        frontend->ngrams.words ? "n-grams" : units, units);
	const char *before = "";
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT; split++) {
		double share = frontend_unknown_share(&prepared->data[split]);
		if (!(share >= 0)) /* the split has none */
			continue;
		fprintf(stderr, "%s %.1f %% of the %s split's", before, 100 * share,
		        split_name(split));
		before = ",";
	}
	fprintf(stderr, ".\n");
}

static bool utterance_has(
        const Corpus *corpus, const Frontend *choices, int index, ModalityKind kind)
{
	const Utterance *utterance = &corpus->utterances[index];
	if (choices->vectors.has[kind] || kind == MODALITY_FACE)
		return true; /* the front end looks at them */
	return kind == MODALITY_TEXT ? utterance->text[0] != '\0'
	                             : corpus->sound || utterance->wav[0];
}

bool prepared_check(const Corpus *corpus, const Frontend *choices, Error *error)
{
	for (ModalityKind kind = 0; kind < MODALITIES; kind++) {
		bool found = !choices->reads.has[kind];
		for (int i = 0; i < corpus->count && !found; i++)
			found = corpus->utterances[i].split == SPLIT_TRAIN &&
			        utterance_has(corpus, choices, i, kind);
		if (found)
			continue;
		bool rows = corpus->count > 0 &&
		            corpus_extra(corpus, corpus->utterances, rows_column(kind));
		return error_set(error,
		        "%s: no utterance of the train split has %s. Hint: %s%s%s",
		        corpus->source, kind == MODALITY_TEXT ? "text" : "a wav",
		        rows ? "the manifest has vectors of it: --"
		             : "--modalities without ",
		        modality_name(kind), rows ? "-encoder vector" : "");
	}
	return true;
}

/* Nobody is to be tested on whom a pre-trained encoder has heard. */
static bool heard_check(
        const Corpus *corpus, const char *heard, bool allow_leak, Error *error)
{
	const char *first;
	int count = heard ? heard_count(heard, corpus, SPLIT_TEST, &first) : 0;
	if (count && allow_leak)
		terminal_print(stderr,
		        "Note: the speech encoder has heard %d speakers of the test split, such as \"%s\": the result says less about new speakers.\n",
		        count, first);
	return !count || allow_leak ||
	       error_set(error,
	               "%s: the speech encoder has heard speaker \"%s\" of the test split (%d such speakers). Hint: emotionnet pretrain speech --exclude %s, or --allow-speaker-leak.",
	               corpus->source, first, count, corpus->source);
}

bool prepared_run(FrontendRun *run, Arena *arena, const Settings *settings, Pool *pool,
        Error *error)
{
	const char *cache = cache_folder(settings, arena);
	*run = (FrontendRun){
		.pool = pool,
		.cache = cache,
		.skip_bad = settings->skip_bad,
		.warnings = stderr,
	};
	return !settings->cache || settings->no_cache || cache_make(arena, cache, error);
}

bool prepared_read(Prepared *prepared, Arena *arena, const Corpus *corpus,
        const Frontend *choices, const Settings *settings, FrontendRun *run, Error *error)
{
	*prepared = (Prepared){ .frontend = *choices };
	const ModalitySet *reads = &choices->reads;
	bool person = reads->has[MODALITY_SPEECH] || reads->has[MODALITY_FACE];
	if (!provenance_check(
	            &prepared->provenance, corpus, person, settings->allow_leak, error) ||
	        !heard_check(corpus, choices->heard, settings->allow_leak, error) ||
	        !prepared_check(corpus, choices, error))
		return false;
	Labels labels = corpus_labels(corpus, SPLIT_TRAIN, arena);
	if (labels.count < 2)
		return error_set(error,
		        "%s: expected two labels at least in the train split, found %s alone: there is nothing to tell apart",
		        corpus->source, labels.count ? labels.names[0] : "none");
	StringSet speakers = corpus_speakers(corpus, SPLIT_TRAIN, arena);
	prepared->speakers = list_join(arena, speakers.names, speakers.count, "\n");
	StringSet validation = corpus_speakers(corpus, SPLIT_VALIDATION, arena);
	for (int i = 0; i < validation.count; i++)
		stringset_add(&speakers, validation.names[i]);
	prepared->both_speakers = list_join(arena, speakers.names, speakers.count, "\n");
	if (!frontend_fit(&prepared->frontend, prepared->data, arena, corpus, run, error))
		return false;
	if (prepare_vectors(prepared, arena, settings, error))
		return true;
	prepared_free(prepared);
	return false;
}

void prepared_tell(const FrontendRun *run, const Corpus *corpus, const Settings *settings)
{
	int skipped = run->skipped + corpus->skipped;
	if (skipped)
		fprintf(stderr, "Note: %d utterances were left out.\n", skipped);
	if (run->repeated)
		terminal_print(stderr,
		        "Note: %d clips outside of the train split are recordings that are in it too, such as that of \"%s\": the result says less about new ones.\n",
		        run->repeated, run->repeated_id);
	if (!settings->quiet)
		remarks_print_counts(stderr, &run->remarks);
}

bool prepared_make(Prepared *prepared, Arena *arena, const Corpus *corpus,
        const Frontend *choices, const Settings *settings, Pool *pool, Error *error)
{
	FrontendRun run;
	if (!prepared_run(&run, arena, settings, pool, error) ||
	        !prepared_read(prepared, arena, corpus, choices, settings, &run, error))
		return false;
	prepared_tell(&run, corpus, settings);
	bool words = frontend_reads_words(&prepared->frontend) &&
	             !prepared->frontend.tokeniser;
	if (words && !settings->quiet)
		tell_unknown(prepared);
	return true;
}

void prepared_free(Prepared *prepared)
{
	for (int split = 0; split < SPLIT_COUNT; split++)
		dataset_free(&prepared->data[split]);
}

/* ---- one run ----------------------------------------------------------------------- */

/* The words that the file has begin with its vectors, the others at random. */
static void use_vectors(Params *params, const Vectors *vectors, bool freeze)
{
	vectors_copy(vectors, params_find(params, "text.embedding.weight")->value);
	if (freeze)
		params_freeze(params, "text.embedding.weight");
}

/* What a product of experts divides by: log (n_c + 1) / (N + C), so that a class without
 * examples is not ruled out (Laplace). */
static void count_prior(Var *log_prior, const Dataset *data)
{
	int classes = log_prior->value.shape[0];
	real *counts = log_prior->value.data;
	tensor_fill(log_prior->value, 1);
	for (int i = 0; i < data->count; i++)
		counts[data->items[i].label] += 1;
	for (int c = 0; c < classes; c++)
		counts[c] = real_log(counts[c] / (real)(data->count + classes));
}

void experiment_begin(Checkpoint *checkpoint, Arena *arena, const Prepared *prepared,
        const ModelConfig *choices, const Settings *settings)
{
	*checkpoint = (Checkpoint){
		.config = *choices,
		.frontend = prepared->frontend,
		.params = params_new(arena),
		.modality_dropout = settings->train.modality_dropout,
		.source = prepared->provenance.source,
		.speakers = prepared->speakers,
		.paired = prepared->provenance.paired,
	};
	/* A model over one of the prepared modalities needs only that one's front end. */
	checkpoint->frontend.reads = choices->reads;
	checkpoint->config.classes = prepared->frontend.labels.count;
	checkpoint_widths(checkpoint);
	bool vectors = choices->reads.has[MODALITY_TEXT] && prepared->vectors.width;
	if (vectors)
		checkpoint->config.encoder[MODALITY_TEXT].embed = prepared->vectors.width;
	Rng rng = rng_new(settings->train.seed);
	model_new(arena, &checkpoint->params, &checkpoint->config, &rng);
	Var *log_prior = params_find(&checkpoint->params, FUSION_LOG_PRIOR);
	if (log_prior)
		count_prior(log_prior, &prepared->data[SPLIT_TRAIN]);
	if (vectors)
		use_vectors(&checkpoint->params, &prepared->vectors,
		        settings->freeze_vectors);
}

bool experiment_freeze(Params *params, const char *list, Error *error)
{
	int count;
	const char *const *names = list_split(params->arena, list, ',', &count);
	for (int n = 0; n < count; n++) {
		size_t length = strlen(names[n]);
		bool below = length && names[n][length - 1] == '.';
		Group group = { .pattern = arena_format(params->arena, "%s%s", names[n],
			                below ? "*" : ""),
			.frozen = true };
		Groups groups = { &group, 1 };
		int matching = 0;
		for (int i = 0; i < params->count; i++)
			matching += groups_find(groups, params->items[i]->name).frozen;
		if (!matching)
			return error_set(error,
			        "--freeze %s: no parameter has such a name. Hint: names are like %s; text. means all below text.",
			        names[n], params->items[0]->name);
		groups_freeze(groups, params);
	}
	return params_size(params) > 0 ||
	       error_set(error, "--freeze %s: leaves nothing to train", list);
}

bool experiment_try(const Prepared *prepared, const ModelConfig *choices,
        const Settings *settings, Error *error)
{
	Arena *arena = arena_new("a model, tried");
	Checkpoint checkpoint;
	experiment_begin(&checkpoint, arena, prepared, choices, settings);
	bool good = checkpoint_check(&checkpoint, prepared->provenance.source, error);
	arena_free(arena);
	return good;
}

TrainResult experiment_train(Checkpoint *checkpoint, Arena *arena,
        const Prepared *prepared, const ModelConfig *choices, const Settings *settings,
        Pool *pool, const Progress *progress)
{
	experiment_begin(checkpoint, arena, prepared, choices, settings);
	return train(&checkpoint->params, &checkpoint->config,
	        &prepared->data[SPLIT_TRAIN], &prepared->data[SPLIT_VALIDATION],
	        &settings->train, pool, progress);
}

Tensor experiment_predict(Arena *arena, const Checkpoint *checkpoint, const Dataset *data,
        const ModalitySet *mask, Pool *pool)
{
	Arena *scratch = arena_new("evaluation");
	Shards *shards = model_shards(scratch, pool, &checkpoint->params,
	        &checkpoint->config, pool_threads(pool) * SHARD_SIZE);
	Tensor probabilities =
	        predict_all(arena, shards, data, checkpoint->config.classes, mask);
	shards_free(shards);
	arena_free(scratch);
	return probabilities;
}

Confusion experiment_evaluate(Arena *arena, const Checkpoint *checkpoint,
        const Dataset *data, const ModalitySet *mask, Pool *pool)
{
	return confusion_of(
	        arena, experiment_predict(arena, checkpoint, data, mask, pool), data);
}
