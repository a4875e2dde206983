#include "audio/wav.h"
#include "emotionnet/stage/stage.h"
#include "emotionnet/stage/lexicon.h"
#include "tests/support/harness.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Corpus small(Arena *arena, int train, int validation, int test)
{
	StageOptions options = stage_defaults();
	options.train = train;
	options.validation = validation;
	options.test = test;
	Corpus corpus;
	stage_make(&corpus, arena, options);
	return corpus;
}

static Clip sound(const Corpus *corpus, int index, Arena *arena)
{
	Clip clip;
	Error error;
	ck_assert(corpus->sound(corpus, index, arena, &clip, &error));
	return clip;
}

/* FNV-1a. */
static uint32_t hash_bytes(uint32_t h, const void *bytes, size_t count)
{
	const unsigned char *p = bytes;
	for (size_t i = 0; i < count; i++)
		h = (h ^ p[i]) * 16777619u;
	return h;
}

static int words_in(const char *text)
{
	int count = 0;
	for (const char *p = text; *p; p += strspn(p, " ")) {
		p += strcspn(p, " ");
		count++;
	}
	return count;
}

/* The sentence with its emotion words cut out would do as well, but whole texts are what
 * a reader checks. */
static int compare_texts(const void *a, const void *b)
{
	return strcmp(((const Utterance *)a)->text, ((const Utterance *)b)->text);
}

START_TEST(stage_corpus_has_known_bits)
{
	Arena *arena = arena_new("test");
	Corpus corpus = small(arena, 8, 2, 2);
	uint32_t texts = 2166136261u, sounds = texts;
	for (int i = 0; i < corpus.count; i++) {
		const Utterance *u = &corpus.utterances[i];
		texts = hash_bytes(texts, u->text, strlen(u->text));
		texts = hash_bytes(texts, u->extra[0], strlen(u->extra[0]));
		Clip clip = sound(&corpus, i, arena);
		for (int s = 0; s < clip.count; s++) {
			int16_t x = (int16_t)floor((double)clip.samples[s] * 32767 + 0.5);
			unsigned char bytes[2] = { (unsigned char)(x & 255),
				(unsigned char)((x >> 8) & 255) };
			sounds = hash_bytes(sounds, bytes, sizeof bytes);
		}
	}
	ck_assert_uint_eq(texts, 1551324239u);
	ck_assert_uint_eq(sounds, 3457011627u);
	arena_free(arena);
}
END_TEST

START_TEST(stage_utterance_does_not_depend_on_size)
{
	Arena *arena = arena_new("test");
	Corpus a = small(arena, 5, 1, 1), b = small(arena, 50, 9, 3);
	for (int i = 0; i < 5; i++) {
		ck_assert_str_eq(a.utterances[i].text, b.utterances[i].text);
		Clip x = sound(&a, i, arena), y = sound(&b, i, arena);
		ck_assert_int_eq(x.count, y.count);
		ck_assert_mem_eq(x.samples, y.samples, (size_t)x.count * sizeof(real));
	}
	ck_assert_str_eq(a.utterances[5].text, b.utterances[50].text);
	arena_free(arena);
}
END_TEST

START_TEST(stage_other_seed_is_another_corpus)
{
	Arena *arena = arena_new("test");
	StageOptions options = stage_defaults();
	Corpus a, b;
	stage_make(&a, arena, options);
	options.seed = 2;
	stage_make(&b, arena, options);
	int equal = 0;
	for (int i = 0; i < a.count; i++)
		equal += !strcmp(a.utterances[i].text, b.utterances[i].text);
	ck_assert_int_lt(equal, a.count / 50);
	arena_free(arena);
}
END_TEST

START_TEST(stage_speakers_do_not_leak)
{
	Arena *arena = arena_new("test");
	Corpus corpus = small(arena, 900, 200, 300);
	for (int i = 0; i < 900; i++) {
		const char *speaker = corpus.utterances[i].speaker;
		for (int j = 900; j < corpus.count; j++)
			if (!strcmp(speaker, corpus.utterances[j].speaker))
				ck_abort_msg("%s speaks in two splits", speaker);
	}
	ck_assert_ptr_null(corpus_leak(&corpus).speaker);
	arena_free(arena);
}
END_TEST

START_TEST(stage_sentences_do_not_repeat_across_splits)
{
	Arena *arena = arena_new("test");
	Corpus corpus = small(arena, 6000, 1500, 1500);
	qsort(corpus.utterances, (size_t)corpus.count, sizeof(Utterance), compare_texts);
	int repeats = 0;
	for (int i = 1; i < corpus.count; i++) {
		const Utterance *a = &corpus.utterances[i - 1],
		                *b = &corpus.utterances[i];
		bool same = !strcmp(a->text, b->text);
		repeats += same;
		if (same && a->split != b->split)
			ck_abort_msg("\"%s\" stands in %s and in %s", a->text,
			        split_name(a->split), split_name(b->split));
	}
	ck_assert_int_lt(repeats, corpus.count / 20); /* within a split, rarely */
	arena_free(arena);
}
END_TEST

START_TEST(stage_has_twenty_thousand_sentences)
{
	Arena *arena = arena_new("test");
	Corpus corpus = small(arena, 30000, 0, 0);
	qsort(corpus.utterances, (size_t)corpus.count, sizeof(Utterance), compare_texts);
	int distinct = 1;
	for (int i = 1; i < corpus.count; i++)
		distinct += strcmp(corpus.utterances[i - 1].text,
		                    corpus.utterances[i].text) != 0;
	ck_assert_int_ge(distinct, 20000);
	arena_free(arena);
}
END_TEST

START_TEST(stage_word_times_rise_within_clip)
{
	Arena *arena = arena_new("test");
	Corpus corpus = small(arena, 60, 10, 10);
	for (int i = 0; i < corpus.count; i++) {
		const Utterance *u = &corpus.utterances[i];
		const char *times = corpus_extra(&corpus, u, "word_times");
		Clip clip = sound(&corpus, i, arena);
		double before = 0;
		int count = 0, used = 0;
		double start, end;
		while (sscanf(times, "%lf-%lf%n", &start, &end, &used) == 2) {
			ck_assert(start >= before && end > start);
			before = end;
			times += used;
			count++;
		}
		ck_assert_int_eq(count, words_in(u->text));
		ck_assert(before < (double)clip.count / clip.rate);
	}
	arena_free(arena);
}
END_TEST

START_TEST(stage_sound_is_clean_and_audible)
{
	Arena *arena = arena_new("test");
	Corpus corpus = small(arena, 100, 0, 0);
	for (int i = 0; i < corpus.count; i++) {
		Clip clip = sound(&corpus, i, arena);
		double power = 0;
		ck_assert_int_eq(clip.rate, 16000);
		for (int s = 0; s < clip.count; s++) {
			double x = (double)clip.samples[s];
			if (!(x >= -1 && x <= 1))
				ck_abort_msg("sample %d of utterance %d: %g", s, i, x);
			power += x * x / clip.count;
		}
		ck_assert(power > 1e-4); /* -40 dB */
	}
	arena_free(arena);
}
END_TEST

/* Of 6,000 utterances each label is a sixth, each kind a sixth: within four
 * deviations, 116. */
START_TEST(stage_labels_and_kinds_are_even)
{
	Arena *arena = arena_new("test");
	Corpus corpus = small(arena, 6000, 0, 0);
	int labels[STAGE_EMOTIONS] = { 0 }, kinds[STAGE_KINDS] = { 0 };
	for (int i = 0; i < corpus.count; i++) {
		StageTruth truth = stage_truth(&corpus, i);
		const Utterance *u = &corpus.utterances[i];
		ck_assert_str_eq(u->label, stage_emotion_name(truth.label));
		ck_assert_str_eq(
		        corpus_extra(&corpus, u, "kind"), stage_kind_name(truth.kind));
		labels[truth.label]++;
		kinds[truth.kind]++;
	}
	for (int i = 0; i < 6; i++) {
		ASSERT_CLOSE(labels[i], 1000, 116, 0);
		ASSERT_CLOSE(kinds[i], 1000, 116, 0);
	}
	arena_free(arena);
}
END_TEST

START_TEST(stage_mixture_leaves_out_kinds)
{
	Arena *arena = arena_new("test");
	StageOptions options = {
		.train = 200, .seed = 1, .mixture = { [STAGE_IRONY] = 1 }
	};
	Corpus corpus;
	stage_make(&corpus, arena, options);
	for (int i = 0; i < corpus.count; i++)
		ck_assert_int_eq(stage_truth(&corpus, i).kind, STAGE_IRONY);
	arena_free(arena);
}
END_TEST

START_TEST(stage_mixture_is_read)
{
	Error error;
	double mixture[STAGE_KINDS] = { 9, 9, 9, 9, 9, 9 };
	ck_assert(stage_mixture(mixture, "agree,irony=2.5,stress=0", &error));
	const double expected[STAGE_KINDS] = { [STAGE_AGREE] = 1, [STAGE_IRONY] = 2.5 };
	for (int kind = 0; kind < STAGE_KINDS; kind++)
		ASSERT_CLOSE(mixture[kind], expected[kind], 0, 0);
	ck_assert(!stage_mixture(mixture, "agree,ironie", &error));
	ASSERT_CONTAINS(error.text, "\"ironie\" is no kind of utterance");
	ck_assert(!stage_mixture(mixture, "irony=-1", &error));
	ASSERT_CONTAINS(error.text, "expected a weight of 0 or more after irony=");
	ck_assert(!stage_mixture(mixture, "irony=", &error));
	ASSERT_CONTAINS(error.text, "\"irony=\": expected a weight");
	ck_assert(!stage_mixture(mixture, "irony=1.2.3", &error));
	ck_assert(!stage_mixture(mixture, "agree=0", &error));
	ASSERT_CONTAINS(error.text, "no kind has a weight above 0");
	ASSERT_CLOSE(mixture[STAGE_IRONY], 2.5, 0, 0);
}
END_TEST

START_TEST(stage_sizes_are_read)
{
	Error error;
	StageOptions options = stage_defaults();
	ck_assert_int_eq(options.train, 3000);
	ck_assert_int_eq(options.validation, 600);
	ck_assert_int_eq(options.test, 900);
	ck_assert(stage_sizes(&options, "90,20,30", &error));
	const char *const bad[] = { "", "90", "90,20", "90,20,0", "90,-20,30",
		"90,20,30,", "90,20,30 ", "90;20;30", "1e3,20,30" };
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		ck_assert_msg(!stage_sizes(&options, bad[i], &error), "%s", bad[i]);
		ASSERT_CONTAINS(error.text, "such as 900,200,300");
	}
	ck_assert_int_eq(options.train, 90);
	ck_assert_int_eq(options.validation, 20);
	ck_assert_int_eq(options.test, 30);
}
END_TEST

START_TEST(stage_bad_options_stop)
{
	Arena *arena = arena_new("test");
	Corpus corpus;
	StageOptions options = stage_defaults();
	options.test = -1;
	ASSERT_STOPS("3000/600/-1 utterances", stage_make(&corpus, arena, options));
	options = (StageOptions){ .train = 1 };
	ASSERT_STOPS("no kind has a weight", stage_make(&corpus, arena, options));
	options.mixture[STAGE_STRESS] = -2;
	ASSERT_STOPS("weight -2 of kind stress", stage_make(&corpus, arena, options));
	arena_free(arena);
}
END_TEST

/* What is written reads back as an ordinary corpus: the same rows, and the samples to
 * 16 bits. */
START_TEST(stage_written_reads_back)
{
	Arena *arena = arena_new("test");
	Error error;
	Corpus corpus = small(arena, 3, 1, 1), back;
	const char *folder = arena_format(arena, "%s/stage", harness_directory());
	ck_assert(stage_write(&corpus, folder, &error));
	const char *manifest = arena_format(arena, "%s/corpus.csv", folder);
	ck_assert_msg(corpus_read(&back, arena, manifest, false, NULL, &error), "%s",
	        error.text);
	ck_assert_int_eq(back.count, corpus.count);
	for (int i = 0; i < back.count; i++) {
		const Utterance *a = &corpus.utterances[i], *b = &back.utterances[i];
		ck_assert_str_eq(a->id, b->id);
		ck_assert_str_eq(a->text, b->text);
		ck_assert_str_eq(a->speaker, b->speaker);
		ck_assert_str_eq(a->extra[0], corpus_extra(&back, b, "word_times"));
		Clip made = sound(&corpus, i, arena), read;
		ck_assert(wav_read(&read, arena, b->wav, &error));
		ck_assert_int_eq(made.count, read.count);
		for (int s = 0; s < made.count; s++) {
			double apart = fabs((double)(read.samples[s] - made.samples[s]));
			if (!(apart <= 0.51 / 32767))
				ck_abort_msg(
				        "sample %d of %s: %g apart", s, a->id, apart);
		}
	}
	arena_free(arena);
}
END_TEST

START_TEST(stage_unwritable_folder_is_named)
{
	Arena *arena = arena_new("test");
	Error error;
	Corpus corpus = small(arena, 1, 0, 0);
	ck_assert(!stage_write(&corpus, "/proc/nowhere/stage", &error));
	ASSERT_CONTAINS(error.text, "/proc/nowhere/stage: the folder cannot be made");
	arena_free(arena);
}
END_TEST

START_TEST(lexicon_finds_words_in_any_case)
{
	ck_assert_str_eq(stage_lookup("Happy,", 5)->phones, "HH AE1 P IY0");
	ck_assert_str_eq(stage_lookup("a", 1)->word, "a");
	ck_assert_str_eq(stage_lookup("yesterday", 9)->word, "yesterday");
	ck_assert_ptr_null(stage_lookup("happ", 4));
	ck_assert_ptr_null(stage_lookup("happyx", 6));
	ck_assert_ptr_null(stage_lookup("", 0));
}
END_TEST

TEST_MAIN("stage", stage_corpus_has_known_bits, stage_utterance_does_not_depend_on_size,
        stage_other_seed_is_another_corpus, stage_speakers_do_not_leak,
        stage_sentences_do_not_repeat_across_splits, stage_has_twenty_thousand_sentences,
        stage_word_times_rise_within_clip, stage_sound_is_clean_and_audible,
        stage_labels_and_kinds_are_even, stage_mixture_leaves_out_kinds,
        stage_mixture_is_read, stage_sizes_are_read, stage_bad_options_stop,
        stage_written_reads_back, stage_unwritable_folder_is_named,
        lexicon_finds_words_in_any_case)
