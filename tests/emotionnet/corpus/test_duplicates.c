#include "emotionnet/corpus/duplicates.h"
#include "audio/wav.h"
#include "tests/support/harness.h"

#include <stdio.h>
#include <string.h>

static Utterance utterances[] = {
	{ .text = "Oh no!", .label = "fear", .split = SPLIT_TRAIN },
	{ .text = "Yeah.", .label = "joy", .split = SPLIT_TRAIN },
	{ .text = "yeah .", .label = "neutral", .split = SPLIT_TRAIN },
	{ .text = "", .label = "joy", .split = SPLIT_TRAIN },
	{ .text = "It’s mine", .label = "anger", .split = SPLIT_TRAIN },
	{ .text = "YEAH.", .label = "joy", .split = SPLIT_VALIDATION },
	{ .text = "it's mine", .label = "anger", .split = SPLIT_TEST },
	{ .text = "", .label = "joy", .split = SPLIT_TEST },
	{ .text = "Only in test", .label = "joy", .split = SPLIT_TEST },
	{ .text = "only in test", .label = "joy", .split = SPLIT_TEST },
};
static const Corpus corpus = { .source = "made", .utterances = utterances, .count = 10 };

START_TEST(duplicates_within_and_across_splits_are_counted)
{
	Arena *arena = arena_new("test");
	Duplicates d = duplicates_find(&corpus, arena);
	ck_assert_int_eq(d.count, 3);
	ck_assert_int_eq(d.again[SPLIT_TRAIN], 1);
	ck_assert_int_eq(d.again[SPLIT_VALIDATION], 0);
	ck_assert_int_eq(d.again[SPLIT_TEST], 1);
	ck_assert_int_eq(d.in_train[SPLIT_TRAIN], 0);
	ck_assert_int_eq(d.in_train[SPLIT_VALIDATION], 1);
	ck_assert_int_eq(d.in_train[SPLIT_TEST], 1);

	ck_assert_str_eq(d.texts[0].text, "Yeah.");
	ck_assert_int_eq(d.texts[0].total, 3);
	ck_assert_int_eq(d.texts[0].labels, 2);
	ck_assert_int_eq(d.texts[0].words, 2);
	ck_assert_int_eq(d.texts[0].counts[SPLIT_TRAIN], 2);
	ck_assert_int_eq(d.texts[0].counts[SPLIT_VALIDATION], 1);
	ck_assert_str_eq(d.texts[1].text, "It’s mine");
	ck_assert_int_eq(d.texts[1].labels, 1);
	ck_assert_str_eq(d.texts[2].text, "Only in test");
	arena_free(arena);
}
END_TEST

START_TEST(duplicates_of_a_corpus_without_any_are_none)
{
	Arena *arena = arena_new("test");
	Corpus one = { .utterances = utterances, .count = 2 };
	Duplicates d = duplicates_find(&one, arena);
	ck_assert_int_eq(d.count, 0);
	ck_assert_int_eq(d.in_train[SPLIT_TEST], 0);
	arena_free(arena);
}
END_TEST

/* The same samples in files of two kinds; others; and what is no sound. */
START_TEST(duplicates_of_recordings_are_told_by_their_samples)
{
	Arena *arena = arena_new("test");
	real tone[] = { 0, (real)0.5, 0, (real)-0.5 }, other[] = { 0, 0, (real)0.5, 0 };
	Utterance heard[] = {
		{ .split = SPLIT_TRAIN, .label = "joy", .text = "a" },
		{ .split = SPLIT_TEST, .label = "joy", .text = "b" },
		{ .split = SPLIT_TEST, .label = "joy", .text = "b" },
		{ .split = SPLIT_TEST, .label = "joy", .text = "b", .wav = "/none.wav" }
	};
	for (int i = 0; i < 4; i++) {
		heard[i].end = -1;
		if (i == 3)
			continue;
		Clip clip = {
			.samples = i < 2 ? tone : other, .count = 4, .rate = 16000
		};
		heard[i].wav = arena_format(arena, "%s/%d.wav", harness_directory(), i);
		ck_assert(wav_write(
		        heard[i].wav, &clip, i ? WAV_FLOAT : WAV_16_BIT, arena, NULL));
	}
	Corpus sounds = { .source = "made", .utterances = heard, .count = 4 };
	Duplicates d = duplicates_find_sounds(&sounds, arena);
	ck_assert_int_eq(d.count, 1);
	ck_assert_int_eq(d.in_train[SPLIT_TEST], 1);
	ck_assert_int_eq(d.unread, 1);
	ck_assert_str_eq(d.texts[0].text, heard[0].wav);
	arena_free(arena);
}
END_TEST

START_TEST(duplicates_print_tells_sums_and_texts)
{
	Arena *arena = arena_new("test");
	Duplicates d = duplicates_find(&corpus, arena);
	char text[2048] = "";
	FILE *out = fmemopen(text, sizeof text, "w");
	duplicates_print(out, &corpus, &d, 1);
	fclose(out);
	ck_assert_str_eq(text, "3 texts stand more than once\n"
	                       "split        utterances    again in it  also in train\n"
	                       "train                 5              1              0\n"
	                       "validation            1              0              1\n"
	                       "test                  4              1              1\n"
	                       "     3 times, 2 labels: \"Yeah.\"\n");
	arena_free(arena);
}
END_TEST

TEST_MAIN("duplicates", duplicates_within_and_across_splits_are_counted,
        duplicates_of_a_corpus_without_any_are_none,
        duplicates_of_recordings_are_told_by_their_samples,
        duplicates_print_tells_sums_and_texts)
