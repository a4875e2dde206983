#include "tests/support/inflate.h"
#include "tensor/file/inflate.h"
#include "tensor/plot/png_read.h"

#include <check.h>

Bytes inflate(Arena *arena, Bytes zlib, size_t expected)
{
	Error error = { "" };
	unsigned char *out = arena_alloc(arena, expected + 1);
	ck_assert_msg(
	        inflate_zlib(out, expected, "test", zlib, &error), "%s", error.text);
	return (Bytes){ .data = out, .size = expected };
}

Picture inflate_png(Arena *arena, Bytes file)
{
	Picture picture;
	Error error = { "" };
	ck_assert_msg(
	        png_decode(&picture, arena, "test.png", file, &error), "%s", error.text);
	return picture;
}
