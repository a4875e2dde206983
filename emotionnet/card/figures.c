/* figures.c: how much may be looked at, and the figures of that. How much is decided by
 * counting work, not by a clock: the same training has the same card. */
#include "emotionnet/card/figures.h"

#include "emotionnet/card/about.h"
#include "emotionnet/corpus/columns.h"
#include "emotionnet/corpus/subset.h"
#include "tensor/largest.h"

#include <string.h>

/* An utterance costs a step forward and two back; this share of the training's work may go
 * into each of: the test, the losses of the training, the probes. */
#define SHARE (1.0 / 40)
/* Of the probes more: else few trainings would tell who speaks. */
#define LEAK_SHARE (1.0 / 25)
enum { STEPS = 3, LEAST = 64, LEAST_FROZEN = 16 };
/* The probes look at so many utterances and speakers at most. From fewer than the least they
 * would learn little, and find less than leaks. */
enum {
	LEAK_STEPS = 400,
	LEAK_UTTERANCES = 400,
	LEAK_LEAST = 300,
	LEAK_SPEAKERS = 50,
	MOST_MEMBERS = 1000
};

/* ---- how much ---------------------------------------------------------------------- */

/* Whether an encoder's file did most of the work, once for each utterance. */
static bool frozen(const Checkpoint *checkpoint)
{
	for (ModalityKind m = 0; m < MODALITIES; m++)
		if (checkpoint->config.reads.has[m] &&
		        checkpoint->config.encoder[m].pretrained)
			return true;
	return false;
}

/* Utterances whose answers take no more than a share of the training's work. */
static int affordable(const CardRun *run)
{
	bool once = frozen(run->checkpoint);
	int learnt = run->data[SPLIT_TRAIN].count;
	double steps = once ? learnt : (double)STEPS * run->result.epochs * learnt;
	int least = once ? LEAST_FROZEN : LEAST;
	double most = SHARE * steps;
	return most < least ? least : most > 1e9 ? 1000000000 : (int)most;
}

/* Examples but copies, evenly, `most` at most; what they point to is shared. */
static Dataset evenly(Arena *arena, const Dataset *data, int most)
{
	Dataset some = *data;
	some.items = ARENA_ARRAY(arena, Example, (size_t)data->count);
	some.count = 0;
	int own = 0, seen = 0;
	for (int i = 0; i < data->count; i++)
		own += !data->items[i].copy;
	for (int i = 0; i < data->count; i++)
		if (!data->items[i].copy && subset_evenly(seen++, own, most))
			some.items[some.count++] = data->items[i];
	return some;
}

/* How many steps of all training utterances a parameter of this name meets. Encoders pool
 * frames, and not every layer meets each of them: a quarter. */
static double steps_of(const CardRun *run, const char *name)
{
	const Dataset *data = &run->data[SPLIT_TRAIN];
	double steps = 0;
	for (ModalityKind m = 0; m < MODALITIES; m++) {
		size_t size = strlen(modality_name(m));
		if (strncmp(name, modality_name(m), size) != 0 || name[size] != '.')
			continue;
		for (int i = 0; i < data->count; i++) {
			int own = data->items[i].steps[m].shape[0];
			steps += own > 4 ? own / 4.0 : 1;
			if (m == MODALITY_TEXT && data->items[i].words > 1)
				steps += data->items[i].words - 1;
		}
		return steps;
	}
	return data->count;
}

/* Multiplications of a training: each number that is learnt, at each step it meets. The
 * rows of an embedding are looked up, not multiplied. */
static double work_of(const CardRun *run)
{
	double work = 0;
	const Params *params = &run->checkpoint->params;
	for (int i = 0; i < params->count; i++) {
		const char *name = params->items[i]->name;
		if (!strstr(name, "embedding") && !strstr(name, "functionals"))
			work += steps_of(run, name) *
			        (double)tensor_count(params->items[i]->value);
	}
	return STEPS * run->result.epochs * work;
}

/* Utterances whose speakers the probes can learn to name for such a share: two halves, two
 * levels, the steps there and back. */
static int leak_affordable(Arena *arena, const CardRun *run)
{
	int named = 0;
	for (Split s = SPLIT_TRAIN; s < SPLIT_COUNT; s++)
		named += corpus_speakers(run->corpus, s, arena).count;
	if (!named)
		return LEAK_UTTERANCES; /* nothing is learnt, and leak_of says why */
	if (frozen(run->checkpoint))
		return 0;
	named = named < LEAK_SPEAKERS ? named : LEAK_SPEAKERS;
	double width = 0;
	for (ModalityKind m = 0; m < MODALITIES; m++)
		if (run->checkpoint->config.reads.has[m])
			width += 2 * run->checkpoint->config.encoder[m].hidden;
	double each = 2 * 2 * LEAK_STEPS * 2 * named * width / 2;
	double most = each > 0 ? LEAK_SHARE * work_of(run) / each : 0;
	return most > LEAK_UTTERANCES ? LEAK_UTTERANCES : (int)most;
}

/* ---- the figures ------------------------------------------------------------------- */

/* Of data that all have labels. */
static void measure_uar(CardFigures *figures, Arena *arena, const Corpus *corpus,
        const Dataset *data, const int labels[], const int answers[], int classes)
{
	Arena *scratch = arena_new("card, UAR");
	size_t n = (size_t)data->count;
	const char **names = ARENA_ARRAY(scratch, const char *, n);
	int *weights = ARENA_ARRAY(scratch, int, n);
	double *draws = ARENA_ARRAY(scratch, double, BOOTSTRAP_DRAWS);
	ClassCount *counts = ARENA_ARRAY(scratch, ClassCount, (size_t)classes);
	StringSet speakers = stringset_new(scratch);
	for (int i = 0; i < data->count; i++) {
		names[i] = corpus->utterances[data->items[i].utterance].speaker;
		if (*names[i])
			stringset_add(&speakers, names[i]);
	}
	figures->speakers = speakers.count;
	Clusters clusters = speakers.count > 1
	                            ? clusters_by_name(scratch, names, data->count)
	                            : clusters_alone(scratch, data->count);
	for (int d = 0; d < BOOTSTRAP_DRAWS; d++) {
		bootstrap_draw(&clusters, scratch, d, weights);
		metrics_count(counts, classes, labels, answers, weights, data->count);
		draws[d] = metrics_from_counts(counts, classes).uar;
	}
	figures->uar = bootstrap_interval(draws, BOOTSTRAP_DRAWS, 0.95);
	figures->classes = ARENA_ARRAY(arena, ClassCount, (size_t)classes);
	metrics_count(figures->classes, classes, labels, answers, NULL, data->count);
	figures->metrics = metrics_from_counts(figures->classes, classes);
	arena_free(scratch);
}

/* Probabilities (N,C) and labels (N) as score/ reads them. */
typedef struct Answers {
	float *p;
	int *labels, count;
} Answers;

static Answers answers_of(
        Arena *arena, const CardRun *run, const Dataset *data, Pool *pool)
{
	int classes = run->checkpoint->config.classes;
	Tensor p = experiment_predict(arena, run->checkpoint, data, NULL, pool);
	Answers answers = { ARENA_ARRAY(
		                    arena, float, (size_t)data->count *(size_t)classes),
		ARENA_ARRAY(arena, int, (size_t)data->count), 0 };
	for (int i = 0; i < data->count; i++) {
		if (data->items[i].label < 0)
			continue;
		for (int c = 0; c < classes; c++)
			answers.p[answers.count * classes + c] =
			        (float)tensor_row(p, i).data[c];
		answers.labels[answers.count++] = data->items[i].label;
	}
	return answers;
}

static void measure_groups(CardFigures *figures, Arena *arena, const Corpus *corpus,
        const Dataset *data, const int answers[], int classes)
{
	const char *const columns[CARD_GROUPS] = { column_sex(corpus), column_age(corpus),
		"speaker",
		about_sources(corpus, arena).count > 1 ? COLUMN_CORPUS : NULL };
	for (int c = 0; c < CARD_GROUPS; c++) {
		PeopleGroups *groups = &figures->groups[figures->group_count];
		if (!columns[c])
			continue;
		*groups = groups_of(
		        arena, corpus, data, answers, classes, columns[c], c == 1);
		bool said = groups->count > 1 ||
		            (groups->count == 1 && *groups->groups[0].value);
		figures->group_count += said;
	}
}

static void measure_test(
        CardFigures *figures, Arena *arena, const CardRun *run, Pool *pool)
{
	int classes = run->checkpoint->config.classes, most = affordable(run);
	const Dataset *whole = &run->data[figures->split];
	Dataset data = evenly(arena, whole, most);
	Answers answers = answers_of(arena, run, &data, pool);
	int *best = ARENA_ARRAY(arena, int, (size_t)answers.count);
	Sure *sure = ARENA_ARRAY(arena, Sure, (size_t)answers.count);
	int known = 0;
	for (int i = 0; i < data.count; i++)
		if (data.items[i].label >= 0)
			data.items[known++] = data.items[i];
	data.count = known;
	for (int i = 0; i < known; i++) {
		const float *p = answers.p + (size_t)i * (size_t)classes;
		best[i] = answer_of(p, classes);
		sure[i] = (Sure){ (double)p[best[i]], best[i] == answers.labels[i] };
	}
	figures->all = whole->count;
	measure_uar(figures, arena, run->corpus, &data, answers.labels, best, classes);
	measure_groups(figures, arena, run->corpus, &data, best, classes);
	figures->calibration =
	        calibration_of(answers.p, answers.labels, answers.count, classes);
	figures->coverage = coverage_of(sure, known, 0);
	if (figures->split == SPLIT_TEST && run->data[SPLIT_VALIDATION].count &&
	        !run->result.again) {
		Dataset fit = evenly(arena, &run->data[SPLIT_VALIDATION], most);
		answers = answers_of(arena, run, &fit, pool);
		figures->temperature = calibration_temperature(
		        answers.p, answers.labels, answers.count, classes);
	}
}

static void measure_leak(
        CardFigures *figures, Arena *arena, const CardRun *run, Pool *pool)
{
	int most = affordable(run) < MOST_MEMBERS ? affordable(run) : MOST_MEMBERS;
	Dataset some[SPLIT_COUNT] = { { 0 } };
	some[SPLIT_TRAIN] = evenly(arena, &run->data[SPLIT_TRAIN], most);
	some[SPLIT_TEST] = evenly(arena, &run->data[SPLIT_TEST], most);
	figures->membership =
	        leak_membership(arena, run->checkpoint, run->corpus, some, pool);
	LeakOptions options = { .utterances = leak_affordable(arena, run),
		.speakers = LEAK_SPEAKERS,
		.steps = LEAK_STEPS };
	figures->leak_left_out = options.utterances < LEAK_LEAST;
	if (!figures->leak_left_out)
		figures->leak = leak_of(
		        arena, run->checkpoint, run->corpus, run->data, &options, pool);
}

CardFigures card_measure(Arena *arena, const CardRun *run, Pool *pool)
{
	CardFigures figures = { .split = run->data[SPLIT_TEST].count ? SPLIT_TEST
		                                                     : SPLIT_VALIDATION };
	if (run->data[figures.split].count)
		measure_test(&figures, arena, run, pool);
	measure_leak(&figures, arena, run, pool);
	return figures;
}
