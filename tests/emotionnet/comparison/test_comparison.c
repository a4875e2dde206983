#include "tests/support/comparisons.h"
#include "tests/support/harness.h"

static Comparison summarised(Arena *arena, const char *baseline)
{
	Comparison c = comparison_example(arena);
	Error error;
	ck_assert_msg(
	        comparison_summarise(&c, arena, baseline, &error), "%s", error.text);
	return c;
}

START_TEST(comparison_scores_are_as_by_hand)
{
	Arena *arena = arena_new("test");
	Comparison c = summarised(arena, NULL);
	ck_assert_str_eq(c.baseline, "middle");
	ck_assert(c.by_speaker);
	ck_assert_int_eq(c.clusters, 2);
	ck_assert_int_eq(c.summary_count, 2);
	const Summary *a = &c.summaries[0], *middle = &c.summaries[1];
	ck_assert_str_eq(a->strategy, "a");
	ck_assert_int_eq(a->seeds, 2);
	/* 3/4 and 2/4; the deviation of two is |x - y| / sqrt 2 */
	ASSERT_CLOSE(a->scores[SCORE_ACCURACY].seeds.mean, 0.625, 1e-12, 0);
	ASSERT_CLOSE(
	        a->scores[SCORE_ACCURACY].seeds.deviation, 0.1767766952966369, 1e-12, 0);
	/* 4/4 and 3/4 */
	ASSERT_CLOSE(middle->scores[SCORE_ACCURACY].seeds.mean, 0.875, 1e-12, 0);
	ASSERT_CLOSE(a->scores[SCORE_ACCURACY].gain, -0.25, 1e-12, 0);
	ck_assert(middle->scores[SCORE_ACCURACY].gain == 0);
	ck_assert(middle->scores[SCORE_ACCURACY].gain_interval.high == 0);
	/* Ann's two are always right. Of Bob's, a gets 1 and 0, middle 2 and 1. So drawn
	 * twice, a is 1 for Ann and 1/4 for Bob; each of the two is drawn twice in a
	 * quarter of the draws. */
	Interval interval = a->scores[SCORE_ACCURACY].interval;
	ASSERT_CLOSE(interval.low, 0.25, 1e-12, 0);
	ASSERT_CLOSE(interval.high, 1, 1e-12, 0);
	/* The difference: nothing for Ann, 1/4 - 3/4 for Bob. */
	interval = a->scores[SCORE_ACCURACY].gain_interval;
	ASSERT_CLOSE(interval.low, -0.5, 1e-12, 0);
	ASSERT_CLOSE(interval.high, 0, 1e-12, 0);
	/* anger: u1 u4, joy: u2 u3. a, seed 1 says anger joy joy joy: recalls 1/2, 1. */
	ASSERT_CLOSE(a->scores[SCORE_UAR].seeds.mean, (0.75 + 0.5) / 2, 1e-12, 0);
	arena_free(arena);
}
END_TEST

START_TEST(comparison_kinds_conditions_and_area_are_as_by_hand)
{
	Arena *arena = arena_new("test");
	Comparison c = summarised(arena, NULL);
	const Summary *a = &c.summaries[0], *middle = &c.summaries[1];
	/* agree: u1 u3, irony: u2 u4. a: seed 1 gets 2 and 1 of them, seed 2 gets 1
	 * and 1. */
	ASSERT_CLOSE(a->kinds[0].mean, 0.75, 1e-12, 0);
	ASSERT_CLOSE(a->kinds[1].mean, 0.5, 1e-12, 0);
	ASSERT_CLOSE(a->conditions[0].mean, 0.25, 1e-12, 0);
	ck_assert(a->conditions[1].mean == -1);
	ck_assert(!a->robustness[CONDITION_NOISE].tested);
	ck_assert(middle->robustness[CONDITION_NOISE].tested);
	/* seed 1: (1 + .5)/2 over the first half, (.5 + .25)/2 over the second; seed 2
	 * begins at .75 */
	double first = 0.5 * 0.75 + 0.5 * 0.375, second = 0.5 * 0.625 + 0.5 * 0.375;
	ASSERT_CLOSE(middle->robustness[CONDITION_NOISE].area.mean, (first + second) / 2,
	        1e-12, 0);
	ck_assert(!middle->robustness[CONDITION_TYPOS].tested);
	ck_assert_int_eq(middle->confusion.counts[0], 3);
	ck_assert_int_eq(middle->confusion.counts[1], 1);
	ck_assert_int_eq(middle->confusion.counts[3], 4);
	ck_assert_ptr_nonnull(comparison_ceiling(&c, "text"));
	ck_assert_ptr_null(comparison_ceiling(&c, "speech"));
	arena_free(arena);
}
END_TEST

START_TEST(comparison_calibration_and_costs_are_over_the_seeds)
{
	Arena *arena = arena_new("test");
	Comparison c = summarised(arena, "a");
	ck_assert_str_eq(c.baseline, "a");
	const Summary *a = &c.summaries[0];
	ck_assert(c.summaries[1].scores[SCORE_ACCURACY].gain == 0.25);
	Calibration first =
	        calibration_of(c.cells[0].probabilities, (int[]){ 0, 1, 1, 0 }, 4, 2);
	Calibration second =
	        calibration_of(c.cells[1].probabilities, (int[]){ 0, 1, 1, 0 }, 4, 2);
	ASSERT_CLOSE(a->nll.mean, (first.nll + second.nll) / 2, 1e-12, 0);
	ASSERT_CLOSE(a->temperature.mean, 1.05, 1e-12, 0);
	int counted = 0;
	for (int b = 0; b < CALIBRATION_BINS; b++)
		counted += a->before[b].count;
	ck_assert_int_eq(counted, 8);
	ck_assert_uint_eq(a->most.parameters, 100);
	ASSERT_CLOSE(a->train_seconds.mean, 1, 1e-12, 0);
	ASSERT_CLOSE(a->latency_p95.mean, 2, 1e-12, 0);
	arena_free(arena);
}
END_TEST

START_TEST(comparison_unfinished_strategy_has_no_seeds)
{
	Arena *arena = arena_new("test");
	Comparison c = comparison_example(arena);
	c.cell_count = 3; /* middle has seed 1 only */
	Error error;
	ck_assert(comparison_summarise(&c, arena, NULL, &error));
	ck_assert_int_eq(c.summaries[1].seeds, 1);
	/* Over the one seed that both have: 3/4 - 1. */
	ASSERT_CLOSE(c.summaries[0].scores[SCORE_ACCURACY].gain, -0.25, 1e-12, 0);
	c.cell_count = 0;
	ck_assert(comparison_summarise(&c, arena, NULL, &error));
	ck_assert_int_eq(c.summaries[0].seeds, 0);
	ck_assert(c.summaries[0].scores[SCORE_ACCURACY].seeds.mean == 0);
	arena_free(arena);
}
END_TEST

START_TEST(comparison_without_speakers_is_resampled_by_utterance)
{
	Arena *arena = arena_new("test");
	Comparison c = comparison_example(arena);
	Compared *test = arena_copy(arena, c.test, 4 * sizeof *test);
	test[2].speaker = test[3].speaker =
	        "ann"; /* one speaker says nothing of others */
	c.test = test;
	Error error;
	ck_assert(comparison_summarise(&c, arena, NULL, &error));
	ck_assert(!c.by_speaker);
	ck_assert_int_eq(c.clusters, 4);
	for (int i = 0; i < 4; i++)
		test[i].speaker = "";
	ck_assert(comparison_summarise(&c, arena, NULL, &error));
	ck_assert(!c.by_speaker);
	arena_free(arena);
}
END_TEST

START_TEST(comparison_unknown_baseline_is_refused)
{
	Arena *arena = arena_new("test");
	Comparison c = comparison_example(arena);
	Error error;
	ck_assert(!comparison_summarise(&c, arena, "early", &error));
	ASSERT_CONTAINS(error.text, "baseline \"early\"");
	arena_free(arena);
}
END_TEST

/* The answers are those of the plain example, and so is all that is told of the pooled
 * ones. */
START_TEST(comparison_of_folds_pools_all_and_tells_each)
{
	Arena *arena = arena_new("test");
	Comparison plain = summarised(arena, NULL),
	           c = comparison_example_of_folds(arena);
	Error error;
	ck_assert_msg(comparison_summarise(&c, arena, NULL, &error), "%s", error.text);
	ck_assert_int_eq(c.cell_count, 4);
	ck_assert(c.by_speaker && c.clusters == 2);
	for (int i = 0; i < 2; i++) {
		const Summary *one = &plain.summaries[i], *all = &c.summaries[i];
		ck_assert_mem_eq(one->scores, all->scores, sizeof one->scores);
		ck_assert_mem_eq(
		        one->confusion.counts, all->confusion.counts, 4 * sizeof(int));
		ck_assert(one->folds == NULL);
		ASSERT_CLOSE(one->conditions[0].mean, all->conditions[0].mean, 1e-12, 0);
		ASSERT_CLOSE(one->ece_after.mean, all->ece_after.mean, 1e-12, 0);
		ASSERT_CLOSE(all->cpu_seconds.mean, 1.5, 1e-12, 0);
		ck_assert_uint_eq(all->most.parameters, 100);
		ck_assert_int_eq(all->cells[0]->epoch_count, 2);
		ck_assert_int_eq(all->cells[0]->best_epoch, 2);
		ASSERT_CLOSE(all->cells[1]->epochs[0].loss, 1.0 / 3, 1e-12, 0);
	}
	/* a, seed 1: Ann's two are right; of Bob's, joy is and anger is not: 1 and 1/2.
	 * Seed 2: 1 and 0. */
	const FoldScores *a = c.summaries[0].folds;
	ASSERT_CLOSE(a->seeds[0].mean, 0.75, 1e-12, 0);
	ASSERT_CLOSE(a->seeds[0].deviation, 0.3535533905932738, 1e-12, 0);
	ASSERT_CLOSE(a->seeds[1].mean, 0.5, 1e-12, 0);
	ASSERT_CLOSE(a->pooled[0], 0.75, 1e-12, 0);
	ASSERT_CLOSE(a->pooled[1], 0.5, 1e-12, 0);
	ASSERT_CLOSE(a->each[0].mean, 1, 1e-12, 0);
	ASSERT_CLOSE(a->each[1].mean, 0.25, 1e-12, 0);
	ASSERT_CLOSE(a->mean, 0.625, 1e-12, 0);
	ASSERT_CLOSE(a->over_folds, 0.5303300858899106, 1e-12, 0);
	ASSERT_CLOSE(a->over_seeds, 0.1767766952966369, 1e-12, 0);
	ASSERT_CLOSE(a->speakers.mean, 0.625, 1e-12, 0);
	/* summed up again, nothing is pooled twice */
	ck_assert(comparison_summarise(&c, arena, "a", &error));
	ck_assert_int_eq(c.cell_count, 4);
	ASSERT_CLOSE(c.summaries[0].folds->mean, 0.625, 1e-12, 0);
	arena_free(arena);
}
END_TEST

START_TEST(comparison_of_folds_leaves_out_a_seed_that_lacks_one)
{
	Arena *arena = arena_new("test");
	Comparison c = comparison_example_of_folds(arena);
	Error error;
	c.cell_count--; /* the second fold of middle, seed 2 */
	ck_assert(comparison_find(&c, "middle", 2, 10, 0));
	ck_assert(!comparison_find(&c, "middle", 2, 10, 1));
	ck_assert(comparison_summarise(&c, arena, NULL, &error));
	ck_assert_int_eq(c.summaries[0].seeds, 2);
	ck_assert_int_eq(c.summaries[1].seeds, 1);
	ck_assert(c.summaries[1].folds->over_seeds == 0);
	arena_free(arena);
}
END_TEST

/* The settings say how voices were normalised; of words alone it does not matter. */
START_TEST(comparison_of_enrolled_voices_says_so)
{
	Arena *arena = arena_new("test");
	Comparison c = comparison_example(arena);
	ck_assert(!comparison_enrolled(&c));
	c.settings = "--mel torchaudio\n--normalise speaker\n--trim no\n";
	ck_assert(comparison_enrolled(&c));
	c.cell_count = 2; /* of "a", which reads text */
	ck_assert(!comparison_enrolled(&c));
	arena_free(arena);
}
END_TEST

TEST_MAIN("comparison", comparison_scores_are_as_by_hand,
        comparison_kinds_conditions_and_area_are_as_by_hand,
        comparison_calibration_and_costs_are_over_the_seeds,
        comparison_unfinished_strategy_has_no_seeds,
        comparison_without_speakers_is_resampled_by_utterance,
        comparison_unknown_baseline_is_refused,
        comparison_of_folds_pools_all_and_tells_each,
        comparison_of_folds_leaves_out_a_seed_that_lacks_one,
        comparison_of_enrolled_voices_says_so)
