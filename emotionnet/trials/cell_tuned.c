#include "emotionnet/trials/cell_tuned.h"

#include "emotionnet/trials/cell_network.h"
#include "emotionnet/trials/testing.h"

/* The trial as its network sees it. */
typedef struct Tuned {
	Arena *arena;
	Strategy strategy;
	Settings settings;
	Corpus corpus;
	Prepared prepared;
	Conditions conditions;
	Trial trial;
} Tuned;

static bool tuned_begin(Tuned *tuned, const Trial *trial, Pool *pool, Error *error)
{
	const TunedModel *model = trial->strategy->tuned;
	*tuned = (Tuned){ .arena = arena_new("tuned"),
		.strategy = *trial->strategy,
		.settings = model->settings,
		.trial = *trial };
	Arena *arena = tuned->arena;
	Frontend frontend = model->frontend;
	frontend.labels = trial->prepared->frontend.labels;
	tuned->corpus = testing_corpus(trial, arena);
	tuned->settings.quiet = true;
	tuned->trial.strategy = &tuned->strategy;
	tuned->trial.corpus = &tuned->corpus;
	tuned->trial.prepared = &tuned->prepared;
	tuned->trial.conditions = &tuned->conditions;
	tuned->trial.choices = &model->config;
	tuned->trial.settings = &tuned->settings;
	if (!prepared_make(&tuned->prepared, arena, &tuned->corpus, &frontend,
	            &tuned->settings, pool, error)) {
		arena_free(arena);
		return false;
	}
	int there = tuned->prepared.data[SPLIT_TEST].count;
	int wanted = trial->conditions->plain.data.count;
	bool done =
	        (there == wanted ||
	                error_set(error,
	                        "%s: reads %d of the %d test utterances: the others have no text",
	                        tuned->strategy.name, there, wanted)) &&
	        conditions_make(&tuned->conditions, arena, &tuned->prepared,
	                &tuned->corpus, false, pool, error);
	if (!done) {
		prepared_free(&tuned->prepared);
		arena_free(arena);
	}
	return done;
}

static void tuned_end(Tuned *tuned)
{
	prepared_free(&tuned->prepared);
	arena_free(tuned->arena);
}

CellResult cell_tuned(Cell *cell, Arena *arena, const Trial *trial, Pool *pool,
        const Progress *progress, Error *error)
{
	Tuned tuned;
	if (!tuned_begin(&tuned, trial, pool, error))
		return CELL_FAILED;
	CellResult result =
	        cell_network(cell, arena, &tuned.trial, pool, progress, error);
	cell->outcomes = ARENA_ARRAY(arena, Outcome, (size_t)trial->conditions->count);
	tuned_end(&tuned);
	return result;
}

uint64_t cell_tuned_hash(const Trial *trial, Arena *arena, Pool *pool)
{
	Tuned tuned;
	if (!tuned_begin(&tuned, trial, pool, NULL))
		return 0;
	uint64_t hash = cell_network_hash(&tuned.trial, arena, pool);
	tuned_end(&tuned);
	return hash;
}
