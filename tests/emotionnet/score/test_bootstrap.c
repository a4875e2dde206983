#include "emotionnet/score/bootstrap.h"
#include "tests/support/harness.h"

#include <math.h>

START_TEST(bootstrap_clusters_by_name_are_in_order_of_appearance)
{
	Arena *arena = arena_new("test");
	const char *const names[] = { "ann", "bob", "", "ann", "", "bob" };
	const int expected[] = { 0, 1, 2, 0, 3, 1 };
	Clusters c = clusters_by_name(arena, names, 6);
	ck_assert_int_eq(c.count, 4);
	ck_assert_int_eq(c.items, 6);
	for (int i = 0; i < 6; i++)
		ck_assert_int_eq(c.of[i], expected[i]);
	arena_free(arena);
}
END_TEST

START_TEST(bootstrap_interval_is_as_by_hand)
{
	/* 0..40 in disorder: the 2.5th percentile stands at place 1, the 97.5th at 39. */
	double values[41];
	for (int i = 0; i < 41; i++)
		values[i] = (i * 17) % 41;
	Interval interval = bootstrap_interval(values, 41, 0.95);
	ASSERT_CLOSE(interval.low, 1, 1e-12, 0);
	ASSERT_CLOSE(interval.high, 39, 1e-12, 0);
	/* Between neighbours: of 10, 20 the first quarter lies at 12.5. */
	double two[] = { 20, 10 };
	interval = bootstrap_interval(two, 2, 0.5);
	ASSERT_CLOSE(interval.low, 12.5, 1e-12, 0);
	ASSERT_CLOSE(interval.high, 17.5, 1e-12, 0);
	double one[] = { 3 };
	interval = bootstrap_interval(one, 1, 0.95);
	ck_assert(interval.low == 3 && interval.high == 3);
	interval = bootstrap_interval(NULL, 0, 0.95);
	ck_assert(interval.low == 0 && interval.high == 0);
}
END_TEST

/* Whole speakers are drawn, as many as there are; the same draw is the same for all
 * who ask. */
START_TEST(bootstrap_draw_takes_whole_clusters)
{
	Arena *arena = arena_new("test");
	const char *const names[] = { "a", "b", "a", "c", "c", "c" };
	Clusters c = clusters_by_name(arena, names, 6);
	bool moved = false;
	for (int draw = 0; draw < 50; draw++) {
		int weights[6], again[6];
		bootstrap_draw(&c, arena, draw, weights);
		bootstrap_draw(&c, arena, draw, again);
		ck_assert_mem_eq(weights, again, sizeof weights);
		ck_assert_int_eq(weights[0], weights[2]);
		ck_assert_int_eq(weights[3], weights[4]);
		ck_assert_int_eq(weights[3], weights[5]);
		ck_assert_int_eq(weights[0] + weights[1] + weights[3], 3);
		moved |= weights[0] != 1;
	}
	ck_assert(moved);
	arena_free(arena);
}
END_TEST

/* The mean of n numbers has a standard error of s/sqrt(n): the interval must be about
 * 1.96 of it on either side. */
START_TEST(bootstrap_interval_of_a_mean_agrees_with_theory)
{
	enum { N = 400 };
	Arena *arena = arena_new("test");
	Clusters c = clusters_alone(arena, N);
	double means[BOOTSTRAP_DRAWS];
	int weights[N];
	for (int draw = 0; draw < BOOTSTRAP_DRAWS; draw++) {
		means[draw] = 0;
		bootstrap_draw(&c, arena, draw, weights);
		for (int i = 0; i < N; i++)
			means[draw] += weights[i] * (i % 4 == 0) / (double)N;
	}
	double error = sqrt(0.25 * 0.75 / N);
	Interval interval = bootstrap_interval(means, BOOTSTRAP_DRAWS, 0.95);
	ASSERT_CLOSE(interval.low, 0.25 - 1.96 * error, 0.15 * error, 0);
	ASSERT_CLOSE(interval.high, 0.25 + 1.96 * error, 0.15 * error, 0);
	arena_free(arena);
}
END_TEST

TEST_MAIN("bootstrap", bootstrap_clusters_by_name_are_in_order_of_appearance,
        bootstrap_interval_is_as_by_hand, bootstrap_draw_takes_whole_clusters,
        bootstrap_interval_of_a_mean_agrees_with_theory)
