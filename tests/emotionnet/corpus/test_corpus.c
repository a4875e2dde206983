#include "emotionnet/corpus/corpus.h"
#include "tensor/file/file.h"
#include "tests/support/harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER "id,split,speaker,label,text,wav,start,end\n"

static const char *write_file(Arena *arena, const char *name, const char *text)
{
	const char *path = arena_format(arena, "%s/%s", harness_directory(), name);
	FILE *out = fopen(path, "wb");
	ck_assert_ptr_nonnull(out);
	fputs(text, out);
	ck_assert_int_eq(fclose(out), 0);
	return path;
}

/* The manifest is refused, with this in the message. */
static void check_refused(const char *text, const char *expected)
{
	Arena *arena = arena_new("test");
	Corpus corpus;
	Error error;
	write_file(arena, "a.wav", "RIFF");
	const char *path = write_file(arena, "m.csv", text);
	ck_assert(!corpus_read(&corpus, arena, path, false, NULL, &error));
	ASSERT_CONTAINS(error.text, expected);
	ASSERT_CONTAINS(error.text, path);
	arena_free(arena);
}

START_TEST(corpus_good_manifest_gives_its_utterances)
{
	Arena *arena = arena_new("test");
	const char *wav = write_file(arena, "a.wav", "RIFF");
	const char *path = write_file(arena, "m.csv",
	        "label,mood,id,split,speaker,text,wav,start,end\n"
	        "joy,+,u1,train,anna,\"Oh, it’s\n\"\"you\"\"!\",,,\n"
	        "anger,-,u2,test,bob,,a.wav,0.5,1.25\n");
	Corpus corpus;
	Error error;
	bool done = corpus_read(&corpus, arena, path, false, NULL, &error);
	ck_assert_msg(done, "%s", error.text);
	ck_assert_int_eq(corpus.count, 2);
	ck_assert_int_eq(corpus.skipped, 0);
	ck_assert_str_eq(corpus.source, path);

	const Utterance *u = corpus.utterances;
	ck_assert_str_eq(u[0].id, "u1");
	ck_assert_int_eq(u[0].split, SPLIT_TRAIN);
	ck_assert_str_eq(u[0].speaker, "anna");
	ck_assert_str_eq(u[0].label, "joy");
	ck_assert_str_eq(u[0].text, "Oh, it’s\n\"you\"!");
	ck_assert_str_eq(u[0].wav, "");
	ck_assert_int_eq(u[0].line, 2);
	ASSERT_CLOSE(u[0].start, 0, 0, 0);
	ck_assert(u[0].end < 0);

	ck_assert_str_eq(u[1].wav, wav); /* beside the manifest */
	ASSERT_CLOSE(u[1].start, 0.5, 0, 0);
	ASSERT_CLOSE(u[1].end, 1.25, 0, 0);
	ck_assert_int_eq(u[1].line, 4);
	ck_assert_int_eq(corpus.extras, 1);
	ck_assert_str_eq(corpus_extra(&corpus, &u[1], "mood"), "-");
	ck_assert_ptr_null(corpus_extra(&corpus, &u[1], "weather"));
	arena_free(arena);
}
END_TEST

START_TEST(corpus_bad_header_says_what_is_missing)
{
	check_refused("", "expected a manifest, found an empty file");
	check_refused("id,split,speaker,text,wav,start\na,b,c,d,e,f\n",
	        "m.csv:1: the header lacks label. A manifest has the columns");
	check_refused("lable,text\njoy,hi\n",
	        "the header lacks label. A manifest has the columns id,split,speaker,label,text,wav,start,end, in any order, of which label and one of text and wav must be there. Hint: is \"lable\" one of them?");
	check_refused(
	        "label,Textt,speaker\njoy,hi,a\n", "the header lacks both text and wav");
	check_refused("mood,start\njoy,1\n", "the header lacks label, text and wav");
	check_refused("id;split;speaker;label;text;wav;start;end\n",
	        "no utterance after the header, 0 skipped");
	check_refused("id,split,speaker,label,text,wav,start,end,mood,mood\n",
	        "m.csv:1: the column \"mood\" stands twice");
	check_refused(HEADER, "no utterance after the header, 0 skipped");
}
END_TEST

/* Each column but the label may be missing, and of text and wav one. */
START_TEST(corpus_missing_columns_are_made_up_for)
{
	Arena *arena = arena_new("test");
	const char *rows = "speaker,text,label\n";
	for (int i = 0; i < 24; i++)
		rows = arena_format(arena, "%ss%d,hi %d,%s\n", rows, i / 2, i,
		        i % 2 ? "joy" : "fear");
	const char *path = write_file(arena, "m.csv", rows);
	char *told;
	size_t size;
	FILE *warnings = open_memstream(&told, &size);
	Corpus corpus, again;
	Error error;
	ck_assert_msg(corpus_read(&corpus, arena, path, false, warnings, &error), "%s",
	        error.text);
	ck_assert_int_eq(fclose(warnings), 0);
	ASSERT_CONTAINS(told, "the splits were made by speaker, seed 1");
	ck_assert_int_eq(corpus.count, 24);
	ck_assert_str_eq(corpus.utterances[0].id, "1");
	ck_assert_str_eq(corpus.utterances[23].id, "24");
	ck_assert_str_eq(corpus.utterances[23].wav, "");
	ck_assert(corpus.utterances[23].end < 0);
	ck_assert_ptr_null(corpus_leak(&corpus).speaker);
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT; split++)
		ck_assert_int_gt(corpus_count(&corpus, split), 0);
	/* training and evaluating read it one after the other */
	ck_assert(corpus_read(&again, arena, path, false, NULL, &error));
	for (int i = 0; i < 24; i++)
		ck_assert_int_eq(again.utterances[i].split, corpus.utterances[i].split);
	free(told);
	write_file(arena, "a.wav", "RIFF");
	path = write_file(arena, "m.csv", "wav,label\na.wav,joy\n");
	ck_assert(corpus_read(&corpus, arena, path, false, NULL, &error));
	ck_assert_str_eq(corpus.utterances[0].text, "");
	path = write_file(arena, "m.csv", "face_row,label\na.wav:0,joy\n");
	ck_assert(corpus_read(&corpus, arena, path, false, NULL, &error));
	arena_free(arena);
}
END_TEST

START_TEST(corpus_nearly_a_column_is_told)
{
	Arena *arena = arena_new("test");
	const char *path = write_file(
	        arena, "m.csv", "text,label,Speakr,splits,sex\nhi,joy,ann,train,f\n");
	char *told;
	size_t size;
	FILE *warnings = open_memstream(&told, &size);
	Corpus corpus;
	ck_assert(corpus_read(&corpus, arena, path, false, warnings, NULL));
	ck_assert_int_eq(fclose(warnings), 0);
	ASSERT_CONTAINS(told,
	        "m.csv:1: there is no column \"split\", and \"splits\" is not taken");
	ASSERT_CONTAINS(
	        told, "there is no column \"speaker\", and \"Speakr\" is not taken");
	ck_assert_ptr_null(strstr(told, "sex"));
	ck_assert_int_eq(corpus.extras, 3);
	free(told);
	arena_free(arena);
}
END_TEST

START_TEST(corpus_bad_row_is_named_by_line_and_reason)
{
	check_refused(HEADER "u1,train,s,joy,hi,,,\nu2,train,s,joy\n",
	        "m.csv:3: expected 8 columns as in the first row, found 4");
	check_refused(HEADER "u1,train,s,joy,\"hi,,,\n",
	        "m.csv:2: column 5: expected a closing quote");
	check_refused(HEADER "u1,train,s,joy,caf\xE9,,,\n",
	        "m.csv:2: byte 60: expected UTF-8, found 0xE9");
	check_refused(HEADER ",train,s,joy,hi,,,\n", "m.csv:2: the id is empty");
	check_refused(HEADER
	        "u,train,s,joy,hi,,,\nv,train,s,joy,hi,,,\nu,test,s,joy,hi,,,\n",
	        "m.csv:4: the id \"u\" stands on line 2 already");
	check_refused(HEADER "u,dev,s,joy,hi,,,\n",
	        "m.csv:2: split: expected train, validation or test, found \"dev\"");
	check_refused(HEADER "u,train,s,,hi,,,\n", "m.csv:2: the label is empty");
	check_refused(HEADER "u,train,s,joy,\" \",,,\n", "m.csv:2: neither text nor wav");
	check_refused(HEADER "u,train,s,joy,,none.wav,,\n",
	        "none.wav\" cannot be opened: No such file");
	check_refused(HEADER "u,train,s,joy,,/,,\n",
	        "m.csv:2: wav \"/\": expected a file, found a folder");
	check_refused(
	        HEADER "u,train,s,joy,hi,,1,\n", "m.csv:2: start or end without a wav");
	check_refused(HEADER "u,train,s,joy,,a.wav,-1,\n",
	        "m.csv:2: start: expected seconds, found \"-1\"");
	check_refused(HEADER "u,train,s,joy,,a.wav,,2s\n",
	        "m.csv:2: end: expected seconds, found \"2s\"");
	check_refused(HEADER "u,train,s,joy,,a.wav,2,1\n",
	        "m.csv:2: end 1: expected more than the start, 2");
}
END_TEST

START_TEST(corpus_word_times_must_fit_the_words)
{
	static const char header[] =
	        "id,split,speaker,label,text,wav,start,end,word_times\n";
	Arena *arena = arena_new("test");
	check_refused(arena_format(arena, "%su,train,s,joy,I can't,,,,0-0.5\n", header),
	        "m.csv:2: word_times: expected 2, one for each word of the text, found 1");
	check_refused(
	        arena_format(arena, "%su,train,s,joy,I can't,,,,0-.5 .5-1 1-2\n", header),
	        "word_times: expected 2, one for each word of the text, found 3");
	check_refused(
	        arena_format(arena, "%su,train,s,joy,I can't,,,,0-.5 1-.5\n", header),
	        "word_times: expected start-end in seconds such as 0.10-0.35, found \"1-.5\"");
	check_refused(arena_format(arena, "%su,train,s,joy,hi,,,,0.5\n", header),
	        "found \"0.5\"");
	const char *path = write_file(arena, "m.csv",
	        arena_format(arena, "%su,train,s,joy,I can't,,,, 0-.5  .5-1 \n", header));
	Corpus corpus;
	ck_assert(corpus_read(&corpus, arena, path, false, NULL, NULL));
	arena_free(arena);
}
END_TEST

START_TEST(corpus_skip_bad_names_and_counts_what_it_leaves_out)
{
	Arena *arena = arena_new("test");
	const char *path = write_file(arena, "m.csv",
	        HEADER "u1,train,s,joy,hi,,,\n"
	               "u2,train,s,joy\n"
	               "u3,train,s,joy,,none.wav,,\n"
	               "u4,test,t,joy,ho,,,\n"
	               "u5,test,\"t,joy,ho,,,\n"
	               "u1,test,t,joy,ho,,,\n");
	const char *said_path = arena_format(arena, "%s/said", harness_directory());
	FILE *said = fopen(said_path, "w+");
	Corpus corpus;
	ck_assert(corpus_read(&corpus, arena, path, true, said, NULL));
	ck_assert_int_eq(corpus.count, 2);
	ck_assert_int_eq(corpus.skipped, 4);
	ck_assert_str_eq(corpus.utterances[1].id, "u4");
	fclose(said);
	Bytes bytes;
	ck_assert(file_read(&bytes, arena, said_path, NULL));
	const char *text = (const char *)bytes.data;
	ASSERT_CONTAINS(text, "m.csv:3: expected 8 columns");
	ASSERT_CONTAINS(text, "m.csv:4: wav");
	ASSERT_CONTAINS(text, "m.csv:6: column 3: expected a closing quote");
	ASSERT_CONTAINS(text, "m.csv:7: the id \"u1\" stands on line 2");
	arena_free(arena);
}
END_TEST

START_TEST(corpus_skip_bad_with_nothing_left_is_refused)
{
	Arena *arena = arena_new("test");
	const char *path = write_file(arena, "m.csv", HEADER "u1,train,s,joy,,,,\n");
	Corpus corpus;
	Error error;
	ck_assert(!corpus_read(&corpus, arena, path, true, NULL, &error));
	ASSERT_CONTAINS(error.text, "no utterance after the header, 1 skipped");
	arena_free(arena);
}
END_TEST

START_TEST(corpus_written_and_read_is_the_same)
{
	Arena *arena = arena_new("test");
	const char *wav = write_file(arena, "a.wav", "RIFF");
	const char *const extra_names[] = { "mood", "note" };
	const char *const one[] = { "+", "a \"quote\", a comma" };
	const char *const two[] = { "", "two\nlines" };
	Utterance utterances[] = {
		{ "u1", "anna", "joy", "Oh, “you”!", "", 0, -1, SPLIT_VALIDATION, 0,
		        one },
		{ "u2", "", "anger", "", wav, 0.1, 12.345678901234567, SPLIT_TEST, 0,
		        two },
	};
	Corpus made = { .source = "made",
		.utterances = utterances,
		.count = 2,
		.extra_names = extra_names,
		.extras = 2 };
	const char *path = arena_format(arena, "%s/sub.csv", harness_directory());
	FILE *out = fopen(path, "wb");
	Error error;
	ck_assert(corpus_write(&made, out, &error));
	fclose(out);

	Corpus read;
	bool done = corpus_read(&read, arena, path, false, NULL, &error);
	ck_assert_msg(done, "%s", error.text);
	ck_assert_int_eq(read.count, 2);
	ck_assert_int_eq(read.extras, 2);
	for (int i = 0; i < 2; i++) {
		const Utterance *a = &utterances[i], *b = &read.utterances[i];
		ck_assert_str_eq(a->id, b->id);
		ck_assert_str_eq(a->speaker, b->speaker);
		ck_assert_str_eq(a->label, b->label);
		ck_assert_str_eq(a->text, b->text);
		ck_assert_str_eq(a->wav, b->wav);
		ck_assert_int_eq(a->split, b->split);
		ck_assert_mem_eq(&a->start, &b->start, sizeof a->start);
		ck_assert_mem_eq(&a->end, &b->end, sizeof a->end);
		for (int e = 0; e < 2; e++)
			ck_assert_str_eq(a->extra[e], b->extra[e]);
	}
	arena_free(arena);
}
END_TEST

START_TEST(corpus_write_full_disk_is_told)
{
	FILE *full = fopen("/dev/full", "wb");
	if (!full) {
		puts("skipped: this system has no /dev/full");
		return;
	}
	Utterance u = { .id = "u",
		.speaker = "",
		.label = "joy",
		.text = "hi",
		.wav = "",
		.end = -1 };
	Corpus corpus = { .utterances = &u, .count = 1 };
	Error error;
	ck_assert(!corpus_write(&corpus, full, &error));
	ASSERT_CONTAINS(error.text, "the manifest cannot be written: No space left");
	fclose(full);
}
END_TEST

START_TEST(corpus_labels_are_sorted_and_found)
{
	Arena *arena = arena_new("test");
	Utterance u[] = { { .label = "sadness" }, { .label = "anger" },
		{ .label = "joy" }, { .label = "anger" } };
	Corpus corpus = { .utterances = u, .count = 4 };
	Labels labels = corpus_labels(&corpus, SPLIT_COUNT, arena);
	ck_assert_int_eq(labels.count, 3);
	ck_assert_str_eq(labels.names[0], "anger");
	ck_assert_str_eq(labels.names[1], "joy");
	ck_assert_str_eq(labels.names[2], "sadness");
	ck_assert_int_eq(labels_index(&labels, "sadness"), 2);
	ck_assert_int_eq(labels_index(&labels, "fear"), -1);
	arena_free(arena);
}
END_TEST

START_TEST(corpus_leak_finds_speakers_in_train_and_elsewhere)
{
	Utterance u[] = { { .speaker = "a", .split = SPLIT_TRAIN },
		{ .speaker = "b", .split = SPLIT_TRAIN },
		{ .speaker = "", .split = SPLIT_TRAIN },
		{ .speaker = "c", .split = SPLIT_VALIDATION },
		{ .speaker = "c", .split = SPLIT_TEST },
		{ .speaker = "", .split = SPLIT_TEST },
		{ .speaker = "b", .split = SPLIT_TEST },
		{ .speaker = "b", .split = SPLIT_VALIDATION },
		{ .speaker = "a", .split = SPLIT_VALIDATION } };
	Corpus clean = { .utterances = u, .count = 6 };
	ck_assert_ptr_null(corpus_leak(&clean).speaker);
	ck_assert_int_eq(corpus_leak(&clean).speakers, 0);
	Corpus leaky = { .utterances = u, .count = 9 };
	Leak leak = corpus_leak(&leaky);
	ck_assert_str_eq(leak.speaker, "b");
	ck_assert_int_eq(leak.split, SPLIT_TEST);
	ck_assert_int_eq(leak.speakers, 2);
	u[5].speaker = "a"; /* the test is told first, wherever it stands */
	u[4].split = SPLIT_VALIDATION;
	u[3].speaker = "b";
	leak = corpus_leak(&leaky);
	ck_assert_str_eq(leak.speaker, "a");
	ck_assert_int_eq(leak.split, SPLIT_TEST);
	Corpus validating = { .utterances = u, .count = 5 };
	leak = corpus_leak(&validating);
	ck_assert_str_eq(leak.speaker, "b");
	ck_assert_int_eq(leak.split, SPLIT_VALIDATION);
	u[5].speaker = "";
	ck_assert_int_eq(corpus_count(&leaky, SPLIT_TRAIN), 3);
	ck_assert_int_eq(corpus_count(&leaky, SPLIT_TEST), 2);
}
END_TEST

START_TEST(corpus_missing_file_is_told)
{
	Arena *arena = arena_new("test");
	Corpus corpus;
	Error error;
	ck_assert(!corpus_read(&corpus, arena, "/nowhere/m.csv", false, NULL, &error));
	ASSERT_CONTAINS(error.text, "/nowhere/m.csv");
	ASSERT_CONTAINS(error.text, "No such file");
	arena_free(arena);
}
END_TEST

START_TEST(corpus_names_that_differ_in_capitals_or_blanks_are_one)
{
	Arena *arena = arena_new("test");
	const char *path = write_file(arena, "m.csv",
	        "ID,Split ,SPEAKER,Label,Text,WAV,start,end,Sex,,\n"
	        "u1,Train,Ann,joy ,so glad,,,,f,,\n"
	        "u2, test,ann ,JOY,so sad,,,,f,,\n"
	        "u3,test,Bob,joy,hm,,,,m,,\n"
	        "u4,test,Bob,joy ,hm,,,,m,,\n");
	char *told;
	size_t size;
	FILE *warnings = open_memstream(&told, &size);
	Corpus corpus;
	Error error;
	ck_assert_msg(corpus_read(&corpus, arena, path, false, warnings, &error), "%s",
	        error.text);
	ck_assert_int_eq(fclose(warnings), 0);
	ck_assert_int_eq(corpus_labels(&corpus, SPLIT_COUNT, arena).count, 1);
	ck_assert_str_eq(corpus.utterances[2].label, "joy");
	ck_assert_str_eq(corpus.utterances[1].speaker, "Ann");
	ck_assert_str_eq(corpus_leak(&corpus).speaker, "Ann");
	ck_assert_int_eq(corpus.extras, 1);
	ck_assert_str_eq(corpus_extra(&corpus, &corpus.utterances[2], "Sex"), "m");
	ASSERT_CONTAINS(told, ":3: the label \"JOY\" is taken for \"joy\"");
	ASSERT_CONTAINS(told, ":4: the label \"joy\" is taken for \"joy\"");
	ASSERT_CONTAINS(told, ":3: the speaker \"ann \" is taken for \"Ann\"");
	ck_assert_ptr_null(strstr(told, ":5:"));
	Labels labels = corpus_labels(&corpus, SPLIT_TRAIN, arena);
	ck_assert_int_eq(labels_index(&labels, "Joy"), 0);
	free(told);
	arena_free(arena);
}
END_TEST

START_TEST(corpus_split_of_bad_rows_alone_is_refused)
{
	Arena *arena = arena_new("test");
	const char *path = write_file(arena, "m.csv",
	        HEADER "u1,train,,joy,so glad,,,\nu2,test,,joy,\xC2\xA0,,,\n");
	Corpus corpus;
	Error error;
	ck_assert(!corpus_read(&corpus, arena, path, true, NULL, &error));
	ASSERT_CONTAINS(
	        error.text, "none of the rows of the test split is good, 1 skipped");
	arena_free(arena);
}
END_TEST

/* As written where it stands so, else in other capitals; names may stand twice. */
START_TEST(labels_of_any_names_are_found_as_written_first)
{
	static const char *const names[] = { "Joy", "joy", "Fear", "Joy" };
	Arena *arena = arena_new("test");
	Labels labels = labels_new(arena, names, 4);
	ck_assert_int_eq(labels_index(&labels, "Joy"), 0);
	ck_assert_int_eq(labels_index(&labels, "joy"), 1);
	ck_assert_int_eq(labels_index(&labels, " FEAR "), 2);
	ck_assert_int_eq(labels_index(&labels, "fea"), -1);
	labels = labels_new(arena, NULL, 0);
	ck_assert_int_eq(labels_index(&labels, "joy"), -1);
	arena_free(arena);
}
END_TEST

TEST_MAIN("corpus", corpus_good_manifest_gives_its_utterances,
        corpus_names_that_differ_in_capitals_or_blanks_are_one,
        corpus_split_of_bad_rows_alone_is_refused, corpus_bad_header_says_what_is_missing,
        corpus_missing_columns_are_made_up_for, corpus_nearly_a_column_is_told,
        corpus_bad_row_is_named_by_line_and_reason, corpus_word_times_must_fit_the_words,
        corpus_skip_bad_names_and_counts_what_it_leaves_out,
        corpus_skip_bad_with_nothing_left_is_refused, corpus_written_and_read_is_the_same,
        corpus_write_full_disk_is_told, corpus_labels_are_sorted_and_found,
        corpus_leak_finds_speakers_in_train_and_elsewhere, corpus_missing_file_is_told,
        labels_of_any_names_are_found_as_written_first)
