/* comparing.c: from options to a finished comparison: the corpus is read, the cells
 * are run or joined from files, and the command tells what was found. */
#include "emotionnet/command/comparing.h"
#include "emotionnet/card/about.h"
#include "tensor/file/folder.h"
#include "emotionnet/page/report.h"
#include "emotionnet/stage/stage.h"
#include "emotionnet/corpus/subset.h"
#include "emotionnet/trials/contamination.h"
#include "emotionnet/trials/folding.h"
#include "emotionnet/trials/prompting.h"
#include "emotionnet/trials/prosody.h"
#include "emotionnet/trials/sweep.h"
#include "tensor/sort.h"
#include "text/list.h"
#include "tensor/plot/escape.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

typedef struct Work {
	Comparing *asked;
	Strategies strategies;
	ComparingTell *tell;
	void *context; /* of tell */
	Arena *arena;
	Corpus corpus;
	Prepared prepared;
	Comparison comparison;
} Work;

/* A share has no table: what it has done is in its file. */
static void tell_share(const Comparing *asked, const Comparison *comparison, Arena *arena)
{
	SweepState state = sweep_state(comparison, arena, asked->share, asked->shares);
	terminal_print(stdout, "share %d of %d: %d cells are in %s\n", asked->share,
	        asked->shares, state.wanted - state.missing, asked->results);
}

/* Told on standard output, and as a page where one is asked for. */
static bool tell_all(Work *work, Error *error)
{
	const Comparing *asked = work->asked;
	if (!work->tell(work->context, asked, &work->comparison, work->arena, error))
		return false;
	if (!asked->report)
		return true;
	Pool *pool = pool_new(asked->settings.train.threads);
	bool done = report_make(asked->report, &work->comparison, asked->settings.channel,
	        work->arena, pool, error);
	pool_free(pool);
	return done;
}

/* ---- joining ----------------------------------------------------------------------- */

static bool read_part(Comparison *all, Arena *arena, const char *path, Error *error)
{
	Comparison part;
	size_t torn;
	if (!comparison_read(&part, arena, path, &torn, error))
		return false;
	if (torn)
		terminal_print(stderr,
		        "Note: %s: its last line was not finished and is left out.\n",
		        path);
	if (all->source)
		return comparison_join(all, arena, &part, path, error);
	*all = part;
	return true;
}

static bool merge(Work *work, int count, char **paths, Error *error)
{
	const Comparing *asked = work->asked;
	Comparison *all = &work->comparison;
	for (int i = 0; i < count; i++)
		if (!read_part(all, work->arena, paths[i], error))
			return false;
	if (asked->results && !comparison_write(all, asked->results, error))
		return false;
	SweepState state = sweep_state(all, work->arena, 0, 0);
	if (state.missing && !(asked->unfinished && *asked->unfinished))
		return error_set(error,
		        "%d of %d cells are missing, the first: %s. Hint: run their share again, and merge again",
		        state.missing, state.wanted, state.first);
	return tell_all(work, error);
}

/* ---- comparing --------------------------------------------------------------------- */

static bool stage_options(const Comparing *asked, StageOptions *stage, Error *error)
{
	*stage = stage_defaults();
	if (asked->face)
		stage_add_face(stage);
	return !asked->stage || stage_sizes(stage, asked->stage, error);
}

static bool read_corpus(
        const Comparing *asked, Corpus *corpus, Arena *arena, Error *error)
{
	if (!asked->corpus) {
		StageOptions stage;
		if (!stage_options(asked, &stage, error))
			return false; /* was read before */
		stage_make(corpus, arena, stage);
		return true;
	}
	bool read = corpus_read(
	        corpus, arena, asked->corpus, asked->settings.skip_bad, stderr, error);
	corpus->channel = asked->settings.channel;
	return read;
}

static bool check_splits(const Corpus *corpus, Error *error)
{
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT; split++)
		if (split != SPLIT_VALIDATION && !corpus_count(corpus, split))
			return error_set(error, "%s: the %s split is empty",
			        corpus->source, split_name(split));
	return true;
}

/* ---- what is wanted ---------------------------------------------------------------- */

/* "50,100,all": growing, each once; more than there is, is left out. */
static bool want_sizes(Work *work, Error *error)
{
	Comparison *c = &work->comparison;
	const char *list = work->asked->sizes;
	int wanted, count = 0;
	const char *const *names = list_split(work->arena, list, ',', &wanted);
	int *sizes = ARENA_ARRAY(work->arena, int, (size_t)wanted);
	for (int i = 0; i < wanted; i++) {
		int end = 0, size = c->train;
		if (strcmp(names[i], "all") &&
		        (sscanf(names[i], "%9d%n", &size, &end) != 1 || names[i][end] ||
		                size < c->labels.count))
			return error_set(error,
			        "--sizes %s: \"%s\": expected all, or a number of %d or more, one utterance of each class",
			        list, names[i], c->labels.count);
		if (size <= c->train)
			sizes[count++] = size;
		else if (!work->asked->settings.quiet)
			fprintf(stderr,
			        "Note: there are %d utterances to learn from: size %d is left out.\n",
			        c->train, size);
	}
	if (!count)
		return error_set(error,
		        "--sizes %s: leaves none: there are %d utterances to learn from (all: every one of them)",
		        list, c->train);
	sort_ints(sizes, count);
	for (int i = 0; i < count; i++)
		if (!i || sizes[i] != sizes[i - 1])
			sizes[c->size_count++] = sizes[i];
	c->sizes = sizes;
	return true;
}

/* Every strategy with every seed and size. */
static bool want(Work *work, Error *error)
{
	Comparison *c = &work->comparison;
	const Strategies *strategies = &work->strategies;
	const char **names =
	        ARENA_ARRAY(work->arena, const char *, (size_t)strategies->count);
	for (int i = 0; i < strategies->count; i++)
		names[i] = strategies->items[i].name;
	c->strategies = names;
	c->strategy_count = strategies->count;
	c->first_seed = work->asked->settings.train.seed;
	c->seed_count = work->asked->seeds;
	return want_sizes(work, error) && comparison_fits(c, error);
}

/* ---- the cells --------------------------------------------------------------------- */

static bool open_log(Work *work, Sweep *sweep, Pool *pool, Error *error)
{
	const char *path = work->asked->results;
	size_t torn = 0;
	StringSet from = about_sources(&work->corpus, work->arena);
	work->comparison.corpora = list_join(work->arena, from.names, from.count, " ");
	if (work->asked->rows && !contamination_ask(&work->comparison, work->arena,
	                                 work->asked->rows, pool, error))
		return false;
	if (!path)
		return true;
	sweep->log =
	        comparison_log_open(&work->comparison, work->arena, path, &torn, error);
	int known = work->comparison.cell_count;
	if (sweep->log && torn)
		terminal_print(stderr,
		        "Note: %s: its last line was not finished; that cell is run again.\n",
		        path);
	if (sweep->log && known && !work->asked->settings.quiet)
		terminal_print(stderr, "Note: %s has %d cells already.\n", path, known);
	return sweep->log != NULL;
}

/* The corpus with `size` utterances to learn from, of its own choice for each seed. */
static Corpus subset_of(const Work *work, Arena *arena, int size, uint64_t seed)
{
	const Dataset *training = &work->prepared.data[SPLIT_TRAIN];
	int *labels = ARENA_ARRAY(arena, int, (size_t)training->count);
	int *order = ARENA_ARRAY(arena, int, (size_t)training->count);
	for (int i = 0; i < training->count; i++)
		labels[i] = training->items[i].label;
	Rng rng = rng_new(seed);
	subset_order(order, labels, training->count, work->comparison.labels.count, &rng,
	        arena);
	for (int i = 0; i < size; i++)
		order[i] = training->items[order[i]].utterance;
	return subset_corpus(&work->corpus, arena, order, size);
}

/* Whether every modality can be learnt from each share, before hours are spent on one. */
static bool check_subsets(Work *work, Error *error)
{
	const Comparison *c = &work->comparison;
	bool good = true;
	for (int i = 0; i < c->size_count * c->seed_count && good; i++) {
		int size = c->sizes[i / c->seed_count];
		uint64_t seed = c->first_seed + (uint64_t)(i % c->seed_count);
		Arena *arena = arena_new("subset");
		Corpus corpus = subset_of(work, arena, size, seed);
		Error why;
		good = size == c->train ||
		       prepared_check(&corpus, &work->asked->frontend, &why) ||
		       error_set(error, "--sizes %d, seed %llu: %s", size,
		               (unsigned long long)seed, why.text);
		arena_free(arena);
	}
	return good;
}

/* The cells of one seed that learn from `size` utterances. Words and levels are learnt
 * from those alone. */
static bool sweep_subset(Work *work, Sweep *sweep, const Trial *whole, int size,
        uint64_t seed, Pool *pool, Error *error)
{
	Arena *arena = arena_new("subset");
	Corpus corpus = subset_of(work, arena, size, seed);
	Settings quiet = work->asked->settings;
	quiet.quiet = true;
	Prepared prepared;
	Conditions conditions;
	Trial trial = *whole;
	trial.corpus = &corpus;
	trial.prepared = &prepared;
	trial.conditions = &conditions;
	bool done = prepared_make(
	        &prepared, arena, &corpus, &work->asked->frontend, &quiet, pool, error);
	if (done) {
		done = conditions_make(&conditions, arena, &prepared, &corpus,
		               !work->asked->plain, pool, error) &&
		       sweep_run(sweep, &trial, seed, 1, pool, error);
		prepared_free(&prepared);
	}
	arena_free(arena);
	return done;
}

static bool sweep_sizes(
        Work *work, Sweep *sweep, const Trial *whole, Pool *pool, Error *error)
{
	const Comparison *c = &work->comparison;
	for (int z = 0; z < c->size_count; z++) {
		if (c->sizes[z] == c->train) {
			if (!sweep_run(sweep, whole, c->first_seed, c->seed_count, pool,
			            error))
				return false;
			continue;
		}
		for (int i = 0; i < c->seed_count; i++)
			if (!sweep_subset(work, sweep, whole, c->sizes[z],
			            c->first_seed + (uint64_t)i, pool, error))
				return false;
	}
	return true;
}

static Sweep sweep_of(Work *work)
{
	const Comparing *asked = work->asked;
	return (Sweep){ .comparison = &work->comparison,
		.arena = work->arena,
		.strategies = &work->strategies,
		.share = asked->share,
		.shares = asked->shares,
		.quiet = asked->settings.quiet };
}

static Trial trial_of(const Work *work)
{
	const Comparing *asked = work->asked;
	return (Trial){ .choices = &asked->config,
		.settings = &asked->settings,
		.folder = asked->models };
}

/* All that was asked, and what is in the files that encoders begin with: a path says
 * nothing of that. */
static const char *settings_of(const Work *work)
{
	const Comparing *asked = work->asked;
	const char *text =
	        options_text(asked->options, asked->asked_begin, asked->asked_end);
	for (ModalityKind m = 0; m < MODALITIES; m++) {
		const Pretrained *begins = asked->config.encoder[m].pretrained;
		if (begins && asked->config.reads.has[m])
			text = arena_format(work->arena,
			        "%sfile of the %s encoder: hash %s\n", text,
			        modality_name(m), pretrained_hash(work->arena, begins));
	}
	if (asked->prosody)
		text = arena_format(work->arena, "%swords of the prosody: hash %016llx\n",
		        text, (unsigned long long)language_rows_heard_hash(asked->rows));
	return text;
}

/* On the corpus's own split. */
static bool sweep_split(Work *work, Pool *pool, Error *error)
{
	const Comparing *asked = work->asked;
	Conditions conditions;
	StageOptions stage;
	Trial trial = trial_of(work);
	Sweep sweep = sweep_of(work);
	trial.corpus = &work->corpus;
	trial.prepared = &work->prepared;
	trial.conditions = &conditions;
	bool done = stage_options(asked, &stage, error) &&
	            conditions_make(&conditions, work->arena, &work->prepared,
	                    &work->corpus, !asked->plain, pool, error);
	if (done)
		sweep_head(&work->comparison, work->arena, &trial, settings_of(work),
		        asked->corpus ? NULL : stage.mixture);
	done = done && want(work, error) && check_subsets(work, error) &&
	       open_log(work, &sweep, pool, error) &&
	       sweep_sizes(work, &sweep, &trial, pool, error);
	comparison_log_close(sweep.log);
	return done;
}

static bool compare_split(Work *work, Pool *pool, Error *error)
{
	const Comparing *asked = work->asked;
	if (!check_splits(&work->corpus, error) ||
	        !prepared_make(&work->prepared, work->arena, &work->corpus,
	                &asked->frontend, &asked->settings, pool, error))
		return false;
	sweep_catch_interrupts();
	bool done = experiment_try(
	                    &work->prepared, &asked->config, &asked->settings, error) &&
	            sweep_split(work, pool, error);
	prepared_free(&work->prepared);
	return done;
}

/* Whether a model could be read again, by the first fold. */
static bool try_fold(const Work *work, Folding *folding, Pool *pool, Error *error)
{
	Trial trial = trial_of(work);
	folding_expect(folding, 0);
	bool done = folding_enter(folding, 0, &trial, pool, error) &&
	            experiment_try(trial.prepared, trial.choices, trial.settings, error);
	folding_leave(folding, 0);
	return done;
}

static bool compare_folds(Work *work, Pool *pool, Error *error)
{
	const Comparing *asked = work->asked;
	Comparison *c = &work->comparison;
	FoldingSource source = { &work->corpus, asked->folds, &asked->frontend,
		&asked->settings, !asked->plain };
	Trial trial = trial_of(work);
	Sweep sweep = sweep_of(work);
	Folding *folding = folding_new(work->arena, &source, pool, error);
	sweep.folding = folding;
	if (folding)
		sweep_catch_interrupts();
	bool done =
	        folding && try_fold(work, folding, pool, error) &&
	        folding_head(folding, c, work->arena, settings_of(work), pool, error) &&
	        want(work, error) && open_log(work, &sweep, pool, error) &&
	        sweep_run(&sweep, &trial, c->first_seed, c->seed_count, pool, error);
	comparison_log_close(sweep.log);
	folding_free(folding);
	return done;
}

/* A folder that models can be written into. */
static bool can_make(const char *folder, Arena *arena, Error *error)
{
	return !folder ||
	       (folder_make(folder, error) &&
	               file_can_write(
	                       arena, arena_format(arena, "%s/model", folder), error));
}

/* How everything was said, for the rows of a language model. */
static bool tell_prosody(const Work *work, Pool *pool, Error *error)
{
	const Comparing *asked = work->asked;
	if (!asked->prosody)
		return true;
	const char *const *words = prosody_tell(work->arena, &work->corpus, pool, error);
	language_rows_hear(asked->rows, words, work->corpus.count);
	return words != NULL;
}

static bool compare(Work *work, Error *error)
{
	Comparing *asked = work->asked;
	Pool *pool = options_pool(asked->settings.train.threads);
	bool done = can_make(asked->models, work->arena, error) &&
	            read_corpus(asked, &work->corpus, work->arena, error) &&
	            tell_prosody(work, pool, error);
	if (done)
		settings_face(&asked->settings, &work->corpus, &asked->config,
		        &asked->frontend);
	done = done && (asked->folds ? compare_folds : compare_split)(work, pool, error);
	pool_free(pool);
	if (!done)
		return false;
	if (!asked->shares)
		return tell_all(work, error);
	tell_share(asked, &work->comparison, work->arena);
	return true;
}

/* ---- the command ------------------------------------------------------------------- */

Comparing comparing_defaults(void)
{
	Comparing asked = { .fusions = "all",
		.sizes = "all",
		.seeds = 1,
		.language_rows = LANGUAGE_ROWS,
		.settings = settings_defaults() };
	return asked;
}

static void help(void)
{
	Settings s = settings_embedded();
	printf("\nOf the embedded corpus: --speech-encoder %s --speech-hidden %d --dropout %g --no-trim --normalise %s --mels %d --epochs %d --rate %g --schedule %s --smooth %g, unless another is given.\n",
	        s.speech_encoder, s.speech_hidden, s.dropout,
	        normalise_names[s.normalise], s.mels, s.train.epochs, s.train.rate,
	        s.train.schedule.name, s.train.smooth);
	settings_help();
}

Status comparing_run(Options *options, Comparing *asked, ComparingTell *tell,
        void *context, Error *error)
{
	comparing_list(options, asked);
	if (!options_read(options, 0, INT_MAX, NULL, error)) {
		if (options->helped)
			help();
		return options_status(options);
	}
	asked->options = options;
	int count = options->operand_count;
	bool streaming = asked->settings.streaming;
	if (!count && !asked->merge)
		asked->settings = settings_embedded();
	if (streaming)
		settings_streaming(&asked->settings);
	if (streaming || (!count && !asked->merge))
		options_read(options, 0, INT_MAX, NULL, error);
	if (asked->face && !option_given(options, "modalities"))
		asked->settings.modalities = "text,speech,face";
	char **operands = options->operands;
	Work work = {
		.asked = asked, .tell = tell, .context = context, .arena = options->arena
	};
	if (!settings_open(&asked->settings, work.arena, error))
		return STATUS_FAILED;
	if (asked->language && !asked->merge)
		asked->rows = language_rows_open(work.arena, asked->language, error);
	if (asked->language && !asked->merge && !asked->rows)
		return STATUS_FAILED;
	if (!comparing_check(asked, &work.strategies, work.arena, count, error) ||
	        !options_out(options, "report", asked->report, error) ||
	        !options_out(options, "svg", asked->svg, error))
		return STATUS_USAGE;
	asked->corpus = count && !asked->merge ? operands[0] : NULL;
	bool done = file_can_write(work.arena, asked->report, error) &&
	            file_can_write(work.arena, asked->svg, error) &&
	            (asked->merge ? merge(&work, count, operands, error)
	                          : compare(&work, error));
	return done ? STATUS_OK : STATUS_FAILED;
}
