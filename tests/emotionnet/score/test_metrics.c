#include "emotionnet/score/metrics.h"
#include "tests/support/harness.h"

#include <math.h>

static Confusion counted(Arena *arena, int classes, const int counts[])
{
	Confusion confusion = confusion_new(arena, classes);
	for (int truth = 0; truth < classes; truth++)
		for (int guess = 0; guess < classes; guess++)
			for (int i = 0; i < counts[truth * classes + guess]; i++)
				confusion_add(&confusion, truth, guess);
	return confusion;
}

/* Ten utterances: six of class 0 (four found), three of class 1 (all found), one of class
 * 2 (missed). Recalls 4/6, 1, 0. F1: 0: 8/10; 1: 6/9; 2: 0. */
START_TEST(metrics_of_ten_by_hand)
{
	Arena *arena = arena_new("test");
	Confusion confusion =
	        counted(arena, 3, (const int[]){ 4, 2, 0, 0, 3, 0, 0, 1, 0 });
	Metrics m = metrics_from(&confusion);
	ck_assert_int_eq(m.n, 10);
	ASSERT_CLOSE(m.accuracy, 0.7, 1e-12, 0);
	ASSERT_CLOSE(m.uar, (4.0 / 6 + 1) / 3, 1e-12, 0);
	ASSERT_CLOSE(m.macro_f1, (0.8 + 6.0 / 9) / 3, 1e-12, 0);
	ASSERT_CLOSE(m.weighted_f1, (0.8 * 6 + 6.0 / 9 * 3) / 10, 1e-12, 0);
	ASSERT_CLOSE(m.majority, 0.6, 1e-12, 0);
	ASSERT_CLOSE(m.majority_weighted_f1, 0.6 * 12.0 / 16, 1e-12, 0);
	arena_free(arena);
}
END_TEST

START_TEST(metrics_absent_class_is_left_out)
{
	Arena *arena = arena_new("test");
	Confusion confusion =
	        counted(arena, 3, (const int[]){ 2, 0, 0, 0, 2, 0, 0, 0, 0 });
	Metrics m = metrics_from(&confusion);
	ASSERT_CLOSE(m.uar, 1, 0, 0);
	ASSERT_CLOSE(m.macro_f1, 1, 0, 0);
	arena_free(arena);
}
END_TEST

START_TEST(metrics_of_nothing_are_zero)
{
	Arena *arena = arena_new("test");
	Confusion confusion = confusion_new(arena, 4);
	Metrics m = metrics_from(&confusion);
	ck_assert_int_eq(m.n, 0);
	ASSERT_CLOSE(m.uar, 0, 0, 0);
	arena_free(arena);
}
END_TEST

START_TEST(confusion_unknown_class_stops)
{
	Arena *arena = arena_new("test");
	Confusion confusion = confusion_new(arena, 2);
	ASSERT_STOPS("classes are 0 to 1", confusion_add(&confusion, 0, 2));
	arena_free(arena);
}
END_TEST

START_TEST(spread_of_three_by_hand)
{
	Spread s = spread_of((const double[]){ 1, 2, 6 }, 3);
	ASSERT_CLOSE(s.mean, 3, 1e-12, 0);
	ASSERT_CLOSE(s.deviation * s.deviation, 7, 1e-9, 0);
	ASSERT_CLOSE(spread_of((const double[]){ 5 }, 1).deviation, 0, 0, 0);
}
END_TEST

START_TEST(answer_is_never_a_nan)
{
	const float x = (float)NAN;
	ck_assert_int_eq(answer_of((const float[]){ 0.1f, 0.6f, 0.6f }, 3), 1);
	ck_assert_int_eq(answer_of((const float[]){ x, 0.1f, 0.2f, x }, 4), 2);
	ck_assert_int_eq(answer_of((const float[]){ x, x }, 2), 0);
}
END_TEST

TEST_MAIN("metrics", metrics_of_ten_by_hand, metrics_absent_class_is_left_out,
        metrics_of_nothing_are_zero, confusion_unknown_class_stops,
        spread_of_three_by_hand, answer_is_never_a_nan)
