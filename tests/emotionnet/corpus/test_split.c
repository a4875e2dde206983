#include "emotionnet/corpus/split.h"
#include "tensor/rng.h"
#include "tests/support/harness.h"

#include <stdio.h>
#include <string.h>

/* Speakers s0, s1, ... with sizes[s] utterances each; their labels go round. */
static Corpus made(Arena *arena, const int sizes[], int speakers, int labels)
{
	Corpus corpus = { .source = "made" };
	for (int s = 0; s < speakers; s++)
		corpus.count += sizes[s];
	corpus.utterances = ARENA_ARRAY(arena, Utterance, (size_t)corpus.count);
	for (int s = 0, i = 0; s < speakers; s++)
		for (int n = 0; n < sizes[s]; n++, i++)
			corpus.utterances[i] =
			        (Utterance){ .id = arena_format(arena, "%d", i),
				        .speaker = arena_format(arena, "s%d", s),
				        .label = arena_format(arena, "l%d", n % labels),
				        .split = SPLIT_COUNT };
	return corpus;
}

static int speakers_in(const Corpus *corpus, Arena *arena, Split split)
{
	return corpus_speakers(corpus, split, arena).count;
}

static int labelled(const Corpus *corpus, Split split, const char *label)
{
	int count = 0;
	for (int i = 0; i < corpus->count; i++)
		count += corpus->utterances[i].split == split &&
		         !strcmp(corpus->utterances[i].label, label);
	return count;
}

/* What split_make says of the corpus. */
static const char *said(Arena *arena, Corpus *corpus, uint64_t seed)
{
	FILE *notes = tmpfile();
	char text[1000] = "";
	split_make(corpus, seed, notes);
	rewind(notes);
	text[fread(text, 1, sizeof text - 1, notes)] = '\0';
	fclose(notes);
	return arena_string(arena, text);
}

START_TEST(split_of_many_speakers_keeps_each_whole_and_the_shares)
{
	Arena *arena = arena_new("test");
	Rng rng = rng_new(3);
	int sizes[40];
	for (int s = 0; s < 40; s++)
		sizes[s] = 10 + rng_below(&rng, 60);
	Corpus c = made(arena, sizes, 40, 4);
	ASSERT_CONTAINS(said(arena, &c, 1), "made by speaker, seed 1: ");
	int there = 0;
	for (Split s = 0; s < SPLIT_COUNT; s++)
		there += speakers_in(&c, arena, s);
	ck_assert_int_eq(there, 40); /* nobody in two */
	ck_assert_ptr_null(corpus_leak(&c).speaker);
	ASSERT_CLOSE(corpus_count(&c, SPLIT_TRAIN), .70 * c.count, .02 * c.count, 0);
	ASSERT_CLOSE(corpus_count(&c, SPLIT_TEST), .15 * c.count, .02 * c.count, 0);
	ASSERT_CLOSE(corpus_count(&c, SPLIT_VALIDATION), .15 * c.count, .02 * c.count, 0);
	arena_free(arena);
}
END_TEST

/* Half of the speakers say only l0, the others only l1: each label is spread. */
START_TEST(split_of_speakers_with_one_label_each_has_every_label_everywhere)
{
	Arena *arena = arena_new("test");
	int sizes[20];
	for (int s = 0; s < 20; s++)
		sizes[s] = 10;
	for (uint64_t seed = 1; seed <= 20; seed++) {
		Corpus c = made(arena, sizes, 20, 1);
		for (int i = 100; i < 200; i++)
			c.utterances[i].label = "l1";
		split_make(&c, seed, NULL);
		for (Split s = 0; s < SPLIT_COUNT; s++) {
			ck_assert_int_ge(labelled(&c, s, "l0"), 10);
			ck_assert_int_ge(labelled(&c, s, "l1"), 10);
			ck_assert_int_eq(
			        corpus_count(&c, s), s == SPLIT_TRAIN ? 140 : 30);
		}
	}
	arena_free(arena);
}
END_TEST

START_TEST(split_depends_on_the_seed_and_on_nothing_else)
{
	Arena *arena = arena_new("test");
	static const int sizes[10] = { 6, 6, 6, 6, 6, 6, 6, 6, 6, 6 };
	Corpus one = made(arena, sizes, 10, 3), again = made(arena, sizes, 10, 3);
	bool differs = false;
	split_make(&one, 1, NULL);
	split_make(&again, 1, NULL);
	for (int i = 0; i < one.count; i++)
		ck_assert_int_eq(one.utterances[i].split, again.utterances[i].split);
	for (uint64_t seed = 2; seed < 6; seed++) {
		split_make(&again, seed, NULL);
		for (int i = 0; i < one.count; i++)
			differs |= one.utterances[i].split != again.utterances[i].split;
	}
	ck_assert(differs);
	arena_free(arena);
}
END_TEST

/* The first two are nearly all of the corpus, and yet there are three splits. */
START_TEST(split_of_three_speakers_leaves_none_empty)
{
	Arena *arena = arena_new("test");
	static const int sizes[3] = { 500, 400, 1 };
	Corpus c = made(arena, sizes, 3, 2);
	split_make(&c, 1, NULL);
	ck_assert_int_eq(corpus_count(&c, SPLIT_TRAIN), 500);
	for (Split s = 0; s < SPLIT_COUNT; s++)
		ck_assert_int_eq(speakers_in(&c, arena, s), 1);
	arena_free(arena);
}
END_TEST

START_TEST(split_takes_spellings_of_a_speaker_for_one)
{
	Arena *arena = arena_new("test");
	static const int sizes[6] = { 5, 5, 5, 5, 5, 5 };
	Corpus c = made(arena, sizes, 6, 2);
	for (int i = 0; i < 5; i++)
		c.utterances[i].speaker = " S5 ";
	split_make(&c, 1, NULL);
	for (int i = 0; i < 5; i++)
		ck_assert_int_eq(c.utterances[i].split, c.utterances[25].split);
	arena_free(arena);
}
END_TEST

START_TEST(split_of_two_speakers_tests_the_smaller)
{
	Arena *arena = arena_new("test");
	static const int sizes[2] = { 40, 20 };
	Corpus c = made(arena, sizes, 2, 2);
	const char *text = said(arena, &c, 1);
	ASSERT_CONTAINS(text, "two speakers, too few for three splits: s1 is the test; ");
	ASSERT_CONTAINS(text, "from the utterances of s0");
	ck_assert_int_eq(corpus_count(&c, SPLIT_TEST), 20);
	ck_assert_int_eq(speakers_in(&c, arena, SPLIT_TEST), 1);
	ck_assert_int_eq(labelled(&c, SPLIT_VALIDATION, "l0"), 3); /* 15 % of 20 */
	ck_assert_int_eq(labelled(&c, SPLIT_VALIDATION, "l1"), 3);
	arena_free(arena);
}
END_TEST

START_TEST(split_without_speakers_goes_by_label_and_says_so)
{
	Arena *arena = arena_new("test");
	static const int sizes[1] = { 100 };
	Corpus c = made(arena, sizes, 1, 2);
	for (int i = 0; i < 100; i++)
		c.utterances[i].speaker = i % 2 ? "" : "  ";
	c.utterances[0].label = c.utterances[2].label = c.utterances[4].label = "rare";
	ASSERT_CONTAINS(said(arena, &c, 7),
	        "no speaker is named, so the splits were made by utterance, label by label, seed 7. Leakage is likely");
	for (Split s = SPLIT_VALIDATION; s < SPLIT_COUNT; s++) {
		ck_assert_int_eq(labelled(&c, s, "rare"), 1);
		ck_assert_int_eq(labelled(&c, s, "l0"), 7); /* of 47 */
		ck_assert_int_eq(labelled(&c, s, "l1"), 8); /* of 50 */
	}
	c = made(arena, sizes, 1, 2);
	ASSERT_CONTAINS(said(arena, &c, 7), "holds for this speaker only");
	ck_assert_int_eq(corpus_count(&c, SPLIT_TEST), 16);
	arena_free(arena);
}
END_TEST

START_TEST(split_deals_out_unnamed_utterances_beside_speakers)
{
	Arena *arena = arena_new("test");
	static const int sizes[4] = { 20, 20, 20, 20 };
	Corpus c = made(arena, sizes, 4, 1);
	for (int i = 60; i < 80; i++)
		c.utterances[i].speaker = "";
	ASSERT_CONTAINS(said(arena, &c, 1), "20 of 80 utterances have no speaker");
	int tested = 0;
	for (int i = 60; i < 80; i++) {
		ck_assert_int_ne(c.utterances[i].split, SPLIT_COUNT);
		tested += c.utterances[i].split == SPLIT_TEST;
	}
	ck_assert_int_eq(tested, 3);
	for (Split s = 0; s < SPLIT_COUNT; s++)
		ck_assert_int_eq(speakers_in(&c, arena, s), 1);
	arena_free(arena);
}
END_TEST

START_TEST(split_names_are_those_that_people_use)
{
	Split split = SPLIT_COUNT;
	ck_assert(split_from_any_name(" Dev", &split) && split == SPLIT_VALIDATION);
	ck_assert(split_from_any_name("TRAINING", &split) && split == SPLIT_TRAIN);
	ck_assert(split_from_any_name("test", &split) && split == SPLIT_TEST);
	ck_assert(!split_from_any_name("tests", &split));
	ck_assert(!split_from_any_name("", &split));
}
END_TEST

TEST_MAIN("split", split_of_many_speakers_keeps_each_whole_and_the_shares,
        split_of_speakers_with_one_label_each_has_every_label_everywhere,
        split_depends_on_the_seed_and_on_nothing_else,
        split_of_three_speakers_leaves_none_empty,
        split_takes_spellings_of_a_speaker_for_one,
        split_of_two_speakers_tests_the_smaller,
        split_without_speakers_goes_by_label_and_says_so,
        split_deals_out_unnamed_utterances_beside_speakers,
        split_names_are_those_that_people_use)
