#include "emotionnet/command/comparing.h"
#include "tensor/file/folder.h"
#include "emotionnet/page/report.h"
#include "emotionnet/stage/stage.h"
#include "emotionnet/corpus/subset.h"
#include "emotionnet/trials/sweep.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Many models are trained here: by default each has half of the epochs that train
 * gives it. */
enum { MAX_SEEDS = 1000, QUICK_EPOCHS = 30 };

typedef struct Work {
	const Comparing *asked;
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
	printf("share %d of %d: %d cells are in %s\n", asked->share, asked->shares,
	        state.wanted - state.missing, asked->results);
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
	bool done =
	        report_make(asked->report, &work->comparison, work->arena, pool, error);
	pool_free(pool);
	return done;
}

/* Where the report's models are kept: "build/report.html" -> "build/report.models". */
static const char *models_beside(Arena *arena, const char *report)
{
	return arena_format(
	        arena, "%.*s.models", (int)(strlen(report) - strlen(".html")), report);
}

/* ---- joining ----------------------------------------------------------------------- */

static bool read_part(Comparison *all, Arena *arena, const char *path, Error *error)
{
	Comparison part;
	size_t torn;
	if (!comparison_read(&part, arena, path, &torn, error))
		return false;
	if (torn)
		fprintf(stderr,
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
	if (state.missing)
		return error_set(error,
		        "%d of %d cells are missing, the first: %s. Hint: run their share again, and merge again",
		        state.missing, state.wanted, state.first);
	return tell_all(work, error);
}

/* ---- comparing --------------------------------------------------------------------- */

static bool read_corpus(
        const Comparing *asked, Corpus *corpus, Arena *arena, Error *error)
{
	if (!asked->corpus) {
		StageOptions stage = stage_defaults();
		if (asked->stage && !stage_sizes(&stage, asked->stage, error))
			return false; /* was read before */
		stage_make(corpus, arena, stage);
		return true;
	}
	return corpus_read(
	        corpus, arena, asked->corpus, asked->settings.skip_bad, stderr, error);
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

static int compare_ints(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;
	return (x > y) - (x < y);
}

/* "50,100,all": growing, each once; more than there is, is left out. */
static bool want_sizes(Work *work, Error *error)
{
	Comparison *c = &work->comparison;
	const char *list = work->asked->sizes;
	int *sizes = ARENA_ARRAY(work->arena, int, strlen(list) + 1), count = 0;
	for (const char *rest = list; *rest;) {
		size_t length = strcspn(rest, ",");
		int end = 0, size = 0;
		bool all = length == 3 && !strncmp(rest, "all", 3);
		if (all)
			size = c->train;
		else if (sscanf(rest, "%9d%n", &size, &end) != 1 ||
		         (size_t)end != length || size < c->labels.count)
			return error_set(error,
			        "--sizes %s: \"%.*s\": expected all, or a number of %d or more, one utterance of each class",
			        list, (int)length, rest, c->labels.count);
		if (size <= c->train)
			sizes[count++] = size;
		else if (!work->asked->settings.quiet)
			fprintf(stderr,
			        "Note: there are %d utterances to learn from: size %d is left out.\n",
			        c->train, size);
		rest += length + (rest[length] == ',');
	}
	if (!count)
		return error_set(error,
		        "--sizes %s: leaves none: there are %d utterances to learn from (all: every one of them)",
		        list, c->train);
	qsort(sizes, (size_t)count, sizeof *sizes, compare_ints);
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
	return want_sizes(work, error);
}

/* ---- the cells --------------------------------------------------------------------- */

static bool open_log(Work *work, Sweep *sweep, Error *error)
{
	const char *path = work->asked->results;
	size_t torn = 0;
	if (!path)
		return true;
	sweep->log =
	        comparison_log_open(&work->comparison, work->arena, path, &torn, error);
	int known = work->comparison.cell_count;
	if (sweep->log && torn)
		fprintf(stderr,
		        "Note: %s: its last line was not finished; that cell is run again.\n",
		        path);
	if (sweep->log && known && !work->asked->settings.quiet)
		fprintf(stderr, "Note: %s has %d cells already.\n", path, known);
	return sweep->log != NULL;
}

static bool make_folder(const char *folder, Error *error)
{
	if (!folder || !mkdir(folder, 0777) || errno == EEXIST)
		return true;
	return error_set(error, "%s: cannot be made: %s", folder, strerror(errno));
}

/* The cells of one seed that learn from `size` utterances. Words and levels are learnt
 * from those alone. */
static bool sweep_subset(Work *work, Sweep *sweep, const Trial *whole, int size,
        uint64_t seed, Pool *pool, Error *error)
{
	const Dataset *training = &work->prepared.data[SPLIT_TRAIN];
	Arena *arena = arena_new("subset");
	int *labels = ARENA_ARRAY(arena, int, (size_t)training->count);
	int *order = ARENA_ARRAY(arena, int, (size_t)training->count);
	for (int i = 0; i < training->count; i++)
		labels[i] = training->items[i].label;
	Rng rng = rng_new(seed);
	subset_order(order, labels, training->count, work->comparison.labels.count, &rng,
	        arena);
	for (int i = 0; i < size; i++)
		order[i] = training->items[order[i]].utterance;
	Corpus corpus = subset_corpus(&work->corpus, arena, order, size);
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

static bool sweep_all(Work *work, Pool *pool, Error *error)
{
	const Comparing *asked = work->asked;
	Conditions conditions;
	StageOptions stage = stage_defaults();
	const char *settings =
	        options_text(work->arena, asked->asked, asked->asked_count);
	if (!conditions_make(&conditions, work->arena, &work->prepared, &work->corpus,
	            !asked->plain, pool, error) ||
	        !sweep_head(&work->comparison, work->arena, &work->corpus,
	                &work->prepared, &conditions, settings,
	                asked->corpus ? NULL : stage.mixture, error) ||
	        !want(work, error) || !make_folder(asked->models, error))
		return false;
	Sweep sweep = { .comparison = &work->comparison,
		.arena = work->arena,
		.strategies = &work->strategies,
		.share = asked->share,
		.shares = asked->shares,
		.quiet = asked->settings.quiet };
	Trial trial = { .corpus = &work->corpus,
		.prepared = &work->prepared,
		.conditions = &conditions,
		.choices = &asked->config,
		.settings = &asked->settings,
		.folder = asked->models };
	bool done = open_log(work, &sweep, error) &&
	            sweep_sizes(work, &sweep, &trial, pool, error);
	comparison_log_close(sweep.log);
	return done;
}

static bool compare(Work *work, Error *error)
{
	const Comparing *asked = work->asked;
	Pool *pool = pool_new(asked->settings.train.threads);
	bool done = read_corpus(asked, &work->corpus, work->arena, error) &&
	            check_splits(&work->corpus, error) &&
	            prepared_make(&work->prepared, work->arena, &work->corpus,
	                    &asked->frontend, &asked->settings, pool, error);
	if (done) {
		sweep_catch_interrupts();
		done = sweep_all(work, pool, error);
		prepared_free(&work->prepared);
	}
	pool_free(pool);
	if (!done)
		return false;
	if (!asked->shares)
		return tell_all(work, error);
	tell_share(asked, &work->comparison, work->arena);
	return true;
}

/* ---- the command line -------------------------------------------------------------- */

enum { BOTH = 9, ASKED = 4 };
enum { MOST_OPTIONS = COMPARING_OWN + BOTH + ASKED + SETTINGS_OPTIONS + RUN_OPTIONS };

/* What is done with the figures. */
static int list_both(Comparing *asked, Option *options)
{
	const Option both[BOTH] = {
		{ "fusion", OPTION_TEXT, &asked->fusions, "LIST",
		        "strategies of emotionnet/fusion.c, all or none", 0, 0 },
		{ "seeds", OPTION_INT, &asked->seeds, "N", "runs of each strategy", 1,
		        MAX_SEEDS },
		{ "seed", OPTION_SEED, &asked->settings.train.seed, "N", "the first seed",
		        0, 0 },
		{ "baseline", OPTION_TEXT, &asked->baseline, "NAME",
		        "whom the gains are told against: middle, where it is compared",
		        0, 0 },
		{ "results", OPTION_TEXT, &asked->results, "FILE",
		        "keep a line for each finished cell (strategy and seed), and go on from those that are there",
		        0, 0 },
		{ "models", OPTION_TEXT, &asked->models, "FOLDER",
		        "keep the model of each cell", 0, 0 },
		{ "report", OPTION_TEXT, &asked->report, "FILE.html",
		        "write a page with all of it, and utterances to look at and to hear; models are kept in FILE.models unless --models says where",
		        0, 0 },
		{ "cell", OPTION_TEXT, &asked->cell, "K/N",
		        "run only the K-th of N shares of the cells, into --results", 0,
		        0 },
		{ "merge", OPTION_FLAG, &asked->merge, NULL,
		        "join the results files that are named instead of a corpus, into --results if it is given",
		        0, 0 },
	};
	memcpy(options, both, sizeof both);
	return BOTH;
}

/* What decides the figures, so that a results file is of these alone; then how it is
 * gone about. */
static int list_asked(Comparing *asked, Option *options)
{
	const Option decide[ASKED] = {
		{ "plain", OPTION_FLAG, &asked->plain, NULL,
		        "test only the test split as it is: no noise, lost words, typos, missing or swapped modalities",
		        0, 0 },
		{ "stage", OPTION_TEXT, &asked->stage, "N,N,N",
		        "utterances of the embedded corpus to learn from, to validate and to test, instead of 3000,600,900",
		        0, 0 },
		{ "modalities", OPTION_TEXT, &asked->settings.modalities, "LIST",
		        "text, speech, face or several of them", 0, 0 },
		{ "epochs", OPTION_INT, &asked->settings.train.epochs, "N",
		        "passes over the training split, at most", 1, 100000 },
	};
	memcpy(options, decide, sizeof decide);
	int count = ASKED + settings_options(&asked->settings, options + ASKED);
	Option runs[RUN_OPTIONS];
	int all = run_options(&asked->settings, runs);
	for (int i = 0; i < all; i++)
		if (!strcmp(runs[i].name, "patience"))
			options[count++] = runs[i];
	asked->asked = options;
	asked->asked_count = count;
	for (int i = 0; i < all; i++)
		if (strcmp(runs[i].name, "patience") && strcmp(runs[i].name, "epochs"))
			options[count++] = runs[i];
	return count;
}

/* "3/8" */
static bool parse_share(Comparing *asked, Error *error)
{
	int end = 0;
	if (!asked->cell)
		return true;
	if (sscanf(asked->cell, "%9d/%9d%n", &asked->share, &asked->shares, &end) != 2 ||
	        asked->cell[end] || asked->share < 1 || asked->share > asked->shares)
		return error_set(error,
		        "--cell %s: expected K/N, such as 1/4, with K from 1 to N",
		        asked->cell);
	return asked->results ||
	       error_set(error, "--cell %s: --results FILE says where its cells go",
	               asked->cell);
}

static bool check(Comparing *asked, Work *work, int operands, Error *error)
{
	if (asked->merge && asked->cell)
		return error_set(error, "--merge and --cell: expected one of them");
	if (asked->merge && !operands)
		return error_set(error, "--merge: expected results files");
	if (!asked->merge && operands > 1)
		return error_set(error, "expected one corpus at most");
	StageOptions stage = stage_defaults();
	if (asked->stage && operands)
		return error_set(error,
		        "--stage %s: is the size of the embedded corpus, but another corpus is named",
		        asked->stage);
	if (asked->stage && !stage_sizes(&stage, asked->stage, error))
		return false;
	if (asked->cell && asked->report)
		return error_set(error,
		        "--cell and --report: a share has no report; --merge --report makes one of all shares");
	if (asked->report && !path_ends_in(asked->report, ".html"))
		return error_set(error, "--report %s: expected a name that ends in .html",
		        asked->report);
	if (asked->report && !asked->models)
		asked->models = models_beside(work->arena, asked->report);
	if (!parse_share(asked, error) ||
	        !settings_resolve(
	                &asked->settings, &asked->config, &asked->frontend, error) ||
	        !strategies_list(&work->strategies, work->arena, &asked->settings,
	                asked->fusions, error))
		return false;
	return !asked->baseline || asked->merge ||
	       strategy_find(&work->strategies, asked->baseline) ||
	       error_set(error,
	               "--baseline %s: expected one of the strategies that are compared, such as %s",
	               asked->baseline, work->strategies.items[0].name);
}

/* What would fail after hours of training is tried before it. */
static bool can_write(const char *path, Arena *arena, Error *error)
{
	FileWriter *writer = path ? file_open(arena, path, error) : NULL;
	file_abandon(writer);
	return writer || !path;
}

Comparing comparing_defaults(void)
{
	Comparing asked = { .fusions = "all",
		.sizes = "all",
		.seeds = 1,
		.settings = settings_defaults() };
	asked.settings.train.epochs = QUICK_EPOCHS;
	return asked;
}

int comparing_run(const Command *command, Comparing *asked, const Option *own, int count,
        ComparingTell *tell, void *context, int argc, char **argv)
{
	Option options[MOST_OPTIONS];
	memcpy(options, own, (size_t)count * sizeof *own);
	count += list_both(asked, options + count);
	count += list_asked(asked, options + count);
	int operands;
	bool help;
	Error error;
	if (!options_parse(command, options, count, argc, argv, &operands, &help, &error))
		return usage_error(command, error.text);
	if (help) {
		settings_help();
		return STATUS_OK;
	}
	Work work = { .asked = asked,
		.tell = tell,
		.context = context,
		.arena = arena_new("comparison") };
	int status = STATUS_OK;
	if (!check(asked, &work, operands, &error)) {
		status = usage_error(command, error.text);
	} else {
		asked->corpus = operands && !asked->merge ? argv[0] : NULL;
		if (!can_write(asked->report, work.arena, &error) ||
		        !can_write(asked->svg, work.arena, &error) ||
		        !(asked->merge ? merge(&work, operands, argv, &error)
		                       : compare(&work, &error)))
			status = world_error(command, &error);
	}
	arena_free(work.arena);
	return status;
}
