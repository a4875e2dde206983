#include "text/number.h"
#include "tensor/rng.h"
#include "tests/support/harness.h"

#include <stdlib.h>
#include <string.h>

/* strtod is the judge: the very same bits. */
static void check(const char *text)
{
	double got = -1, expected = strtod(text, NULL);
	ck_assert_msg(number_parse(text, strlen(text), &got), "\"%s\" is refused", text);
	ck_assert_msg(memcmp(&got, &expected, sizeof got) == 0,
	        "\"%s\" became %.17g, expected %.17g", text, got, expected);
}

START_TEST(number_spellings_give_the_bits_of_strtod)
{
	static const char *const texts[] = { "0", "-0", "2", "+2", ".5", "5.", "-0.35",
		"1e3", "1E-3", "1.5e+2", "0.1", "0.000001", "123456789012345",
		"1234567890123456789", "9007199254740993", "1e22", "1e23", "-1e-22",
		"1e-23", "4.9e-324", "2.2250738585072011e-308", "1e-9999999999",
		"0.30000000000000004", "000000000000000000000000000001",
		"0.00000000000000000000000000000000000000001", "1.7976931348623157e308" };
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		check(texts[i]);
}
END_TEST

START_TEST(number_random_spellings_give_the_bits_of_strtod)
{
	Rng rng = rng_new(1);
	for (int i = 0; i < 20000; i++) {
		char text[64];
		double x = rng_normal(&rng) * (rng_below(&rng, 2) ? 1 : 1e-5);
		snprintf(text, sizeof text, "%.*g", 1 + rng_below(&rng, 18), x);
		check(text);
	}
}
END_TEST

START_TEST(number_of_what_is_none_is_refused)
{
	static const char *const texts[] = { "", "-", ".", "e5", "1e", "1e+", "--1",
		"1.2.3", " 1", "1 ", "0x10", "inf", "nan", "1e999", "-1e999", "1,5", "1f",
		"1-2" };
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		double number;
		ck_assert_msg(!number_parse(texts[i], strlen(texts[i]), &number),
		        "\"%s\" is taken for %g", texts[i], number);
	}
	char zeros[200];
	memset(zeros, '0', sizeof zeros);
	double number;
	ck_assert(number_parse(zeros, NUMBER_LONGEST, &number));
	ck_assert(!number_parse(zeros, NUMBER_LONGEST + 1, &number));
}
END_TEST

START_TEST(number_ends_where_it_is_told)
{
	double number;
	ck_assert(number_parse("12345", 2, &number));
	ASSERT_CLOSE(number, 12, 0, 0);
}
END_TEST

TEST_MAIN("number", number_spellings_give_the_bits_of_strtod,
        number_random_spellings_give_the_bits_of_strtod,
        number_of_what_is_none_is_refused, number_ends_where_it_is_told)
