/* Nothing done with a corpus takes more than in proportion to its size. What is measured is
 * the processor's time of this process alone, the least of several runs, and of ten times
 * the size: 10 times as long is linear, 100 times quadratic. The bound lies between them. */
#include "tests/support/growth.h"
#include "tests/support/harness.h"

#include <time.h>

enum { TIMES = 10, BOUND = 40, RUNS = 3 };

static double seconds_of(const Growth *growth, int size)
{
	Arena *arena = arena_new("growth"), *scratch = arena_new("growth, run");
	void *state = growth->prepare(arena, size);
	double least = 0;
	for (int i = 0; i < RUNS; i++) {
		clock_t begin = clock();
		growth->run(scratch, state);
		double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
		least = i && least < seconds ? least : seconds;
		arena_reset(scratch);
	}
	arena_free(scratch);
	arena_free(arena);
	return least;
}

static double ratio_of(const Growth *growth)
{
	double small = seconds_of(growth, growth->least);
	return seconds_of(growth, TIMES * growth->least) / (small > 0 ? small : 1e-6);
}

START_TEST(growth_of_all_is_in_proportion)
{
	for (const Growth *growth = growth_table; growth->name; growth++) {
		double ratio = ratio_of(growth);
		ck_assert_msg(ratio < BOUND,
		        "%s: takes %.0f times as long for %d times the size",
		        growth->name, ratio, TIMES);
	}
}
END_TEST

/* ---- what is quadratic is noticed -------------------------------------------------- */

static void *prepare_size(Arena *arena, int size)
{
	int *kept = ARENA_NEW(arena, int);
	*kept = size;
	return kept;
}

static void run_all_pairs(Arena *scratch, void *state)
{
	(void)scratch;
	int size = *(int *)state;
	volatile int equal = 0;
	for (int i = 0; i < size; i++)
		for (int j = 0; j < size; j++)
			equal += i == j;
	(void)equal;
}

START_TEST(growth_of_all_pairs_is_noticed)
{
	static const Growth pairs = { "pairs", 1000, prepare_size, run_all_pairs };
	ck_assert(ratio_of(&pairs) > BOUND);
}
END_TEST

TEST_MAIN("growth", growth_of_all_is_in_proportion, growth_of_all_pairs_is_noticed)
