#include "tensor/plot/pnm.h"
#include "tensor/arena_peak.h"
#include "tests/support/harness.h"

#include <string.h>

static Bytes bytes_of(Arena *arena, const char *text, size_t size)
{
	return (Bytes){ .data = arena_copy(arena, text, size), .size = size };
}
#define BYTES(arena, literal) bytes_of(arena, literal, sizeof literal - 1)

static void check(Bytes file, int width, int height, int channels, const char *pixels)
{
	Arena *arena = arena_new("read");
	Picture p;
	Error error;
	ck_assert_msg(pnm_decode(&p, arena, "x.pgm", file, &error), "%s", error.text);
	ck_assert(p.width == width && p.height == height && p.channels == channels);
	ck_assert_mem_eq(p.pixels, pixels, (size_t)(width * height * channels));
	arena_free(arena);
}

START_TEST(pnm_decode_reads_text_and_bytes)
{
	Arena *arena = arena_new("test");
	check(BYTES(arena, "P2 3 1 255 0 7 255"), 3, 1, 1, "\x00\x07\xff");
	check(BYTES(arena, "P2\n# a comment 9\n3 1#another\n 4\n0 2\n4\n# end"), 3, 1, 1,
	        "\x00\x80\xff");
	check(BYTES(arena, "P3 1 2 255 1 2 3 4 5 6\n"), 1, 2, 3,
	        "\x01\x02\x03\x04\x05\x06");
	check(BYTES(arena, "P5 2 2 255\n\x01\x0a#\xff"), 2, 2, 1, "\x01\x0a#\xff");
	check(BYTES(arena, "P6 1 1 255\t\x01\x20\xff"), 1, 1, 3, "\x01\x20\xff");
	check(BYTES(arena, "P5 2 1 65535\n\x80\x00\xff\xff"), 2, 1, 1, "\x80\xff");
	arena_free(arena);
}
END_TEST

static void check_refused(Bytes file, const char *what)
{
	Arena *arena = arena_new("refused");
	Picture p;
	Error error;
	ck_assert(!pnm_decode(&p, arena, "x.pgm", file, &error));
	ASSERT_CONTAINS(error.text, what);
	ck_assert_uint_eq(arena_live(arena), 0);
	arena_free(arena);
}

START_TEST(pnm_decode_wrong_files_are_refused)
{
	Arena *arena = arena_new("test");
	check_refused(BYTES(arena, ""), "x.pgm: byte 0: expected P2, P3, P5 or P6");
	check_refused(BYTES(arena, "P4 1 1 \x01"), "expected P2, P3, P5 or P6");
	check_refused(BYTES(arena, "P\0"), "expected P2, P3, P5 or P6");
	check_refused(BYTES(arena, "P2 0 1 255 0"),
	        "x.pgm: byte 3: expected the width, a number from 1 to 16384");
	check_refused(BYTES(arena, "P2 1 99999999999999999999 255 0"), "the height");
	check_refused(BYTES(arena, "P2 1 1 0 0"), "white, a number from 1 to 65535");
	check_refused(BYTES(arena, "P2 1 1 70000 0"), "white, a number from 1 to 65535");
	check_refused(BYTES(arena, "P2 2 1 9 3 10"),
	        "byte 11: expected a pixel, a number from 0 to 9");
	check_refused(
	        BYTES(arena, "P2 1 1 9 3 3"), "byte 11: more follows the last pixel");
	check_refused(BYTES(arena, "P2 1 1 9 x"), "byte 9: expected a pixel");
	check_refused(BYTES(arena, "P5 1 1 9x3"),
	        "byte 8: expected a white space behind the header");
	check_refused(
	        BYTES(arena, "P5 1 1 9 \x0a"), "byte 9: a pixel of 10, but white is 9");
	check_refused(BYTES(arena, "P5 2 2 255 abc"),
	        "byte 11: expected 4 bytes of pixels, found 3. Hint: it was cut off");
	check_refused(BYTES(arena, "P5 1 1 255 abc"), "one file holds one picture");
	check_refused(BYTES(arena, "P2 16000 16000 255 1"), "16777216 in all at most");
	check_refused(BYTES(arena, "P2 4000 4000 255 1"),
	        "expected at least 16000000 bytes of pixels, found 1");
	arena_free(arena);
}
END_TEST

START_TEST(pnm_decode_truncated_at_every_byte_is_refused)
{
	Arena *arena = arena_new("test");
	static const char text[] = "P3 2 1 9 1 2 3 4 5 6", data[] = "P6 2 1 255 abcdef";
	for (size_t size = 0; size < sizeof text - 1; size++)
		check_refused(bytes_of(arena, text, size), "x.pgm: byte ");
	for (size_t size = 0; size < sizeof data - 1; size++)
		check_refused(bytes_of(arena, data, size), "x.pgm: byte ");
	arena_free(arena);
}
END_TEST

TEST_MAIN("pnm", pnm_decode_reads_text_and_bytes, pnm_decode_wrong_files_are_refused,
        pnm_decode_truncated_at_every_byte_is_refused)
