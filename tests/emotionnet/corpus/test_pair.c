#include "emotionnet/import/import.h"
#include "emotionnet/corpus/pair.h"
#include "tests/support/harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { TEXTS = 8, CLIPS = 5 };

static const Utterance texts[TEXTS] = {
	{ .id = "t1", .label = "joy", .text = "one", .speaker = "Ross", .wav = "" },
	{ .id = "t2", .label = "joy", .text = "two", .speaker = "Ross", .wav = "" },
	{ .id = "t3", .label = "joy", .text = "three", .speaker = "Joey", .wav = "" },
	{ .id = "t4", .label = "joy", .text = "four", .speaker = "Joey", .wav = "" },
	{ .id = "t5", .label = "joy", .text = "five", .speaker = "Joey", .wav = "" },
	{ .id = "t6", .label = "anger", .text = "six", .speaker = "Joey", .wav = "" },
	{ .id = "t7",
	        .label = "surprise",
	        .text = "seven",
	        .speaker = "Joey",
	        .wav = "" },
	{ .id = "t8",
	        .label = "joy",
	        .text = "eight",
	        .speaker = "Joey",
	        .wav = "",
	        .split = SPLIT_TEST },
};
static const Utterance clips[CLIPS] = {
	{ .id = "c1",
	        .label = "joy",
	        .text = "",
	        .speaker = "03",
	        .wav = "/1.wav",
	        .end = -1 },
	{ .id = "c2",
	        .label = "joy",
	        .text = "",
	        .speaker = "08",
	        .wav = "/2.wav",
	        .start = 1,
	        .end = 2 },
	{ .id = "c3",
	        .label = "anger",
	        .text = "",
	        .speaker = "03",
	        .wav = "/3.wav",
	        .end = -1 },
	{ .id = "c4",
	        .label = "anger",
	        .text = "",
	        .speaker = "03",
	        .wav = "/4.wav",
	        .end = -1 },
	{ .id = "c5",
	        .label = "joy",
	        .text = "",
	        .speaker = "09",
	        .wav = "/5.wav",
	        .end = -1,
	        .split = SPLIT_TEST },
};

static Corpus corpus_of(
        Arena *arena, const char *source, const Utterance *items, int count)
{
	return (Corpus){ .source = source,
		.utterances = arena_copy(arena, items, (size_t)count * sizeof *items),
		.count = count };
}

static Corpus pair(Arena *arena, PairOptions options)
{
	Corpus text = corpus_of(arena, "texts", texts, TEXTS);
	Corpus speech = corpus_of(arena, "clips", clips, CLIPS), paired;
	Error error;
	bool done = pair_corpora(&paired, arena, &text, &speech, options, &error);
	ck_assert_msg(done, "%s", error.text);
	return paired;
}

static int count_extra(const Corpus *corpus, const char *column, const char *value)
{
	int count = 0;
	for (int i = 0; i < corpus->count; i++)
		count += strcmp(corpus_extra(corpus, &corpus->utterances[i], column),
		                 value) == 0;
	return count;
}

START_TEST(pair_uses_the_larger_side_once_and_the_smaller_evenly)
{
	Arena *arena = arena_new("test");
	Corpus c = pair(arena, (PairOptions){ .seed = 1 });
	ck_assert_int_eq(c.count, 5 + 2 + 1); /* joy, anger; joy in test */
	for (int i = 0; i < TEXTS; i++) {
		int expected = i == 5 ? 2 : i == 6 ? 0 : 1; /* t6 twice, t7 not at all */
		ck_assert_int_eq(count_extra(&c, "text_id", texts[i].id), expected);
	}
	int c1 = count_extra(&c, "speech_id", "c1"),
	    c2 = count_extra(&c, "speech_id", "c2");
	ck_assert_int_eq(c1 + c2, 5);
	ck_assert(c1 == 2 || c1 == 3);
	ck_assert_int_eq(count_extra(&c, "speech_id", "c3"), 1);
	ck_assert_int_eq(count_extra(&c, "speech_id", "c5"), 1);
	arena_free(arena);
}
END_TEST

START_TEST(pair_takes_the_words_of_one_and_the_voice_of_the_other)
{
	Arena *arena = arena_new("test");
	Corpus c = pair(arena, (PairOptions){ .seed = 1 });
	ck_assert_str_eq(c.source, "texts + clips, paired by label");
	for (int i = 0; i < c.count; i++) {
		const Utterance *u = &c.utterances[i], *t = NULL, *s = NULL;
		for (int k = 0; k < TEXTS; k++)
			if (!strcmp(texts[k].id, corpus_extra(&c, u, "text_id")))
				t = &texts[k];
		for (int k = 0; k < CLIPS; k++)
			if (!strcmp(clips[k].id, corpus_extra(&c, u, "speech_id")))
				s = &clips[k];
		ck_assert(t && s);
		ck_assert_str_eq(u->text, t->text);
		ck_assert_str_eq(u->wav, s->wav);
		ck_assert_str_eq(u->speaker, s->speaker);
		ck_assert_str_eq(corpus_extra(&c, u, "text_speaker"), t->speaker);
		ck_assert_str_eq(u->label, t->label);
		ck_assert_str_eq(u->label, s->label);
		ck_assert_int_eq(u->split, t->split);
		ck_assert_int_eq(u->split, s->split);
		ck_assert(u->start == s->start && u->end == s->end);
		ck_assert_str_eq(u->id, arena_format(arena, "%s+%s", t->id, s->id));
		ck_assert_str_eq(corpus_extra(&c, u, "paired"), "label");
	}
	arena_free(arena);
}
END_TEST

START_TEST(pair_most_and_fewer_bound_the_pairs)
{
	Arena *arena = arena_new("test");
	Corpus c = pair(arena, (PairOptions){ .seed = 1, .most = 3 });
	ck_assert_int_eq(c.count, 3 + 2 + 1);
	c = pair(arena, (PairOptions){ .seed = 1, .fewer = true });
	ck_assert_int_eq(c.count, 2 + 1 + 1);
	for (int i = 0; i < CLIPS; i++)
		ck_assert_int_le(count_extra(&c, "speech_id", clips[i].id), 1);
	arena_free(arena);
}
END_TEST

static bool same_ids(const Corpus *a, const Corpus *b)
{
	for (int i = 0; i < a->count; i++)
		if (strcmp(a->utterances[i].id, b->utterances[i].id) != 0)
			return false;
	return a->count == b->count;
}

START_TEST(pair_same_seed_repeats_and_another_differs)
{
	Arena *arena = arena_new("test");
	Corpus one = pair(arena, (PairOptions){ .seed = 1 });
	Corpus again = pair(arena, (PairOptions){ .seed = 1 });
	Corpus other = pair(arena, (PairOptions){ .seed = 2 });
	ck_assert(same_ids(&one, &again));
	ck_assert(!same_ids(&one, &other));
	arena_free(arena);
}
END_TEST

START_TEST(pair_tells_what_finds_no_partner)
{
	Arena *arena = arena_new("test");
	char said[256] = "";
	FILE *out = fmemopen(said, sizeof said, "w");
	pair(arena, (PairOptions){ .seed = 1, .warnings = out });
	fclose(out);
	ck_assert_str_eq(said, "Left out: train surprise: 1 sentences, 0 clips\n");
	arena_free(arena);
}
END_TEST

/* "Joy" of one corpus is " joy" of another (spelling.h). */
START_TEST(pair_labels_differ_in_capitals_and_blanks)
{
	Arena *arena = arena_new("test");
	Utterance *other = arena_copy(arena, clips, sizeof clips);
	Corpus text = { .source = "texts", .utterances = (Utterance *)texts, .count = 6 };
	Corpus speech = { .source = "clips", .utterances = other, .count = CLIPS };
	Corpus same, found;
	Error error;
	ck_assert(pair_corpora(
	        &same, arena, &text, &speech, (PairOptions){ .seed = 1 }, &error));
	for (int i = 0; i < CLIPS; i++)
		if (!strcmp(other[i].label, "joy"))
			other[i].label = i ? " JOY" : "Joy";
	ck_assert(pair_corpora(
	        &found, arena, &text, &speech, (PairOptions){ .seed = 1 }, &error));
	ck_assert_int_eq(found.count, same.count);
	for (int i = 0; i < found.count; i++) {
		ck_assert_str_eq(found.utterances[i].id, same.utterances[i].id);
		ck_assert_str_eq(found.utterances[i].label, same.utterances[i].label);
	}
	arena_free(arena);
}
END_TEST

START_TEST(pair_nothing_in_common_is_refused)
{
	Arena *arena = arena_new("test");
	Corpus text = corpus_of(arena, "texts", texts, TEXTS), paired;
	Error error;
	/* the sentences have no sound, so they are no clips */
	ck_assert(
	        !pair_corpora(&paired, arena, &text, &text, (PairOptions){ 0 }, &error));
	ASSERT_CONTAINS(
	        error.text, "texts and texts: no label stands in the same split of both");
	arena_free(arena);
}
END_TEST

START_TEST(pair_meld_and_emodb_share_six_labels)
{
	Arena *arena = arena_new("test");
	const char *root = getenv("EMOTIONNET_DATA");
	root = root ? root : "../shared/data";
	struct stat status;
	if (stat(arena_format(arena, "%s/meld", root), &status) ||
	        stat(arena_format(arena, "%s/emodb", root), &status)) {
		printf("skipped: no %s/meld and emodb (set EMOTIONNET_DATA)\n", root);
		arena_free(arena);
		return;
	}
	Corpus text, speech, paired;
	ImportOptions options = { 0 };
	ck_assert(import_meld(
	        &text, arena, arena_format(arena, "%s/meld", root), &options, NULL));
	ck_assert(import_emodb(
	        &speech, arena, arena_format(arena, "%s/emodb", root), &options, NULL));
	ck_assert(pair_corpora(
	        &paired, arena, &text, &speech, (PairOptions){ .most = 200 }, NULL));
	Labels labels = corpus_labels(&paired, SPLIT_COUNT, arena);
	ck_assert_int_eq(labels.count, 6);
	ck_assert_int_eq(labels_index(&labels, "boredom"), -1);
	ck_assert_int_eq(labels_index(&labels, "surprise"), -1);
	ck_assert_int_eq(corpus_count(&paired, SPLIT_TRAIN), 6 * 200);
	ck_assert_int_eq(corpus_count(&paired, SPLIT_TEST), 4 * 200 + 68 + 50);
	ck_assert_ptr_null(corpus_leak(&paired).speaker);
	arena_free(arena);
}
END_TEST

TEST_MAIN("pair", pair_uses_the_larger_side_once_and_the_smaller_evenly,
        pair_takes_the_words_of_one_and_the_voice_of_the_other,
        pair_most_and_fewer_bound_the_pairs, pair_same_seed_repeats_and_another_differs,
        pair_tells_what_finds_no_partner, pair_labels_differ_in_capitals_and_blanks,
        pair_nothing_in_common_is_refused, pair_meld_and_emodb_share_six_labels)
