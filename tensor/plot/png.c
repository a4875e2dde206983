/* A PNG is eight bytes of signature and chunks: length, four letters, data, CRC-32 of
 * letters and data; all numbers highest byte first. Ours has three: IHDR (size and kind),
 * IDAT (the pixels) and IEND.
 *
 * The pixels are deflated after each row was made easier to compress: in front of a row
 * stands a byte that says what was subtracted from each of its bytes, with a the byte one
 * pixel to the left, b the one above, c the one above a:
 *
 *     0 nothing   1 a   2 b   3 floor((a + b) / 2)   4 of a, b, c the one nearest to a + b - c (Paeth)
 *
 * We choose for each row the one with the smallest sum of |byte as a signed number|, as
 * the standard advises, and prefer 0 where nothing is gained: drawings are full of
 * repetitions that deflate finds. */
#include "tensor/plot/png.h"
#include "tensor/plot/png_filter.h"
#include "tensor/file/crc32.h"
#include "tensor/plot/deflate.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FILTERS = 5 };

static unsigned char *put_number(unsigned char *to, uint32_t number)
{
	for (int i = 0; i < 4; i++)
		to[i] = (unsigned char)(number >> (24 - 8 * i));
	return to + 4;
}

static unsigned char *put_chunk(unsigned char *to, const char *name, Bytes data)
{
	to = put_number(to, (uint32_t)data.size);
	memcpy(to, name, 4);
	if (data.size)
		memcpy(to + 4, data.data, data.size);
	return put_number(to + 4 + data.size, crc32_add(0, to, 4 + data.size));
}

/* Writes the filter's number and the filtered row; returns how large its bytes are. */
static long filter_row(unsigned char *out, const unsigned char *row,
        const unsigned char *above, size_t size, size_t pixel, int filter)
{
	long sum = 0;
	*out++ = (unsigned char)filter;
	for (size_t i = 0; i < size; i++) {
		int a = i < pixel ? 0 : row[i - pixel], b = above ? above[i] : 0;
		int c = i < pixel || !above ? 0 : above[i - pixel];
		out[i] = (unsigned char)(row[i] - png_predicted(filter, a, b, c));
		sum += abs((signed char)out[i]);
	}
	return sum;
}

static Bytes filter_rows(Arena *arena, const Picture *picture)
{
	size_t row = (size_t)picture->width * (size_t)picture->channels;
	size_t height = (size_t)picture->height;
	unsigned char *out = arena_alloc(arena, (row + 1) * height);
	unsigned char *candidate = arena_alloc(arena, row + 1);
	const unsigned char *above = NULL, *here = picture->pixels;
	for (size_t y = 0; y < height; y++, above = here, here += row) {
		unsigned char *chosen = out + (row + 1) * y;
		long least = filter_row(
		        chosen, here, above, row, (size_t)picture->channels, 0);
		for (int filter = 1; filter < FILTERS; filter++) {
			long sum = filter_row(candidate, here, above, row,
			        (size_t)picture->channels, filter);
			if (sum < least) {
				least = sum;
				memcpy(chosen, candidate, row + 1);
			}
		}
	}
	return (Bytes){ .data = out, .size = (row + 1) * height };
}

const char png_signature[8] = "\x89PNG\r\n\x1a\n";

Bytes png_encode(Arena *arena, const Picture *picture)
{
	static const unsigned char kinds[] = { [1] = 0, [3] = 2, [4] = 6 };
	unsigned char header[13] = {
		0
	}; /* size, bits, kind; the only methods there are */
	put_number(
	        put_number(header, (uint32_t)picture->width), (uint32_t)picture->height);
	header[8] = 8;
	header[9] = kinds[picture->channels];

	Arena *scratch = arena_child(arena, "a picture");
	Bytes pixels = deflate_compress(scratch, filter_rows(scratch, picture));
	size_t size = sizeof png_signature + 3 * 12 + sizeof header + pixels.size;
	unsigned char *file = arena_alloc(arena, size + 1), *end = file;
	memcpy(end, png_signature, sizeof png_signature);
	end = put_chunk(end + sizeof png_signature, "IHDR",
	        (Bytes){ .data = header, .size = sizeof header });
	end = put_chunk(end, "IDAT", pixels);
	end = put_chunk(end, "IEND", (Bytes){ .size = 0 });
	*end = 0;
	arena_free(scratch);
	return (Bytes){ .data = file, .size = size };
}

bool png_write(const char *path, const Picture *picture, Error *error)
{
	Arena *arena = arena_new("a .png file");
	Bytes file = png_encode(arena, picture);
	FileWriter *writer = file_open(arena, path, error);
	if (writer)
		file_write(writer, file.data, file.size);
	bool done = writer && file_close(writer, error);
	arena_free(arena);
	return done;
}
