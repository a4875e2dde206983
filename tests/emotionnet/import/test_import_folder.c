/* Folders of one's own clips. */
#include "tensor/file/file.h"
#include "tests/support/harness.h"
#include "tests/support/imports.h"

#include <stdio.h>
#include <string.h>

static Corpus made_saying(Arena *arena, ImportOptions options, const char **said)
{
	const char *path = arena_format(arena, "%s/said", harness_directory());
	options.warnings = fopen(path, "wb");
	Corpus corpus = imports_made(arena, "folder", options);
	fclose(options.warnings);
	Bytes bytes;
	ck_assert(file_read(&bytes, arena, path, NULL));
	*said = (const char *)bytes.data;
	return corpus;
}

START_TEST(folder_of_labels_is_dealt_out_by_label)
{
	Arena *arena = arena_new("test");
	const char *said, *wav = NULL;
	imports_folder(arena, "joy");
	imports_folder(arena, "anger");
	for (int i = 0; i < 10; i++) {
		wav = imports_write(arena, arena_format(arena, "joy/a%d.wav", i), "");
		imports_write(arena, arena_format(arena, "anger/b%d.WAV", i), "");
	}
	imports_write(arena, "joy/a3.txt", " I am\r\n\tso  glad \n");
	imports_write(arena, "joy/notes.txt", "no clip");
	Corpus c = made_saying(arena, (ImportOptions){ .seed = 1 }, &said);
	ck_assert_int_eq(c.count, 20);
	const Utterance *u = imports_find(&c, "joy/a9");
	ck_assert_str_eq(u->label, "joy");
	ck_assert_str_eq(u->speaker, "");
	ck_assert_str_eq(u->text, "");
	ck_assert_str_eq(u->wav, wav);
	ck_assert_str_eq(imports_find(&c, "joy/a3")->text, "I am so glad");
	ck_assert_str_eq(imports_find(&c, "anger/b0")->label, "anger");
	ck_assert_int_eq(corpus_count(&c, SPLIT_TEST), 4);
	ck_assert_int_eq(corpus_count(&c, SPLIT_VALIDATION), 4);
	ASSERT_CONTAINS(said, ": 2 labels: anger (10), joy (10)\n");
	ASSERT_CONTAINS(said, "Leakage is likely");
	arena_free(arena);
}
END_TEST

START_TEST(folder_pattern_gives_speakers_and_columns)
{
	Arena *arena = arena_new("test");
	const char *said;
	imports_folder(arena, "wavs");
	for (int s = 0; s < 8; s++)
		for (int i = 0; i < 4; i++)
			imports_write(arena,
			        arena_format(arena, "wavs/s%d_%s_%d_quiet.wav", s,
			                i % 2 ? "Joy" : "fear", i),
			        "");
	imports_write(arena, "wavs/s7_JOY_9_loud.wav", "");
	const char *pattern = "wavs/{speaker}_{label}_{}_{level}.wav";
	Corpus c = made_saying(
	        arena, (ImportOptions){ .pattern = pattern, .seed = 1 }, &said);
	ck_assert_int_eq(c.count, 33);
	ck_assert_str_eq(imports_find(&c, "wavs/s3_Joy_1_quiet")->speaker, "s3");
	ck_assert_str_eq(imports_find(&c, "wavs/s7_JOY_9_loud")->label, "Joy");
	ck_assert_str_eq(imports_extra(&c, "wavs/s7_JOY_9_loud", "level"), "loud");
	ck_assert_ptr_null(corpus_leak(&c).speaker);
	for (Split s = 0; s < SPLIT_COUNT; s++)
		ck_assert_int_gt(corpus_count(&c, s), 0);
	ASSERT_CONTAINS(said, "the splits were made by speaker, seed 1");
	ASSERT_CONTAINS(said, "2 labels: Joy (17), fear (16)");
	c = imports_made(arena, "folder",
	        (ImportOptions){ .pattern = pattern, .test_speakers = "s0" });
	ck_assert_int_eq(corpus_count(&c, SPLIT_TEST), 4);
	arena_free(arena);
}
END_TEST

START_TEST(folder_pattern_may_name_splits_texts_and_ids)
{
	Arena *arena = arena_new("test");
	imports_folder(arena, "train");
	imports_folder(arena, "val");
	imports_write(arena, "train/joy-so glad-1.wav", "");
	imports_write(arena, "val/fear-oh no-2.wav", "");
	const char *pattern = "{split}/{label}-{text}-{id}";
	Corpus c = imports_made(arena, "folder", (ImportOptions){ .pattern = pattern });
	ck_assert_int_eq(imports_find(&c, "2")->split, SPLIT_VALIDATION);
	ck_assert_str_eq(imports_find(&c, "1")->text, "so glad");
	imports_folder(arena, "spare");
	imports_write(arena, "spare/fear-oh no-3.wav", "");
	imports_refuse(arena, "folder", (ImportOptions){ .pattern = pattern },
	        "split: expected train, validation or test, found \"spare\"");
	arena_free(arena);
}
END_TEST

START_TEST(folder_file_that_does_not_fit_is_named_or_skipped)
{
	Arena *arena = arena_new("test");
	const char *said;
	imports_refuse(arena, "folder", (ImportOptions){ 0 }, "no utterance was found");
	imports_folder(arena, "joy");
	imports_folder(arena, "joy/ann");
	imports_write(arena, "joy/a.wav", "");
	const char *deep = imports_write(arena, "joy/ann/b.wav", "");
	const char *top = imports_write(arena, "c.wav", "");
	imports_refuse(arena, "folder", (ImportOptions){ 0 },
	        arena_format(arena,
	                "%s: does not fit the pattern {label}/{}: expected {label} and then \"/\", found \"c\". Hint: the first folder is the label, unless --pattern",
	                top));
	imports_refuse(arena, "folder", (ImportOptions){ 0 },
	        ". --skip-bad leaves out what is bad, and counts it");
	Corpus c = made_saying(arena, (ImportOptions){ .skip_bad = true }, &said);
	ck_assert_int_eq(c.count, 1);
	ck_assert_int_eq(c.skipped, 2);
	ASSERT_CONTAINS(said,
	        arena_format(arena, "Left out: %s: does not fit the pattern", deep));
	ASSERT_CONTAINS(said, "a label for every clip");
	imports_write(arena, "joy/\xE9.wav", "");
	c = made_saying(arena, (ImportOptions){ .skip_bad = true }, &said);
	ck_assert_int_eq(c.skipped, 3);
	ASSERT_CONTAINS(said, "expected UTF-8, as a manifest must be");
	imports_folder(arena, "two\nlines");
	imports_write(arena, "two\nlines/a.wav", "");
	c = made_saying(arena, (ImportOptions){ .skip_bad = true }, &said);
	ck_assert_int_eq(c.skipped, 4);
	ASSERT_CONTAINS(said, "found a line end within \"two\nlines\"");
	arena_free(arena);
}
END_TEST

START_TEST(folder_pattern_that_is_wrong_is_refused)
{
	Arena *arena = arena_new("test");
	imports_refuse(arena, "folder", (ImportOptions){ .pattern = "{speaker}/{}" },
	        "expected {label} in it");
	imports_refuse(arena, "folder",
	        (ImportOptions){ .pattern = "{label}/{face_row}" },
	        "{face_row} means something else in a manifest");
	imports_refuse(arena, "folder", (ImportOptions){ .pattern = "{label}/{end}.wav" },
	        "{end} means something else in a manifest");
	imports_refuse(arena, "folder", (ImportOptions){ .pattern = "{label}/{" },
	        "found a brace without the other");
	arena_free(arena);
}
END_TEST

TEST_MAIN("import_folder", folder_of_labels_is_dealt_out_by_label,
        folder_pattern_gives_speakers_and_columns,
        folder_pattern_may_name_splits_texts_and_ids,
        folder_file_that_does_not_fit_is_named_or_skipped,
        folder_pattern_that_is_wrong_is_refused)
