#include "text/letters.h"
#include "tests/support/golden.h"

START_TEST(letter_lower_agrees_with_unicode)
{
	Arena *arena = arena_new("test");
	Tensor shape = golden_tensor(arena, "letters.txt", "lower");
	const int *pairs = golden_ints(arena, "letters.txt", "lower");
	for (int i = 0; i < shape.shape[0]; i++) {
		uint32_t lower = letter_lower((uint32_t)pairs[2 * i]);
		ck_assert_msg(lower == (uint32_t)pairs[2 * i + 1],
		        "U+%04X became U+%04X, expected U+%04X", (unsigned)pairs[2 * i],
		        lower, (unsigned)pairs[2 * i + 1]);
	}
	arena_free(arena);
}
END_TEST

START_TEST(letter_lower_dotted_capital_i_stays_one_letter)
{
	ck_assert_uint_eq(letter_lower(0x0130), 'i');
	ck_assert_uint_eq(letter_lower(0x4E00), 0x4E00);
	ck_assert_uint_eq(letter_lower(0x1F600), 0x1F600);
}
END_TEST

START_TEST(letter_compose_agrees_with_unicode)
{
	Arena *arena = arena_new("test");
	Tensor shape = golden_tensor(arena, "letters.txt", "compose");
	const int *rows = golden_ints(arena, "letters.txt", "compose");
	ck_assert_int_gt(shape.shape[0], 200);
	for (int i = 0; i < shape.shape[0]; i++) {
		const int *row = rows + 3 * i; /* base, mark, composed */
		uint32_t got = letter_compose((uint32_t)row[0], (uint32_t)row[1]);
		ck_assert_msg(got == (uint32_t)row[2], "U+%04X U+%04X became U+%04X",
		        (unsigned)row[0], (unsigned)row[1], got);
	}
	arena_free(arena);
}
END_TEST

START_TEST(letter_compose_of_what_does_not_combine_is_none)
{
	ck_assert_uint_eq(letter_compose('q', 0x0301), 0);
	ck_assert_uint_eq(letter_compose('a', 0x036F), 0);
	ck_assert_uint_eq(letter_compose('a', 'b'), 0);
}
END_TEST

START_TEST(letter_kinds_are_told_apart)
{
	ck_assert(
	        letter_is('a') && letter_is('Z') && letter_is(0xE9) && letter_is(0x44F));
	ck_assert(letter_is(0x0301) && letter_is_mark(0x0301));
	ck_assert(
	        !letter_is('1') && !letter_is('_') && !letter_is('[') && !letter_is('`'));
	ck_assert(!letter_is(0xD7) && !letter_is(0x2019) && !letter_is(0x1F600));
	ck_assert(
	        letter_is_digit('0') && letter_is_digit('9') && !letter_is_digit(0x664));
	ck_assert(letter_is_space(' ') && letter_is_space('\n') && letter_is_space(0xA0));
	ck_assert(letter_is_space(0x3000) && !letter_is_space('_'));
	ck_assert(letter_is_ideograph(0x4E00) && letter_is_ideograph(0x304B));
	ck_assert(!letter_is_ideograph(0xAC00) && letter_is(0xAC00));
}
END_TEST

TEST_MAIN("letters", letter_lower_agrees_with_unicode,
        letter_lower_dotted_capital_i_stays_one_letter,
        letter_compose_agrees_with_unicode,
        letter_compose_of_what_does_not_combine_is_none, letter_kinds_are_told_apart)
