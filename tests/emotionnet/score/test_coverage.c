#include "emotionnet/score/coverage.h"
#include "tests/support/harness.h"

#include <stdlib.h>
#include <string.h>

START_TEST(answer_sure_at_the_threshold_is_sure)
{
	const real p[] = { (real)0.25, (real)0.5, (real)0.25 };
	ck_assert(answer_sure(p, 3, 0));
	ck_assert(answer_sure(p, 3, 0.5));
	ck_assert(!answer_sure(p, 3, 0.501));
}
END_TEST

/* Sorted: .9 right, .8 wrong, .8 right, .6 right, .4 wrong. */
static Coverage five(double abstain)
{
	Sure answers[] = { { 0.4, false }, { 0.8, true }, { 0.9, true }, { 0.6, true },
		{ 0.8, false } };
	return coverage_of(answers, 5, abstain);
}

START_TEST(coverage_of_five_by_hand)
{
	Coverage c = five(0.7);
	ck_assert_int_eq(c.asked.answered, 3);
	ck_assert_int_eq(c.asked.right, 2);
	ASSERT_CLOSE(coverage_share(&c, c.asked), 0.6, 1e-12, 0);
	ASSERT_CLOSE(coverage_accuracy(c.asked), 2.0 / 3, 1e-12, 0);
	/* 100 and 90 % need all five, 80 and 70 % four, 60 to 30 % three, since two are
	 * equal, 20 and 10 % one */
	const int answered[] = { 5, 4, 3, 1 }, right[] = { 3, 3, 2, 1 };
	const double least[] = { 0.4, 0.6, 0.8, 0.9 };
	ck_assert_int_eq(c.point_count, 4);
	for (int i = 0; i < 4; i++) {
		ck_assert_int_eq(c.points[i].answered, answered[i]);
		ck_assert_int_eq(c.points[i].right, right[i]);
		ASSERT_CLOSE(c.points[i].least, least[i], 0, 0);
	}
}
END_TEST

START_TEST(coverage_of_nothing_is_zero)
{
	Coverage c = coverage_of(NULL, 0, 0.5);
	ck_assert_int_eq(c.point_count, 0);
	ASSERT_CLOSE(coverage_share(&c, c.asked), 0, 0, 0);
	c = five(1);
	ck_assert_int_eq(c.asked.answered, 0);
	ASSERT_CLOSE(coverage_accuracy(c.asked), 0, 0, 0);
}
END_TEST

START_TEST(coverage_print_json_of_no_answer_has_null)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	Coverage c = five(1);
	coverage_print_json(out, &c);
	ck_assert(!fclose(out));
	ck_assert(strstr(text, "{\"abstain\":1,\"answered\":0,\"coverage\":0.000000,"
	                       "\"accuracy\":null,\"curve\":[{") == text);
	free(text);
}
END_TEST

TEST_MAIN("coverage", answer_sure_at_the_threshold_is_sure, coverage_of_five_by_hand,
        coverage_of_nothing_is_zero, coverage_print_json_of_no_answer_has_null)
