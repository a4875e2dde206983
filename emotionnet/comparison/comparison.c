/* comparison.c: sums up: from the cells to means over the seeds, intervals by
 * bootstrap, calibration and costs of each strategy. */
#include "emotionnet/comparison/comparison.h"
#include "emotionnet/comparison/fold_scores.h"

#include <string.h>

/* ---- scores ------------------------------------------------------------------------ */

/* What all summaries are made from: the answers, and every score of every cell in
 * every draw. */
typedef struct Work {
	Comparison *comparison;
	Arena *arena, *scratch;
	int *labels;    /* (test_count) */
	int *answers;   /* (cell_count, test_count) */
	double *scores; /* (cell_count, SCORE_KINDS) of the test as it is */
	double *drawn;  /* (cell_count, SCORE_KINDS, BOOTSTRAP_DRAWS) */
} Work;

static double *scores_of(const Work *work, const Cell *cell)
{
	return work->scores + (cell - work->comparison->cells) * SCORE_KINDS;
}

static double *drawn_of(const Work *work, const Cell *cell, ScoreKind kind)
{
	size_t row =
	        (size_t)(cell - work->comparison->cells) * SCORE_KINDS + (size_t)kind;
	return work->drawn + row * BOOTSTRAP_DRAWS;
}

static const int *answers_of(const Work *work, const Cell *cell)
{
	return work->answers +
	       (cell - work->comparison->cells) * work->comparison->test_count;
}

/* Adds one cell's answers to a confusion matrix. */
static void count_answers(const Work *work, const Cell *cell, Confusion *confusion)
{
	const int *answers = answers_of(work, cell);
	for (int i = 0; i < work->comparison->test_count; i++)
		confusion_add(confusion, work->labels[i], answers[i]);
}

/* One cell's scores, each test utterance counted weights[i] times (NULL: once). */
static void score(const Work *work, const Cell *cell, const int *weights,
        double scores[SCORE_KINDS])
{
	const Comparison *c = work->comparison;
	const int *answers = answers_of(work, cell);
	ArenaMark mark = arena_mark(work->scratch);
	ClassCount *counts =
	        ARENA_ARRAY(work->scratch, ClassCount, (size_t)c->labels.count);
	metrics_count(
	        counts, c->labels.count, work->labels, answers, weights, c->test_count);
	Metrics metrics = metrics_from_counts(counts, c->labels.count);
	arena_rewind(work->scratch, mark);
	scores[SCORE_ACCURACY] = metrics.accuracy;
	scores[SCORE_UAR] = metrics.uar;
	scores[SCORE_MACRO_F1] = metrics.macro_f1;
	scores[SCORE_WEIGHTED_F1] = metrics.weighted_f1;
}

/* Every cell's scores with these weights, from scores[0] on, `stride` apart. */
static void score_cells(
        const Work *work, const int *weights, double *scores, size_t stride)
{
	const Comparison *c = work->comparison;
	for (int i = 0; i < c->cell_count; i++) {
		double found[SCORE_KINDS];
		score(work, &c->cells[i], weights, found);
		for (int k = 0; k < SCORE_KINDS; k++)
			scores[((size_t)i * SCORE_KINDS + (size_t)k) * stride] = found[k];
	}
}

/* Speakers where there are two or more, else utterances. */
static Clusters clusters_of(Comparison *c, Arena *scratch)
{
	const char **names = ARENA_ARRAY(scratch, const char *, (size_t)c->test_count);
	bool named = false, several = false;
	const char *first = "";
	for (int i = 0; i < c->test_count; i++) {
		names[i] = c->test[i].speaker;
		several |= *names[i] && named && strcmp(names[i], first) != 0;
		if (*names[i] && !named) {
			first = names[i];
			named = true;
		}
	}
	Clusters clusters = several ? clusters_by_name(scratch, names, c->test_count)
	                            : clusters_alone(scratch, c->test_count);
	c->by_speaker = several;
	c->clusters = clusters.count;
	return clusters;
}

static void prepare(Work *work)
{
	Comparison *c = work->comparison;
	size_t tests = (size_t)c->test_count, cells = (size_t)c->cell_count;
	work->labels = ARENA_ARRAY(work->scratch, int, tests);
	work->answers = ARENA_ARRAY(work->scratch, int, cells *tests);
	work->scores = ARENA_ARRAY(work->scratch, double, cells *SCORE_KINDS);
	work->drawn =
	        ARENA_ARRAY(work->scratch, double, cells *SCORE_KINDS *BOOTSTRAP_DRAWS);
	for (size_t i = 0; i < tests; i++)
		work->labels[i] = c->test[i].label;
	for (size_t i = 0; i < cells * tests; i++)
		work->answers[i] = cell_answer(c, &c->cells[i / tests], (int)(i % tests));
	score_cells(work, NULL, work->scores, 1);
	Clusters clusters = clusters_of(c, work->scratch);
	int *weights = ARENA_ARRAY(work->scratch, int, tests);
	for (int draw = 0; draw < BOOTSTRAP_DRAWS; draw++) {
		bootstrap_draw(&clusters, work->scratch, draw, weights);
		score_cells(work, weights, work->drawn + draw, BOOTSTRAP_DRAWS);
	}
}

/* 95 % of the means over these cells' draws, less those of `others` (NULL: nothing is
 * taken away). */
static Interval interval_of(const Work *work, const Cell *const cells[],
        const Cell *const others[], int count, ScoreKind kind)
{
	double means[BOOTSTRAP_DRAWS] = { 0 };
	for (int i = 0; i < count; i++) {
		const double *drawn = drawn_of(work, cells[i], kind);
		const double *less = others ? drawn_of(work, others[i], kind) : NULL;
		for (int d = 0; d < BOOTSTRAP_DRAWS; d++)
			means[d] += (drawn[d] - (less ? less[d] : 0)) / count;
	}
	return bootstrap_interval(means, count ? BOOTSTRAP_DRAWS : 0, 0.95);
}

/* ---- one strategy ------------------------------------------------------------------ */

/* The cells of a strategy that are wanted and finished, by seed; returns how many. */
static int cells_of(
        const Comparison *c, const char *strategy, int size, const Cell **cells)
{
	int count = 0;
	for (int s = 0; s < c->seed_count; s++) {
		const Cell *cell = comparison_find(c, strategy,
		        c->first_seed + (uint64_t)s, size, c->fold_count ? FOLD_ALL : 0);
		if (cell)
			cells[count++] = cell;
	}
	return count;
}

static void sum_scores(const Work *work, Summary *summary, const char *baseline)
{
	const Comparison *c = work->comparison;
	Arena *scratch = work->scratch;
	const Cell **ours = ARENA_ARRAY(scratch, const Cell *, (size_t)c->seed_count);
	const Cell **theirs = ARENA_ARRAY(scratch, const Cell *, (size_t)c->seed_count);
	double *values = ARENA_ARRAY(scratch, double, (size_t)c->seed_count);
	int common = 0;
	for (int i = 0; i < summary->seeds; i++) {
		const Cell *cell = summary->cells[i];
		const Cell *other = comparison_find(
		        c, baseline, cell->seed, summary->size, cell->fold);
		if (!other)
			continue;
		ours[common] = cell;
		theirs[common++] = other;
	}
	for (int k = 0; k < SCORE_KINDS; k++) {
		Score *one = &summary->scores[k];
		for (int i = 0; i < summary->seeds; i++)
			values[i] = scores_of(work, summary->cells[i])[k];
		one->seeds = spread_of(values, summary->seeds);
		one->interval = interval_of(
		        work, summary->cells, NULL, summary->seeds, (ScoreKind)k);
		for (int i = 0; i < common; i++)
			one->gain += (scores_of(work, ours[i])[k] -
			                     scores_of(work, theirs[i])[k]) /
			             common;
		one->gain_interval =
		        interval_of(work, ours, theirs, common, (ScoreKind)k);
	}
}

/* Shares of right answers among the utterances of each kind, `stride` apart. */
static void kind_accuracies(
        const Work *work, const Cell *cell, double *shares, size_t stride)
{
	const Comparison *c = work->comparison;
	const int *answers = answers_of(work, cell);
	ArenaMark mark = arena_mark(work->scratch);
	int *right = ARENA_ARRAY(work->scratch, int, (size_t)c->kind_count);
	int *count = ARENA_ARRAY(work->scratch, int, (size_t)c->kind_count);
	for (int i = 0; i < c->test_count && c->kind_count; i++) {
		count[c->test[i].kind]++;
		right[c->test[i].kind] += answers[i] == work->labels[i];
	}
	for (int k = 0; k < c->kind_count; k++)
		shares[(size_t)k * stride] = count[k] ? (double)right[k] / count[k] : 0;
	arena_rewind(work->scratch, mark);
}

static void sum_kinds(const Work *work, Summary *summary)
{
	const Comparison *c = work->comparison;
	Spread *kinds = ARENA_ARRAY(work->arena, Spread, (size_t)c->kind_count);
	size_t seeds = (size_t)summary->seeds;
	double *values = ARENA_ARRAY(work->scratch, double, (size_t)c->kind_count *seeds);
	for (size_t i = 0; i < seeds; i++)
		kind_accuracies(work, summary->cells[i], values + i, seeds);
	for (int k = 0; k < c->kind_count; k++)
		kinds[k] = spread_of(values + (size_t)k * seeds, summary->seeds);
	summary->kinds = kinds;
}

/* The area under accuracy against level by trapezoids, from level 0 (the plain test) to
 * the highest, divided by that: the mean accuracy over the levels. Levels of a kind
 * stand in growing order. */
static double area_of(const Work *work, const Cell *cell, ConditionKind kind)
{
	const Comparison *c = work->comparison;
	double level = 0, area = 0, accuracy = scores_of(work, cell)[SCORE_ACCURACY];
	for (int i = 0; i < c->condition_count; i++) {
		if (c->conditions[i].kind != kind)
			continue;
		area += (c->conditions[i].level - level) *
		        (cell->outcomes[i].accuracy + accuracy) / 2;
		level = c->conditions[i].level;
		accuracy = cell->outcomes[i].accuracy;
	}
	return level > 0 ? area / level : 0;
}

static void sum_conditions(const Work *work, Summary *summary)
{
	const Comparison *c = work->comparison;
	Spread *conditions = ARENA_ARRAY(work->arena, Spread, (size_t)c->condition_count);
	double *values = ARENA_ARRAY(work->scratch, double, (size_t)c->seed_count);
	for (int k = 0; k < c->condition_count; k++) {
		bool tested = summary->seeds > 0;
		for (int i = 0; i < summary->seeds; i++) {
			const Outcome *outcome = &summary->cells[i]->outcomes[k];
			values[i] = outcome->accuracy;
			tested &= outcome->tested;
		}
		conditions[k] = tested ? spread_of(values, summary->seeds)
		                       : (Spread){ .mean = -1 };
		ConditionKind kind = c->conditions[k].kind;
		if (!tested || kind < CONDITION_NOISE)
			continue;
		for (int i = 0; i < summary->seeds; i++)
			values[i] = area_of(work, summary->cells[i], kind);
		summary->robustness[kind] =
		        (Robustness){ true, spread_of(values, summary->seeds) };
	}
	summary->conditions = conditions;
}

/* ---- calibration ------------------------------------------------------------------- */

static void add_bins(CalibrationBin sum[CALIBRATION_BINS], const Calibration *one)
{
	for (int b = 0; b < CALIBRATION_BINS; b++) {
		const CalibrationBin *bin = &one->bins[b];
		int count = sum[b].count + bin->count;
		if (!count)
			continue;
		sum[b].confidence = (sum[b].confidence * sum[b].count +
		                            bin->confidence * bin->count) /
		                    count;
		sum[b].accuracy =
		        (sum[b].accuracy * sum[b].count + bin->accuracy * bin->count) /
		        count;
		sum[b].count = count;
	}
}

static Calibration calibration_after(const Work *work, const Cell *cell)
{
	const Comparison *c = work->comparison;
	ArenaMark mark = arena_mark(work->scratch);
	size_t classes = (size_t)c->labels.count, tests = (size_t)c->test_count;
	float *soft = ARENA_ARRAY(work->scratch, float, tests *classes);
	for (size_t i = 0; i < tests; i++)
		calibration_soften(soft + i * classes, cell->probabilities + i * classes,
		        c->labels.count, cell_temperature(c, cell, (int)i));
	Calibration after =
	        calibration_of(soft, work->labels, c->test_count, c->labels.count);
	arena_rewind(work->scratch, mark);
	return after;
}

static void sum_calibration(const Work *work, Summary *summary)
{
	enum { NLL, BRIER, ECE, NLL_AFTER, BRIER_AFTER, ECE_AFTER, TEMPERATURE, COUNT };
	const Comparison *c = work->comparison;
	size_t seeds = (size_t)c->seed_count;
	double *values = ARENA_ARRAY(work->scratch, double, COUNT *seeds);
	for (int i = 0; i < summary->seeds; i++) {
		const Cell *cell = summary->cells[i];
		Calibration before = calibration_of(cell->probabilities, work->labels,
		        c->test_count, c->labels.count);
		Calibration after = calibration_after(work, cell);
		const double found[COUNT] = { before.nll, before.brier, before.ece,
			after.nll, after.brier, after.ece, cell->temperature };
		for (size_t k = 0; k < COUNT; k++)
			values[k * seeds + (size_t)i] = found[k];
		add_bins(summary->before, &before);
		add_bins(summary->after, &after);
	}
	Spread *const spreads[COUNT] = { &summary->nll, &summary->brier, &summary->ece,
		&summary->nll_after, &summary->brier_after, &summary->ece_after,
		&summary->temperature };
	for (size_t k = 0; k < COUNT; k++)
		*spreads[k] = spread_of(values + k * seeds, summary->seeds);
}

static void sum_costs(const Work *work, Summary *summary)
{
	size_t seeds = (size_t)work->comparison->seed_count;
	double *values = ARENA_ARRAY(work->scratch, double, 4 * seeds);
	for (int i = 0; i < summary->seeds; i++) {
		const Costs *costs = &summary->cells[i]->costs;
		values[i] = costs->train_seconds;
		values[seeds + (size_t)i] = costs->latency_p50;
		values[2 * seeds + (size_t)i] = costs->latency_p95;
		values[3 * seeds + (size_t)i] = costs->cpu_seconds;
		costs_most(&summary->most, costs);
	}
	summary->train_seconds = spread_of(values, summary->seeds);
	summary->latency_p50 = spread_of(values + seeds, summary->seeds);
	summary->latency_p95 = spread_of(values + 2 * seeds, summary->seeds);
	summary->cpu_seconds = spread_of(values + 3 * seeds, summary->seeds);
}

static void summarise(const Work *work, Summary *summary, const char *strategy, int size,
        const char *baseline)
{
	const Comparison *c = work->comparison;
	const Cell **cells =
	        ARENA_ARRAY(work->arena, const Cell *, (size_t)c->seed_count);
	*summary = (Summary){ .strategy = strategy, .size = size, .reads = "" };
	summary->seeds = cells_of(c, strategy, size, cells);
	summary->cells = cells;
	if (summary->seeds)
		summary->reads = cells[0]->reads;
	summary->confusion = confusion_new(work->arena, c->labels.count);
	for (int i = 0; i < summary->seeds; i++)
		count_answers(work, cells[i], &summary->confusion);
	sum_scores(work, summary, baseline);
	sum_kinds(work, summary);
	sum_conditions(work, summary);
	sum_calibration(work, summary);
	sum_costs(work, summary);
	if (c->fold_count)
		summary->folds = fold_scores(c, work->arena, summary);
}

/* ---- all --------------------------------------------------------------------------- */

static bool is_wanted(const Comparison *c, const char *strategy)
{
	for (int i = 0; i < c->strategy_count; i++)
		if (!strcmp(c->strategies[i], strategy))
			return true;
	return false;
}

/* Without a wish: plain concatenation, which every other fusion claims to better; without
 * fusions the bag of words, which every network claims to better. */
static const char *choose_baseline(const Comparison *c)
{
	if (is_wanted(c, "middle"))
		return "middle";
	if (is_wanted(c, "bag of words"))
		return "bag of words";
	return c->strategy_count ? c->strategies[0] : "";
}

bool comparison_summarise(
        Comparison *comparison, Arena *arena, const char *baseline, Error *error)
{
	if (baseline && !is_wanted(comparison, baseline))
		return error_set(error,
		        "baseline \"%s\": expected one of the strategies that are compared",
		        baseline);
	comparison->baseline = baseline ? baseline : choose_baseline(comparison);
	fold_pool(comparison, arena);
	int count = comparison->strategy_count * comparison->size_count;
	Summary *summaries = ARENA_ARRAY(arena, Summary, (size_t)count);
	Work work = { .comparison = comparison,
		.arena = arena,
		.scratch = arena_new("summaries") };
	prepare(&work);
	for (int i = 0; i < count; i++)
		summarise(&work, &summaries[i],
		        comparison->strategies[i / comparison->size_count],
		        comparison->sizes[i % comparison->size_count],
		        comparison->baseline);
	arena_free(work.scratch);
	comparison->summary_count = count;
	comparison->summaries = summaries;
	return true;
}
