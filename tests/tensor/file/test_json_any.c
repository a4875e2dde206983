#include "tensor/file/json_any.h"
#include "tests/support/harness.h"

#include <string.h>

static Json json_of(Arena *arena, const char *text, Error *error)
{
	error->text[0] = '\0';
	Json json = { .path = "t.json", .arena = arena, .error = error };
	json.text = (Bytes){ (const unsigned char *)text, strlen(text) };
	return json;
}

START_TEST(json_skip_passes_over_any_value)
{
	static const char *const values[] = { "1", "-2.5e3", "true", "false", "null",
		"\"a\\\"]}\"", "[]", "{}", "[1,[2,{\"a\":[]}],\"]\"]",
		"{\"a\" : {\"b\":[1,2]}, \"c\":null}" };
	Arena *arena = arena_new("test");
	Error error;
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		const char *text = arena_format(arena, "[ %s , 7]", values[i]);
		Json json = json_of(arena, text, &error);
		json_open(&json, '[');
		ck_assert(json_next(&json, ']'));
		json_skip(&json);
		ck_assert(json_next(&json, ']'));
		ck_assert_uint_eq(json_size(&json), 7);
		ck_assert(!json_next(&json, ']'));
		ck_assert_msg(json_end(&json), "%s: %s", values[i], error.text);
	}
	arena_free(arena);
}
END_TEST

START_TEST(json_skip_of_what_is_no_value_fails)
{
	static const char *const values[] = { "", "]", "[1", "[1,]", "{1:2}", "{\"a\"}",
		"{\"a\":}", "\"a", "tru", "nul", "[}", "{\"a\":1]", "-", "'a'" };
	Arena *arena = arena_new("test");
	Error error;
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		Json json = json_of(arena, values[i], &error);
		json_skip(&json);
		ck_assert_msg(!json_end(&json), "%s", values[i]);
		ASSERT_CONTAINS(error.text, "t.json: byte ");
	}
	arena_free(arena);
}
END_TEST

START_TEST(json_skip_nested_too_deep_fails)
{
	Arena *arena = arena_new("test");
	Error error;
	for (int depth = JSON_DEEPEST; depth <= JSON_DEEPEST + 1; depth++) {
		char text[2 * JSON_DEEPEST + 8] = "";
		memset(text, '[', (size_t)depth);
		memset(text + depth, ']', (size_t)depth);
		Json json = json_of(arena, text, &error);
		json_skip(&json);
		ck_assert_int_eq(json_end(&json), depth == JSON_DEEPEST);
	}
	ASSERT_CONTAINS(error.text, "byte 64: nested more than 64 deep");
	arena_free(arena);
}
END_TEST

START_TEST(json_members_are_found_in_any_order)
{
	static const char *const names[] = { "b", "none", "a" };
	Arena *arena = arena_new("test");
	Error error;
	size_t at[3];
	Json json = json_of(
	        arena, "{\"a\":false, \"x\":[{}], \"b\":\"two\", \"a\": true}", &error);
	json_members(&json, names, 3, at);
	ck_assert(json_end(&json));
	ck_assert(json_at(&json, at[0]));
	ck_assert_str_eq(json_string(&json), "two");
	ck_assert(!json_at(&json, at[1]));
	ck_assert(json_at(&json, at[2]));
	ck_assert(json_bool(&json));
	arena_free(arena);
}
END_TEST

START_TEST(json_peek_and_null_tell_what_comes)
{
	static const char kinds[] = "{[\"tfn00", text[] = " {|[|\"|t|f|null|-1|5";
	Arena *arena = arena_new("test");
	Error error;
	for (size_t i = 0, at = 0; i < strlen(kinds); i++) {
		Json json = json_of(arena, text + at, &error);
		ck_assert_int_eq(json_peek(&json), kinds[i]);
		ck_assert_int_eq(json_null(&json), kinds[i] == 'n');
		at += strcspn(text + at, "|") + 1;
	}
	Json json = json_of(arena, "yes", &error);
	ck_assert_int_eq(json_peek(&json), 0);
	ck_assert(!json_bool(&json));
	ASSERT_CONTAINS(error.text, "expected true or false");
	arena_free(arena);
}
END_TEST

TEST_MAIN("json_any", json_skip_passes_over_any_value,
        json_skip_of_what_is_no_value_fails, json_skip_nested_too_deep_fails,
        json_members_are_found_in_any_order, json_peek_and_null_tell_what_comes)
