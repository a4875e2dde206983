#include "text/vectors.h"
#include "tensor/file/file_map.h"
#include "tests/support/harness.h"
#include "text/vocabulary_text.h"

#include <stdio.h>
#include <string.h>

/* ids: <pad> 0, <unk> 1, sad 2, n't 3, glad 4 */
static Vocabulary vocabulary(Arena *arena)
{
	Vocabulary v;
	ck_assert(vocabulary_from_text(
	        &v, arena, "v", "<pad>\n<unk>\nsad\nn't\nglad\n", NULL));
	return v;
}

static Vectors parse(Arena *arena, const void *text, size_t size)
{
	Vocabulary v = vocabulary(arena);
	Vectors vectors;
	Error error;
	bool done = vectors_parse(
	        &vectors, arena, "v.txt", (Bytes){ text, size }, &v, &error);
	ck_assert_msg(done, "%s", error.text);
	return vectors;
}

static void check_refused(const void *text, size_t size, const char *expected)
{
	Arena *arena = arena_new("test");
	Vocabulary v = vocabulary(arena);
	Vectors vectors;
	Error error;
	ck_assert(!vectors_parse(
	        &vectors, arena, "v.txt", (Bytes){ text, size }, &v, &error));
	ASSERT_CONTAINS(error.text, expected);
	arena_free(arena);
}

/* glad = (1,2), sad = (-0.5,0.25); n't is missing. */
static void check_two(Vectors vectors)
{
	ck_assert_int_eq(vectors.width, 2);
	ck_assert_int_eq(vectors.count, 2);
	ck_assert_int_eq(vectors.ids[0], 4);
	ck_assert_int_eq(vectors.ids[1], 2);
	static const double expected[] = { 1, 2, -0.5, 0.25 };
	for (int i = 0; i < 4; i++)
		ASSERT_CLOSE(vectors.rows[i], expected[i], 0, 0);
	ck_assert_int_eq(vectors.missing_count, 1);
	ck_assert_int_eq(vectors.missing[0], 3);
}

#define TEXT(text) text, sizeof(text) - 1

START_TEST(vectors_glove_text_gives_the_words_needed)
{
	Arena *arena = arena_new("test");
	check_two(parse(arena, TEXT("the 9 9\nglad 1 2\nsad -0.5 2.5e-1\n")));
	/* no line end at the end, CRLF, spaces at the end, a word twice, words that
	 * hold spaces */
	check_two(
	        parse(arena, TEXT("the 9 9\r\nglad 1 2 \r\nsad of it 7 7\nsad -0.5 0.25\n"
	                          "glad 3 4\n<pad> 5 5")));
	arena_free(arena);
}
END_TEST

START_TEST(vectors_word2vec_text_and_binary_agree)
{
	Arena *arena = arena_new("test");
	check_two(parse(arena, TEXT("3 2\nglad 1 2\nthe 9 9\nsad -.5 .25\n")));
	static const char plain[] =
	        "3 2\nglad \0\0\x80\x3F\0\0\0\x40the \0\0\0\0\0\0\0\0sad \0\0\0\xBF\0\0\x80\x3E";
	static const char lines[] =
	        "3 2\nglad \0\0\x80\x3F\0\0\0\x40\nthe \0\0\0\0\n\0\0\0\n"
	        "sad \0\0\0\xBF\0\0\x80\x3E\n";
	check_two(parse(arena, TEXT(plain)));
	check_two(parse(arena, TEXT(lines)));
	arena_free(arena);
}
END_TEST

/* A header that somebody put there by hand; a mark that an editor did. */
START_TEST(vectors_header_of_another_width_is_refused)
{
	check_refused(TEXT("2 3\nglad 1 2\nsad -.5 .25\n"),
	        "v.txt:1: the first line promises 3 numbers a word, but the words have 2");
	check_refused(TEXT("2 1\nglad 1 2\nsad -.5 .25\n"),
	        "v.txt:1: the first line promises 1 numbers a word, but the words have 2");
	Arena *arena = arena_new("test");
	check_two(parse(arena, TEXT("\xEF\xBB\xBF"
	                            "3 2\nglad 1 2\nthe 9 9\nsad -.5 .25\n")));
	check_two(parse(arena, TEXT("3 2\nat home 8 8\nglad 1 2\nsad -.5 .25\n")));
	arena_free(arena);
}
END_TEST

START_TEST(vectors_malformed_text_names_the_line)
{
	check_refused(TEXT(""), "v.txt: expected word vectors, found an empty file");
	check_refused(TEXT("hello\n"),
	        "v.txt:1: expected a word and its numbers, or word2vec's \"words width\", found \"hello\"");
	check_refused(TEXT("the 1 x\n"), "v.txt:1: expected 2 numbers after the word");
	check_refused(TEXT("the 1 2\nsad 1\n"),
	        "v.txt:2: expected 2 numbers after \"sad\", found 1");
	check_refused(TEXT("the 1 2\n\nsad 1 x\n"),
	        "v.txt:3: expected 2 numbers after \"sad\", found 1");
	check_refused(TEXT("the 1 2\nsad 1 nan\n"), "found 1");
#ifndef REAL_IS_DOUBLE
	check_refused(TEXT("the 1 2\nsad 1 1e39\n"), "found 1"); /* no float holds it */
#endif
	check_refused(TEXT("2 2\nglad 1 2\n"),
	        "v.txt: the first line promises 2 vectors, but only 1 lines follow");
}
END_TEST

START_TEST(vectors_sizes_that_lie_are_refused)
{
	check_refused(TEXT("1000000000000 300\nsad 1 2\n"),
	        "v.txt: the first line promises 1000000000000 vectors of 300 numbers, but 8 bytes follow");
	check_refused(
	        TEXT("0 65536\n"), "promises 0 vectors of 65536 numbers, but 0 bytes");
	check_refused(TEXT("3 0\nsad\n"), "v.txt:1: expected 1 to 65536 numbers a word");
	check_refused(TEXT("3 99999999999\nsad\n"), "expected 1 to 65536 numbers a word");
	check_refused(TEXT("\x1F\x8B\x08"), "found gzip. Hint: gunzip v.txt");
	check_refused(TEXT("PK\3\4 "), "found a zip archive. Hint: unzip v.txt");
}
END_TEST

START_TEST(vectors_binary_cut_at_every_byte_is_refused)
{
	static const char whole[] =
	        "2 2\nglad \0\0\x80\x3F\0\0\0\x40sad \0\0\0\xBF\0\0\x80\x3E";
	Arena *arena = arena_new("test");
	ck_assert_int_eq(parse(arena, TEXT(whole)).count, 2);
	for (size_t size = 0; size < sizeof whole - 1; size++)
		check_refused(arena_copy(arena, whole, size), size, "v.txt");
	check_refused(whole, sizeof whole - 2,
	        "v.txt: byte 17: expected vector 2 of 2, a word, a space and 8 bytes, found 11 bytes");
	arena_free(arena);
}
END_TEST

START_TEST(vectors_binary_not_finite_is_refused)
{
	check_refused(TEXT("1 2\nsad \0\0\x80\x3F\0\0\xC0\x7F"),
	        "v.txt: byte 4: the vector of \"sad\" holds a number that is not finite");
}
END_TEST

START_TEST(vectors_copy_leaves_the_other_rows)
{
	Arena *arena = arena_new("test");
	Vectors vectors = parse(arena, TEXT("the 9 9\nglad 1 2\nsad -0.5 0.25\n"));
	Tensor table = tensor_full(arena, 7, SHAPE(5, 2));
	vectors_copy(&vectors, table);
	static const real expected[] = { 7, 7, 7, 7, (real)-0.5, (real)0.25, 7, 7, 1, 2 };
	ASSERT_TENSOR_SAME(table, tensor_from(arena, expected, 10, SHAPE(5, 2)));
	ASSERT_STOPS("the table has shape (5,3) and a vector 2 numbers: expected (ids,2)",
	        vectors_copy(&vectors, tensor_zeros(arena, SHAPE(5, 3))));
	ASSERT_STOPS("the table has 4 rows: there is none for id 4",
	        vectors_copy(&vectors, tensor_zeros(arena, SHAPE(4, 2))));
	arena_free(arena);
}
END_TEST

START_TEST(vectors_read_maps_the_file)
{
	Arena *arena = arena_new("test");
	const char *path = arena_format(arena, "%s/v.txt", harness_directory());
	FILE *out = fopen(path, "wb");
	fputs("glad 1 2\nsad -0.5 0.25\n", out);
	fclose(out);
	Vocabulary v = vocabulary(arena);
	Vectors vectors;
	Error error;
	bool done = vectors_read(&vectors, arena, path, &v, &error);
	ck_assert_msg(done, "%s", error.text);
	check_two(vectors);
	ck_assert(!vectors_read(&vectors, arena, harness_directory(), &v, &error));
	ASSERT_CONTAINS(error.text, "expected a file, found a folder");
	ck_assert(!vectors_read(&vectors, arena, "/nowhere", &v, &error));
	ASSERT_CONTAINS(error.text, "/nowhere: cannot be opened: No such file");
	arena_free(arena);
}
END_TEST

START_TEST(file_map_empty_file_has_no_bytes)
{
	Arena *arena = arena_new("test");
	const char *path = arena_format(arena, "%s/empty", harness_directory());
	fclose(fopen(path, "wb"));
	Bytes bytes;
	ck_assert(file_map(&bytes, path, NULL));
	ck_assert_uint_eq(bytes.size, 0);
	file_unmap(bytes);
	arena_free(arena);
}
END_TEST

TEST_MAIN("vectors", vectors_glove_text_gives_the_words_needed,
        vectors_word2vec_text_and_binary_agree,
        vectors_header_of_another_width_is_refused, vectors_malformed_text_names_the_line,
        vectors_sizes_that_lie_are_refused, vectors_binary_cut_at_every_byte_is_refused,
        vectors_binary_not_finite_is_refused, vectors_copy_leaves_the_other_rows,
        vectors_read_maps_the_file, file_map_empty_file_has_no_bytes)
