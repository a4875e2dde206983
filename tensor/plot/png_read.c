/* The chunks of a PNG (tensor/plot/png.c has the format) are walked once: IHDR first, the
 * palette, all IDAT joined to one zlib stream, IEND last. What is inflated are rows with a
 * filter's number in front; then a palette's numbers become colours. Chunks that may be
 * left out (their first letter is small) are passed over; others that are not known are
 * refused, as the standard asks. */
#include "tensor/plot/png_read.h"
#include "tensor/file/crc32.h"
#include "tensor/file/inflate.h"
#include "tensor/plot/png.h"
#include "tensor/plot/png_filter.h"

#include <stdint.h>
#include <string.h>

enum { HEADER = 13, AROUND = 12 }; /* bytes: of IHDR; of a chunk, besides its data */

typedef enum PngKind {
	GREY = 0,
	COLOUR = 2,
	PALETTE = 3,
	GREY_ALPHA = 4,
	ALPHA = 6
} PngKind;

typedef struct Reader {
	const char *name;
	Arena *arena;
	Bytes file;
	size_t at; /* of the chunk */
	Error *error;
	int width, height, channels; /* as the file has them: of a palette 1 */
	PngKind kind;
	int colours; /* of the palette */
	unsigned char palette[256][4];
	bool transparent;          /* the palette has alpha */
	unsigned char *compressed; /* all IDAT so far; room for the whole file */
	size_t size;
} Reader;

static bool wrong(const Reader *r, const char *what)
{
	return error_set(r->error, "%s: byte %zu: %s", r->name, r->at, what);
}

static uint32_t number_at(const unsigned char *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 |
	       at[3];
}

bool png_begins(Bytes file)
{
	return file.size >= sizeof png_signature &&
	       !memcmp(file.data, png_signature, sizeof png_signature);
}

/* ---- chunks ------------------------------------------------------------------------ */

static bool read_header(Reader *r, Bytes data)
{
	if (data.size != HEADER)
		return wrong(r, "IHDR: expected 13 bytes");
	uint32_t width = number_at(data.data), height = number_at(data.data + 4);
	int depth = data.data[8], kind = data.data[9];
	if (width < 1 || height < 1 || width > PICTURE_LIMIT || height > PICTURE_LIMIT ||
	        width * height > PICTURE_PIXELS_MOST)
		return error_set(r->error,
		        "%s: byte %zu: a picture of %lu x %lu pixels: expected 1 to %d each way, and %d in all at most. Hint: make it smaller.",
		        r->name, r->at, (unsigned long)width, (unsigned long)height,
		        PICTURE_LIMIT, PICTURE_PIXELS_MOST);
	static const unsigned char channels[] = {
		[GREY] = 1, [COLOUR] = 3, [PALETTE] = 1, [GREY_ALPHA] = 2, [ALPHA] = 4
	};
	if (kind > ALPHA || !channels[kind])
		return wrong(r, "IHDR: a kind of pixels that there is not");
	if (depth != 8)
		return error_set(r->error,
		        "%s: byte %zu: %d bits a channel, expected 8. Hint: save it with 8, as grey or RGB.",
		        r->name, r->at, depth);
	if (data.data[10] || data.data[11])
		return wrong(r, "IHDR: a compression or filter that there is not");
	if (data.data[12])
		return wrong(r,
		        "an interlaced picture (Adam7), which is not read. Hint: save it without interlacing.");
	r->width = (int)width;
	r->height = (int)height;
	r->kind = (PngKind)kind;
	r->channels = channels[kind];
	return true;
}

static bool read_palette(Reader *r, Bytes data)
{
	r->colours = (int)(data.size / 3);
	if (data.size % 3 || r->colours < 1 || r->colours > 256)
		return wrong(r, "PLTE: expected 1 to 256 colours of 3 bytes");
	for (int i = 0; i < r->colours; i++) {
		memcpy(r->palette[i], data.data + 3 * i, 3);
		r->palette[i][3] = 255;
	}
	return true;
}

static bool read_transparency(Reader *r, Bytes data)
{
	if (r->kind != PALETTE)
		return true;
	if (data.size > (size_t)r->colours)
		return wrong(r, "tRNS: more numbers than the palette has colours");
	for (size_t i = 0; i < data.size; i++)
		r->palette[i][3] = data.data[i];
	r->transparent = true;
	return true;
}

static bool read_chunk(Reader *r, const unsigned char *name, Bytes data)
{
	bool header = !memcmp(name, "IHDR", 4);
	if (header != !r->width)
		return wrong(r, "expected one chunk IHDR, and that first");
	if (header)
		return read_header(r, data);
	if (!memcmp(name, "PLTE", 4))
		return read_palette(r, data);
	if (!memcmp(name, "tRNS", 4))
		return read_transparency(r, data);
	if (!memcmp(name, "IDAT", 4)) {
		memcpy(r->compressed + r->size, data.data, data.size);
		r->size += data.size;
		return true;
	}
	bool needed = !(name[0] & 32); /* a capital letter */
	return !needed || !memcmp(name, "IEND", 4) ||
	       wrong(r, "a chunk that is needed, but not known");
}

/* From the signature to IEND, which ends the file. */
static bool read_chunks(Reader *r)
{
	if (!png_begins(r->file))
		return wrong(r, "not a PNG file, which begins with \\x89PNG");
	r->compressed = arena_alloc(r->arena, r->file.size);
	r->at = sizeof png_signature;
	for (bool end = false; !end;) {
		size_t left = r->file.size - r->at;
		const unsigned char *chunk = r->file.data + r->at;
		if (left < AROUND || number_at(chunk) > left - AROUND)
			return wrong(r,
			        "the file ends within a chunk. Hint: it was cut off; copy it again.");
		Bytes data = { .data = chunk + 8, .size = number_at(chunk) };
		if (number_at(data.data + data.size) !=
		        crc32_add(0, chunk + 4, 4 + data.size))
			return wrong(r,
			        "the checksum of a chunk is wrong. Hint: the file was changed; copy it again.");
		if (!read_chunk(r, chunk + 4, data))
			return false;
		end = !memcmp(chunk + 4, "IEND", 4);
		r->at += AROUND + data.size;
	}
	if (r->at < r->file.size)
		return wrong(r, "there are bytes behind IEND, the end of the picture");
	return r->kind != PALETTE || r->colours ||
	       wrong(r, "pixels are numbers of a palette, but there is none (PLTE)");
}

/* ---- pixels ------------------------------------------------------------------------ */

/* Adds again what the filter took away: in place. `above` is NULL in the first row. */
static void unfilter(unsigned char *row, const unsigned char *above, size_t size,
        size_t pixel, int filter)
{
	for (size_t i = 0; i < size && filter; i++) {
		int a = i < pixel ? 0 : row[i - pixel], b = above ? above[i] : 0;
		int c = i < pixel || !above ? 0 : above[i - pixel];
		row[i] = (unsigned char)(row[i] + png_predicted(filter, a, b, c));
	}
}

/* (height, width channels) inflated, each row without its filter; NULL and the error. */
static unsigned char *inflate_rows(Reader *r)
{
	size_t row = (size_t)r->width * (size_t)r->channels, height = (size_t)r->height;
	size_t size = (row + 1) * height;
	if (size / INFLATE_MOST > r->size) {
		error_set(r->error,
		        "%s: %zu compressed bytes cannot hold %d x %d pixels. Hint: the file was cut off or changed; copy it again.",
		        r->name, r->size, r->width, r->height);
		return NULL;
	}
	unsigned char *filtered = arena_alloc(r->arena, size);
	Bytes zlib = { .data = r->compressed, .size = r->size };
	if (!inflate_zlib(filtered, size, r->name, zlib, r->error))
		return NULL;
	unsigned char *pixels = filtered, *above = NULL;
	for (size_t y = 0; y < height; y++, above = pixels, pixels += row) {
		int filter = filtered[y * (row + 1)];
		if (filter > 4) {
			error_set(r->error, "%s: row %zu: filter %d, expected 0 to 4",
			        r->name, y, filter);
			return NULL;
		}
		memmove(pixels, filtered + y * (row + 1) + 1, row); /* close the gaps */
		unfilter(pixels, above, row, (size_t)r->channels, filter);
	}
	return filtered;
}

/* One pixel as a Picture has it. */
static void spread(
        const Reader *r, unsigned char *to, const unsigned char *from, int channels)
{
	if (r->kind == PALETTE)
		memcpy(to, r->palette[*from], (size_t)channels);
	else if (r->kind == GREY_ALPHA) {
		memset(to, from[0], 3);
		to[3] = from[1];
	} else
		memcpy(to, from, (size_t)channels);
}

static bool make_picture(
        const Reader *r, Picture *picture, Arena *arena, const unsigned char *pixels)
{
	int channels = r->kind == GREY                         ? 1
	               : r->kind == COLOUR                     ? 3
	               : r->kind == PALETTE && !r->transparent ? 3
	                                                       : 4;
	size_t count = (size_t)r->width * (size_t)r->height;
	for (size_t i = 0; i < count && r->kind == PALETTE; i++)
		if (pixels[i] >= r->colours)
			return error_set(r->error,
			        "%s: pixel (%d,%d) has colour %d, but the palette has %d",
			        r->name, (int)(i / (size_t)r->width),
			        (int)(i % (size_t)r->width), pixels[i], r->colours);
	*picture = picture_new(arena, r->width, r->height, channels);
	for (size_t i = 0; i < count; i++)
		spread(r, picture->pixels + i * (size_t)channels,
		        pixels + i * (size_t)r->channels, channels);
	return true;
}

bool png_decode(
        Picture *picture, Arena *arena, const char *name, Bytes file, Error *error)
{
	Reader r = { .name = name,
		.arena = arena_child(arena, "a .png file"),
		.file = file,
		.error = error };
	unsigned char *pixels = read_chunks(&r) ? inflate_rows(&r) : NULL;
	bool done = pixels && make_picture(&r, picture, arena, pixels);
	arena_free(r.arena);
	return done;
}
