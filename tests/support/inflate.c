#include "tests/support/inflate.h"

#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Check's own assertions report each success through a pipe: too slow for every bit. */
#define REQUIRE(condition)                                                               \
	do {                                                                             \
		if (!(condition))                                                        \
			ck_abort_msg("inflate: does not hold: %s", #condition);          \
	} while (0)

typedef struct Reader {
	Bytes bytes;
	size_t bit;
} Reader;

static unsigned take(Reader *reader, int count)
{
	unsigned value = 0;
	for (int i = 0; i < count; i++, reader->bit++) {
		REQUIRE(reader->bit / 8 < reader->bytes.size);
		unsigned byte = reader->bytes.data[reader->bit / 8];
		value |= (byte >> reader->bit % 8 & 1u) << i;
	}
	return value;
}

static unsigned take_code(Reader *reader, unsigned code, int count)
{
	for (int i = 0; i < count; i++)
		code = code << 1 | take(reader, 1);
	return code;
}

/* The tables of RFC 1951, 3.2.5 and 3.2.6, as they stand there. */
static unsigned take_symbol(Reader *reader)
{
	unsigned code = take_code(reader, 0, 7);
	if (code <= 0x17)
		return 256 + code;
	code = take_code(reader, code, 1);
	if (code >= 0x30 && code <= 0xbf)
		return code - 0x30;
	if (code >= 0xc0 && code <= 0xc7)
		return 280 + code - 0xc0;
	code = take_code(reader, code, 1);
	REQUIRE(code >= 0x190);
	return 144 + code - 0x190;
}

static const unsigned short length_base[] = { 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19,
	23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258 };
static const unsigned char length_extra[] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
	2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0 };
static const unsigned short distance_base[] = { 1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49,
	65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193,
	12289, 16385, 24577 };
static const unsigned char distance_extra[] = { 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5,
	6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13 };

static void check_adler(const unsigned char *sum, const unsigned char *data, size_t size)
{
	uint32_t a = 1, b = 0;
	for (size_t i = 0; i < size; i++) {
		a = (a + data[i]) % 65521;
		b = (b + a) % 65521;
	}
	uint32_t found = (uint32_t)sum[0] << 24 | (uint32_t)sum[1] << 16 |
	                 (uint32_t)sum[2] << 8 | sum[3];
	REQUIRE(found == (b << 16 | a));
}

Bytes inflate(Arena *arena, Bytes zlib, size_t expected)
{
	Reader reader = { .bytes = zlib };
	unsigned char *out = arena_alloc(arena, expected + 1);
	size_t size = 0;
	REQUIRE((take(&reader, 8)) == (0x78));
	REQUIRE(((0x78 * 256 + take(&reader, 8)) % 31) == (0));
	REQUIRE((take(&reader, 1)) == (1));
	REQUIRE((take(&reader, 2)) == (1));
	for (unsigned symbol; (symbol = take_symbol(&reader)) != 256;) {
		if (symbol < 256) {
			REQUIRE(size < expected);
			out[size++] = (unsigned char)symbol;
			continue;
		}
		REQUIRE(symbol <= 285);
		size_t length = length_base[symbol - 257] +
		                take(&reader, length_extra[symbol - 257]);
		unsigned code = take_code(&reader, 0, 5);
		REQUIRE(code < 30);
		size_t distance =
		        distance_base[code] + take(&reader, distance_extra[code]);
		REQUIRE(distance <= size);
		REQUIRE(length <= expected - size);
		for (; length; length--, size++)
			out[size] = out[size - distance];
	}
	REQUIRE(size == expected);
	size_t end = (reader.bit + 7) / 8;
	REQUIRE(zlib.size == end + 4);
	check_adler(zlib.data + end, out, size);
	return (Bytes){ .data = out, .size = size };
}

static uint32_t number_at(const unsigned char *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 |
	       at[3];
}

/* Bit by bit, as the standard defines it. */
static uint32_t crc_of(const unsigned char *data, size_t size)
{
	uint32_t crc = ~0u;
	for (size_t i = 0; i < size; i++) {
		crc ^= data[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
	}
	return ~crc;
}

static Bytes take_chunk(Bytes *file, const char *name)
{
	ck_assert_uint_ge(file->size, 12);
	size_t size = number_at(file->data);
	ck_assert_uint_le(size, file->size - 12);
	ck_assert(!memcmp(file->data + 4, name, 4));
	ck_assert_uint_eq(
	        number_at(file->data + 8 + size), crc_of(file->data + 4, size + 4));
	Bytes data = { .data = file->data + 8, .size = size };
	file->data += size + 12;
	file->size -= size + 12;
	return data;
}

static int nearest(int a, int b, int c)
{
	int p = a + b - c;
	if (abs(p - a) <= abs(p - b) && abs(p - a) <= abs(p - c))
		return a;
	return abs(p - b) <= abs(p - c) ? b : c;
}

static void unfilter(unsigned char *row, const unsigned char *filtered,
        const unsigned char *above, size_t size, size_t pixel)
{
	int filter = *filtered++;
	ck_assert_int_le(filter, 4);
	for (size_t i = 0; i < size; i++) {
		int a = i < pixel ? 0 : row[i - pixel], b = above ? above[i] : 0;
		int c = i < pixel || !above ? 0 : above[i - pixel];
		int guess[] = { 0, a, b, (a + b) / 2, nearest(a, b, c) };
		row[i] = (unsigned char)(filtered[i] + guess[filter]);
	}
}

Image png_decode(Arena *arena, Bytes file)
{
	ck_assert_uint_ge(file.size, 8);
	ck_assert(!memcmp(file.data, "\x89PNG\r\n\x1a\n", 8));
	file.data += 8;
	file.size -= 8;
	Bytes header = take_chunk(&file, "IHDR");
	ck_assert_uint_eq(header.size, 13);
	ck_assert_uint_eq(header.data[8], 8);
	int kind = header.data[9], channels = kind == 0 ? 1 : kind == 2 ? 3 : 4;
	ck_assert(kind == 0 || kind == 2 || kind == 6);
	ck_assert(!memcmp(header.data + 10, "\0\0\0", 3));
	Image image = { (int)number_at(header.data), (int)number_at(header.data + 4),
		channels, NULL };
	size_t row = (size_t)image.width * (size_t)channels;
	size_t height = (size_t)image.height;
	Bytes filtered = inflate(arena, take_chunk(&file, "IDAT"), (row + 1) * height);
	ck_assert_uint_eq(take_chunk(&file, "IEND").size, 0);
	ck_assert_uint_eq(file.size, 0);
	unsigned char *pixels = arena_alloc(arena, row * height);
	for (size_t y = 0; y < height; y++)
		unfilter(pixels + y * row, filtered.data + y * (row + 1),
		        y ? pixels + (y - 1) * row : NULL, row, (size_t)channels);
	image.pixels = pixels;
	return image;
}
