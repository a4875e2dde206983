#include "emotionnet/corpus/word_times.h"
#include "tests/support/harness.h"

START_TEST(word_times_give_start_and_end_of_each_word)
{
	Arena *arena = arena_new("test");
	Error error;
	WordTime *times = word_times_parse(arena, " 0.10-0.35  .35-8e-1 ", 2, &error);
	ck_assert_msg(times != NULL, "%s", error.text);
	ASSERT_CLOSE(times[0].start, 0.10, 0, 0);
	ASSERT_CLOSE(times[0].end, 0.35, 0, 0);
	ASSERT_CLOSE(times[1].start, 0.35, 0, 0);
	ASSERT_CLOSE(times[1].end, 0.8, 0, 0);
	ck_assert_ptr_nonnull(word_times_parse(arena, "", 0, NULL));
	ck_assert_ptr_nonnull(word_times_parse(arena, "1-1", 1, NULL));
	arena_free(arena);
}
END_TEST

START_TEST(word_times_malformed_are_named)
{
	static const char *const columns[] = { "1", "-", "a-b", "1-", "-1", "2-1", "-1-2",
		"1-2-3", "1-inf", "0x1-2" };
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
		Error error;
		ck_assert_ptr_null(word_times_parse(arena, columns[i], 1, &error));
		ASSERT_CONTAINS(error.text,
		        arena_format(arena,
		                "expected start-end in seconds such as 0.10-0.35, found \"%s\"",
		                columns[i]));
	}
	arena_free(arena);
}
END_TEST

START_TEST(word_times_must_be_as_many_as_words)
{
	Arena *arena = arena_new("test");
	Error error;
	ck_assert_ptr_null(word_times_parse(arena, "0-1", 2, &error));
	ASSERT_CONTAINS(error.text, "expected 2, one for each word of the text, found 1");
	ck_assert_ptr_null(word_times_parse(arena, "0-1 1-2 2-3", 2, &error));
	ASSERT_CONTAINS(error.text, "expected 2, one for each word of the text, found 3");
	arena_free(arena);
}
END_TEST

TEST_MAIN("word_times", word_times_give_start_and_end_of_each_word,
        word_times_malformed_are_named, word_times_must_be_as_many_as_words)
