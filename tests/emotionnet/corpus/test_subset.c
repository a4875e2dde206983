#include "emotionnet/corpus/subset.h"
#include "tests/support/harness.h"

#include <string.h>

/* 4 of class 0 and 2 of class 1: keys 0 1/4 2/4 3/4 and 0 1/2, equal ones by class. */
START_TEST(subset_order_is_as_by_hand)
{
	static const int labels[] = { 0, 0, 1, 0, 1, 0 },
	                 expected[] = { 0, 1, 0, 0, 1, 0 };
	Arena *arena = arena_new("test");
	for (uint64_t seed = 1; seed < 20; seed++) {
		int order[6], seen[6] = { 0 };
		Rng rng = rng_new(seed);
		subset_order(order, labels, 6, 2, &rng, arena);
		for (int i = 0; i < 6; i++) {
			ck_assert_int_eq(labels[order[i]], expected[i]);
			seen[order[i]]++;
		}
		for (int i = 0; i < 6; i++)
			ck_assert_int_eq(seen[i], 1);
	}
	arena_free(arena);
}
END_TEST

START_TEST(subset_order_keeps_shares_and_depends_on_the_seed)
{
	enum { N = 600 };
	Arena *arena = arena_new("test");
	int labels[N], order[N], other[N];
	for (int i = 0; i < N; i++)
		labels[i] = i % 6 == 0 ? 2 : i % 2; /* 1/6 of 2, the rest of 0 and 1 */
	Rng one = rng_new(1), two = rng_new(2);
	subset_order(order, labels, N, 3, &one, arena);
	subset_order(other, labels, N, 3, &two, arena);
	ck_assert(memcmp(order, other, sizeof order) != 0);
	int counts[3] = { 0 };
	for (int i = 0; i < N; i++) {
		counts[labels[order[i]]]++;
		if (i == 2)
			ck_assert(counts[0] == 1 && counts[1] == 1 && counts[2] == 1);
		ASSERT_CLOSE(counts[2], (i + 1) / 6.0, 1.01, 0);
		ASSERT_CLOSE(counts[1], (i + 1) / 2.0, 1.01, 0);
	}
	arena_free(arena);
}
END_TEST

START_TEST(subset_corpus_takes_out_the_rest_and_keeps_indices)
{
	Arena *arena = arena_new("test");
	Utterance utterances[] = {
		{ .id = "a", .speaker = "s", .label = "x", .split = SPLIT_TRAIN },
		{ .id = "b", .speaker = "s", .label = "x", .split = SPLIT_TEST },
		{ .id = "c", .speaker = "t", .label = "x", .split = SPLIT_TRAIN },
	};
	Corpus corpus = { .source = "c", .utterances = utterances, .count = 3 };
	ck_assert_ptr_nonnull(corpus_leak(&corpus).speaker);
	Corpus subset = subset_corpus(&corpus, arena, (int[]){ 2 }, 1);
	ck_assert_int_eq(subset.count, 3);
	ck_assert_int_eq(corpus_count(&subset, SPLIT_TRAIN), 1);
	ck_assert_int_eq(corpus_count(&subset, SPLIT_TEST), 1);
	ck_assert_str_eq(subset.utterances[2].id, "c");
	ck_assert_int_eq(subset.utterances[2].split, SPLIT_TRAIN);
	/* Who was taken out of the training split does not leak into another. */
	ck_assert_ptr_null(corpus_leak(&subset).speaker);
	subset = subset_corpus(&corpus, arena, (int[]){ 0 }, 1);
	ck_assert_str_eq(corpus_leak(&subset).speaker, "s");
	ck_assert_int_eq(utterances[0].split, SPLIT_TRAIN);
	arena_free(arena);
}
END_TEST

START_TEST(subset_evenly_takes_the_first_of_each_share)
{
	const bool three_of_seven[] = { true, false, false, true, false, true, false };
	for (int i = 0; i < 7; i++) {
		ck_assert_int_eq(subset_evenly(i, 7, 3), three_of_seven[i]);
		ck_assert_int_eq(subset_evenly(i, 7, 1), i == 0);
		ck_assert(subset_evenly(i, 7, 7) && subset_evenly(i, 7, 1000000000));
	}
}
END_TEST

TEST_MAIN("subset", subset_order_is_as_by_hand,
        subset_order_keeps_shares_and_depends_on_the_seed,
        subset_corpus_takes_out_the_rest_and_keeps_indices,
        subset_evenly_takes_the_first_of_each_share)
