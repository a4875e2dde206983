#include "tests/support/harness.h"
#include "tests/support/imports.h"

START_TEST(dair_lines_become_utterances)
{
	Arena *arena = arena_new("test");
	imports_write(
	        arena, "train.txt", "i feel fine; really;joy\r\n\ni hate it;anger\n");
	imports_write(arena, "val.txt", "i miss her;sadness\n");
	imports_write(arena, "test.txt", "i adore you;love");
	Corpus c = imports_made(arena, "dair-emotion", (ImportOptions){ 0 });
	ck_assert_int_eq(c.count, 4);
	ck_assert_str_eq(imports_find(&c, "train_1")->text, "i feel fine; really");
	ck_assert_str_eq(imports_find(&c, "train_3")->label, "anger");
	ck_assert_int_eq(imports_find(&c, "val_1")->split, SPLIT_VALIDATION);
	ck_assert_str_eq(imports_find(&c, "test_1")->label, "love");
	arena_free(arena);
}
END_TEST

START_TEST(dair_broken_lines_are_named_or_skipped)
{
	static const struct {
		const char *text, *expected;
	} broken[] = {
		{ "fine;joy\nno label\n",
		        "train.txt:2: expected a sentence, a semicolon" },
		{ "fine;joy\nso so;meh\n", "train.txt:2: label: expected sadness" },
		{ "fine;joy\n ;joy\n", "train.txt:2: the sentence is empty" },
		{ "fine;joy\n\xff;joy\n", "train.txt:2: is not UTF-8 text" },
	};
	Arena *arena = arena_new("test");
	imports_write(arena, "val.txt", "");
	imports_write(arena, "test.txt", "");
	for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
		imports_write(arena, "train.txt", broken[i].text);
		imports_refuse(
		        arena, "dair-emotion", (ImportOptions){ 0 }, broken[i].expected);
		ImportOptions lenient = { .skip_bad = true };
		Corpus c = imports_made(arena, "dair-emotion", lenient);
		ck_assert(c.count == 1 && c.skipped == 1);
	}
	arena_free(arena);
}
END_TEST

START_TEST(dair_itself_has_its_published_counts)
{
	Arena *arena = arena_new("test");
	const char *folder = imports_real_folder(arena, "dair-emotion");
	if (folder) {
		Corpus c =
		        imports_real(arena, "dair-emotion", folder, (ImportOptions){ 0 });
		ck_assert_int_eq(corpus_count(&c, SPLIT_TRAIN), 16000);
		ck_assert_int_eq(corpus_count(&c, SPLIT_VALIDATION), 2000);
		ck_assert_int_eq(corpus_count(&c, SPLIT_TEST), 2000);
		ck_assert_int_eq(corpus_labels(&c, SPLIT_COUNT, arena).count, 6);
	}
	arena_free(arena);
}
END_TEST

TEST_MAIN("import of dair-ai emotion", dair_lines_become_utterances,
        dair_broken_lines_are_named_or_skipped, dair_itself_has_its_published_counts)
