#include "tests/support/harness.h"
#include "text/ngrams.h"

#include <string.h>

/* All of step i, a space between two and | between steps. */
static const char *shown(Arena *arena, NgramSettings settings, const char *text)
{
	Tokens words = tokens_split(arena, text);
	Ngrams ngrams = ngrams_of(arena, &settings, &words);
	const char *out = "";
	for (int i = 0, k = 0; i < words.count; i++) {
		out = arena_format(arena, "%s%s", out, i ? " |" : "");
		for (; k < ngrams.ends[i]; k++)
			out = arena_format(arena, "%s %s", out, ngrams.all.items[k].text);
	}
	return out;
}

START_TEST(ngrams_are_words_runs_and_pieces)
{
	Arena *arena = arena_new("test");
	ck_assert_str_eq(
	        shown(arena, (NgramSettings){ .words = 1 }, "So it is"), " so | it | is");
	ck_assert_str_eq(shown(arena, (NgramSettings){ .words = 3 }, "so it is good"),
	        " so | it so it | is it is so it is | good is good it is good");
	ck_assert_str_eq(
	        shown(arena, (NgramSettings){ .words = 1, .letters = 4 }, "good"),
	        " good ~<go ~goo ~ood ~od> ~<goo ~good ~ood>");
	/* the whole "<it>" is no piece: that is the word; of "." there is nothing else */
	ck_assert_str_eq(shown(arena, (NgramSettings){ .words = 2, .letters = 5 }, "it."),
	        " it ~<it ~it> | . it .");
	ck_assert_str_eq(
	        shown(arena, (NgramSettings){ .words = 2, .letters = 5 }, ""), "");
	arena_free(arena);
}
END_TEST

/* A letter may have several bytes; none of it is cut. */
START_TEST(ngrams_cut_between_letters_not_bytes)
{
	Arena *arena = arena_new("test");
	ck_assert_str_eq(shown(arena, (NgramSettings){ .words = 1, .letters = 3 }, "Łzę"),
	        " łzę ~<łz ~łzę ~zę>");
	arena_free(arena);
}
END_TEST

START_TEST(ngrams_remember_the_place_of_their_word)
{
	Arena *arena = arena_new("test");
	Tokens words = tokens_split(arena, "oh, can't");
	Ngrams ngrams =
	        ngrams_of(arena, &(NgramSettings){ .words = 2, .letters = 3 }, &words);
	for (int i = 0, k = 0; i < words.count; i++)
		for (; k < ngrams.ends[i]; k++) {
			ck_assert_uint_eq(
			        ngrams.all.items[k].begin, words.items[i].begin);
			ck_assert_int_eq(ngrams.all.items[k].word, words.items[i].word);
		}
	ck_assert_int_eq(ngrams.ends[words.count - 1], ngrams.all.count);
	ck_assert_int_eq(ngrams.all.words, 2);
	arena_free(arena);
}
END_TEST

START_TEST(ngrams_out_of_range_stop)
{
	Arena *arena = arena_new("test");
	Tokens words = tokens_split(arena, "so");
	ASSERT_STOPS("runs of 0 words: expected 1 to 5",
	        ngrams_of(arena, &(NgramSettings){ .words = 0 }, &words));
	ASSERT_STOPS("runs of 6 words: expected 1 to 5",
	        ngrams_of(arena, &(NgramSettings){ .words = 6 }, &words));
	ASSERT_STOPS("pieces of 2 letters: expected 3 to 8, or 0",
	        ngrams_of(arena, &(NgramSettings){ .words = 1, .letters = 2 }, &words));
	ASSERT_STOPS("pieces of 9 letters: expected 3 to 8, or 0",
	        ngrams_of(arena, &(NgramSettings){ .words = 1, .letters = 9 }, &words));
	arena_free(arena);
}
END_TEST

TEST_MAIN("ngrams", ngrams_are_words_runs_and_pieces,
        ngrams_cut_between_letters_not_bytes, ngrams_remember_the_place_of_their_word,
        ngrams_out_of_range_stop)
