#include "tensor/utf8.h"
#include "tests/support/harness.h"

#include <string.h>

typedef struct Case {
	const char *bytes;
	uint32_t points[8];
	int count, replaced;
} Case;

/* The replacements are those of Python 3: bytes.decode("utf-8", "replace"). */
static const Case cases[] = {
	{ "az", { 'a', 'z' }, 2, 0 },
	{ "\xC3\xA9\xE2\x80\x99\xF0\x9F\x98\x80", { 0xE9, 0x2019, 0x1F600 }, 3, 0 },
	{ "\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF",
	        { 0x7F, 0x80, 0x7FF, 0x800, 0xFFFF }, 5, 0 },
	{ "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", { 0x10000, 0x10FFFF }, 2, 0 },
	{ "\xED\x9F\xBF\xEE\x80\x80", { 0xD7FF, 0xE000 }, 2, 0 },
	/* a lone continuation, a byte that never occurs, a beginning cut short */
	{ "a\x80z", { 'a', 0xFFFD, 'z' }, 3, 1 },
	{ "\xFFz", { 0xFFFD, 'z' }, 2, 1 },
	{ "\xE2\x80z", { 0xFFFD, 'z' }, 2, 1 },
	{ "\xF0\x9F\x98", { 0xFFFD }, 1, 1 },
	/* overlong forms, a surrogate, beyond U+10FFFF: every byte by itself */
	{ "\xC0\xAF", { 0xFFFD, 0xFFFD }, 2, 2 },
	{ "\xE0\x80\xAF", { 0xFFFD, 0xFFFD, 0xFFFD }, 3, 3 },
	{ "\xED\xA0\x80", { 0xFFFD, 0xFFFD, 0xFFFD }, 3, 3 },
	{ "\xF4\x90\x80\x80", { 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD }, 4, 4 },
};

START_TEST(utf8_good_and_bad_bytes_give_their_characters)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *text = cases[i].bytes;
		int count = 0, replaced = 0;
		for (size_t left = strlen(text); left > 0; count++) {
			Utf8 next = utf8_next(text, left);
			ck_assert_msg(next.point == cases[i].points[count],
			        "case %zu, character %d: U+%04X", i, count, next.point);
			replaced += !next.valid;
			ck_assert_int_le(next.bytes, (int)left);
			text += next.bytes;
			left -= (size_t)next.bytes;
		}
		ck_assert_int_eq(count, cases[i].count);
		ck_assert_int_eq(replaced, cases[i].replaced);
	}
}
END_TEST

START_TEST(utf8_invalid_names_the_first_bad_byte)
{
	ck_assert_uint_eq(utf8_invalid("caf\xC3\xA9", 5), 5);
	ck_assert_uint_eq(utf8_invalid("caf\xE9 au lait", 12), 3);
	ck_assert_uint_eq(utf8_invalid("caf\xC3", 4), 3);
}
END_TEST

/* Every code point that there is survives; the surrogates and what lies beyond do not. */
START_TEST(utf8_put_then_next_gives_every_code_point_back)
{
	for (uint32_t point = 0; point <= 0x110010; point++) {
		char bytes[4];
		int size = utf8_put(bytes, point);
		Utf8 back = utf8_next(bytes, (size_t)size);
		bool exists = point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
		if (back.point == (exists ? point : UTF8_REPLACEMENT) && back.valid &&
		        back.bytes == size)
			continue;
		ck_abort_msg("U+%04X came back as U+%04X", point, back.point);
	}
}
END_TEST

START_TEST(clean_keeps_what_can_be_shown)
{
	char text[] = "\033]0;x\a j\xc3\xb6y\n\tcaf\xe9 \xc2\x9b \xe2\x80\xae \x7f";
	utf8_clean(text);
	ck_assert_str_eq(text, "?]0;x? j\xc3\xb6y\n\tcaf? ? ? ?");
	char empty[] = "";
	utf8_clean(empty);
	ck_assert_str_eq(empty, "");
}
END_TEST

TEST_MAIN("utf8", utf8_good_and_bad_bytes_give_their_characters,
        utf8_invalid_names_the_first_bad_byte,
        utf8_put_then_next_gives_every_code_point_back, clean_keeps_what_can_be_shown)
