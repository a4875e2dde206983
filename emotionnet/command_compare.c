#include "emotionnet/commands.h"
#include "emotionnet/experiment.h"
#include "emotionnet/print_json.h"
#include "emotionnet/stage.h"

#include <stdlib.h>
#include <string.h>

static int run(int argc, char **argv);

const Command command_compare = {
	.name = "compare",
	.usage = "[CORPUS.csv] [options]",
	.summary = "train every fusion strategy alike and compare them (no corpus: the "
	           "embedded one)",
	.run = run,
};

/* Many models are trained here: by default each has half of the epochs that train gives it. */
enum { MAX_ROWS = 32, MAX_SEEDS = 1000, QUICK_EPOCHS = 30 };

/* A strategy over some modalities, and what it came to over the seeds. */
typedef struct Row {
	const char *name;
	ModalitySet reads;
	const Fusion *fusion;
	size_t parameters;
	double *accuracy, *uar, *macro_f1; /* (seeds) */
	double seconds;                    /* of training, mean over the seeds */
} Row;

typedef struct Comparison {
	const char *corpus; /* NULL: the embedded one */
	const char *fusions;
	int seeds;
	bool json;
	Settings settings;
	Row rows[MAX_ROWS];
	int count;
} Comparison;

/* ---- which rows -------------------------------------------------------------------------------- */

static Row row_new(const char *name, ModalitySet reads, const Fusion *fusion)
{
	return (Row){ .name = name, .reads = reads, .fusion = fusion };
}

static bool add_fusions(Comparison *comparison, ModalitySet reads, Error *error)
{
	bool all = !strcmp(comparison->fusions, "all");
	for (const Fusion *fusion = fusion_table; all && fusion->name; fusion++)
		comparison->rows[comparison->count++] =
		        row_new(fusion->name, reads, fusion);
	for (const char *rest = comparison->fusions; !all && *rest;) {
		char name[64];
		size_t length = strcspn(rest, ",");
		snprintf(name, sizeof name, "%.*s", (int)length, rest);
		Settings one = comparison->settings;
		one.fusion = name;
		ModelConfig config;
		Frontend frontend;
		if (!settings_resolve(&one, &config, &frontend, error))
			return false;
		if (comparison->count == MAX_ROWS)
			return error_set(error, "more than %d strategies", MAX_ROWS);
		comparison->rows[comparison->count++] =
		        row_new(config.fusion->name, reads, config.fusion);
		rest += length + (rest[length] == ',');
	}
	return true;
}

/* Each modality alone, where the corpus has it, is what fusion must beat. It is read by the small network of
 * middle fusion. */
static bool make_rows(Comparison *comparison, Error *error)
{
	static const char *const names[MODALITIES] = { "text only", "speech only",
		"face only" };
	ModalitySet reads;
	if (!modalities_parse(comparison->settings.modalities, &reads, error))
		return false;
	const Fusion *alone = fusion_find("middle");
	for (int m = 0; m < MODALITIES; m++) {
		ModalitySet one = { .has = { false } };
		one.has[m] = true;
		if (reads.has[m])
			comparison->rows[comparison->count++] =
			        row_new(names[m], one, alone);
	}
	return modalities_count(reads) < 2 || add_fusions(comparison, reads, error);
}

/* ---- running ----------------------------------------------------------------------------------- */

static void run_row(Comparison *comparison, Row *row, const ModelConfig *choices,
        const Prepared *prepared, Pool *pool, Arena *arena)
{
	ModelConfig config = *choices;
	config.reads = row->reads;
	config.fusion = row->fusion;
	row->accuracy = ARENA_ARRAY(arena, double, (size_t)comparison->seeds);
	row->uar = ARENA_ARRAY(arena, double, (size_t)comparison->seeds);
	row->macro_f1 = ARENA_ARRAY(arena, double, (size_t)comparison->seeds);
	for (int i = 0; i < comparison->seeds; i++) {
		Arena *model = arena_new("model");
		Settings settings = comparison->settings;
		settings.train.seed += (uint64_t)i;
		char task[96];
		snprintf(task, sizeof task, "%s, seed %llu", row->name,
		        (unsigned long long)settings.train.seed);
		Progress progress = progress_new(settings.quiet);
		progress.task = task;
		Checkpoint checkpoint;
		TrainResult result = experiment_train(&checkpoint, model, prepared,
		        &config, &settings, pool, &progress);
		Confusion confusion = experiment_evaluate(
		        model, &checkpoint, &prepared->data[SPLIT_TEST], NULL, pool);
		Metrics metrics = metrics_from(&confusion);
		row->accuracy[i] = metrics.accuracy;
		row->uar[i] = metrics.uar;
		row->macro_f1[i] = metrics.macro_f1;
		row->seconds += result.seconds / comparison->seeds;
		row->parameters = params_size(&checkpoint.params);
		arena_free(model);
	}
}

/* ---- telling ----------------------------------------------------------------------------------- */

static void print_spread(const double *values, int count)
{
	Spread spread = spread_of(values, count);
	if (count > 1)
		printf("  %.3f ± %.3f", spread.mean, spread.deviation);
	else
		printf("  %13.3f", spread.mean);
}

static void print_table(const Comparison *comparison, const Prepared *prepared)
{
	const Dataset *test = &prepared->data[SPLIT_TEST];
	int seeds = comparison->seeds;
	printf("\n%s: %d utterances to learn from, %d to validate, %d to test; %d "
	       "classes",
	        prepared->provenance.source, prepared->data[SPLIT_TRAIN].count,
	        prepared->data[SPLIT_VALIDATION].count, test->count,
	        prepared->frontend.labels.count);
	if (seeds > 1)
		printf("; mean and deviation over %d seeds", seeds);
	printf("\n\n%-12s  %13s  %13s  %13s  %10s  %7s\n", "strategy", "accuracy", "UAR",
	        "macro F1", "parameters", "seconds");
	for (int i = 0; i < comparison->count; i++) {
		const Row *row = &comparison->rows[i];
		printf("%-12s", row->name);
		print_spread(row->accuracy, seeds);
		print_spread(row->uar, seeds);
		print_spread(row->macro_f1, seeds);
		printf("  %10zu  %7.1f\n", row->parameters, row->seconds);
	}
	printf("\n");
	provenance_print(stdout, &prepared->provenance);
}

static void print_json(const Comparison *comparison, const Prepared *prepared)
{
	printf("[");
	for (int i = 0; i < comparison->count; i++) {
		const Row *row = &comparison->rows[i];
		Spread accuracy = spread_of(row->accuracy, comparison->seeds);
		Spread uar = spread_of(row->uar, comparison->seeds);
		Spread f1 = spread_of(row->macro_f1, comparison->seeds);
		printf("%s\n{\"fusion\":", i ? "," : "");
		json_text(stdout, row->name);
		printf(",\"accuracy\":%.6f,\"uar\":%.6f,\"macro_f1\":%.6f,\"parameters\":"
		       "%zu,"
		       "\"seconds\":%.2f,\"seeds\":%d,\"accuracy_deviation\":%.6f,"
		       "\"uar_deviation\":%.6f,\"macro_f1_deviation\":%.6f,"
		       "\"speaker_leak\":%d,\"paired_by_label\":%s}",
		        accuracy.mean, uar.mean, f1.mean, row->parameters, row->seconds,
		        comparison->seeds, accuracy.deviation, uar.deviation,
		        f1.deviation, prepared->provenance.leak.speakers,
		        prepared->provenance.paired ? "true" : "false");
	}
	printf("\n]\n");
}

static void print_next(const Comparison *comparison)
{
	if (comparison->corpus)
		return;
	printf("Next: open emotionnet/fusion.c, fill the template at its head, and make "
	       "run again.\n"
	       "Your own recordings: build/emotionnet train CORPUS.csv --out "
	       "model.safetensors "
	       "(README.md).\n");
}

/* ---- the command ------------------------------------------------------------------------------- */

static bool read_corpus(
        const Comparison *comparison, Corpus *corpus, Arena *arena, Error *error)
{
	if (!comparison->corpus) {
		stage_make(corpus, arena, stage_defaults());
		return true;
	}
	return corpus_read(corpus, arena, comparison->corpus,
	        comparison->settings.skip_bad, stderr, error);
}

static bool compare(Comparison *comparison, const ModelConfig *config,
        const Frontend *frontend, Arena *arena, Pool *pool, Error *error)
{
	Corpus corpus;
	Prepared prepared;
	if (!read_corpus(comparison, &corpus, arena, error))
		return false;
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT; split++)
		if (split != SPLIT_VALIDATION && !corpus_count(&corpus, split))
			return error_set(error, "%s: the %s split is empty",
			        corpus.source, split_name(split));
	if (!prepare(&prepared, arena, &corpus, frontend, &comparison->settings, pool,
	            error))
		return false;
	for (int i = 0; i < comparison->count; i++)
		run_row(comparison, &comparison->rows[i], config, &prepared, pool, arena);
	if (comparison->json) {
		print_json(comparison, &prepared);
	} else {
		print_table(comparison, &prepared);
		print_next(comparison);
	}
	prepared_free(&prepared);
	return true;
}

static int run(int argc, char **argv)
{
	Comparison comparison = {
		.fusions = "all", .seeds = 1, .settings = settings_defaults()
	};
	Settings *settings = &comparison.settings;
	settings->train.epochs = QUICK_EPOCHS;
	Option options[SETTINGS_OPTIONS + RUN_OPTIONS + 5] = {
		{ "fusion", OPTION_TEXT, &comparison.fusions, "LIST",
		        "strategies of emotionnet/fusion.c, or all", 0, 0 },
		{ "modalities", OPTION_TEXT, &settings->modalities, "LIST",
		        "text, speech, face or several of them", 0, 0 },
		{ "seeds", OPTION_INT, &comparison.seeds, "N", "runs of each strategy", 1,
		        MAX_SEEDS },
		{ "seed", OPTION_SEED, &settings->train.seed, "N", "the first seed", 0,
		        0 },
		{ "json", OPTION_FLAG, &comparison.json, NULL,
		        "a JSON list on standard output", 0, 0 },
	};
	int count = 5 + settings_options(settings, options + 5), operands;
	count += run_options(settings, options + count);
	bool help;
	Error error;
	ModelConfig config;
	Frontend frontend;
	if (!options_parse(&command_compare, options, count, argc, argv, &operands, &help,
	            &error))
		return usage_error(&command_compare, error.text);
	if (help) {
		settings_help();
		return STATUS_OK;
	}
	if (operands > 1)
		return usage_error(&command_compare, "expected one corpus at most");
	comparison.corpus = operands ? argv[0] : NULL;
	if (!settings_resolve(settings, &config, &frontend, &error) ||
	        !make_rows(&comparison, &error))
		return usage_error(&command_compare, error.text);

	Arena *arena = arena_new("comparison");
	Pool *pool = pool_new(settings->train.threads);
	bool done = compare(&comparison, &config, &frontend, arena, pool, &error);
	pool_free(pool);
	arena_free(arena);
	return done ? STATUS_OK : world_error(&command_compare, &error);
}
