/* cells.c: what is asked of a comparison's cells, before anything is summed up. */
#include "emotionnet/comparison/comparison.h"

#include "text/list.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static const char *const score_names[SCORE_KINDS] = {
	[SCORE_ACCURACY] = "accuracy",
	[SCORE_UAR] = "uar",
	[SCORE_MACRO_F1] = "macro_f1",
	[SCORE_WEIGHTED_F1] = "weighted_f1",
};

const char *score_name(ScoreKind kind)
{
	return score_names[kind];
}

/* ---- cells ------------------------------------------------------------------------- */

const Cell *comparison_find(const Comparison *comparison, const char *strategy,
        uint64_t seed, int size, int fold)
{
	for (int i = 0; i < comparison->cell_count; i++) {
		const Cell *cell = &comparison->cells[i];
		if (cell->seed == seed && cell->size == size && cell->fold == fold &&
		        !strcmp(cell->strategy, strategy))
			return cell;
	}
	return NULL;
}

bool comparison_fits(const Comparison *c, Error *error)
{
	enum { MOST_CELLS = 1000000, MOST_COUNTS = 250000000 };
	double rows = fmax(c->strategy_count, 1) * fmax(c->size_count, 1);
	double classes = c->labels.count;
	if (rows * c->seed_count * comparison_folds(c) > MOST_CELLS ||
	        c->first_seed > UINT64_MAX - (uint64_t)c->seed_count)
		return error_set(error,
		        "%d strategies, %d sizes and %d seeds from %" PRIu64
		        " on, each %d times: expected %d cells at most",
		        c->strategy_count, c->size_count, c->seed_count, c->first_seed,
		        comparison_folds(c), MOST_CELLS);
	return rows * classes * classes <= MOST_COUNTS ||
	       error_set(error,
	               "%d classes: expected %.0f at most, with %d strategies and %d sizes",
	               c->labels.count, floor(sqrt(MOST_COUNTS / rows)),
	               c->strategy_count, c->size_count);
}

void comparison_add(Comparison *comparison, Arena *arena, const Cell *cell)
{
	comparison->cells = arena_grow(arena, comparison->cells, comparison->cell_count,
	        &comparison->cell_room, sizeof *cell);
	comparison->cells[comparison->cell_count++] = *cell;
}

static uint64_t more_of(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

void costs_most(Costs *most, const Costs *one)
{
	most->parameters = more_of(most->parameters, one->parameters);
	most->memory = more_of(most->memory, one->memory);
	most->disk = more_of(most->disk, one->disk);
	most->operations = more_of(most->operations, one->operations);
	most->read = more_of(most->read, one->read);
	most->asked |= one->asked;
}

int cell_answer(const Comparison *comparison, const Cell *cell, int test)
{
	int classes = comparison->labels.count;
	return answer_of(cell->probabilities + (size_t)test * (size_t)classes, classes);
}

const Ceiling *comparison_ceiling(const Comparison *comparison, const char *reads)
{
	for (int i = 0; i < comparison->ceiling_count; i++)
		if (!strcmp(comparison->ceilings[i].reads, reads))
			return &comparison->ceilings[i];
	return NULL;
}

/* ---- folds ------------------------------------------------------------------------- */

int comparison_folds(const Comparison *comparison)
{
	return comparison->fold_count ? comparison->fold_count : 1;
}

static bool has_own_fold(const Comparison *comparison, const Cell *cell)
{
	return comparison->fold_count && cell->fold != FOLD_ALL;
}

int cell_tests(const Comparison *comparison, const Cell *cell)
{
	return has_own_fold(comparison, cell) ? comparison->folds[cell->fold].test
	                                      : comparison->test_count;
}

int cell_first(const Comparison *comparison, const Cell *cell)
{
	int first = 0;
	if (has_own_fold(comparison, cell))
		for (int f = 0; f < cell->fold; f++)
			first += comparison->folds[f].test;
	return first;
}

double cell_temperature(const Comparison *comparison, const Cell *cell, int test)
{
	int fold = 0;
	if (!cell->parts)
		return cell->temperature;
	while (test >= comparison->folds[fold].test)
		test -= comparison->folds[fold++].test;
	return cell->parts[fold]->temperature;
}

/* ---- what a language model knew ---------------------------------------------------- */

const char known_meaning[] =
        "If the test surprises it much less than new sentences do, it may have read the test in its own training, and its rows promise more than they would keep on new texts; texts of another kind surprise differently too, so this is a hint and no proof.";

bool known_told(const Known *known)
{
	return known->model && *known->model;
}

/* ---- enrolment --------------------------------------------------------------------- */

const char comparison_enrolment[] =
        "Voices and faces were normalised by speaker (enrolment): by all clips of each speaker, without their labels, those of the test too.";

bool comparison_enrolled(const Comparison *comparison)
{
	bool person = false; /* a voice or a face is read */
	for (int i = 0; i < comparison->cell_count; i++)
		person |= strstr(comparison->cells[i].reads, "speech") ||
		          strstr(comparison->cells[i].reads, "face");
	return person && lines_have(comparison->settings, "--normalise speaker");
}
