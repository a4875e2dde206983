#include "emotionnet/corpus/folds.h"

#include "tests/support/harness.h"

#include <string.h>

/* `count` utterances, those of speaker s being `of[s]`. */
static Corpus spoken(
        Arena *arena, const char *const names[], const int of[], int speakers)
{
	static const char *const columns[] = { "session" };
	int count = 0;
	for (int s = 0; s < speakers; s++)
		count += of[s];
	Corpus corpus = { .source = "c.csv",
		.count = 0,
		.extras = 1,
		.extra_names = columns,
		.utterances = ARENA_ARRAY(arena, Utterance, (size_t)count) };
	for (int s = 0; s < speakers; s++)
		for (int i = 0; i < of[s]; i++) {
			const char **extra = ARENA_NEW(arena, const char *);
			*extra = arena_format(arena, "Ses0%d", 1 + s / 2);
			corpus.utterances[corpus.count] = (Utterance){ .id = "u",
				.speaker = names[s],
				.label = "joy",
				.text = "",
				.wav = "",
				.line = 2 + corpus.count,
				.extra = extra };
			corpus.count++;
		}
	return corpus;
}

static const char *const letters[] = { "b", "a", "c", "d", "e", "f", "g" };
static const int sizes[] = { 5, 2, 9, 3, 3, 4, 2 };

/* How many of a split, and that none of its speakers is in another. */
static int whole_speakers(const Corpus *corpus, Split split)
{
	for (int i = 0; i < corpus->count; i++)
		for (int k = 0; k < corpus->count; k++)
			ck_assert(corpus->utterances[i].split == SPLIT_COUNT ||
			          corpus->utterances[k].split == SPLIT_COUNT ||
			          strcmp(corpus->utterances[i].speaker,
			                  corpus->utterances[k].speaker) ||
			          corpus->utterances[i].split ==
			                  corpus->utterances[k].split);
	return corpus_count(corpus, split);
}

START_TEST(folds_of_speakers_test_each_speaker_once)
{
	Arena *arena = arena_new("test");
	Corpus corpus = spoken(arena, letters, sizes, 7);
	Folds folds;
	Error error;
	ck_assert(folds_make(&folds, arena, &corpus, "speaker", &error));
	ck_assert_int_eq(folds.count, 7);
	ck_assert_str_eq(folds.names[0], "a");
	int tested[28] = { 0 }, validated[28] = { 0 };
	for (int f = 0; f < folds.count; f++) {
		Corpus split = folds_corpus(&corpus, &folds, f, arena);
		whole_speakers(&split, SPLIT_TEST);
		for (int i = 0; i < split.count; i++) {
			const Utterance *u = &split.utterances[i];
			tested[i] += u->split == SPLIT_TEST;
			validated[i] += u->split == SPLIT_VALIDATION;
			if (u->split == SPLIT_TEST)
				ck_assert_str_eq(u->speaker, folds.names[f]);
			if (u->split == SPLIT_VALIDATION)
				ck_assert_str_eq(u->speaker, folds.names[(f + 1) % 7]);
		}
	}
	for (int i = 0; i < corpus.count; i++)
		ck_assert(tested[i] == 1 && validated[i] == 1);
	arena_free(arena);
}
END_TEST

START_TEST(folds_validate_a_fifth)
{
	static const int fifths[][2] = { { 3, 1 }, { 5, 1 }, { 7, 1 }, { 8, 2 },
		{ 10, 2 }, { 11, 2 }, { 12, 2 }, { 13, 3 }, { 24, 5 } };
	for (size_t i = 0; i < sizeof fifths / sizeof *fifths; i++)
		ck_assert_int_eq(folds_validation(fifths[i][0]), fifths[i][1]);
}
END_TEST

/* 28 utterances: c alone has 9, then b 5, f 4, d 3, e 3, a 2, g 2. */
START_TEST(folds_of_several_speakers_are_balanced_and_always_the_same)
{
	Arena *arena = arena_new("test");
	Corpus corpus = spoken(arena, letters, sizes, 7);
	static const char *const want[] = { "c", "beg", "fda" };
	Folds folds;
	Error error;
	ck_assert(folds_make(&folds, arena, &corpus, "speaker:3", &error));
	ck_assert_int_eq(folds.count, 3);
	ck_assert_str_eq(folds.names[2], "3");
	for (int i = 0; i < corpus.count; i++)
		ck_assert_msg(strstr(want[folds.of[i]], corpus.utterances[i].speaker),
		        "%s in %d", corpus.utterances[i].speaker, folds.of[i]);
	arena_free(arena);
}
END_TEST

START_TEST(folds_by_column_leave_out_what_was_taken_out)
{
	Arena *arena = arena_new("test");
	Corpus corpus = spoken(arena, letters, sizes, 7);
	corpus.utterances[0].split = SPLIT_COUNT;
	Folds folds;
	Error error;
	ck_assert(folds_make(&folds, arena, &corpus, "session", &error));
	ck_assert_int_eq(folds.count, 4);
	ck_assert_str_eq(folds.names[3], "Ses04");
	ck_assert_int_eq(folds.of[0], -1);
	Corpus split = folds_corpus(&corpus, &folds, 3, arena);
	ck_assert_int_eq(whole_speakers(&split, SPLIT_TEST), 2);
	ck_assert_int_eq(corpus_count(&split, SPLIT_VALIDATION), 5 + 2 - 1);
	ck_assert_int_eq(corpus_count(&split, SPLIT_COUNT), 1);
	ck_assert_str_eq(folds_file_name(arena, &folds, 3), "Ses04");
	const char *const odd[] = { "a b", "a-b" };
	Folds named = { 2, odd, NULL };
	ck_assert_str_eq(folds_file_name(arena, &named, 0), "a-b-1");
	ck_assert_str_eq(folds_file_name(arena, &named, 1), "a-b-2");
	arena_free(arena);
}
END_TEST

/* The table that papers share: no actor twice, and the sizes 5, 5, 5, 5, 4. */
START_TEST(folds_of_ravdess_are_the_published_ones)
{
	static const int of_fold[] = { 0, 5, 5, 5, 5, 4 };
	int counts[FOLDS_RAVDESS + 1] = { 0 };
	for (int actor = 1; actor <= FOLDS_ACTORS; actor++)
		counts[folds_of_actor(actor)]++;
	for (int f = 1; f <= FOLDS_RAVDESS; f++)
		ck_assert_int_eq(counts[f], of_fold[f]);
	ck_assert_int_eq(folds_of_actor(14), 1);
	ck_assert_int_eq(folds_of_actor(24), 4);
	ck_assert_int_eq(folds_of_actor(22), 5);
	ck_assert_int_eq(folds_of_actor(0), 0);
	ck_assert_int_eq(folds_of_actor(25), 0);
	Arena *arena = arena_new("test");
	static const char *const actors[] = { "02", "Actor_03", "10", "8", "01" };
	Corpus corpus = spoken(arena, actors, sizes, 5);
	Folds folds;
	Error error;
	ck_assert(folds_make(&folds, arena, &corpus, "ravdess", &error));
	int place = 0;
	for (int s = 0; s < 5; place += sizes[s++])
		ck_assert_int_eq(folds.of[place], s);
	arena_free(arena);
}
END_TEST

START_TEST(folds_that_cannot_be_made_say_why)
{
	Arena *arena = arena_new("test");
	static const char *const some[] = { "02", "03", "14", "17", "9" };
	static const char *const nameless[] = { "02", "", "14" };
	static const char *const others[] = { "02", "25", "14" };
	static const int one[] = { 4, 1, 3 };
	const struct {
		Corpus corpus;
		const char *how, *message;
	} cases[] = {
		{ spoken(arena, some, sizes, 5), "ravdess",
		        "the actors 10, 11, 12, 19, 20 are missing" },
		{ spoken(arena, others, sizes, 3), "ravdess", "\"25\" is no actor" },
		{ spoken(arena, nameless, sizes, 3), "speaker",
		        "c.csv:7: utterance \"u\" has no speaker" },
		{ spoken(arena, nameless, sizes, 3), "ravdess", "has no speaker" },
		{ spoken(arena, some, sizes, 2), "speaker", "there are 2 of them" },
		{ spoken(arena, some, sizes, 5), "speaker:6", "only 5 speakers" },
		{ spoken(arena, some, sizes, 5), "speaker:2", "with K from 3 to 99" },
		{ spoken(arena, some, sizes, 5), "speaker:5x", "with K from 3 to 99" },
		{ spoken(arena, some, sizes, 5), "fold", "has no column \"fold\"" },
		{ spoken(arena, some, one, 3), "speaker", "\"03\" has 1 utterance" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		Folds folds;
		Error error;
		ck_assert(!folds_make(
		        &folds, arena, &cases[i].corpus, cases[i].how, &error));
		ASSERT_CONTAINS(error.text, cases[i].message);
	}
	arena_free(arena);
}
END_TEST

TEST_MAIN("folds", folds_of_speakers_test_each_speaker_once, folds_validate_a_fifth,
        folds_of_several_speakers_are_balanced_and_always_the_same,
        folds_by_column_leave_out_what_was_taken_out,
        folds_of_ravdess_are_the_published_ones, folds_that_cannot_be_made_say_why)
