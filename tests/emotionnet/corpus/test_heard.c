/* Whose voices have been heard: by name, and by how the ids look. */
#include "emotionnet/corpus/heard.h"
#include "tests/support/harness.h"

static Utterance one(const char *id, const char *speaker, Split split)
{
	return (Utterance){ .id = id, .speaker = speaker, .split = split };
}

START_TEST(look_has_one_letter_for_letters_and_one_digit_for_digits)
{
	Arena *arena = arena_new("test");
	ck_assert_str_eq(heard_look(arena, "03-01-b2"), "0-0-a0");
	ck_assert_str_eq(heard_look(arena, "03a01Fa"), "0a0a");
	ck_assert_str_eq(heard_look(arena, "\xc3\xa9_--1"), "a_--0");
	ck_assert_str_eq(heard_look(arena, ""), "");
	arena_free(arena);
}
END_TEST

/* "03" of the one corpus is not "03" of the other; but he is himself in another manifest,
 * in other capitals, and where ids say nothing. */
START_TEST(speakers_of_one_name_are_told_apart_by_ids)
{
	Arena *arena = arena_new("test");
	Utterance heard[] = { one("03-01-04", "03", SPLIT_TRAIN),
		one("03-01-05", "03", SPLIT_TRAIN),
		one("05-01-05", "Ann", SPLIT_VALIDATION),
		one("06-01-05", "06", SPLIT_COUNT), one("07-01-05", "", SPLIT_TRAIN) };
	Corpus first = { .utterances = heard, .count = 5 };
	const char *list = heard_list(arena, &first, SPLIT_COUNT);
	ck_assert_str_eq(list, "0-0-0 03\n0-0-0 ann");
	ck_assert_str_eq(heard_list(arena, &first, SPLIT_VALIDATION), "0-0-0 ann");
	Utterance tested[] = { one("03a01Fa", "03", SPLIT_TEST),
		one("99-09-09", "ANN ", SPLIT_TEST), one("9-9-9", "03", SPLIT_TRAIN),
		one("9-9-9", "06", SPLIT_TEST), one("9-9-9", "", SPLIT_TEST) };
	Corpus second = { .utterances = tested, .count = 5 };
	const char *name;
	ck_assert_int_eq(heard_count(list, &second, SPLIT_TEST, &name), 1);
	ck_assert_str_eq(name, "ANN ");
	ck_assert_int_eq(heard_count(list, &second, SPLIT_TRAIN, &name), 1);
	ck_assert_int_eq(heard_count("", &second, SPLIT_TEST, &name), 0);
	ck_assert_ptr_null(name);
	arena_free(arena);
}
END_TEST

TEST_MAIN("heard", look_has_one_letter_for_letters_and_one_digit_for_digits,
        speakers_of_one_name_are_told_apart_by_ids)
