#include "text/list.h"
#include "tests/support/harness.h"

START_TEST(list_split_and_join_are_each_others_inverse)
{
	Arena *arena = arena_new("test");
	static const struct {
		const char *text;
		int count;
	} cases[] = { { "", 0 }, { "a", 1 }, { "a,b", 2 }, { "a,,b", 3 }, { ",a", 2 } };
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int count;
		const char *const *names = list_split(arena, cases[i].text, ',', &count);
		ck_assert_int_eq(count, cases[i].count);
		ck_assert_str_eq(list_join(arena, names, count, ","), cases[i].text);
	}
	int count;
	const char *const *names = list_split(arena, "all,50,", ',', &count);
	ck_assert_int_eq(count, 2); /* a comma at the end adds none */
	ck_assert_str_eq(names[1], "50");
	arena_free(arena);
}
END_TEST

START_TEST(list_or_tells_what_would_do)
{
	static const char *const names[] = { "cnn", "lstm", "vector", NULL };
	Arena *arena = arena_new("test");
	ck_assert_str_eq(list_or(arena, names, 0), "");
	ck_assert_str_eq(list_or(arena, names, 1), "cnn");
	ck_assert_str_eq(list_or(arena, names, 2), "cnn or lstm");
	ck_assert_str_eq(list_or(arena, names, 3), "cnn, lstm or vector");
	ck_assert_int_eq(names_find(names, "lstm"), 1);
	ck_assert_int_eq(names_find(names, "lst"), -1);
	arena_free(arena);
}
END_TEST

START_TEST(lines_are_found_whole_and_told_apart)
{
	Arena *arena = arena_new("test");
	ck_assert(lines_have("ann\nbob", "bob"));
	ck_assert(!lines_have("ann\nbob", "bo"));
	ck_assert(!lines_have("ann\nbob", "ann\nbob"));
	ck_assert_str_eq(lines_without(arena, "--a 1\n--b 2\n", "--b 2\n"), "--a 1");
	ck_assert_str_eq(lines_without(arena, "a\nb\nc", "b"), "a c");
	ck_assert_str_eq(lines_without(arena, "a\n", "a\nb\n"), "");
	arena_free(arena);
}
END_TEST

START_TEST(nearest_name_is_found_within_two_edits)
{
	const char *names[] = { "train", "evaluate", "predict" };
	ck_assert_str_eq(nearest_name("trian", 3, names), "train");
	ck_assert_str_eq(nearest_name("evalute", 3, names), "evaluate");
	ck_assert_ptr_null(nearest_name("fly", 3, names));
	ck_assert_int_eq(names_distance("who", "wav"), 2);
	ck_assert_int_eq(names_distance("", "wav"), 3);
	ck_assert_int_eq(names_distance("text", "text"), 0);
}
END_TEST

TEST_MAIN("list", list_split_and_join_are_each_others_inverse,
        list_or_tells_what_would_do, lines_are_found_whole_and_told_apart,
        nearest_name_is_found_within_two_edits)
