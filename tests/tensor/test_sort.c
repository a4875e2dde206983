#include "tensor/sort.h"
#include "tests/support/harness.h"

#include <math.h>

START_TEST(sort_brings_into_growing_order)
{
	int ints[] = { 3, -2147483647, 2147483647, 3, 0 };
	double doubles[] = { 0.5, -1e300, 1e-300, 0 };
	const char *names[] = { "b", "a", "B", "" };
	sort_ints(ints, 5);
	sort_doubles(doubles, 4);
	sort_names(names, 4);
	for (int i = 1; i < 5; i++)
		ck_assert_int_le(ints[i - 1], ints[i]);
	for (int i = 1; i < 4; i++)
		ck_assert(doubles[i - 1] < doubles[i]);
	ck_assert_str_eq(names[0], "");
	ck_assert_str_eq(names[1], "B");
	ck_assert_str_eq(names[3], "b");
	sort_ints(NULL, 0);
	sort_names(NULL, 0);
}
END_TEST

START_TEST(groups_keep_the_order_of_their_items)
{
	static const int group[] = { 2, 0, -1, 2, 0, 3 };
	static const int expected[] = { 1, 4, 0, 3, 5 };
	int order[6], first[5];
	sort_groups(group, 6, 4, order, first);
	ck_assert_mem_eq(order, expected, sizeof expected);
	ck_assert_mem_eq(first, ((int[]){ 0, 2, 2, 4, 5 }), sizeof first);
	sort_groups(NULL, 0, 0, NULL, first);
	ck_assert_int_eq(first[0], 0);
}
END_TEST

START_TEST(quantile_lies_on_the_line_between_two)
{
	static const double sorted[] = { 1, 2, 4, 8 };
	ASSERT_CLOSE(sorted_quantile(sorted, 4, 0), 1, 0, 0);
	ASSERT_CLOSE(sorted_quantile(sorted, 4, 0.5), 3, 0, 0);
	ASSERT_CLOSE(sorted_quantile(sorted, 4, 0.75), 5, 0, 0);
	ASSERT_CLOSE(sorted_quantile(sorted, 4, 1), 8, 0, 0);
	ASSERT_CLOSE(sorted_quantile(sorted, 1, 0.3), 1, 0, 0);
	ck_assert(isnan(sorted_quantile(sorted, 0, 0.5)));
}
END_TEST

TEST_MAIN("sort", sort_brings_into_growing_order, groups_keep_the_order_of_their_items,
        quantile_lies_on_the_line_between_two)
