#include "tensor/plot/columns.h"
#include "tests/support/harness.h"

START_TEST(columns_are_those_of_a_terminal)
{
	ck_assert_int_eq(columns_of(""), 0);
	ck_assert_int_eq(columns_of("joy"), 3);
	ck_assert_int_eq(columns_of("\xc3\xbc"), 1);     /* one character of two bytes */
	ck_assert_int_eq(columns_of("u\xcc\x88"), 1);    /* an accent over the u */
	ck_assert_int_eq(columns_of("\xe6\x80\x92"), 2); /* anger, in Chinese */
	ck_assert_int_eq(columns_of("\xf0\x9f\x98\x80"), 2); /* a face */
}
END_TEST

TEST_MAIN("columns", columns_are_those_of_a_terminal)
