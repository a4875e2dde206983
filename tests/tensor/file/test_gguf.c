#include "tensor/file/gguf.h"
#include "tests/support/harness.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const char golden[] = "tests/golden/blocks.gguf";

/* A file in memory, of exactly its size, so that the sanitizer sees a read beyond it. */
typedef struct File {
	unsigned char bytes[4096];
	size_t size;
} File;

static void put(File *file, const void *data, size_t size)
{
	ck_assert(file->size + size <= sizeof file->bytes);
	memcpy(file->bytes + file->size, data, size);
	file->size += size;
}

static void put_u32(File *file, uint32_t value)
{
	put(file, &value, sizeof value);
}

static void put_u64(File *file, uint64_t value)
{
	put(file, &value, sizeof value);
}

static void put_text(File *file, const char *text)
{
	put_u64(file, strlen(text));
	put(file, text, strlen(text));
}

/* Magic, version 3, so many tensors and items. */
static File begun(uint64_t tensors, uint64_t items)
{
	File file = { .size = 0 };
	put(&file, "GGUF", 4);
	put_u32(&file, 3);
	put_u64(&file, tensors);
	put_u64(&file, items);
	return file;
}

static void put_tensor(File *file, const char *name, uint64_t columns, uint64_t rows,
        uint32_t type, uint64_t offset)
{
	put_text(file, name);
	put_u32(file, 2);
	put_u64(file, columns);
	put_u64(file, rows);
	put_u32(file, type);
	put_u64(file, offset);
}

static void pad(File *file, size_t more)
{
	while (file->size % 32)
		put(file, "", 1);
	for (size_t i = 0; i < more; i++)
		put(file, "", 1);
}

static void check_refused(const File *file, const char *expected)
{
	Arena *arena = arena_new("refused");
	Gguf gguf;
	Error error;
	Bytes bytes = { arena_copy(arena, file->bytes, file->size), file->size };
	ck_assert(!gguf_parse(&gguf, arena, "x.gguf", bytes, &error));
	ASSERT_CONTAINS(error.text, "x.gguf: byte ");
	ASSERT_CONTAINS(error.text, expected);
	arena_free(arena);
}

static Gguf opened(Arena *arena)
{
	Gguf gguf;
	Error error;
	ck_assert_msg(gguf_open(&gguf, arena, golden, &error), "%s", error.text);
	return gguf;
}

START_TEST(gguf_open_reads_what_the_package_wrote)
{
	Arena *arena = arena_new("test");
	Gguf gguf = opened(arena);
	Error error;
	int whole, count;
	double number;
	bool flag;
	const char *text;
	ck_assert(gguf_whole(&gguf, "a.uint8", 255, &whole, &error) && whole == 200);
	ck_assert(gguf_real(&gguf, "a.int8", &number, &error) && number == -100);
	ck_assert(
	        gguf_whole(&gguf, "a.uint16", 1 << 30, &whole, &error) && whole == 60000);
	ck_assert(gguf_real(&gguf, "a.int16", &number, &error) && number == -30000);
	ck_assert(gguf_real(&gguf, "a.uint32", &number, &error) && number == 0x1p31);
	ck_assert(gguf_real(&gguf, "a.int32", &number, &error) && number == -0x1p31);
	ck_assert(gguf_real(&gguf, "a.uint64", &number, &error) && number == 0x1p40);
	ck_assert(gguf_real(&gguf, "a.int64", &number, &error) && number == -0x1p40);
	ck_assert(
	        gguf_real(&gguf, "a.float32", &number, &error) && (float)number == 0.1f);
	ck_assert(gguf_real(&gguf, "a.float64", &number, &error) && number == 0.1);
	ck_assert(gguf_flag(&gguf, "a.bool", &flag, &error) && flag);
	ck_assert(gguf_text(&gguf, arena, "a.string", &text, &error));
	ck_assert_str_eq(text, "später");

	const char *const *texts;
	int *wholes;
	float *reals;
	ck_assert(gguf_texts(&gguf, arena, "many.texts", &texts, &count, &error));
	ck_assert_int_eq(count, 3);
	ck_assert_str_eq(texts[0], "");
	ck_assert_str_eq(texts[2], "\xc4\xa0the");
	ck_assert(gguf_wholes(&gguf, arena, "many.wholes", &wholes, &count, &error));
	ck_assert(count == 3 && wholes[0] == 1 && wholes[1] == -2 && wholes[2] == 3);
	ck_assert(gguf_reals(&gguf, arena, "many.reals", &reals, &count, &error));
	ck_assert(count == 2 && reals[0] == 0.5f && reals[1] == -1.25f);
	arena_free(arena);
}
END_TEST

START_TEST(gguf_value_of_another_type_is_refused)
{
	Arena *arena = arena_new("test");
	Gguf gguf = opened(arena);
	Error error;
	int whole, *wholes;
	bool flag;
	double number;
	const char *text, *const *texts;
	ck_assert(!gguf_whole(&gguf, "a.uint8", 100, &whole, &error));
	ASSERT_CONTAINS(error.text, "\"a.uint8\" is 200: expected 0 to 100");
	ck_assert(!gguf_whole(&gguf, "a.float32", 100, &whole, &error));
	ASSERT_CONTAINS(
	        error.text, "\"a.float32\" has type F32: expected a whole number");
	ck_assert(!gguf_whole(&gguf, "a.nothing", 100, &whole, &error));
	ASSERT_CONTAINS(error.text, "\"a.nothing\" is missing: expected a whole number");
	ck_assert(!gguf_flag(&gguf, "a.string", &flag, &error));
	ck_assert(!gguf_text(&gguf, arena, "a.bool", &text, &error));
	ck_assert(!gguf_real(&gguf, "many.reals", &number, &error));
	ASSERT_CONTAINS(error.text, "\"many.reals\" is an array: expected a number");
	ck_assert(!gguf_texts(&gguf, arena, "a.string", &texts, &whole, &error));
	ASSERT_CONTAINS(error.text, "is one value: expected an array of texts");
	ck_assert(!gguf_wholes(&gguf, arena, "many.reals", &wholes, &whole, &error));
	arena_free(arena);
}
END_TEST

/* Each layout of blocks, beside the numbers that the package made of the same bytes. */
START_TEST(block_layout_unpack_gives_the_bits_of_the_package)
{
	Arena *arena = arena_new("test");
	Gguf gguf = opened(arena);
	int layouts = 0;
	for (int i = 0; i < gguf.count; i++) {
		const GgufTensor *packed = &gguf.tensors[i];
		if (strchr(packed->name, '.'))
			continue;
		ck_assert_str_eq(packed->layout->name, packed->name);
		const GgufTensor *numbers = gguf_tensor(
		        &gguf, arena_format(arena, "%s.numbers", packed->name));
		ck_assert(numbers && numbers->bytes == 1024 * sizeof(float));
		ck_assert_int_eq(packed->shape[0], 2);
		ck_assert_int_eq(packed->shape[1], 512);
		real out[1024];
		packed->layout->unpack(
		        out, packed->data, 1024 / (size_t)packed->layout->numbers);
		for (size_t k = 0; k < 1024; k++) {
			float expected, found = (float)out[k];
			memcpy(&expected, numbers->data + k * sizeof expected,
			        sizeof expected);
			ck_assert_msg(!memcmp(&expected, &found, sizeof found),
			        "%s: number %zu is %.9g, expected %.9g", packed->name, k,
			        (double)found, (double)expected);
		}
		layouts++;
	}
	ck_assert_int_eq(layouts, 10);
	arena_free(arena);
}
END_TEST

START_TEST(gguf_parse_truncated_at_every_byte_is_refused)
{
	File file = begun(2, 2);
	put_text(&file, "a.text");
	put_u32(&file, GGUF_STRING);
	put_text(&file, "value");
	put_text(&file, "many");
	put_u32(&file, GGUF_ARRAY);
	put_u32(&file, GGUF_U16);
	put_u64(&file, 3);
	put(&file, "\1\0\2\0\3\0", 6);
	put_tensor(&file, "first", 32, 3, 3, 0);
	put_tensor(&file, "second", 5, 1, 0, 64);
	size_t header = file.size;
	pad(&file, 64 + 20);
	Arena *arena = arena_new("test");
	Gguf gguf;
	Error error;
	Bytes whole = { file.bytes, file.size };
	ck_assert_msg(
	        gguf_parse(&gguf, arena, "x.gguf", whole, &error), "%s", error.text);
	ck_assert_uint_eq(gguf_tensor(&gguf, "first")->bytes, 60);
	ck_assert_ptr_eq(gguf_tensor(&gguf, "second")->data, file.bytes + file.size - 20);
	for (File cut = file; cut.size-- > 0;)
		check_refused(&cut,
		        cut.size < header ? "the file ends within" : "but the file has");
	arena_free(arena);
}
END_TEST

START_TEST(gguf_parse_version_1_has_short_counts)
{
	File file = { .size = 0 };
	put(&file, "GGUF", 4);
	put_u32(&file, 1);
	put_u32(&file, 1); /* tensors */
	put_u32(&file, 1); /* items */
	put_u32(&file, 1);
	put(&file, "k", 1);
	put_u32(&file, GGUF_STRING);
	put_u32(&file, 2);
	put(&file, "ok", 2);
	put_u32(&file, 1);
	put(&file, "t", 1);
	put_u32(&file, 1);
	put_u32(&file, 4);
	put_u32(&file, 0);
	put_u64(&file, 0);
	pad(&file, 16);
	Arena *arena = arena_new("test");
	Gguf gguf;
	Error error;
	const char *text;
	Bytes bytes = { file.bytes, file.size };
	ck_assert_msg(
	        gguf_parse(&gguf, arena, "x.gguf", bytes, &error), "%s", error.text);
	ck_assert(gguf_text(&gguf, arena, "k", &text, &error));
	ck_assert_str_eq(text, "ok");
	ck_assert_int_eq(gguf_tensor(&gguf, "t")->shape[0], 4);
	arena_free(arena);
}
END_TEST

START_TEST(gguf_parse_what_is_no_such_file_is_refused)
{
	File file = begun(0, 0);
	file.bytes[0] = 'g';
	check_refused(&file, "expected a file that begins with the letters GGUF");
	file = begun(0, 0);
	file.bytes[4] = 4;
	check_refused(&file, "version 4 of the format: expected 1, 2 or 3");
	file = begun(UINT64_MAX, UINT64_MAX);
	check_refused(&file, "the file ends within a key");
	file = begun(0, 1);
	put_u64(&file, UINT64_MAX);
	check_refused(&file, "the file ends within a key");
}
END_TEST

START_TEST(gguf_parse_a_bad_item_is_refused)
{
	File file = begun(0, 1);
	put_text(&file, "k");
	put_u32(&file, 13);
	check_refused(&file, "\"k\" has a value of type 13: expected 0 to 12");
	file = begun(0, 1);
	put_text(&file, "k");
	put_u32(&file, GGUF_BOOL);
	put(&file, "\2", 1);
	check_refused(&file, "\"k\" is true or false: expected 1 or 0, found 2");
	file = begun(0, 1);
	put_text(&file, "k");
	put_u32(&file, GGUF_ARRAY);
	put_u32(&file, GGUF_ARRAY);
	put_u64(&file, 0);
	check_refused(&file, "\"k\" is an array of arrays");
	file = begun(0, 1);
	put_text(&file, "k");
	put_u32(&file, GGUF_ARRAY);
	put_u32(&file, GGUF_U64);
	put_u64(&file, UINT64_MAX / 8 + 2);
	check_refused(&file, "\"k\" is to have 2305843009213693953 values");
	file = begun(0, 2);
	for (int i = 0; i < 2; i++) {
		put_text(&file, "k");
		put_u32(&file, GGUF_U8);
		put(&file, "\2", 1);
	}
	check_refused(&file, "\"k\" stands twice");
	file = begun(0, 1);
	put_text(&file, "\xff");
	check_refused(&file, "a key is to be UTF-8 without a 0");
	file = begun(0, 1);
	put_text(&file, "");
	check_refused(&file, "a key of 0 bytes");
	file = begun(0, 1);
	put_text(&file, "general.alignment");
	put_u32(&file, GGUF_U32);
	put_u32(&file, 24);
	check_refused(&file, "is to be a power of 2");
}
END_TEST

START_TEST(gguf_parse_a_bad_tensor_is_refused)
{
	File file = begun(1, 0);
	put_tensor(&file, "t", 33, 2, 3, 0);
	check_refused(
	        &file, "\"t\" has rows of 33 numbers as Q4_1: expected a multiple of 32");
	file = begun(1, 0);
	put_tensor(&file, "t", 32, 2, 13, 0);
	check_refused(&file, "\"t\" is held as type 13 (Q5_K), which is not read");
	file = begun(1, 0);
	put_tensor(&file, "t", 32, 0, 3, 0);
	check_refused(&file, "\"t\" has a size of 0: expected 1 to 2147483647");
	file = begun(1, 0);
	put_text(&file, "t");
	put_u32(&file, 4);
	for (int d = 0; d < 4; d++)
		put_u64(&file, INT32_MAX);
	put_u32(&file, 0);
	put_u64(&file, 0);
	check_refused(&file, "the shape of \"t\" overflows");
	file = begun(1, 0);
	put_text(&file, "t");
	put_u32(&file, 5);
	check_refused(&file, "\"t\" has 5 dimensions: expected 1 to 4");
	file = begun(2, 0);
	put_tensor(&file, "t", 1, 1, 0, 0);
	put_tensor(&file, "u", 1, 1, 0, 4);
	pad(&file, 36);
	check_refused(&file, "\"u\" begins at byte 4 of the data: expected 32");
	file = begun(2, 0);
	put_tensor(&file, "t", 1, 1, 0, 0);
	put_tensor(&file, "t", 1, 1, 0, 32);
	pad(&file, 36);
	check_refused(&file, "there are two tensors \"t\"");
	file = begun(1, 0);
	put_tensor(&file, "t", 1, 1, 0, 0);
	pad(&file, 36);
	check_refused(&file, "32 bytes follow the last tensor: expected fewer than 32");
}
END_TEST

/* Any byte of a small file may be anything: it is read or refused, but nothing else. */
START_TEST(gguf_parse_any_changed_byte_is_survived)
{
	File file = begun(1, 2);
	put_text(&file, "a");
	put_u32(&file, GGUF_F32);
	put_u32(&file, 0x3f800000);
	put_text(&file, "b");
	put_u32(&file, GGUF_ARRAY);
	put_u32(&file, GGUF_STRING);
	put_u64(&file, 2);
	put_text(&file, "x");
	put_text(&file, "");
	put_tensor(&file, "t", 3, 2, 1, 0);
	pad(&file, 12);
	Arena *arena = arena_new("test");
	for (size_t at = 0; at < file.size; at++)
		for (int value = 0; value < 256; value++) {
			Gguf gguf;
			Error error = { "" };
			Bytes bytes = { arena_copy(arena, file.bytes, file.size),
				file.size };
			((unsigned char *)(uintptr_t)bytes.data)[at] =
			        (unsigned char)value;
			bool read = gguf_parse(&gguf, arena, "x.gguf", bytes, &error);
			ck_assert(read || strstr(error.text, "x.gguf: byte "));
			arena_reset(arena);
		}
	arena_free(arena);
}
END_TEST

TEST_MAIN("gguf", gguf_open_reads_what_the_package_wrote,
        gguf_value_of_another_type_is_refused,
        block_layout_unpack_gives_the_bits_of_the_package,
        gguf_parse_truncated_at_every_byte_is_refused,
        gguf_parse_version_1_has_short_counts, gguf_parse_what_is_no_such_file_is_refused,
        gguf_parse_a_bad_item_is_refused, gguf_parse_a_bad_tensor_is_refused,
        gguf_parse_any_changed_byte_is_survived)
