#include "tensor/file/inflate.h"
#include "tests/support/harness.h"

#include <string.h>

static const char *const numbers = "tests/golden/pictures/numbers.zlib";

static bool reads(
        Arena *arena, const char *zlib, size_t size, size_t expected, Error *error)
{
	Bytes bytes = { .data = arena_copy(arena, zlib, size), .size = size };
	unsigned char *out = arena_alloc(arena, expected);
	return inflate_zlib(out, expected, "x", bytes, error);
}

/* zlib.compress of "0 1 2 ... 1999 ": a code of its own, and copies near and far. */
START_TEST(inflate_reads_what_zlib_wrote)
{
	Arena *arena = arena_new("test");
	Error error;
	Bytes zlib;
	enum { SIZE = 8890 };
	char *expected = arena_zeros(arena, SIZE + 1), *at = expected;
	for (int i = 0; i < 2000; i++)
		at += sprintf(at, "%d ", i);
	ck_assert_int_eq(at - expected, SIZE);
	ck_assert(file_read(&zlib, arena, numbers, &error));
	unsigned char *out = arena_alloc(arena, SIZE);
	ck_assert_msg(inflate_zlib(out, SIZE, "x", zlib, &error), "%s", error.text);
	ck_assert_mem_eq(out, expected, SIZE);
	ck_assert(!inflate_zlib(out, SIZE - 1, "x", zlib, &error));
	ASSERT_CONTAINS(error.text, "more comes out than there should be");
	arena_free(arena);
}
END_TEST

START_TEST(inflate_truncated_at_every_byte_is_refused)
{
	Arena *arena = arena_new("test");
	Error error;
	Bytes zlib;
	ck_assert(file_read(&zlib, arena, numbers, &error));
	unsigned char *out = arena_alloc(arena, 8890);
	for (size_t size = 0; size < zlib.size; size++) {
		ArenaMark mark = arena_mark(arena);
		Bytes less = { .data = arena_copy(arena, zlib.data, size), .size = size };
		ck_assert(!inflate_zlib(out, 8890, "x", less, &error));
		ck_assert(strstr(error.text, "it ends too early") ||
		          strstr(error.text, "does not begin"));
		arena_rewind(arena, mark);
	}
	arena_free(arena);
}
END_TEST

/* Adler-32 notices each. */
START_TEST(inflate_any_changed_bit_is_refused)
{
	Arena *arena = arena_new("test");
	Error error;
	Bytes zlib;
	ck_assert(file_read(&zlib, arena, numbers, &error));
	unsigned char *changed = arena_copy(arena, zlib.data, zlib.size);
	unsigned char *out = arena_alloc(arena, 8890);
	Bytes bytes = { .data = changed, .size = zlib.size };
	for (size_t bit = 0; bit < 8 * zlib.size; bit += bit < 1000 ? 1 : 7) {
		changed[bit / 8] ^= (unsigned char)(1 << bit % 8);
		bool read = inflate_zlib(out, 8890, "x", bytes, &error);
		bool fills =
		        bit / 8 == zlib.size - 5; /* up the last byte before the sum */
		ck_assert_msg(!read || fills, "bit %zu", bit);
		changed[bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
	arena_free(arena);
}
END_TEST

static const struct {
	const char *what, *zlib;
	size_t size;
} hostile[] = {
	{ "does not begin as a zlib stream does", "\x79\x01\x03\x00", 4 },
	{ "does not begin as a zlib stream does", "\x78\x02\x03\x00", 4 },
	{ "needs a dictionary", "\x78\x20\x03\x00", 4 },
	{ "a block of a kind that there is not", "\x78\x01\x07\x00", 4 },
	{ "a stored block and its inverse do not agree", "\x78\x01\x01\x01\x00\x00\x00",
	        7 },
	/* a copy first: fixed code 257, distance 1 */
	{ "a copy of what lies before the beginning", "\x78\x01\x03\x02\x00", 5 },
	/* 288 literals told of, 286 there are */
	{ "more symbols than there are",
	        "\x78\x01\xfd\xff\xff\xff\xff\xff\xff\xff\xff\xff", 12 },
	{ "are none of a Huffman code",
	        "\x78\x01\x05\xe0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 14 },
	{ "there are bytes behind its end", "\x78\x01\x03\x00\x00\x00\x00\x01!", 9 },
	{ "the sum behind it is not that", "\x78\x01\x03\x00\x00\x00\x00\x02", 8 },
	{ "it ends too early", "\x78\x01\x03", 3 },
};

START_TEST(inflate_hostile_streams_are_refused)
{
	Arena *arena = arena_new("test");
	Error error;
	ck_assert(reads(arena, "\x78\x01\x03\x00\x00\x00\x00\x01", 8, 0, &error));
	for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
		ck_assert(!reads(arena, hostile[i].zlib, hostile[i].size, 0, &error));
		ASSERT_CONTAINS(error.text, hostile[i].what);
		ASSERT_CONTAINS(error.text, "x: byte ");
		ck_assert(!reads(arena, hostile[i].zlib, hostile[i].size, 0, NULL));
	}
	ck_assert(!reads(arena, "\x78\x01\x03\x00\x00\x00\x00\x01", 8, 1, &error));
	ASSERT_CONTAINS(error.text, "less comes out than there should be");
	arena_free(arena);
}
END_TEST

START_TEST(adler32_gives_pythons_sums)
{
	ck_assert_uint_eq(adler32("", 0), 1);
	ck_assert_uint_eq(adler32("Wikipedia", 9), 0x11E60398);
	Arena *arena = arena_new("test");
	unsigned char *ones = arena_alloc(arena, 100000);
	memset(ones, 255, 100000);
	ck_assert_uint_eq(adler32(ones, 100000), 0x149A302C);
	arena_free(arena);
}
END_TEST

TEST_MAIN("inflate", inflate_reads_what_zlib_wrote,
        inflate_truncated_at_every_byte_is_refused, inflate_any_changed_bit_is_refused,
        inflate_hostile_streams_are_refused, adler32_gives_pythons_sums)
