#include "tensor/file/json.h"
#include "tests/support/harness.h"

#include <string.h>

static Json reader(Arena *arena, const char *text, Error *error)
{
	/* A copy of exactly these bytes: the sanitizer sees the one after them. */
	size_t size = strlen(text);
	return (Json){
		.path = "a.json",
		.text = { arena_copy(arena, text, size), size },
		.offset = 8,
		.arena = arena,
		.error = error,
	};
}

START_TEST(json_object_of_everything_is_read)
{
	Arena *arena = arena_new("test");
	Error error;
	Json json = reader(
	        arena, " { \"a\" : [ 1 , 20,0] ,\n\"b\":\"x\",\"c\":{}}\t", &error);
	size_t numbers[3] = { 0 };
	int count = 0;
	json_open(&json, '{');
	ck_assert(json_next(&json, '}'));
	ck_assert_str_eq(json_key(&json), "a");
	json_open(&json, '[');
	while (json_next(&json, ']'))
		numbers[count++] = json_size(&json);
	ck_assert_int_eq(count, 3);
	ck_assert_uint_eq(numbers[1], 20);
	ck_assert(json_next(&json, '}'));
	ck_assert_str_eq(json_key(&json), "b");
	ck_assert_str_eq(json_string(&json), "x");
	ck_assert(json_next(&json, '}'));
	ck_assert_str_eq(json_key(&json), "c");
	json_open(&json, '{');
	ck_assert(!json_next(&json, '}'));
	ck_assert(!json_next(&json, '}'));
	ck_assert(json_end(&json));
	arena_free(arena);
}
END_TEST

START_TEST(json_string_escapes_are_decoded)
{
	static const char *const cases[][2] = {
		{ "\"\"", "" },
		{ "\"\\\" \\\\ \\/ \\b\\f\\n\\r\\t\"", "\" \\ / \b\f\n\r\t" },
		{ "\"\\u0041\\u00e9\\u20AC\"", "A\xc3\xa9\xe2\x82\xac" },
		{ "\"\\ud83d\\ude00\"", "\xf0\x9f\x98\x80" },
		{ "\"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\"",
		        "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80" },
	};
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		Error error;
		Json json = reader(arena, cases[i][0], &error);
		ck_assert_str_eq(json_string(&json), cases[i][1]);
		ck_assert_msg(json_end(&json), "%s", error.text);
	}
	arena_free(arena);
}
END_TEST

START_TEST(json_bad_string_says_where_and_why)
{
	static const char *const cases[][2] = {
		{ "\"abc", "a.json: byte 8: the string does not end" },
		{ "\"abc\\\"", "byte 8: the string does not end" },
		{ "\"abc\\", "byte 8: the string does not end" },
		{ "\"a\nb\"", "byte 10: a string cannot hold byte 0x0a here" },
		{ "\"a\xff\"", "byte 10: a string cannot hold byte 0xff here" },
		{ "\"\xc3\"", "byte 9: a string cannot hold byte 0xc3 here" },
		{ "\"\xc0\x80\"", "byte 9: a string cannot hold byte 0xc0 here" },
		{ "\"\xed\xa0\x80\"", "byte 9: a string cannot hold byte 0xed here" },
		{ "\"\xf4\x90\x80\x80\"", "byte 9: a string cannot hold byte 0xf4" },
		{ "\"\xe2\x82\"", "byte 9: a string cannot hold byte 0xe2 here" },
		{ "\"\\x\"", "byte 10: expected an escape, found 'x'" },
		{ "\"\\u12\"", "byte 13: expected four hex digits, found '\"'" },
		{ "\"\\u0000\"", "byte 9: a string with a 0 inside" },
		{ "\"\\ud800\"", "byte 9: half a surrogate pair" },
		{ "\"\\ud800\\u0041\"", "byte 9: half a surrogate pair" },
		{ "\"\\udc00\"", "byte 9: half a surrogate pair" },
		{ "x", "byte 8: expected '\"', found 'x'" },
		{ "", "byte 8: expected '\"', found the end of the text" },
	};
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		Error error = { .text = "" };
		Json json = reader(arena, cases[i][0], &error);
		ck_assert_str_eq(json_string(&json), "");
		ck_assert(!json_end(&json));
		ASSERT_CONTAINS(error.text, cases[i][1]);
	}
	arena_free(arena);
}
END_TEST

START_TEST(json_bad_number_says_where_and_why)
{
	static const char *const cases[][2] = {
		{ "-1", "byte 8: expected a whole number, found '-'" },
		{ "1.5", "byte 9: expected a whole number, found '.'" },
		{ "1e3", "byte 9: expected a whole number, found 'e'" },
		{ "007", "byte 8: a number does not start with 0" },
		{ "18446744073709551616", "byte 8: the number does not fit" },
		{ "99999999999999999999999", "byte 8: the number does not fit" },
		{ "", "byte 8: expected a whole number, found the end of the text" },
		{ "12 13", "byte 11: expected nothing more, found '1'" },
	};
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		Error error = { .text = "" };
		Json json = reader(arena, cases[i][0], &error);
		json_size(&json);
		ck_assert(!json_end(&json));
		ASSERT_CONTAINS(error.text, cases[i][1]);
	}
	arena_free(arena);
}
END_TEST

START_TEST(json_bad_list_says_where_and_why)
{
	static const char *const cases[][2] = {
		{ "[1 2]", "byte 11: expected ',' or ']', found '2'" },
		{ "[1,]", "byte 11: expected a whole number, found ']'" },
		{ "[,1]", "byte 9: expected a whole number, found ','" },
		{ "[1", "byte 10: expected ',' or ']', found the end of the text" },
		{ "[[1]]", "byte 9: expected a whole number, found '['" },
		{ "{}", "byte 8: expected '[', found '{'" },
		{ "[1]]", "byte 11: expected nothing more, found ']'" },
	};
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		Error error = { .text = "" };
		Json json = reader(arena, cases[i][0], &error);
		json_open(&json, '[');
		while (json_next(&json, ']'))
			json_size(&json);
		ck_assert(!json_end(&json));
		ASSERT_CONTAINS(error.text, cases[i][1]);
	}
	arena_free(arena);
}
END_TEST

START_TEST(json_fail_keeps_the_first_message)
{
	Arena *arena = arena_new("test");
	Error error;
	Json json = reader(arena, "{}", &error);
	json_fail(&json, 1, "first");
	json_fail(&json, 2, "second");
	json_open(&json, '[');
	ck_assert(!json_next(&json, ']'));
	ck_assert(!json_end(&json));
	ck_assert_str_eq(error.text, "a.json: byte 9: first");
	arena_free(arena);
}
END_TEST

START_TEST(json_reals_are_read_to_the_last_bit)
{
	static const struct {
		const char *text;
		double value;
	} cases[] = {
		{ "0", 0 },
		{ " -0.5 ", -0.5 },
		{ "1e3", 1000 },
		{ "12.5E-1", 1.25 },
		{ "0.10000000000000001", 0.1 },
		{ "-1.7976931348623157e308", -1.7976931348623157e308 },
		{ "1.0000000000000000000000000000000000000000000000000000000000000000000",
		        1 },
	};
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		Error error;
		Json json = reader(arena, cases[i].text, &error);
		double value = json_real(&json);
		ck_assert_msg(json_end(&json), "%s", error.text);
		ck_assert(value == cases[i].value);
	}
	arena_free(arena);
}
END_TEST

START_TEST(json_what_is_no_real_is_refused)
{
	static const char *const cases[] = { "", "-", "01", "1.", ".5", "1e", "1e+",
		"nan", "Infinity", "+1", "\"1\"", "0x10" };
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		Error error;
		Json json = reader(arena, cases[i], &error);
		json_real(&json);
		ck_assert_msg(!json_end(&json), "%s", cases[i]);
		ASSERT_CONTAINS(error.text, "a.json: byte ");
	}
	Error error;
	Json json = reader(arena, "1e999", &error);
	json_real(&json);
	ck_assert(!json_end(&json));
	ASSERT_CONTAINS(error.text, "too large");
	arena_free(arena);
}
END_TEST

TEST_MAIN("json", json_reals_are_read_to_the_last_bit, json_what_is_no_real_is_refused,
        json_object_of_everything_is_read, json_string_escapes_are_decoded,
        json_bad_string_says_where_and_why, json_bad_number_says_where_and_why,
        json_bad_list_says_where_and_why, json_fail_keeps_the_first_message)
