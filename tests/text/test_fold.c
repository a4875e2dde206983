#include "text/fold.h"
#include "tests/support/harness.h"
#include "tensor/utf8.h"

#include <string.h>

/* The folded text as UTF-8. */
static const char *folded(Arena *arena, const char *text)
{
	FoldedText f = fold(arena, text, strlen(text));
	char *out = arena_alloc(arena, 4 * f.count + 1), *at = out;
	for (size_t i = 0; i < f.count; i++)
		at += utf8_put(at, f.at[i].point);
	*at = '\0';
	return out;
}

START_TEST(fold_spellings_become_one)
{
	static const char *const cases[][2] = {
		{ "‘a’ ‚b‛ `c´ d′", "'a' 'b' 'c' d'" },
		{ "“a” „b‟ «c» d″", "\"a\" \"b\" \"c\" d\"" },
		{ "a‐b‑c−d a–b—c―d", "a-b-c-d a--b--c--d" },
		{ "a… b‥ c․ d‼ e⁇ f⁈ g⁉", "a... b.. c. d!! e?? f?! g?!" },
		{ "ÀÉ ŁÓDŹ ẞ", "àé łódź ß" },
		{ "a\tb\nc\xC2\xA0"
		  "d\xE3\x80\x80"
		  "e",
		        "a b c d e" },
		{ "e\xCC\x81 E\xCC\x82\xCC\x81", "é ế" }, /* two marks on one letter */
		{ "so\xC2\xADlo 👍🏽 ❤️", "solo 👍 ❤" },
		{ "\xE2\x80\x8D\xC2\xAD"
		  "a\xE2\x80\x8D"
		  "b",
		        " ab" },
	};
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ck_assert_str_eq(folded(arena, cases[i][0]), cases[i][1]);
	arena_free(arena);
}
END_TEST

START_TEST(fold_offsets_span_what_was_joined_and_what_was_spelt_out)
{
	Arena *arena = arena_new("test");
	FoldedText f = fold(arena, "e\xCC\x81…x\xFF", 8);
	ck_assert_uint_eq(f.count, 6);
	static const size_t expected[][2] = { { 0, 3 }, { 3, 6 }, { 3, 6 }, { 3, 6 },
		{ 6, 7 }, { 7, 8 } };
	for (size_t i = 0; i < f.count; i++) {
		ck_assert_uint_eq(f.at[i].begin, expected[i][0]);
		ck_assert_uint_eq(f.at[i].end, expected[i][1]);
	}
	ck_assert_uint_eq(f.replaced, 1);
	ck_assert_uint_eq(f.at[5].point, UTF8_REPLACEMENT);
	arena_free(arena);
}
END_TEST

TEST_MAIN("fold", fold_spellings_become_one,
        fold_offsets_span_what_was_joined_and_what_was_spelt_out)
