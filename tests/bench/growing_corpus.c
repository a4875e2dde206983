/* What is done with a whole corpus, in which every utterance has a speaker or a kind of its
 * own (tests/support/growth.h). */
#include "tests/bench/child.h"
#include "tests/bench/growing.h"
#include "tests/support/growth.h"

enum { MOST = 32, TIMES = 10, SIZES = 3 };

static void measure(
        const Growing *growing, const char *program, int size, GrowthPoint *point)
{
	(void)program;
	const Growth *growth = growing->config;
	Arena *arena = arena_new("growth"), *scratch = arena_new("growth, run");
	void *corpus = growth->prepare(arena, size);
	double before = child_peak(), begin = child_seconds();
	growth->run(scratch, corpus);
	point->seconds = child_seconds() - begin;
	point->bytes = child_peak() - before;
	arena_free(scratch);
	arena_free(arena);
}

GrowingList growing_corpus(void)
{
	static Growing items[MOST];
	int count = 0;
	for (const Growth *growth = growth_table; growth->name && count < MOST; growth++)
		items[count++] = (Growing){ .what = growth->name,
			.grows = "utterances, all different",
			.least = growth->least,
			.times = TIMES,
			.count = SIZES,
			.allowed = 1,
			.measure = measure,
			.config = growth };
	return (GrowingList){ items, count };
}
