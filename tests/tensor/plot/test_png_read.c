#include "tensor/plot/png_read.h"
#include "tensor/arena_peak.h"
#include "tensor/file/crc32.h"
#include "tests/support/harness.h"

#include <string.h>

enum { WIDTH = 24, HEIGHT = 18 };

/* As tests/golden/make_pictures.py has it. */
static int pixel(int x, int y, int c)
{
	return (7 * x + 13 * y + 50 * c + x * y) % 256;
}

static Bytes file_of(Arena *arena, const char *name)
{
	Bytes file;
	Error error;
	const char *path = arena_format(arena, "tests/golden/pictures/%s.png", name);
	ck_assert_msg(file_read(&file, arena, path, &error), "%s", error.text);
	return file;
}

/* What channel c of that picture should be. */
static int expected(const char *name, int x, int y, int c)
{
	int index = pixel(x, y, 0);
	if (!strcmp(name, "palette") || (!strcmp(name, "palette_alpha") && c < 3))
		return (index * 3 + 85 * c) % 256;
	if (!strcmp(name, "palette_alpha"))
		return index < 100 ? index : 255;
	if (!strcmp(name, "grey_alpha"))
		return pixel(x, y, c == 3);
	return pixel(x, y, c);
}

static const struct {
	const char *name;
	int channels;
} kinds[] = { { "grey", 1 }, { "stored", 1 }, { "fixed", 1 }, { "colour", 3 },
	{ "palette", 3 }, { "palette_alpha", 4 }, { "grey_alpha", 4 }, { "alpha", 4 } };
enum { KINDS = sizeof kinds / sizeof kinds[0] };

START_TEST(png_decode_reads_every_kind_and_filter)
{
	Arena *arena = arena_new("test");
	for (int i = 0; i < KINDS; i++) {
		Picture p;
		Error error;
		ck_assert_msg(png_decode(&p, arena, "x.png",
		                      file_of(arena, kinds[i].name), &error),
		        "%s", error.text);
		ck_assert(p.width == WIDTH && p.height == HEIGHT);
		ck_assert_int_eq(p.channels, kinds[i].channels);
		for (int y = 0; y < HEIGHT; y++)
			for (int x = 0; x < WIDTH; x++)
				for (int c = 0; c < p.channels; c++)
					ck_assert_int_eq(picture_at(&p, x, y)[c],
					        expected(kinds[i].name, x, y, c));
	}
	arena_free(arena);
}
END_TEST

static void check_refused(Bytes file, const char *what)
{
	Arena *arena = arena_new("refused");
	Picture p;
	Error error;
	ck_assert(!png_decode(&p, arena, "x.png", file, &error));
	ASSERT_CONTAINS(error.text, what);
	ASSERT_CONTAINS(error.text, "x.png: ");
	ck_assert_uint_eq(arena_live(arena), 0);
	arena_free(arena);
}

START_TEST(png_decode_truncated_at_every_byte_is_refused)
{
	Arena *arena = arena_new("test");
	Bytes file = file_of(arena, "colour");
	for (size_t size = 0; size < file.size; size++) {
		ArenaMark mark = arena_mark(arena);
		Bytes less = { .data = arena_copy(arena, file.data, size), .size = size };
		check_refused(less, size < 8 ? "byte 0: not a PNG file"
		                             : "the file ends within a chunk");
		arena_rewind(arena, mark);
	}
	arena_free(arena);
}
END_TEST

START_TEST(png_decode_any_changed_byte_is_refused)
{
	Arena *arena = arena_new("test");
	Bytes file = file_of(arena, "palette_alpha");
	unsigned char *changed = arena_copy(arena, file.data, file.size);
	for (size_t at = 0; at < file.size; at++) {
		changed[at] ^= 0x15;
		check_refused((Bytes){ .data = changed, .size = file.size }, "byte ");
		changed[at] ^= 0x15;
	}
	arena_free(arena);
}
END_TEST

static void put_number(unsigned char *to, uint32_t number)
{
	for (int i = 0; i < 4; i++)
		to[i] = (unsigned char)(number >> (24 - 8 * i));
}

/* The file with byte `at` of its IHDR changed, its checksum right. */
static Bytes with_header(Arena *arena, Bytes file, int at, int value)
{
	unsigned char *changed = arena_copy(arena, file.data, file.size);
	changed[16 + at] = (unsigned char)value;
	put_number(changed + 29, crc32_add(0, changed + 12, 17));
	return (Bytes){ .data = changed, .size = file.size };
}

START_TEST(png_decode_what_is_not_read_is_named)
{
	Arena *arena = arena_new("test");
	Bytes grey = file_of(arena, "grey");
	check_refused(file_of(arena, "interlaced"),
	        "byte 8: an interlaced picture (Adam7), which is not read. Hint: save it without");
	check_refused(with_header(arena, grey, 8, 16), "16 bits a channel, expected 8");
	check_refused(with_header(arena, grey, 9, 3),
	        "pixels are numbers of a palette, but there is none (PLTE)");
	check_refused(
	        with_header(arena, grey, 9, 1), "a kind of pixels that there is not");
	check_refused(
	        with_header(arena, grey, 9, 200), "a kind of pixels that there is not");
	check_refused(with_header(arena, grey, 10, 1), "a compression or filter");
	check_refused(with_header(arena, grey, 3, 0), "a picture of 0 x 18 pixels");
	check_refused(
	        with_header(arena, grey, 0, 1), "a picture of 16777240 x 18 pixels");
	check_refused(with_header(arena, grey, 3, 25), "less comes out");
	check_refused(with_header(arena, grey, 3, 23), "more comes out");
	/* 24 x 12,306: no memory is asked for what the bytes cannot hold */
	check_refused(with_header(arena, with_header(arena, grey, 6, 48), 3, 255),
	        "compressed bytes cannot hold 255 x 12306 pixels");
	check_refused((Bytes){ .data = (const unsigned char *)"P5 1 1", .size = 6 },
	        "byte 0: not a PNG file, which begins with \\x89PNG");
	unsigned char *longer = arena_zeros(arena, grey.size + 1);
	memcpy(longer, grey.data, grey.size);
	check_refused((Bytes){ .data = longer, .size = grey.size + 1 },
	        "there are bytes behind IEND");
	arena_free(arena);
}
END_TEST

TEST_MAIN("png_read", png_decode_reads_every_kind_and_filter,
        png_decode_truncated_at_every_byte_is_refused,
        png_decode_any_changed_byte_is_refused, png_decode_what_is_not_read_is_named)
