#include "tensor/plot/png.h"
#include "tensor/rng.h"
#include "tests/support/harness.h"
#include "tests/support/inflate.h"

#include <string.h>
#include <sys/stat.h>

static size_t check(Arena *arena, const Picture *picture)
{
	Bytes file = png_encode(arena, picture);
	ck_assert_uint_eq(file.data[file.size], 0);
	Picture image = inflate_png(arena, file);
	ck_assert_int_eq(image.width, picture->width);
	ck_assert_int_eq(image.height, picture->height);
	ck_assert_int_eq(image.channels, picture->channels);
	ck_assert_mem_eq(image.pixels, picture->pixels,
	        (size_t)image.width * (size_t)image.height * (size_t)image.channels);
	return file.size;
}

START_TEST(png_every_kind_and_small_size_comes_back)
{
	Arena *arena = arena_new("test");
	Rng rng = rng_new(1);
	const int channels[] = { 1, 3, 4 };
	for (int kind = 0; kind < 3; kind++)
		for (int width = 1; width < 8; width++)
			for (int height = 1; height < 5; height++) {
				Picture picture =
				        picture_new(arena, width, height, channels[kind]);
				int size = width * height * channels[kind];
				for (int i = 0; i < size; i++)
					picture.pixels[i] =
					        (unsigned char)rng_below(&rng, 256);
				check(arena, &picture);
			}
	arena_free(arena);
}
END_TEST

/* Five bands of thirteen rows, each of which another filter suits best. */
static unsigned char pixel(const Picture *picture, Rng *rng, int x, int y, int c)
{
	int left = x ? picture_at(picture, x - 1, y)[c] : rng_below(rng, 256);
	int above = y ? picture_at(picture, x, y - 1)[c] : 0;
	int noise = rng_below(rng, 256);
	int values[] = { noise % 5 - 2, left + noise % 7,
		y == 26 ? noise : above + noise % 3,
		y == 39 ? noise : (left + above) / 2 + noise % 3, x * x / 9 + y * y / 5 };
	return (unsigned char)values[y / 13];
}

START_TEST(png_every_filter_comes_back)
{
	Arena *arena = arena_new("test");
	Picture picture = picture_new(arena, 64, 64, 3);
	Rng rng = rng_new(3);
	for (int y = 0; y < 64; y++)
		for (int x = 0; x < 64; x++)
			for (int c = 0; c < 3; c++)
				picture_at(&picture, x, y)[c] =
				        pixel(&picture, &rng, x, y, c);
	bool seen[5] = { false };
	check(arena, &picture);
	Bytes file = png_encode(arena, &picture);
	size_t idat = 8 + 25;
	Bytes zlib = { .data = file.data + idat + 8,
		.size = file.size - idat - 8 - 4 - 12 };
	Bytes rows = inflate(arena, zlib, 64 * (64 * 3 + 1));
	for (int y = 0; y < 64; y++)
		seen[rows.data[y * (64 * 3 + 1)]] = true;
	for (int filter = 0; filter < 5; filter++)
		ck_assert_msg(seen[filter], "filter %d was never chosen", filter);
	arena_free(arena);
}
END_TEST

START_TEST(png_a_drawing_is_small)
{
	Arena *arena = arena_new("test");
	Picture picture = picture_new(arena, 800, 400, 3);
	for (int x = 0; x < 800; x++)
		picture_fill(&picture, x, 200 - x % 100, 1, 2 * (x % 100) + 1,
		        (Colour){ 30, 60, 150 });
	ck_assert_uint_lt(check(arena, &picture), 800 * 400 * 3 / 50);
	arena_free(arena);
}
END_TEST

/* Byte for byte, so that the same picture stays the same file. Read by libpng and
 * Python's zlib. */
START_TEST(png_two_pixels_are_these_bytes)
{
	Arena *arena = arena_new("test");
	Picture picture = picture_new(arena, 2, 1, 3);
	picture_fill(&picture, 0, 0, 1, 1, (Colour){ 255, 0, 0 });
	picture_fill(&picture, 1, 0, 1, 1, (Colour){ 0, 0, 255 });
	Bytes file = png_encode(arena, &picture);
	static const unsigned char expected[] = { 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a,
		0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00,
		0x00, 0x02, 0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x00, 0x00, 0x00, 0x7b,
		0x40, 0xe8, 0xdd, 0x00, 0x00, 0x00, 0x0f, 0x49, 0x44, 0x41, 0x54, 0x78,
		0x01, 0x63, 0xf8, 0xcf, 0xc0, 0xc0, 0xc0, 0xf0, 0x1f, 0x00, 0x07, 0x00,
		0x01, 0xff, 0x2c, 0x33, 0x12, 0x05, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45,
		0x4e, 0x44, 0xae, 0x42, 0x60, 0x82 };
	ck_assert_uint_eq(file.size, sizeof expected);
	ck_assert_mem_eq(file.data, expected, sizeof expected);
	arena_free(arena);
}
END_TEST

START_TEST(png_write_makes_the_encoded_file_or_none)
{
	Arena *arena = arena_new("test");
	Picture picture = picture_new(arena, 5, 5, 1);
	const char *path = arena_format(arena, "%s/a.png", harness_directory());
	Error error;
	Bytes written, encoded = png_encode(arena, &picture);
	ck_assert_msg(png_write(path, &picture, &error), "%s", error.text);
	ck_assert(file_read(&written, arena, path, NULL));
	ck_assert_uint_eq(written.size, encoded.size);
	ck_assert_mem_eq(written.data, encoded.data, encoded.size);
	ck_assert(!png_write("/no/such/folder/a.png", &picture, &error));
	ASSERT_CONTAINS(error.text, "/no/such/folder/a.png");
	struct stat full;
	if (!stat("/dev/full", &full))
		ck_assert(!png_write("/dev/full", &picture, &error));
	arena_free(arena);
}
END_TEST

START_TEST(picture_of_no_size_stops)
{
	Arena *arena = arena_new("test");
	ASSERT_STOPS("0 by 5 pixels, expected 1..16384", picture_new(arena, 0, 5, 3));
	ASSERT_STOPS("5 by 99999 pixels", picture_new(arena, 5, 99999, 3));
	ASSERT_STOPS("2 channels, expected 1 (grey)", picture_new(arena, 5, 5, 2));
	arena_free(arena);
}
END_TEST

START_TEST(picture_fill_is_cut_at_the_edges)
{
	Arena *arena = arena_new("test");
	Picture picture = picture_new(arena, 3, 2, 4);
	Colour blue = { 0, 0, 200 };
	picture_fill(&picture, -5, -5, 6, 6, blue);
	picture_fill(&picture, 2, 1, 900, 900, blue);
	picture_fill(&picture, 7, 7, 1, 1, blue);
	int filled = 0;
	for (int i = 0; i < 6; i++) {
		filled += picture.pixels[4 * i] == 0;
		ck_assert_int_eq(picture.pixels[4 * i + 3], 255);
	}
	ck_assert_int_eq(filled, 2);
	arena_free(arena);
}
END_TEST

TEST_MAIN("png", png_every_kind_and_small_size_comes_back, png_every_filter_comes_back,
        png_a_drawing_is_small, png_two_pixels_are_these_bytes,
        png_write_makes_the_encoded_file_or_none, picture_of_no_size_stops,
        picture_fill_is_cut_at_the_edges)
