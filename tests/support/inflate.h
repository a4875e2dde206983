/* inflate.h: what deflate (RFC 1951) made smaller, as it was; for tests alone, checked
 * at every step. */
#ifndef TESTS_INFLATE_H
#define TESTS_INFLATE_H

#include "tensor/file/file.h"

/* Of a zlib stream (RFC 1950) with one block of fixed codes. What is wrong fails the
 * test. */
Bytes inflate(Arena *arena, Bytes zlib, size_t expected);

/* The pixels of a PNG with one IDAT, without filters; checks every chunk's length and
 * CRC. */
typedef struct Image {
	int width, height, channels;
	const unsigned char *pixels;
} Image;
Image png_decode(Arena *arena, Bytes file);

#endif
