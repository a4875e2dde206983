#include "text/vocabulary.h"
#include "tests/support/harness.h"
#include "text/vocabulary_text.h"

#include <string.h>

static WordCounts counts_of(Arena *arena, const char *const texts[], int count)
{
	WordCounts counts = wordcounts_new(arena);
	for (int i = 0; i < count; i++) {
		Tokens tokens = tokens_split(arena, texts[i]);
		wordcounts_add(&counts, &tokens);
	}
	return counts;
}

/* c 3 times, b and a twice, d once. */
static const char *const texts[] = { "c b c", "a b", "c a d" };

START_TEST(vocabulary_orders_by_count_then_alphabet)
{
	Arena *arena = arena_new("test");
	WordCounts counts = counts_of(arena, texts, 3);
	ck_assert_int_eq(counts.total, 8);
	Vocabulary v = vocabulary_build(arena, &counts, 1, 0);
	ck_assert_str_eq(vocabulary_to_text(arena, &v), "<pad>\n<unk>\nc\na\nb\nd\n");

	static const char *const reversed[] = { "d a c", "b a", "c b c" };
	counts = counts_of(arena, reversed, 3);
	v = vocabulary_build(arena, &counts, 1, 0);
	ck_assert_str_eq(vocabulary_to_text(arena, &v), "<pad>\n<unk>\nc\na\nb\nd\n");
	arena_free(arena);
}
END_TEST

START_TEST(vocabulary_minimum_and_maximum_leave_out_the_rarest)
{
	Arena *arena = arena_new("test");
	WordCounts counts = counts_of(arena, texts, 3);
	Vocabulary v = vocabulary_build(arena, &counts, 2, 0);
	ck_assert_str_eq(vocabulary_to_text(arena, &v), "<pad>\n<unk>\nc\na\nb\n");
	v = vocabulary_build(arena, &counts, 1, 4);
	ck_assert_str_eq(vocabulary_to_text(arena, &v), "<pad>\n<unk>\nc\na\n");
	v = vocabulary_build(arena, &counts, 9, 0);
	ck_assert_int_eq(v.words.count, 2);
	arena_free(arena);
}
END_TEST

START_TEST(vocabulary_ids_of_words_and_of_what_is_unknown)
{
	Arena *arena = arena_new("test");
	WordCounts counts = counts_of(arena, texts, 3);
	Vocabulary v = vocabulary_build(arena, &counts, 2, 0);
	Tokens tokens = tokens_split(arena, "B zebra c");
	int *ids = vocabulary_ids(&v, arena, &tokens);
	ck_assert_int_eq(ids[0], 4);
	ck_assert_int_eq(ids[1], VOCABULARY_UNKNOWN);
	ck_assert_int_eq(ids[2], 2);
	arena_free(arena);
}
END_TEST

START_TEST(vocabulary_from_its_text_is_the_same)
{
	Arena *arena = arena_new("test");
	WordCounts counts = counts_of(arena, texts, 3);
	Vocabulary v = vocabulary_build(arena, &counts, 1, 0), back;
	Error error;
	ck_assert(vocabulary_from_text(
	        &back, arena, "m", vocabulary_to_text(arena, &v), &error));
	ck_assert_int_eq(back.words.count, v.words.count);
	ck_assert_int_eq(vocabulary_id(&back, "b"), vocabulary_id(&v, "b"));
	/* the last line may lack its end */
	ck_assert(vocabulary_from_text(&back, arena, "m", "<pad>\n<unk>\na", &error));
	ck_assert_int_eq(vocabulary_id(&back, "a"), 2);
	arena_free(arena);
}
END_TEST

START_TEST(vocabulary_from_a_bad_text_names_the_line)
{
	static const char *const cases[][2] = {
		{ "", "m: expected a vocabulary that begins with the lines <pad> and <unk>, found 0 lines" },
		{ "<pad>\n", "found 1 lines" },
		{ "<unk>\n<pad>\n", "m: line 1: expected \"<pad>\", found \"<unk>\"" },
		{ "<pad>\nthe\n", "m: line 2: expected \"<unk>\", found \"the\"" },
		{ "<pad>\n<unk>\na\n\nb\n",
		        "m: line 4: expected a word, found an empty" },
		{ "<pad>\n<unk>\na\nb\na\n",
		        "m: line 5: \"a\" stands on line 3 already" },
	};
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		Vocabulary v;
		Error error;
		ck_assert(!vocabulary_from_text(&v, arena, "m", cases[i][0], &error));
		ASSERT_CONTAINS(error.text, cases[i][1]);
	}
	arena_free(arena);
}
END_TEST

/* More strings than any first size: numbers stay, whatever grew. */
START_TEST(stringset_many_strings_keep_their_numbers)
{
	enum { MANY = 5000 };
	Arena *arena = arena_new("test");
	StringSet set = stringset_new(arena);
	ck_assert_int_eq(stringset_find(&set, "7"), -1);
	for (int i = 0; i < MANY; i++)
		ck_assert_int_eq(stringset_add(&set, arena_format(arena, "%d", i)), i);
	for (int i = 0; i < MANY; i++) {
		const char *text = arena_format(arena, "%d", i);
		ck_assert_int_eq(stringset_find(&set, text), i);
		ck_assert_str_eq(set.names[i], text);
	}
	ck_assert_int_eq(stringset_add(&set, "17"), 17);
	ck_assert_int_eq(set.count, MANY);
	arena_free(arena);
}
END_TEST

START_TEST(stringset_bytes_are_no_longer_than_told)
{
	Arena *arena = arena_new("test");
	StringSet set = stringset_new(arena);
	stringset_add(&set, "sad");
	stringset_add(&set, "");
	ck_assert_int_eq(stringset_find_bytes(&set, "sadness", 3), 0);
	ck_assert_int_eq(stringset_find_bytes(&set, "sadness", 4), -1);
	ck_assert_int_eq(stringset_find_bytes(&set, "sadness", 2), -1);
	ck_assert_int_eq(stringset_find_bytes(&set, "sadness", 0), 1);
	arena_free(arena);
}
END_TEST

/* A text longer than the pieces that strings share. */
START_TEST(stringset_long_string_is_kept_whole)
{
	enum { LONG = 100000 };
	Arena *arena = arena_new("test");
	StringSet set = stringset_new(arena);
	char *text = arena_zeros(arena, LONG + 1);
	memset(text, 'a', LONG);
	stringset_add(&set, "short");
	ck_assert_int_eq(stringset_add(&set, text), 1);
	ck_assert_str_eq(set.names[1], text);
	arena_free(arena);
}
END_TEST

/* Two sets of the same strings have the same numbers, and other slots. */
START_TEST(stringset_slots_are_not_known_beforehand)
{
	enum { MANY = 30 };
	Arena *arena = arena_new("test");
	StringSet a = stringset_new(arena), b = stringset_new(arena);
	for (int i = 0; i < MANY; i++) {
		stringset_add(&a, arena_format(arena, "%d", i));
		stringset_add(&b, arena_format(arena, "%d", i));
	}
	ck_assert_int_eq(a.slot_count, b.slot_count);
	size_t bytes = (size_t)a.slot_count * sizeof *a.slots;
	ck_assert(memcmp(a.slots, b.slots, bytes));
	for (int i = 0; i < MANY; i++)
		ck_assert_str_eq(a.names[i], b.names[i]);
	arena_free(arena);
}
END_TEST

TEST_MAIN("vocabulary", vocabulary_orders_by_count_then_alphabet,
        vocabulary_minimum_and_maximum_leave_out_the_rarest,
        vocabulary_ids_of_words_and_of_what_is_unknown,
        vocabulary_from_its_text_is_the_same, vocabulary_from_a_bad_text_names_the_line,
        stringset_many_strings_keep_their_numbers,
        stringset_bytes_are_no_longer_than_told, stringset_long_string_is_kept_whole,
        stringset_slots_are_not_known_beforehand)
