/* Any table, and the table of faces beside a corpus. */
#include "emotionnet/corpus/rows.h"
#include "emotionnet/import/face_tracks.h"
#include "emotionnet/import/faces.h"
#include "tensor/file/folder.h"
#include "tensor/file/file.h"
#include "tests/support/harness.h"
#include "tests/support/imports.h"

#include <stdio.h>
#include <string.h>

/* --- a table ------------------------------------------------------------------------ */

/* The importer is given a file. */
static bool run_table(Corpus *corpus, Arena *arena, const char *text,
        ImportOptions options, Error *error)
{
	const char *path = imports_write(arena, "t.csv", text);
	options.seed = 1;
	return importer_find("table")->run(corpus, arena, path, &options, error);
}

static Corpus made(Arena *arena, const char *text, ImportOptions options)
{
	Corpus corpus;
	Error error;
	ck_assert_msg(run_table(&corpus, arena, text, options, &error), "%s", error.text);
	return corpus;
}

static void refuse(
        Arena *arena, const char *text, ImportOptions options, const char *expected)
{
	Corpus corpus;
	Error error;
	ck_assert(!run_table(&corpus, arena, text, options, &error));
	ASSERT_CONTAINS(error.text, expected);
}

START_TEST(table_columns_are_found_by_name_and_number)
{
	static const char *const tables[] = {
		"Who,What,Mood,Set,Key,Age\nann,\"Oh, no\",sad,dev,k1,9\nbob,Yes,glad,TEST,k2,8\n",
		"Who;What;Mood;Set;Key;Age\nann;Oh, no;sad;valid;k1;9\nbob;Yes;glad;Testing;k2;8\n",
		"Who\tWhat\tMood\tSet\tKey\tAge\nann\tOh, no\tsad\tval\tk1\t9\nbob\tYes\tglad\ttest\tk2\t8\n",
		"Who|What|Mood|Set|Key|Age\nann|Oh, no|sad|Validation|k1|9\nbob|Yes|glad|test|k2|8\n",
	};
	const ImportOptions by_name = { .text = "what",
		.label = " MOOD",
		.speaker = "Who",
		.split = "set",
		.id = "key" };
	const ImportOptions by_number = {
		.text = "2", .label = "3", .speaker = "1", .split = "4", .id = "5"
	};
	Arena *arena = arena_new("test");
	for (int i = 0; i < 8; i++) {
		Corpus c = made(arena, tables[i / 2], i % 2 ? by_name : by_number);
		ck_assert_int_eq(c.count, 2);
		const Utterance *u = imports_find(&c, "k1");
		ck_assert_str_eq(u->text, "Oh, no");
		ck_assert_str_eq(u->label, "sad");
		ck_assert_str_eq(u->speaker, "ann");
		ck_assert_str_eq(u->wav, "");
		ck_assert_int_eq(u->split, SPLIT_VALIDATION);
		ck_assert_int_eq(imports_find(&c, "k2")->split, SPLIT_TEST);
		ck_assert_int_eq(c.extras, 1);
		ck_assert_str_eq(imports_extra(&c, "k1", "Age"), "9");
	}
	arena_free(arena);
}
END_TEST

START_TEST(table_columns_with_a_manifests_names_need_no_option)
{
	Arena *arena = arena_new("test");
	Corpus c = made(arena,
	        "Label,Text,Speaker,Split\njoy,Yes,ann,train\nJoy ,No, Ann ,test\n",
	        (ImportOptions){ 0 });
	ck_assert_str_eq(imports_find(&c, "2")->text, "No"); /* the row is its id */
	ck_assert_str_eq(imports_find(&c, "2")->label, "joy");
	ck_assert_str_eq(imports_find(&c, "2")->speaker, "ann");
	ck_assert_int_eq(imports_find(&c, "2")->split, SPLIT_TEST);
	ck_assert_int_eq(c.extras, 0);
	/* a column that is asked for is not taken for what its name says */
	c = made(arena, "id,mood,speaker\nYes,joy,ann\n",
	        (ImportOptions){ .text = "id", .label = "mood" });
	ck_assert_str_eq(imports_find(&c, "1")->text, "Yes");
	ck_assert_str_eq(imports_find(&c, "1")->speaker, "ann");
	/* a name that is a number comes before the number */
	c = made(arena, "2,1\nYes,joy\n", (ImportOptions){ .text = "2", .label = "1" });
	ck_assert_str_eq(imports_find(&c, "1")->text, "Yes");
	arena_free(arena);
}
END_TEST

START_TEST(table_without_splits_gets_them_by_speaker)
{
	Arena *arena = arena_new("test");
	const char *text = "text,label,who,split\n";
	for (int i = 0; i < 40; i++)
		text = arena_format(arena, "%sHm %d,%s,s%d,mine\n", text, i,
		        i % 2 ? "joy" : "fear", i / 4);
	refuse(arena, text, (ImportOptions){ .speaker = "who" },
	        "t.csv:2: split: expected train, validation or test, found \"mine\"");
	Corpus c = made(arena, text, (ImportOptions){ .speaker = "who", .split = "" });
	ck_assert_int_eq(c.count, 40);
	ck_assert_ptr_null(corpus_leak(&c).speaker);
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT; split++)
		ck_assert_int_gt(corpus_count(&c, split), 0);
	/* who is asked for goes there in any case */
	c = made(arena, text,
	        (ImportOptions){ .speaker = "who", .split = "", .test_speakers = "s0" });
	ck_assert_int_eq(corpus_count(&c, SPLIT_TEST), 4);
	ck_assert_int_eq(imports_find(&c, "1")->split, SPLIT_TEST);
	arena_free(arena);
}
END_TEST

START_TEST(table_sounds_are_beside_it_and_must_be_there)
{
	Arena *arena = arena_new("test");
	const char *wav = imports_write(arena, "a.wav", "");
	const char *text = arena_format(arena, "wav,label\na.wav,joy\n%s,fear\n", wav);
	Corpus c = made(arena, text, (ImportOptions){ 0 });
	ck_assert_str_eq(imports_find(&c, "1")->wav, wav);
	ck_assert_str_eq(imports_find(&c, "2")->wav, wav);
	ck_assert_str_eq(imports_find(&c, "1")->text, "");
	refuse(arena, "wav,label\nb.wav,joy\n", (ImportOptions){ 0 }, "t.csv:2: wav \"");
	/* a text is enough where there is no sound */
	c = made(arena, "wav,text,label\n,Hm,joy\n", (ImportOptions){ 0 });
	ck_assert_int_eq(c.count, 1);
	arena_free(arena);
}
END_TEST

START_TEST(table_wrong_columns_are_refused)
{
	static const struct {
		const char *text;
		ImportOptions options;
		const char *expected;
	} wrong[] = {
		{ "", { 0 }, "t.csv: expected a header" },
		{ "a,b\n1,2\n", { 0 },
		        "t.csv: expected --label COLUMN. Its columns are a, b" },
		{ "a,label\n1,2\n", { 0 },
		        "t.csv: expected --text COLUMN or --wav COLUMN. Its columns are a, label" },
		{ "a,b\n1,2\n", { .text = "c" },
		        "t.csv:1: there is no column \"c\". There are 2: a, b" },
		{ "a,b\n1,2\n", { .text = "3" }, "there is no column \"3\"" },
		{ "a,b\n1,2\n", { .text = "0" }, "there is no column \"0\"" },
		{ "a,b\n1,2\n", { .text = "99999999999999999999" },
		        "there is no column" },
		{ "a,b\n1,2\n", { .text = "a", .label = "1" },
		        "--text and --label are the same column, \"a\"" },
		{ "a,b,B\n1,2,3\n", { .text = "a", .label = "b" },
		        "t.csv:1: the column \"b\" stands twice. Hint: --label takes the number" },
		{ "text,label\n", { 0 }, "no utterance was found, 0 skipped" },
	};
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		refuse(arena, wrong[i].text, wrong[i].options, wrong[i].expected);
	Corpus c = made(
	        arena, "a,b,B\n1,2,3\n", (ImportOptions){ .text = "1", .label = "3" });
	ck_assert_str_eq(imports_find(&c, "1")->label, "3");
	arena_free(arena);
}
END_TEST

START_TEST(table_bad_rows_are_named_or_skipped)
{
	static const struct {
		const char *row, *expected;
	} bad[] = {
		{ "Hm, ,x", "t.csv:3: the label is empty" },
		{ " ,joy,x", "t.csv:3: expected words, found none, and no clip" },
		{ "Hm,joy,", "t.csv:3: the id is empty" },
		{ "Hm,joy,k", "t.csv:3: there is another \"k\" already" },
		{ "Hm,joy", "t.csv:3: expected 3 columns as in the first row, found 2" },
		{ "\"Hm,joy,x", "t.csv:3: column 1: expected a closing quote" },
		{ "Hm,\"a\nb\",x", "t.csv:3: label and speaker: expected one line each" },
	};
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		const char *text =
		        arena_format(arena, "text,label,id\nYes,joy,k\n%s\n", bad[i].row);
		refuse(arena, text, (ImportOptions){ 0 }, bad[i].expected);
		Corpus c = made(arena, text, (ImportOptions){ .skip_bad = true });
		ck_assert(c.count == 1 && c.skipped >= 1);
	}
	arena_free(arena);
}
END_TEST

START_TEST(table_becomes_a_manifest_that_is_read_again)
{
	Arena *arena = arena_new("test");
	/* columns whose names mean something in a manifest are left out */
	Corpus c = made(arena,
	        "text,label,start,paired,,mood,Mood\n\"a \"\"b\"\"\",joy,soon,x,y,z,w\n",
	        (ImportOptions){ 0 });
	const char *path = arena_format(arena, "%s/manifest.csv", harness_directory());
	FILE *out = fopen(path, "wb");
	ck_assert(corpus_write(&c, out, NULL));
	fclose(out);
	Corpus again;
	Error error;
	ck_assert_msg(
	        corpus_read(&again, arena, path, false, NULL, &error), "%s", error.text);
	ck_assert_str_eq(again.utterances[0].text, "a \"b\"");
	ck_assert_int_eq(again.extras, 1);
	ck_assert_str_eq(imports_extra(&again, "1", "mood"), "z");
	arena_free(arena);
}
END_TEST

/* --- faces -------------------------------------------------------------------------- */

static Corpus three_clips(Arena *arena)
{
	imports_write(arena, "03a01Fa.wav", "");
	imports_write(arena, "08a01Fa.wav", "");
	imports_write(arena, "09a01Fa.wav", "");
	return imports_made(arena, "emodb", (ImportOptions){ 0 });
}

static ImportOptions face_options(Arena *arena, const char *table)
{
	return (ImportOptions){ .face = imports_write(arena, "au.csv", table),
		.arrays = arena_format(arena, "%s/arrays", harness_directory()) };
}

START_TEST(faces_rows_are_found_by_id)
{
	Arena *arena = arena_new("test");
	Corpus c = three_clips(arena);
	ImportOptions options = face_options(
	        arena, "AU01,Id,AU02\n0.5,09a01Fa,2\n1e-1,nobody,4\n-1,03a01Fa,6.25\n");
	const char *said_path = arena_format(arena, "%s/said", harness_directory());
	options.warnings = fopen(said_path, "wb");
	Error error;
	ck_assert_msg(faces_join(&c, arena, &options, &error), "%s", error.text);
	fclose(options.warnings);
	Rows rows = rows_new(arena);
	Tensor row;
	ck_assert(
	        rows_get(&rows, imports_extra(&c, "03a01Fa", "face_row"), &row, &error));
	ck_assert_int_eq(row.shape[1], 2);
	ASSERT_CLOSE(row.data[0], -1, 0, 0);
	ASSERT_CLOSE(row.data[1], 6.25, 0, 0);
	ck_assert(
	        rows_get(&rows, imports_extra(&c, "09a01Fa", "face_row"), &row, &error));
	ASSERT_CLOSE(row.data[0], 0.5, 0, 0);
	ck_assert_str_eq(imports_extra(&c, "08a01Fa", "face_row"), "");
	ck_assert_str_eq(imports_extra(&c, "08a01Fa", "sentence"), "a01");
	ASSERT_CONTAINS(imports_extra(&c, "09a01Fa", "face_row"), "/arrays/au.npy:0");
	Bytes bytes;
	ck_assert(file_read(&bytes, arena, said_path, NULL));
	ASSERT_CONTAINS((const char *)bytes.data,
	        "2 of 3 utterances have a face, 2 numbers each; 1 rows are of no utterance");
	ASSERT_CONTAINS((const char *)bytes.data,
	        "1 utterances have no face, such as \"08a01Fa\"");
	arena_free(arena);
}
END_TEST

/* A file a clip, in folders below too; RAVDESS's films are named otherwise than its sounds. */
START_TEST(faces_in_time_are_found_by_name)
{
	Arena *arena = arena_new("test");
	Error error;
	const char *folder = arena_format(arena, "%s/films", harness_directory());
	ck_assert(folder_make(folder, NULL));
	ImportOptions options = { .face = folder };
	imports_write(arena, "03-01-01-01-01-01-01.wav", "");
	imports_write(arena, "03-01-01-01-01-01-02.wav", "");
	imports_write(arena, "03-01-01-01-01-02-02.wav", "");
	Corpus c = imports_made(arena, "ravdess", (ImportOptions){ 0 });
	ck_assert(!face_tracks_join(&c, arena, &options, &error));
	ASSERT_CONTAINS(error.text,
	        "expected such as 03-01-01-01-01-02-02.csv, found such as no .csv");
	ck_assert(folder_make(arena_format(arena, "%s/deep", folder), NULL));
	imports_write(arena, "films/01-01-01-01-01-01-01.csv", "");
	imports_write(arena, "films/deep/03-01-01-01-01-01-02.jsonl", "");
	imports_write(arena, "films/deep/other.npy", "");
	ck_assert_msg(face_tracks_join(&c, arena, &options, &error), "%s", error.text);
	ASSERT_CONTAINS(imports_extra(&c, "03-01-01-01-01-01-01", "face_track"),
	        "films/01-01-01-01-01-01-01.csv");
	ASSERT_CONTAINS(imports_extra(&c, "03-01-01-01-01-01-02", "face_track"),
	        "films/deep/03-01-01-01-01-01-02.jsonl");
	ck_assert_str_eq(imports_extra(&c, "03-01-01-01-01-02-02", "face_track"), "");
	ck_assert(!face_tracks_join(&c, arena, &options, &error));
	ASSERT_CONTAINS(error.text, "the corpus has faces already");
	imports_write(arena, "films/deep/01-01-01-01-01-01-01.npy", "");
	c = imports_made(arena, "ravdess", (ImportOptions){ 0 });
	ck_assert(!face_tracks_join(&c, arena, &options, &error));
	ASSERT_CONTAINS(error.text, "two files are of one clip: ");
	arena_free(arena);
}
END_TEST

START_TEST(faces_bad_tables_are_refused_or_their_rows_skipped)
{
	static const struct {
		const char *table, *expected;
		bool skips;
	} wrong[] = {
		{ "", "au.csv: expected a header", false },
		{ "name,AU01\n03a01Fa,1\n",
		        "au.csv:1: the header lacks the column \"id\"", false },
		{ "id\n03a01Fa\n", "au.csv: expected columns of numbers beside the id",
		        false },
		{ "id,AU01\n3a01Fa,1\n", "au.csv: none of its 1 ids is one of the corpus",
		        false },
		{ "id,AU01\n", "none of its 0 ids", false },
		{ "id,AU01\n03a01Fa,1\n08a01Fa,\n",
		        "au.csv:3: column \"AU01\": expected a number, found \"\"",
		        true },
		{ "id,AU01\n03a01Fa,1\n08a01Fa,nan\n", "expected a number, found \"nan\"",
		        true },
		{ "id,AU01\n03a01Fa,1\n08a01Fa,1e31\n",
		        "expected a number, found \"1e31\"", true },
		{ "id,AU01\n03a01Fa,1\n03a01Fa,2\n",
		        "au.csv:3: there is another row of \"03a01Fa\"", true },
		{ "id,AU01\n03a01Fa,1\n,2\n", "au.csv:3: the id is empty", true },
	};
	Arena *arena = arena_new("test");
	const Corpus clips = three_clips(arena);
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		Corpus c = clips;
		c.utterances = arena_copy(
		        arena, c.utterances, (size_t)c.count * sizeof *c.utterances);
		ImportOptions options = face_options(arena, wrong[i].table);
		Error error;
		ck_assert(!faces_join(&c, arena, &options, &error));
		ASSERT_CONTAINS(error.text, wrong[i].expected);
		options.skip_bad = true;
		c = clips;
		c.utterances = arena_copy(
		        arena, c.utterances, (size_t)c.count * sizeof *c.utterances);
		ck_assert_int_eq(faces_join(&c, arena, &options, &error), wrong[i].skips);
		ck_assert(!wrong[i].skips || c.skipped == 1);
	}
	arena_free(arena);
}
END_TEST

START_TEST(faces_twice_are_refused)
{
	Arena *arena = arena_new("test");
	Corpus c = three_clips(arena);
	ImportOptions options = face_options(arena, "id,AU01\n03a01Fa,1\n");
	Error error;
	ck_assert(faces_join(&c, arena, &options, &error));
	ck_assert(!faces_join(&c, arena, &options, &error));
	ASSERT_CONTAINS(error.text, "the corpus has faces already");
	c = three_clips(arena);
	options.arrays = imports_write(arena, "a file", "");
	ck_assert(!faces_join(&c, arena, &options, &error));
	ASSERT_CONTAINS(error.text, "a file");
	arena_free(arena);
}
END_TEST

START_TEST(faces_of_ravdess_itself_fit_every_clip)
{
	Arena *arena = arena_new("test");
	const char *folder = imports_real_folder(arena, "ravdess");
	if (folder) {
		ImportOptions options = { .face = arena_format(
			                          arena, "%s/au.csv", folder),
			.arrays = harness_directory() };
		Corpus c = imports_real(arena, "ravdess", folder, options);
		Error error;
		ck_assert_msg(faces_join(&c, arena, &options, &error), "%s", error.text);
		Rows rows = rows_new(arena);
		Tensor row;
		for (int i = 0; i < c.count; i++) {
			const char *text = corpus_extra(&c, &c.utterances[i], "face_row");
			ck_assert(rows_get(&rows, text, &row, &error));
			ck_assert_int_eq(row.shape[1], 35);
		}
	}
	arena_free(arena);
}
END_TEST

TEST_MAIN("import/table", table_columns_are_found_by_name_and_number,
        table_columns_with_a_manifests_names_need_no_option,
        table_without_splits_gets_them_by_speaker,
        table_sounds_are_beside_it_and_must_be_there, table_wrong_columns_are_refused,
        table_bad_rows_are_named_or_skipped, table_becomes_a_manifest_that_is_read_again,
        faces_rows_are_found_by_id, faces_bad_tables_are_refused_or_their_rows_skipped,
        faces_in_time_are_found_by_name, faces_twice_are_refused,
        faces_of_ravdess_itself_fit_every_clip)
