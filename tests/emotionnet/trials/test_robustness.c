#include "emotionnet/trials/robustness.h"
#include "emotionnet/corpus/word_times.h"
#include "tests/support/harness.h"
#include "text/tokens.h"

#include <string.h>

static const Said said = { "I can't  believe it !", "0-1 1-2 2-3 3-4 4-5" };

START_TEST(robustness_level_0_leaves_the_words)
{
	Arena *arena = arena_new("test");
	Said same = said_dropped(arena, said, 0, rng_new(1));
	ck_assert_str_eq(same.text, "I can't believe it !");
	ck_assert_str_eq(same.times, said.times);
	same = said_mistyped(arena, said, 0, rng_new(1));
	ck_assert_str_eq(same.text, "I can't believe it !");
	ck_assert_str_eq(same.times, said.times);
	arena_free(arena);
}
END_TEST

START_TEST(robustness_level_1_leaves_one_word_and_its_time)
{
	Arena *arena = arena_new("test");
	const char *const words[] = { "I", "can't", "believe", "it", "!" };
	const char *const times[] = { "0-1", "1-2", "2-3", "3-4", "4-5" };
	for (uint64_t seed = 0; seed < 20; seed++) {
		Said left = said_dropped(arena, said, 1, rng_new(seed));
		int found = -1;
		for (int i = 0; i < 5; i++)
			if (!strcmp(left.text, words[i]))
				found = i;
		ck_assert_int_ge(found, 0);
		ck_assert_str_eq(left.times, times[found]);
	}
	arena_free(arena);
}
END_TEST

/* What a higher level leaves, a lower one leaves too; and as many are lost as the
 * level says. */
START_TEST(robustness_dropped_words_are_nested)
{
	enum { WORDS = 1000 };
	Arena *arena = arena_new("test");
	const char *text = "";
	for (int i = 0; i < WORDS; i++)
		text = arena_format(arena, "%sw%04d ", text, i);
	int before = WORDS;
	const char *wider = text;
	for (int step = 1; step <= 5; step++) {
		Said left =
		        said_dropped(arena, (Said){ text, NULL }, 0.1 * step, rng_new(3));
		Tokens tokens = tokens_split(arena, left.text);
		ck_assert_int_lt(tokens.words, before);
		ASSERT_CLOSE(tokens.words, WORDS * (1 - 0.1 * step), 50, 0);
		for (int i = 0; i < tokens.count; i++)
			ck_assert_ptr_nonnull(strstr(wider, tokens.items[i].text));
		ck_assert_ptr_null(left.times);
		before = tokens.words;
		wider = left.text;
	}
	arena_free(arena);
}
END_TEST

/* All four slips of "abc", and nothing else, come up. */
START_TEST(robustness_typos_are_the_four_slips)
{
	Arena *arena = arena_new("test");
	int twice = 0, swapped = 0, lost = 0, other = 0;
	for (uint64_t seed = 0; seed < 200; seed++) {
		const char *typed =
		        said_mistyped(arena, (Said){ "abc", NULL }, 1, rng_new(seed))
		                .text;
		bool is_twice = !strcmp(typed, "aabc") || !strcmp(typed, "abbc") ||
		                !strcmp(typed, "abcc");
		bool is_swapped = !strcmp(typed, "bac") || !strcmp(typed, "acb");
		bool is_lost = !strcmp(typed, "bc") || !strcmp(typed, "ac") ||
		               !strcmp(typed, "ab");
		int differ = 0;
		for (size_t i = 0; i < 3 && strlen(typed) == 3; i++)
			differ += typed[i] != "abc"[i];
		bool is_other = strlen(typed) == 3 && differ <= 1;
		ck_assert_msg(is_twice || is_swapped || is_lost || is_other, "%s", typed);
		twice += is_twice;
		swapped += is_swapped;
		lost += is_lost;
		other += is_other;
	}
	ck_assert(twice > 20 && swapped > 20 && lost > 20 && other > 20);
	arena_free(arena);
}
END_TEST

START_TEST(robustness_typos_keep_utf8_and_the_number_of_words)
{
	Arena *arena = arena_new("test");
	const char *text = "sch\xc3\xb6n \xf0\x9f\x98\x80 a \xe2\x82\xac\xe2\x82\xac";
	for (uint64_t seed = 0; seed < 100; seed++) {
		Said typed = said_mistyped(
		        arena, (Said){ text, "0-1 1-2 2-3 3-4" }, 1, rng_new(seed));
		Tokens tokens = tokens_split(arena, typed.text);
		ck_assert_int_eq(tokens.replaced, 0);
		Error error;
		ck_assert_msg(word_times_parse(
		                      arena, typed.times, tokens.words, &error) != NULL,
		        "%s: %s", typed.text, error.text);
	}
	arena_free(arena);
}
END_TEST

START_TEST(robustness_empty_text_stays)
{
	Arena *arena = arena_new("test");
	ck_assert_str_eq(
	        said_dropped(arena, (Said){ " ", NULL }, 1, rng_new(1)).text, " ");
	ck_assert_str_eq(said_mistyped(arena, (Said){ "", "" }, 1, rng_new(1)).text, "");
	arena_free(arena);
}
END_TEST

TEST_MAIN("robustness", robustness_level_0_leaves_the_words,
        robustness_level_1_leaves_one_word_and_its_time,
        robustness_dropped_words_are_nested, robustness_typos_are_the_four_slips,
        robustness_typos_keep_utf8_and_the_number_of_words, robustness_empty_text_stays)
