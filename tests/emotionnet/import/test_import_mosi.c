/* Film reviews as vectors: five videos of training, one of test, two numbers a
 * modality. */
#include "emotionnet/corpus/rows.h"
#include "tensor/file/npy.h"
#include "tests/support/harness.h"
#include "tests/support/imports.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static ImportOptions into(Arena *arena)
{
	return (ImportOptions){ .arrays = arena_format(
		                        arena, "%s/arrays", harness_directory()) };
}

/* Everything as published, but small: the six lines' numbers tell where they come
 * from. */
static void write_corpus(Arena *arena)
{
	imports_write(arena, "transcripts.csv",
	        "\"a_1\",\"FINE FILM\",\"2\",\"1\"\n\"a_2\",\"NO, BAD\",\"2\",\"0\"\n"
	        "\"b_1\",\"SO SO\",\"1\",\"0\"\n\"c_1\",\"GOOD\",\"1\",\"1\"\n"
	        "\"d_1\",\"BORING\",\"1\",\"0\"\n\"e_x_1\",\"GREAT\",\"1\",\"1\"\n"
	        "\"t_1\",\"LOVED IT\",\"1\",\"1\"\n");
	imports_write(arena, "rows_train.txt", "1\n0\n2\n3\n4\n5\n");
	imports_write(arena, "rows_test.txt", "6\n");
	static const char *const names[] = { "text", "audio", "video" };
	for (int m = 0; m < 3; m++) {
		const char *train = "";
		for (int i = 0; i < 6; i++)
			train = arena_format(arena, "%s\"%d.5\",\"-%d\",\"%d\"\n", train,
			        m, i, i == 1 || i == 3 || i == 5);
		const char *name = arena_format(arena, "%s_train0.csv", names[m]);
		imports_write(arena, name, train);
		name = arena_format(arena, "%s_test0.csv", names[m]);
		imports_write(arena, name, "7,8e-3,1\n");
	}
}

START_TEST(mosi_lines_become_utterances_and_arrays)
{
	Arena *arena = arena_new("test");
	write_corpus(arena);
	Corpus c = imports_made(arena, "mosi", into(arena));
	ck_assert_int_eq(c.count, 7);
	const Utterance *u = imports_find(&c, "a_2");
	ck_assert_str_eq(u->text, "NO, BAD");
	ck_assert_str_eq(u->speaker, "a");
	ck_assert_str_eq(u->label, "negative");
	ck_assert_int_eq(u->split, SPLIT_TRAIN);
	/* The fifth video of training is for validation, whole. */
	ck_assert_int_eq(imports_find(&c, "e_x_1")->split, SPLIT_VALIDATION);
	ck_assert_str_eq(imports_find(&c, "e_x_1")->speaker, "e_x");
	ck_assert_int_eq(corpus_count(&c, SPLIT_VALIDATION), 1);
	ck_assert_int_eq(imports_find(&c, "t_1")->split, SPLIT_TEST);

	Rows rows = rows_new(arena);
	Tensor row;
	ck_assert(rows_get(&rows, imports_extra(&c, "a_2", "face_row"), &row, NULL));
	ASSERT_TENSOR_SAME(
	        row, tensor_from(arena, (const real[]){ (real)2.5, (real)-0.0 }, 2,
	                     SHAPE(1, 2)));
	ck_assert(rows_get(&rows, imports_extra(&c, "t_1", "text_row"), &row, NULL));
	const real test[] = { 7, (real)8e-3 };
	ASSERT_TENSOR_SAME(row, tensor_from(arena, test, 2, SHAPE(1, 2)));
	arena_free(arena);
}
END_TEST

START_TEST(mosi_speakers_asked_for_make_the_splits)
{
	Arena *arena = arena_new("test");
	write_corpus(arena);
	ImportOptions options = into(arena);
	options.validation_speakers = "b,c";
	Corpus c = imports_made(arena, "mosi", options);
	ck_assert_int_eq(imports_find(&c, "b_1")->split, SPLIT_VALIDATION);
	ck_assert_int_eq(imports_find(&c, "e_x_1")->split, SPLIT_TRAIN);
	arena_free(arena);
}
END_TEST

START_TEST(mosi_without_a_folder_for_arrays_is_refused)
{
	Arena *arena = arena_new("test");
	write_corpus(arena);
	imports_refuse(arena, "mosi", (ImportOptions){ 0 }, "--arrays DIR");
	ImportOptions options = { .arrays = "/nowhere/at/all" };
	imports_refuse(
	        arena, "mosi", options, "/nowhere/at/all: the folder cannot be made");
	arena_free(arena);
}
END_TEST

/* Each broken line is named by file and line; with skip_bad the others stay where they
 * were. */
START_TEST(mosi_broken_lines_are_named_or_skipped)
{
	static const struct {
		const char *file, *text, *expected;
		bool skippable;
	} broken[] = {
		{ "audio_train0.csv", "1,2,0\n1,x,1\n1,2,0\n1,2,1\n1,2,0\n1,2,1\n",
		        "audio_train0.csv:2: column 2: expected a number, found \"x\"",
		        true },
		{ "audio_train0.csv", "1,2,0\n1,1\n1,2,0\n1,2,1\n1,2,0\n1,2,1\n",
		        "audio_train0.csv:2:", true },
		{ "video_train0.csv", "1,2,0\n1,2,0\n1,2,0\n1,2,1\n1,2,0\n1,2,1\n",
		        "video_train0.csv:2: the label is \"0\", that of a_1 in transcripts.csv is \"1\"",
		        true },
		{ "rows_train.txt", "1\n7\n2\n3\n4\n5\n",
		        "rows_train.txt:2: expected a row of transcripts.csv, 0 to 6",
		        true },
		{ "rows_train.txt", "1\n1.5\n2\n3\n4\n5\n", "rows_train.txt:2:", true },
		{ "rows_train.txt", "1\n1\n2\n3\n4\n5\n", "label is \"1\"", true },
		{ "rows_train.txt", "1\n0\n2\n", "has 3 lines", false },
		{ "text_test0.csv", "1,2,1\n1,2,1\n", "has 1 lines", false },
		{ "video_test0.csv", "1,2,3,1\n", "has 3 numbers a line", false },
		{ "audio_test0.csv", "", "expected vectors", false },
		{ "transcripts.csv", "", "found an empty file", false },
	};
	for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
		Arena *arena = arena_new("test");
		write_corpus(arena);
		imports_write(arena, broken[i].file, broken[i].text);
		imports_refuse(arena, "mosi", into(arena), broken[i].expected);
		ImportOptions options = into(arena);
		options.skip_bad = true;
		if (broken[i].skippable) {
			Corpus c = imports_made(arena, "mosi", options);
			ck_assert_int_eq(c.count, 6);
			ck_assert_int_eq(c.skipped, 1);
			ASSERT_CONTAINS(
			        imports_extra(&c, "d_1", "speech_row"), "speech.npy:4");
		} else {
			imports_refuse(arena, "mosi", options, broken[i].expected);
		}
		arena_free(arena);
	}
}
END_TEST

START_TEST(mosi_itself_has_its_published_counts)
{
	Arena *arena = arena_new("test");
	const char *folder = imports_real_folder(arena, "mosi");
	if (folder) {
		Corpus c = imports_real(arena, "mosi", folder, into(arena));
		ck_assert_int_eq(c.count, 2199);
		ck_assert_int_eq(corpus_count(&c, SPLIT_TEST), 752);
		ck_assert_int_eq(imports_count(&c, "positive"), 709 + 467);
		ck_assert_ptr_null(corpus_leak(&c).speaker);
		const char *path =
		        arena_format(arena, "%s/arrays/speech.npy", harness_directory());
		Tensor speech;
		ck_assert(npy_read(&speech, arena, path, NULL));
		ck_assert_int_eq(speech.shape[0], 2199);
		ck_assert_int_eq(speech.shape[1], 73);
	}
	arena_free(arena);
}
END_TEST

TEST_MAIN("import of MOSI", mosi_lines_become_utterances_and_arrays,
        mosi_speakers_asked_for_make_the_splits,
        mosi_without_a_folder_for_arrays_is_refused,
        mosi_broken_lines_are_named_or_skipped, mosi_itself_has_its_published_counts)
