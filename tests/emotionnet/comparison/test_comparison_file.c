#include "emotionnet/comparison/file.h"
#include "tensor/file/crc32.h"
#include "tensor/file/file.h"
#include "tests/support/comparisons.h"
#include "tests/support/harness.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *path_in(Arena *arena, const char *name)
{
	return arena_format(arena, "%s/%s", harness_directory(), name);
}

static const char *written(Arena *arena, const Comparison *c, const char *name)
{
	Error error;
	const char *path = path_in(arena, name);
	ck_assert_msg(comparison_write(c, path, &error), "%s", error.text);
	return path;
}

static Bytes bytes_of(Arena *arena, const char *path)
{
	Bytes bytes;
	Error error;
	ck_assert_msg(file_read(&bytes, arena, path, &error), "%s", error.text);
	return bytes;
}

static void put(const char *path, const void *data, size_t size)
{
	FILE *file = fopen(path, "wb");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(data, 1, size, file), size);
	fclose(file);
}

static void assert_same(Bytes one, Bytes two)
{
	ck_assert_uint_eq(one.size, two.size);
	ck_assert_mem_eq(one.data, two.data, one.size);
}

/* Reading must fail with this in the message. */
static void refuse(Arena *arena, const char *path, const char *expected)
{
	Comparison c;
	Error error = { "" };
	ck_assert(!comparison_read(&c, arena, path, NULL, &error));
	ASSERT_CONTAINS(error.text, expected);
}

START_TEST(comparison_file_is_read_back_to_the_bit)
{
	Arena *arena = arena_new("test");
	Comparison c = comparison_example(arena), found;
	const char *path = written(arena, &c, "r.jsonl");
	Error error;
	size_t torn = 7;
	ck_assert_msg(
	        comparison_read(&found, arena, path, &torn, &error), "%s", error.text);
	ck_assert_uint_eq(torn, 0);
	ck_assert_int_eq(found.cell_count, 4);
	ck_assert_str_eq(found.source, "a \"corpus\"");
	ck_assert_str_eq(found.test[2].text, "tab\there");
	ck_assert_int_eq(found.test[1].kind, 1);
	ck_assert_mem_eq(found.cells[3].probabilities, c.cells[3].probabilities,
	        8 * sizeof(float));
	ck_assert(found.cells[1].epochs[1].score == 2.0 / 3);
	ck_assert(!found.cells[0].outcomes[1].tested);
	/* What is written of it again has the same bytes. */
	const char *again = written(arena, &found, "again.jsonl");
	assert_same(bytes_of(arena, path), bytes_of(arena, again));
	arena_free(arena);
}
END_TEST

/* Cut anywhere, the file reads as the whole lines that are left, or says why not. */
START_TEST(comparison_file_cut_anywhere_loses_only_the_torn_line)
{
	Arena *arena = arena_new("test");
	Comparison c = comparison_example(arena);
	const char *cut = path_in(arena, "cut.jsonl");
	Bytes whole = bytes_of(arena, written(arena, &c, "r.jsonl"));
	for (size_t size = 0; size < whole.size; size += 1 + size / 50) {
		Comparison found;
		Error error = { "" };
		int lines = 0;
		size_t torn = 0;
		for (size_t i = 0; i < size; i++)
			lines += whole.data[i] == '\n';
		put(cut, whole.data, size);
		bool read = comparison_read(&found, arena, cut, &torn, &error);
		ck_assert_msg(read == (lines > 0), "%s", error.text);
		if (!read)
			continue;
		ck_assert_int_eq(found.cell_count, lines - 1);
		ck_assert(torn == 0 || whole.data[size - 1] != '\n');
	}
	arena_free(arena);
}
END_TEST

/* Any bit flipped: refused, with file and line, or told to be unfinished. */
START_TEST(comparison_file_flipped_anywhere_is_refused)
{
	Arena *arena = arena_new("test");
	Comparison c = comparison_example(arena);
	const char *path = path_in(arena, "changed.jsonl");
	Bytes whole = bytes_of(arena, written(arena, &c, "r.jsonl"));
	unsigned char *data = arena_copy(arena, whole.data, whole.size);
	for (size_t i = 0; i < whole.size; i++) {
		Comparison found;
		Error error = { "" };
		size_t torn = 0;
		Arena *scratch = arena_new("one change");
		data[i] ^= (unsigned char)(1 << i % 8);
		put(path, data, whole.size);
		bool read = comparison_read(&found, scratch, path, &torn, &error);
		ck_assert_msg(!read || torn, "byte %zu", i);
		if (!read)
			ASSERT_CONTAINS(error.text, "changed.jsonl:");
		data[i] = whole.data[i];
		arena_free(scratch);
	}
	arena_free(arena);
}
END_TEST

/* What the fourth version does not have yet, at `text`: how long it is. */
static size_t newer(const char *text)
{
	static const char *const parts[] = {
		",\"operations\":0,\"read\":0,\"asked\":0",
		",\"corpora\":\"\",\"known\":{\"model\":\"\",\"test\":{\"texts\":0,\"tokens\":0,\"perplexity\":0},\"fresh\":{\"texts\":0,\"tokens\":0,\"perplexity\":0}}"
	};
	for (int i = 0; i < 2; i++)
		if (!strncmp(text, parts[i], strlen(parts[i])))
			return strlen(parts[i]);
	return 0;
}

/* Files of the first version are read as ever, and of both mixed. */
START_TEST(comparison_file_without_checksums_is_read)
{
	Arena *arena = arena_new("test");
	Comparison c = comparison_example(arena), found;
	Bytes whole = bytes_of(arena, written(arena, &c, "r.jsonl"));
	char *old = arena_copy(arena, whole.data, whole.size + 1), *to = old;
	for (char *from = old; *from; from++) {
		if (!strncmp(from, ",\"folds\":[]", 11))
			from += 11;
		if (!strncmp(from, ",\"cpu_seconds\":0", 16))
			from += 16;
		if (!strncmp(from, ",\"disk\":0", 9))
			from += 9;
		from += newer(from);
		if (!strncmp(from, ",\"crc32\":", 9))
			from = strchr(from, '}');
		*to = *from;
		if (to > old && to[-1] == ':' && *to == '5' && to - old > 7 &&
		        (!strncmp(to - 6, "cell", 4) ||
		                !strncmp(to - 12, "comparison", 10)))
			*to = '1';
		to++;
	}
	const char *path = path_in(arena, "old.jsonl");
	put(path, old, (size_t)(to - old));
	Error error;
	size_t torn;
	ck_assert_msg(
	        comparison_read(&found, arena, path, &torn, &error), "%s", error.text);
	ck_assert_int_eq(found.cell_count, 4);
	const char *again = written(arena, &found, "again.jsonl");
	assert_same(bytes_of(arena, again), whole);
	arena_free(arena);
}
END_TEST

START_TEST(comparison_file_keeps_what_a_model_knew)
{
	Arena *arena = arena_new("test");
	Comparison c = comparison_example(arena), found;
	c.known = (Known){ "lm.gguf", { 300, 2453, 167.5 }, { 30, 346, 194.25 } };
	const char *path = written(arena, &c, "r.jsonl");
	Error error;
	ck_assert_msg(
	        comparison_read(&found, arena, path, NULL, &error), "%s", error.text);
	ck_assert_str_eq(found.known.model, "lm.gguf");
	ck_assert_int_eq(found.known.test.tokens, 2453);
	ck_assert(found.known.fresh.value == 194.25);
	/* joined to one that was made before the model was asked */
	Comparison old = comparison_example(arena);
	ck_assert(comparison_join(&old, arena, &found, path, &error));
	ck_assert_str_eq(old.known.model, "lm.gguf");
	arena_free(arena);
}
END_TEST

/* A program on Windows that was asked to keep such a file gives each line another end. */
START_TEST(comparison_file_with_windows_line_ends_is_read)
{
	Arena *arena = arena_new("test");
	Comparison c = comparison_example(arena), found;
	Bytes whole = bytes_of(arena, written(arena, &c, "r.jsonl"));
	char *changed = arena_alloc(arena, 2 * whole.size), *to = changed;
	for (size_t i = 0; i < whole.size; i++) {
		if (whole.data[i] == '\n')
			*to++ = '\r';
		*to++ = (char)whole.data[i];
	}
	const char *path = path_in(arena, "windows.jsonl");
	put(path, changed, (size_t)(to - changed));
	Error error;
	size_t torn;
	ck_assert_msg(
	        comparison_read(&found, arena, path, &torn, &error), "%s", error.text);
	assert_same(bytes_of(arena, written(arena, &found, "again.jsonl")), whole);
	arena_free(arena);
}
END_TEST

/* The same text with lines that end in their checksums. */
static const char *summed(Arena *arena, const char *text)
{
	enum { END = sizeof ",\"crc32\":\"01234567\"}" - 1 };
	const char *all = "";
	for (size_t size; *text; text += size + (text[size] == '\n')) {
		size = strcspn(text, "\n");
		size_t before = size > END ? size - END : size;
		unsigned sum = (unsigned)crc32_add(0, text, before);
		all = arena_format(arena, "%s%.*s,\"crc32\":\"%08x\"}\n", all,
		        (int)before, text, sum);
	}
	return all;
}

START_TEST(comparison_file_of_version_4_is_read)
{
	Arena *arena = arena_new("test");
	Comparison c = comparison_example(arena), found;
	Bytes whole = bytes_of(arena, written(arena, &c, "r.jsonl"));
	char *old = arena_copy(arena, whole.data, whole.size + 1), *to = old;
	for (char *from = old; *from; *to++ = *from++) {
		from += newer(from);
		if (!strncmp(from, ":5,\"hash\"", 9))
			from[1] = '4';
	}
	*to = 0;
	const char *path = path_in(arena, "four.jsonl"), *text = summed(arena, old);
	put(path, text, strlen(text));
	ck_assert_uint_lt(strlen(text), whole.size);
	Error error;
	ck_assert_msg(
	        comparison_read(&found, arena, path, NULL, &error), "%s", error.text);
	ck_assert_int_eq(found.cell_count, 4);
	ck_assert_uint_eq(found.cells[0].costs.operations, 0);
	assert_same(bytes_of(arena, written(arena, &found, "again.jsonl")), whole);
	arena_free(arena);
}
END_TEST

/* The text of a file with one place replaced. */
static const char *replaced(
        Arena *arena, const char *name, const char *old, const char *new)
{
	Comparison c = comparison_example(arena);
	Bytes whole = bytes_of(arena, written(arena, &c, "whole.jsonl"));
	const char *text = (const char *)whole.data, *place = strstr(text, old);
	ck_assert_msg(place != NULL, "%s", old);
	const char *path = path_in(arena, name);
	const char *changed = arena_format(
	        arena, "%.*s%s%s", (int)(place - text), text, new, place + strlen(old));
	changed = summed(arena, changed);
	put(path, changed, strlen(changed));
	return path;
}

START_TEST(comparison_file_bad_line_is_named)
{
	static const struct {
		const char *old, *new, *message;
	} cases[] = {
		{ "{\"comparison\":5", "{\"comparison\":6", ":1: byte 0: version 6" },
		{ "{\"comparison\":5", "{\"comparison\":1", "expected no further key" },
		{ "{\"comparison\":5", "{\"other\":2", ":1: byte 0: expected a line" },
		{ "\"seeds\":2", "\"seeds\":2147483647",
		        "expected 1000000 cells at most" },
		{ "\"first_seed\":1", "\"first_seed\":18446744073709551615",
		        "expected 1000000 cells at most" },
		{ "\"labels\"", "\"label\"", "expected the key \"labels\"" },
		{ "\"paired\":0", "\"paired\":-1", "expected a whole number" },
		{ "\"label\":\"joy\"", "\"label\":\"fear\"",
		        "\"label\" is \"fear\": expected " },
		{ "{\"cell\":5,\"hash\":\"0123456789abcdef\"",
		        "{\"cell\":5,\"hash\":\"1123456789abcdef\"",
		        "the cell is of another corpus or of other settings" },
		{ "[[0.899999976,", "[[1.899999976,", "1.9 is no probability" },
		{ "[[0.899999976,", "[[0.799999976,", "whose sum is 1, found 0.9" },
		{ "[[0.899999976,", "[[nan,", "expected a number, found 'n'" },
		{ "[[0.899999976,", "[[1e999,", "the number is too large" },
		{ "\"all\":0.75", "\"all\":1.75", "expected a number from 0 to 1" },
		{ "\"kinds\":[1,", "\"kinds\":[-1,", "-1 is no ceiling" },
		{ ",0.5],[0.1", ",1.5],[0.1", "1.5 is no score" },
		{ "\"outcomes\":[[0.25,", "\"outcomes\":[[2.25,",
		        "expected a number from 0 to 1" },
		{ "\"latency_p50\":1,", "\"latency_p50\":-1,", "expected a number" },
		{ "\"temperature\":1,", "\"temperature\":0,",
		        "\"temperature\" is \"0\": expected a number from 1e-06" },
		{ "\"best_epoch\":", "\"best_epoch\":100000000",
		        "\"best_epoch\" is 10000000" },
		{ "\"level\":0.5", "\"level\":1e308",
		        "\"level\" is \"1e+308\": expected a number from 0.001 to 100" },
		{ "[[0.899999976,", "[[", "expected 2 numbers" },
		{ "[[0.899999976,0.100000001],", "[",
		        "\"probabilities\": expected 4 of them" },
		{ "\"outcomes\":[[", "\"outcomes\":[[],[",
		        "\"outcomes\": expected 3 of them" },
		{ "0.125],[],[]]", "0.125],[],[1]]", "expected" },
		{ "}\n{\"cell\"", "}\n\n{\"cell\"", ":2: byte 0: expected '{'" },
		{ "\"folds\":[]",
		        "\"folds\":[{\"name\":\"1\",\"train\":1,\"validation\":1,\"test\":3}]",
		        "the folds have 3 utterances, but the test has 4" },
		{ "\"folds\":[]",
		        "\"folds\":[{\"name\":\"1\",\"train\":1,\"validation\":1,\"test\":4}]",
		        ":2: byte 84: expected the key \"fold\"" },
		{ "\"seed\":2", "\"seed\":1",
		        ":3: strategy \"a\", seed 1, 10 utterances: another result" },
	};
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		refuse(arena, replaced(arena, "bad.jsonl", cases[i].old, cases[i].new),
		        cases[i].message);
	const char *path = path_in(arena, "empty.jsonl");
	put(path, "", 0);
	refuse(arena, path, "holds no results");
	refuse(arena, path_in(arena, "none.jsonl"), "none.jsonl");
	arena_free(arena);
}
END_TEST

/* Of a cross-validation: each cell has its fold's answers alone. */
START_TEST(comparison_file_of_folds_written_and_read_is_the_same)
{
	Arena *arena = arena_new("test");
	Comparison c = comparison_example_of_folds(arena), found;
	const char *path = written(arena, &c, "folds.jsonl");
	Bytes whole = bytes_of(arena, path);
	Error error;
	ck_assert_msg(
	        comparison_read(&found, arena, path, NULL, &error), "%s", error.text);
	ck_assert_int_eq(found.fold_count, 2);
	ck_assert_str_eq(found.folds[1].name, "bob");
	ck_assert_int_eq(found.cell_count, 8);
	ck_assert_int_eq(cell_first(&found, &found.cells[7]), 2);
	ck_assert_int_eq(cell_tests(&found, &found.cells[7]), 2);
	assert_same(bytes_of(arena, written(arena, &found, "again.jsonl")), whole);
	const char *text = (const char *)whole.data;
	const char *place = strstr(text, "\"fold\":1");
	const char *bad = path_in(arena, "bad.jsonl");
	const char *changed =
	        summed(arena, arena_format(arena, "%.*s\"fold\":2%s", (int)(place - text),
	                              text, place + 8));
	put(bad, changed, strlen(changed));
	refuse(arena, bad, "\"fold\" is \"2\": expected a whole number from 0 to 1");
	arena_free(arena);
}
END_TEST

static ComparisonLog *opened(Comparison *c, Arena *arena, const char *path, size_t *torn)
{
	Error error;
	ComparisonLog *log = comparison_log_open(c, arena, path, torn, &error);
	ck_assert_msg(log != NULL, "%s", error.text);
	return log;
}

START_TEST(comparison_log_goes_on_where_it_stopped)
{
	Arena *arena = arena_new("test");
	Comparison all = comparison_example(arena), c = all;
	const char *path = path_in(arena, "log.jsonl");
	Error error;
	size_t torn;
	c.cells = NULL;
	c.cell_count = c.cell_room = 0;
	Comparison empty = c;
	ComparisonLog *log = opened(&c, arena, path, &torn);
	ck_assert(comparison_log_add(log, &c, &all.cells[0], &error));
	ck_assert(comparison_log_add(log, &c, &all.cells[1], &error));
	comparison_log_close(log);
	/* Killed in the middle of a line. */
	Bytes whole = bytes_of(arena, path);
	put(path, whole.data, whole.size - 20);
	c = empty;
	log = opened(&c, arena, path, &torn);
	ck_assert_uint_gt(torn, 0);
	ck_assert_int_eq(c.cell_count, 1);
	ck_assert_ptr_nonnull(comparison_find(&c, "a", 1, 10, 0));
	ck_assert(comparison_log_add(log, &c, &all.cells[1], &error));
	comparison_log_close(log);
	assert_same(bytes_of(arena, path), whole);
	arena_free(arena);
}
END_TEST

START_TEST(comparison_log_of_another_corpus_is_refused_and_left_as_it_is)
{
	Arena *arena = arena_new("test");
	Comparison c = comparison_example(arena);
	const char *path = written(arena, &c, "r.jsonl");
	Bytes before = bytes_of(arena, path);
	c.hash++;
	c.source = "other.csv";
	Error error;
	size_t torn;
	ck_assert_ptr_null(comparison_log_open(&c, arena, path, &torn, &error));
	ASSERT_CONTAINS(error.text, "r.jsonl: holds another comparison");
	ASSERT_CONTAINS(error.text, "\"other.csv\"");
	assert_same(bytes_of(arena, path), before);
	put(path, "id,split\n", 9);
	ck_assert_ptr_null(comparison_log_open(&c, arena, path, &torn, &error));
	ASSERT_CONTAINS(error.text, "r.jsonl:1: byte 0");
	ck_assert_ptr_null(comparison_log_open(&c, arena, "/dev/null", &torn, &error));
	ASSERT_CONTAINS(error.text, "/dev/null: expected an ordinary file");
	ck_assert_ptr_null(
	        comparison_log_open(&c, arena, "/no/folder/r.jsonl", &torn, &error));
	ASSERT_CONTAINS(error.text, "/no/folder/r.jsonl: cannot be opened");
	arena_free(arena);
}
END_TEST

START_TEST(comparison_log_has_one_writer)
{
	Arena *arena = arena_new("test");
	Comparison c = comparison_example(arena);
	const char *path = path_in(arena, "log.jsonl");
	size_t torn;
	ComparisonLog *log = opened(&c, arena, path, &torn);
	pid_t child = fork();
	if (!child) {
		Error error = { "" };
		bool open = comparison_log_open(&c, arena, path, &torn, &error) != NULL;
		_exit(open || !strstr(error.text, "another process is adding to it"));
	}
	int status;
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(WEXITSTATUS(status), 0);
	comparison_log_close(log);
	arena_free(arena);
}
END_TEST

START_TEST(comparison_join_adds_cells_and_wishes)
{
	static const char *const other[] = { "late" };
	static const int sizes[] = { 5, 10 };
	Arena *arena = arena_new("test");
	Comparison one = comparison_example(arena), two = comparison_example(arena);
	Error error;
	one.cell_count = 3;
	two.cells[0].costs.train_seconds = 99; /* a time may differ */
	two.strategies = other;
	two.strategy_count = 1;
	two.first_seed = 3;
	two.sizes = sizes;
	two.size_count = 2;
	ck_assert_msg(comparison_join(&one, arena, &two, "two.jsonl", &error), "%s",
	        error.text);
	ck_assert_int_eq(one.cell_count, 4);
	ck_assert_int_eq(one.strategy_count, 3);
	ck_assert_str_eq(one.strategies[2], "late");
	ck_assert_uint_eq(one.first_seed, 1);
	ck_assert_int_eq(one.seed_count, 4);
	ck_assert_int_eq(one.size_count, 2);
	ck_assert_int_eq(one.sizes[0], 5);
	Comparison far = two;
	far.first_seed = 1u << 31;
	ck_assert(!comparison_join(&one, arena, &far, "far.jsonl", &error));
	ASSERT_CONTAINS(error.text,
	        "far.jsonl: joined: 3 strategies, 2 sizes and 2147483647 seeds from 1 on");
	one = comparison_example(arena);
	two.cells[1].fingerprint++;
	ck_assert(!comparison_join(&one, arena, &two, "two.jsonl", &error));
	ASSERT_CONTAINS(error.text, "two.jsonl: strategy \"a\", seed 2");
	ASSERT_CONTAINS(error.text, "the strategy was changed in between");
	two.hash++;
	ck_assert(!comparison_join(&one, arena, &two, "two.jsonl", &error));
	ASSERT_CONTAINS(error.text, "two.jsonl: holds another comparison");
	arena_free(arena);
}
END_TEST

/* What the reader would refuse is not written, and said where it is. */
START_TEST(comparison_with_a_nan_is_not_written)
{
	Arena *arena = arena_new("test");
	Comparison c = comparison_example(arena);
	const float nan[] = { (float)NAN, (float)NAN, 1, 0, 1, 0, 1, 0 };
	const char *path = path_in(arena, "nan.jsonl");
	Error error;
	size_t torn;
	Cell cell = c.cells[3];
	cell.probabilities = nan;
	c.cell_count = 3;
	ComparisonLog *log = opened(&c, arena, path, &torn);
	Bytes before = bytes_of(arena, path);
	ck_assert(!comparison_log_add(log, &c, &cell, &error));
	ASSERT_CONTAINS(error.text, "nan.jsonl: \"an item\" would be nan");
	assert_same(bytes_of(arena, path), before);
	comparison_log_close(log);
	comparison_add(&c, arena, &cell);
	ck_assert(!comparison_write(&c, path, &error));
	ASSERT_CONTAINS(error.text, "expected a finite number");
	assert_same(bytes_of(arena, path), before);
	arena_free(arena);
}
END_TEST

START_TEST(comparison_write_to_a_full_disk_fails)
{
	Arena *arena = arena_new("test");
	Comparison c = comparison_example(arena);
	Error error;
	ck_assert(!comparison_write(&c, "/dev/full", &error));
	ASSERT_CONTAINS(error.text, "/dev/full");
	arena_free(arena);
}
END_TEST

TEST_MAIN("comparison_file", comparison_file_is_read_back_to_the_bit,
        comparison_file_cut_anywhere_loses_only_the_torn_line,
        comparison_file_flipped_anywhere_is_refused,
        comparison_file_without_checksums_is_read, comparison_file_of_version_4_is_read,
        comparison_file_keeps_what_a_model_knew,
        comparison_file_with_windows_line_ends_is_read, comparison_file_bad_line_is_named,
        comparison_file_of_folds_written_and_read_is_the_same,
        comparison_log_goes_on_where_it_stopped,
        comparison_log_of_another_corpus_is_refused_and_left_as_it_is,
        comparison_log_has_one_writer, comparison_join_adds_cells_and_wishes,
        comparison_with_a_nan_is_not_written, comparison_write_to_a_full_disk_fails)
