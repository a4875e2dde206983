/* fold_scores.c: from the cells of single folds to one that was tested on all, and to
 * the spread over folds.
 *
 * Two means are told, since papers tell either: of the folds' own UAR, and the UAR of all
 * utterances together. The first counts a fold of few utterances like a large one, and in
 * it a class is left out of the folds that have none of it; the second is a ratio of sums.
 * The deviation over folds says how unlike the speakers are, that over seeds how much is
 * luck. */
#include "emotionnet/comparison/fold_scores.h"

#include <string.h>

/* ---- pooling ----------------------------------------------------------------------- */

/* The mean over the folds that trained so long. */
static void pool_epochs(const Comparison *c, Arena *arena, Cell *all)
{
	double best = 0;
	for (int f = 0; f < c->fold_count; f++) {
		const Cell *part = all->parts[f];
		best += (double)part->best_epoch / c->fold_count;
		if (part->epoch_count > all->epoch_count)
			all->epoch_count = part->epoch_count;
	}
	all->best_epoch = (int)(best + 0.5);
	EpochPoint *epochs = ARENA_ARRAY(arena, EpochPoint, (size_t)all->epoch_count);
	for (int e = 0; e < all->epoch_count; e++) {
		int there = 0;
		for (int f = 0; f < c->fold_count; f++) {
			const Cell *part = all->parts[f];
			if (e >= part->epoch_count)
				continue;
			there++;
			epochs[e].loss += part->epochs[e].loss;
			epochs[e].score += part->epochs[e].score;
		}
		epochs[e].loss /= there;
		epochs[e].score /= there;
	}
	all->epochs = epochs;
}

/* Accuracy is that of all utterances; UAR and F1 are means over the folds. */
static void pool_outcomes(const Comparison *c, Arena *arena, Cell *all)
{
	Outcome *outcomes = ARENA_ARRAY(arena, Outcome, (size_t)c->condition_count);
	for (int k = 0; k < c->condition_count; k++) {
		Outcome *sum = &outcomes[k];
		sum->tested = true;
		for (int f = 0; f < c->fold_count; f++) {
			const Outcome *one = &all->parts[f]->outcomes[k];
			sum->tested &= one->tested;
			sum->accuracy += one->accuracy * c->folds[f].test / c->test_count;
			sum->uar += one->uar / c->fold_count;
			sum->macro_f1 += one->macro_f1 / c->fold_count;
		}
	}
	all->outcomes = outcomes;
}

/* What one fold costs: the mean, and the most of parameters and memory. */
static void pool_costs(const Comparison *c, Cell *all)
{
	Costs *sum = &all->costs;
	for (int f = 0; f < c->fold_count; f++) {
		const Costs *one = &all->parts[f]->costs;
		costs_most(sum, one);
		sum->train_seconds += one->train_seconds / c->fold_count;
		sum->cpu_seconds += one->cpu_seconds / c->fold_count;
		sum->latency_p50 += one->latency_p50 / c->fold_count;
		sum->latency_p95 += one->latency_p95 / c->fold_count;
	}
}

static Cell pool_cells(const Comparison *c, Arena *arena, const Cell *const parts[])
{
	size_t classes = (size_t)c->labels.count;
	float *probabilities = ARENA_ARRAY(arena, float, (size_t)c->test_count *classes);
	Cell all = {
		.strategy = parts[0]->strategy,
		.reads = parts[0]->reads,
		.seed = parts[0]->seed,
		.size = parts[0]->size,
		.fold = FOLD_ALL,
		.probabilities = probabilities,
		.model = "",
		.parts = parts,
	};
	for (int f = 0; f < c->fold_count; f++) {
		size_t count = (size_t)c->folds[f].test * classes;
		memcpy(probabilities, parts[f]->probabilities,
		        count * sizeof *probabilities);
		probabilities += count;
		all.temperature += parts[f]->temperature / c->fold_count;
	}
	pool_epochs(c, arena, &all);
	pool_outcomes(c, arena, &all);
	pool_costs(c, &all);
	return all;
}

/* The cells of all folds with what `first` has, or NULL if one is missing. */
static const Cell *const *parts_of(const Comparison *c, Arena *arena, const Cell *first)
{
	const Cell **parts = ARENA_ARRAY(arena, const Cell *, (size_t)c->fold_count);
	for (int f = 0; f < c->fold_count; f++) {
		parts[f] =
		        comparison_find(c, first->strategy, first->seed, first->size, f);
		if (!parts[f])
			return NULL;
	}
	return parts;
}

void fold_pool(Comparison *comparison, Arena *arena)
{
	Comparison pooled = *comparison;
	if (!comparison->fold_count)
		return;
	pooled.cells = NULL;
	pooled.cell_count = pooled.cell_room = 0;
	for (int i = 0; i < comparison->cell_count; i++) {
		const Cell *cell = &comparison->cells[i];
		Cell all = *cell; /* was put together before */
		if (cell->fold > 0)
			continue;
		if (cell->fold == 0) {
			const Cell *const *parts = parts_of(comparison, arena, cell);
			if (!parts)
				continue;
			all = pool_cells(comparison, arena, parts);
		}
		comparison_add(&pooled, arena, &all);
	}
	*comparison = pooled;
}

/* ---- scores ------------------------------------------------------------------------ */

/* The UAR of the utterances whose group is `group` (of NULL: of all). */
static double uar_of(
        const Comparison *c, Arena *scratch, const Cell *cell, const int *of, int group)
{
	ArenaMark mark = arena_mark(scratch);
	int first = cell_first(c, cell), count = cell_tests(c, cell);
	Confusion confusion = confusion_new(scratch, c->labels.count);
	for (int i = 0; i < count; i++)
		if (!of || of[i] == group)
			confusion_add(&confusion, c->test[first + i].label,
			        cell_answer(c, cell, i));
	double uar = metrics_from(&confusion).uar;
	arena_rewind(scratch, mark);
	return uar;
}

/* The mean over speakers of the UAR of each, over the seeds. */
static Spread score_speakers(const Comparison *c, Arena *scratch, const Summary *summary)
{
	const char **names = ARENA_ARRAY(scratch, const char *, (size_t)c->test_count);
	for (int i = 0; i < c->test_count; i++) {
		names[i] = c->test[i].speaker;
		if (!*names[i])
			return (Spread){ 0 };
	}
	Clusters speakers = clusters_by_name(scratch, names, c->test_count);
	double *means = ARENA_ARRAY(scratch, double, (size_t)summary->seeds);
	for (int s = 0; s < summary->seeds; s++)
		for (int k = 0; k < speakers.count; k++)
			means[s] +=
			        uar_of(c, scratch, summary->cells[s], speakers.of, k) /
			        speakers.count;
	return spread_of(means, summary->seeds);
}

const FoldScores *fold_scores(const Comparison *c, Arena *arena, const Summary *summary)
{
	int seeds = summary->seeds, count = c->fold_count;
	Arena *scratch = arena_new("folds, scratch");
	Spread *by_seed = ARENA_ARRAY(arena, Spread, (size_t)seeds);
	Spread *by_fold = ARENA_ARRAY(arena, Spread, (size_t)count);
	double *pooled = ARENA_ARRAY(arena, double, (size_t)seeds);
	double *means =
	        ARENA_ARRAY(scratch, double, (size_t)(seeds > count ? seeds : count));
	double *uar = ARENA_ARRAY(scratch, double, (size_t)count *(size_t)seeds);
	for (int s = 0; s < seeds; s++) {
		double *own = uar + (size_t)s * (size_t)count;
		for (int f = 0; f < count; f++)
			own[f] = uar_of(c, scratch, summary->cells[s]->parts[f], NULL, 0);
		by_seed[s] = spread_of(own, count);
		pooled[s] = uar_of(c, scratch, summary->cells[s], NULL, 0);
	}
	for (int f = 0; f < count; f++) {
		for (int s = 0; s < seeds; s++)
			means[s] = uar[(size_t)s * (size_t)count + (size_t)f];
		by_fold[f] = spread_of(means, seeds);
	}
	FoldScores *scores = ARENA_NEW(arena, FoldScores);
	*scores = (FoldScores){ .seeds = by_seed, .pooled = pooled, .each = by_fold };
	for (int f = 0; f < count; f++)
		means[f] = by_fold[f].mean;
	Spread over = spread_of(means, count);
	scores->mean = over.mean;
	scores->over_folds = over.deviation;
	for (int s = 0; s < seeds; s++)
		means[s] = by_seed[s].mean;
	scores->over_seeds = spread_of(means, seeds).deviation;
	scores->speakers = score_speakers(c, scratch, summary);
	arena_free(scratch);
	return scores;
}
