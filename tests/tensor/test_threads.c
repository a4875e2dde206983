#include "tensor/denormals.h"
#include "tensor/threads.h"
#include "tests/support/harness.h"

#include <stdatomic.h>
#include <string.h>
#include <time.h>

enum { PARTS = 1000, WORKERS = 4 };

typedef struct Tally {
	int done[PARTS];            /* each written by its own part alone */
	atomic_int inside[WORKERS]; /* parts that worker is doing now */
	atomic_int wrong;
} Tally;

static void tally_part(void *context, int index, int worker)
{
	Tally *tally = context;
	if (worker < 0 || worker >= WORKERS ||
	        atomic_fetch_add(&tally->inside[worker], 1) != 0)
		atomic_fetch_add(&tally->wrong, 1);
	tally->done[index]++;
	atomic_fetch_sub(&tally->inside[worker], 1);
}

START_TEST(pool_run_does_each_part_once)
{
	for (int threads = 1; threads <= WORKERS; threads++) {
		Tally tally;
		memset(&tally, 0, sizeof tally);
		Pool *pool = pool_new(threads);
		ck_assert_int_eq(pool_threads(pool), threads);
		pool_run(pool, PARTS, tally_part, &tally);
		for (int i = 0; i < PARTS; i++)
			ck_assert_int_eq(tally.done[i], 1);
		ck_assert_int_eq(atomic_load(&tally.wrong), 0);
		pool_free(pool);
	}
}
END_TEST

START_TEST(without_a_pool_the_caller_does_each_part)
{
	Tally tally;
	memset(&tally, 0, sizeof tally);
	ck_assert_int_eq(pool_threads(NULL), 1);
	pool_run(NULL, PARTS, tally_part, &tally);
	for (int i = 0; i < PARTS; i++)
		ck_assert_int_eq(tally.done[i], 1);
	ck_assert_int_eq(atomic_load(&tally.wrong), 0);
}
END_TEST

static void add_index(void *context, int index, int worker)
{
	int *sums = context;
	(void)worker;
	sums[index] += index;
}

/* Many short rounds, one right after another: what a round wrote must be seen by the
 * next, whichever thread did it. */
START_TEST(pool_rounds_follow_each_other)
{
	enum { ROUNDS = 20000, COUNT = 3 };
	int sums[COUNT] = { 0 };
	Pool *pool = pool_new(2);
	for (int round = 0; round < ROUNDS; round++)
		pool_run(pool, COUNT, add_index, sums);
	pool_free(pool);
	for (int i = 0; i < COUNT; i++)
		ck_assert_int_eq(sums[i], i * ROUNDS);
}
END_TEST

/* Long enough for the workers to have gone to sleep. */
START_TEST(pool_wakes_from_sleep)
{
	int sums[2] = { 0 };
	Pool *pool = pool_new(2);
	for (int round = 0; round < 5; round++) {
		nanosleep(&(struct timespec){ .tv_nsec = 5000000 }, NULL);
		pool_run(pool, 2, add_index, sums);
	}
	pool_free(pool);
	ck_assert_int_eq(sums[1], 5);
}
END_TEST

START_TEST(pool_more_threads_than_cores_works)
{
	Tally tally;
	memset(&tally, 0, sizeof tally);
	Pool *pool = pool_new(WORKERS);
	for (int round = 0; round < 100; round++)
		pool_run(pool, PARTS, tally_part, &tally);
	pool_free(pool);
	for (int i = 0; i < PARTS; i++)
		ck_assert_int_eq(tally.done[i], 100);
}
END_TEST

START_TEST(pool_no_parts_calls_nothing)
{
	Pool *pool = pool_new(2);
	pool_run(pool, 0, add_index, NULL);
	pool_free(pool);
	pool_free(NULL);
}
END_TEST

START_TEST(pool_of_zero_takes_the_cores)
{
	Pool *pool = pool_new(0);
	ck_assert_int_ge(pool_threads(pool), 1);
	pool_free(pool);
}
END_TEST

#if defined(__SSE__) || defined(__aarch64__)

/* Half the smallest normal float is a denormal. */
static void halve_smallest(void *context, int index, int worker)
{
	float *halves = context;
	volatile float smallest = 0x1p-126f;
	(void)worker;
	halves[index] = smallest * 0.5f;
}

START_TEST(denormals_flush_makes_them_zero)
{
	float half = 1;
	halve_smallest(&half, 0, 0);
	ck_assert_msg(half > 0, "denormals were flushed before");
	denormals_flush();
	halve_smallest(&half, 0, 0);
	ck_assert_msg(!(half > 0), "a denormal result survived");
}
END_TEST

START_TEST(pool_flushes_denormals_in_all_threads)
{
	float halves[PARTS];
	for (int threads = 1; threads <= WORKERS; threads++) {
		Pool *pool = pool_new(threads);
		memset(halves, 0xff, sizeof halves);
		pool_run(pool, PARTS, halve_smallest, halves);
		for (int i = 0; i < PARTS; i++)
			ck_assert_msg(
			        halves[i] <= 0, "part %d of %d threads", i, threads);
		pool_free(pool);
	}
}
END_TEST

TEST_MAIN("threads", pool_run_does_each_part_once,
        without_a_pool_the_caller_does_each_part, pool_rounds_follow_each_other,
        pool_wakes_from_sleep, pool_more_threads_than_cores_works,
        pool_no_parts_calls_nothing, pool_of_zero_takes_the_cores,
        denormals_flush_makes_them_zero, pool_flushes_denormals_in_all_threads)

#else

TEST_MAIN("threads", pool_run_does_each_part_once,
        without_a_pool_the_caller_does_each_part, pool_rounds_follow_each_other,
        pool_wakes_from_sleep, pool_more_threads_than_cores_works,
        pool_no_parts_calls_nothing, pool_of_zero_takes_the_cores)

#endif
