/* What is done with a whole corpus, at one, ten and a hundred times a size
 * (tests/support/growth.h). growth.sh prints how the three compare. */
#include "tests/bench/bench.h"
#include "tests/support/growth.h"

#include <stdio.h>

enum { SIZES = 3 };
static const int times[SIZES] = { 1, 10, 100 };

typedef struct Config {
	const Growth *growth;
	int size;
} Config;

typedef struct State {
	const Growth *growth;
	void *corpus;
	Arena *scratch;
} State;

static void *prepare(Arena *arena, Pool *pool, const void *config)
{
	(void)pool;
	const Config *chosen = config;
	State *state = ARENA_NEW(arena, State);
	state->growth = chosen->growth;
	state->corpus = chosen->growth->prepare(arena, chosen->size);
	state->scratch = arena_child(arena, "growth");
	return state;
}

static void run(void *context)
{
	State *state = context;
	state->growth->run(state->scratch, state->corpus);
	arena_reset(state->scratch);
}

void bench_growth(const Bench *bench)
{
	for (const Growth *growth = growth_table; growth->name; growth++)
		for (int i = 0; i < SIZES; i++) {
			Config config = { growth, times[i] * growth->least };
			BenchCase c = { .one_thread = true,
				.config = &config,
				.prepare = prepare,
				.run = run };
			snprintf(c.name, sizeof c.name, "growth:%s %d", growth->name,
			        config.size);
			for (char *at = c.name; *at; at++)
				*at = *at == ' ' ? '_' : *at;
			bench_case(bench, c);
		}
}
