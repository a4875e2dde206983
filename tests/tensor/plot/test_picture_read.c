#include "tensor/plot/picture_read.h"
#include "tests/support/harness.h"

#include <math.h>
#include <string.h>

static void write_file(const char *path, const char *bytes, size_t size)
{
	FILE *file = fopen(path, "wb");
	ck_assert(file && fwrite(bytes, 1, size, file) == size && !fclose(file));
}

START_TEST(picture_read_tells_kinds_by_their_first_bytes)
{
	Arena *arena = arena_new("test");
	const char *path = arena_format(arena, "%s/x", harness_directory());
	Picture p;
	Error error;
	ck_assert(picture_read(&p, arena, "tests/golden/pictures/colour.png", &error));
	ck_assert_int_eq(p.channels, 3);
	write_file(path, "P2 1 1 9 9", 10);
	ck_assert(picture_read(&p, arena, path, &error));
	ck_assert_int_eq(p.pixels[0], 255);
	write_file(path, "\xff\xd8\xff\xe0", 4);
	ck_assert(!picture_read(&p, arena, path, &error));
	ASSERT_CONTAINS(error.text,
	        "/x: byte 0: a JPEG: expected PNG, PGM or PPM. Hint: save it as PNG, or ffmpeg -i");
	write_file(path, "", 0);
	ck_assert(!picture_read(&p, arena, path, &error));
	ASSERT_CONTAINS(error.text, "no picture that is known");
	ck_assert(!picture_read(&p, arena, "nowhere.png", &error));
	ASSERT_CONTAINS(error.text, "nowhere.png");
	arena_free(arena);
}
END_TEST

START_TEST(picture_grey_of_its_own_size_is_itself)
{
	Arena *arena = arena_new("test");
	Picture p = picture_new(arena, 4, 4, 1);
	real grey[16];
	for (int i = 0; i < 16; i++)
		p.pixels[i] = (unsigned char)(17 * i);
	picture_grey(grey, 4, &p);
	for (int i = 0; i < 16; i++)
		ck_assert(grey[i] == (real)(17 * i));
	arena_free(arena);
}
END_TEST

/* 1 2 3   to 2 x 2: each number has a whole pixel, halves of two and a quarter
 * 4 5 6   of the middle: (1 + 2/2 + 4/2 + 5/4) / 2.25, and so on */
START_TEST(picture_grey_counts_pixels_by_their_area)
{
	Arena *arena = arena_new("test");
	Picture p = picture_new(arena, 3, 3, 1);
	for (int i = 0; i < 9; i++)
		p.pixels[i] = (unsigned char)(i + 1);
	real grey[4];
	picture_grey(grey, 2, &p);
	const double expected[] = { 5.25 / 2.25, 8.25 / 2.25, 14.25 / 2.25,
		17.25 / 2.25 };
	for (int i = 0; i < 4; i++)
		ASSERT_CLOSE(grey[i], expected[i], 1e-6, 1e-6);
	real larger[36]; /* and each pixel of a small one is repeated */
	picture_grey(larger, 6, &p);
	for (int i = 0; i < 36; i++)
		ck_assert(larger[i] == (real)(1 + i % 6 / 2 + i / 12 * 3));
	arena_free(arena);
}
END_TEST

START_TEST(picture_grey_takes_the_square_in_the_middle)
{
	Arena *arena = arena_new("test");
	Picture p = picture_new(arena, 6, 2, 1);
	for (int i = 0; i < 12; i++)
		p.pixels[i] = (unsigned char)i;
	real grey[4];
	picture_grey(grey, 2, &p);
	ck_assert(grey[0] == 2 && grey[1] == 3 && grey[2] == 8 && grey[3] == 9);
	p.width = 2;
	p.height = 6;
	picture_grey(grey, 2, &p);
	ck_assert(grey[0] == 4 && grey[1] == 5 && grey[2] == 6 && grey[3] == 7);
	arena_free(arena);
}
END_TEST

START_TEST(picture_grey_weighs_colours_and_what_is_transparent)
{
	Arena *arena = arena_new("test");
	static const unsigned char colours[][4] = { { 255, 255, 255, 255 },
		{ 200, 0, 0, 255 }, { 0, 100, 50, 255 }, { 0, 0, 0, 0 },
		{ 0, 0, 0, 51 } };
	const double expected[] = { 255, 0.299 * 200, 0.587 * 100 + 0.114 * 50, 255,
		204 };
	for (int i = 0; i < 5; i++) {
		Picture p = picture_new(arena, 1, 1, 4);
		memcpy(p.pixels, colours[i], 4);
		real grey;
		picture_grey(&grey, 1, &p);
		ASSERT_CLOSE(grey, expected[i], 1e-5, 0);
	}
	arena_free(arena);
}
END_TEST

TEST_MAIN("picture_read", picture_read_tells_kinds_by_their_first_bytes,
        picture_grey_of_its_own_size_is_itself, picture_grey_counts_pixels_by_their_area,
        picture_grey_takes_the_square_in_the_middle,
        picture_grey_weighs_colours_and_what_is_transparent)
