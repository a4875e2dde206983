/* Cells side by side on several threads: MODE=thread looks for races here. */
#include "emotionnet/stage/stage.h"
#include "emotionnet/trials/sweep.h"
#include "tests/support/harness.h"

enum { THREADS = 3, SEEDS = 2 };

typedef struct World {
	Arena *arena;
	Pool *pool;
	Corpus corpus;
	Settings settings;
	ModelConfig config;
	Prepared prepared;
	Conditions conditions;
	Strategies strategies;
	Comparison comparison;
	Trial trial;
	Error error;
} World;

/* As the command compare goes about it, on a very small corpus. */
static World *world_new(void)
{
	Arena *arena = arena_new("test");
	World *w = ARENA_NEW(arena, World);
	w->arena = arena;
	w->pool = pool_new(THREADS);
	StageOptions stage = stage_defaults();
	stage.train = 24;
	stage.validation = 6;
	stage.test = 6;
	stage_make(&w->corpus, arena, stage);
	Settings *s = &w->settings;
	*s = settings_defaults();
	s->quiet = s->no_cache = true;
	s->frontend.min_count = s->train.epochs = 1;
	s->embed = s->text_hidden = s->speech_hidden = s->fusion_hidden = 8;
	s->hop = 800;
	Frontend frontend;
	ck_assert_msg(settings_resolve(s, &w->config, &frontend, &w->error) &&
	                      prepared_make(&w->prepared, arena, &w->corpus, &frontend, s,
	                              w->pool, &w->error) &&
	                      conditions_make(&w->conditions, arena, &w->prepared,
	                              &w->corpus, false, w->pool, &w->error) &&
	                      strategies_list(
	                              &w->strategies, arena, s, "middle,late", &w->error),
	        "%s", w->error.text);
	w->trial = (Trial){ .corpus = &w->corpus,
		.prepared = &w->prepared,
		.conditions = &w->conditions,
		.choices = &w->config,
		.settings = s };
	Comparison *c = &w->comparison;
	sweep_head(c, arena, &w->trial, "", NULL);
	const char **names =
	        ARENA_ARRAY(arena, const char *, (size_t)w->strategies.count);
	for (int i = 0; i < w->strategies.count; i++)
		names[i] = w->strategies.items[i].name;
	c->strategies = names;
	c->strategy_count = w->strategies.count;
	c->first_seed = 1;
	c->seed_count = SEEDS;
	c->sizes = &c->train;
	c->size_count = 1;
	return w;
}

static void world_free(World *w)
{
	prepared_free(&w->prepared);
	pool_free(w->pool);
	arena_free(w->arena);
}

static Sweep sweep_of(World *w)
{
	return (Sweep){ .comparison = &w->comparison,
		.arena = w->arena,
		.strategies = &w->strategies,
		.quiet = true };
}

START_TEST(sweep_runs_every_cell_once_on_several_threads)
{
	World *w = world_new();
	Sweep sweep = sweep_of(w);
	ck_assert_msg(sweep_run(&sweep, &w->trial, 1, SEEDS, w->pool, &w->error), "%s",
	        w->error.text);
	ck_assert_int_eq(w->comparison.cell_count, SEEDS * w->strategies.count);
	ck_assert_int_eq(sweep_state(&w->comparison, w->arena, 0, 0).missing, 0);
	/* what is finished is made sure of, and not run again */
	ck_assert(sweep_run(&sweep, &w->trial, 1, SEEDS, w->pool, &w->error));
	ck_assert_int_eq(w->comparison.cell_count, SEEDS * w->strategies.count);
	world_free(w);
}
END_TEST

START_TEST(sweep_ends_with_the_first_cell_that_fails)
{
	World *w = world_new();
	Sweep sweep = sweep_of(w);
	w->trial.folder = "/no/such/folder";
	ck_assert(!sweep_run(&sweep, &w->trial, 1, SEEDS, w->pool, &w->error));
	ASSERT_CONTAINS(w->error.text, "/no/such/folder/");
	/* the majority and the bag of words have no model to save */
	ck_assert_int_le(w->comparison.cell_count, 2 * SEEDS);
	world_free(w);
}
END_TEST

START_TEST(sweep_of_shares_has_each_cell_in_one_of_them)
{
	World *w = world_new();
	Sweep sweep = sweep_of(w);
	sweep.shares = 2;
	int cells = 0;
	for (sweep.share = 1; sweep.share <= 2; sweep.share++) {
		ck_assert(sweep_run(&sweep, &w->trial, 1, SEEDS, w->pool, &w->error));
		ck_assert_int_gt(w->comparison.cell_count, cells);
		cells = w->comparison.cell_count;
	}
	ck_assert_int_eq(cells, SEEDS * w->strategies.count);
	world_free(w);
}
END_TEST

TEST_MAIN("sweep", sweep_runs_every_cell_once_on_several_threads,
        sweep_ends_with_the_first_cell_that_fails,
        sweep_of_shares_has_each_cell_in_one_of_them)
