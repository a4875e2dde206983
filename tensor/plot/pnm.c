/* The header is the magic, width, height and the number of white, apart by white space, in
 * which a # begins a comment to the end of its line. Behind it stands one white space, then the
 * pixels: as text like the header, or in one byte each, two (the higher first) where white
 * is above 255. */
#include "tensor/plot/pnm.h"
#include "tensor/plot/png_read.h"

#include <string.h>

enum { WHITE_MOST = 65535 };

typedef struct Reader {
	const char *name;
	Bytes file;
	size_t at;
	Error *error;
} Reader;

bool pnm_begins(Bytes file)
{
	return file.size >= 2 && file.data[0] == 'P' && strchr("2356", file.data[1]) &&
	       file.data[1];
}

static bool is_space(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static void pass_space(Reader *r)
{
	bool comment = false;
	for (; r->at < r->file.size; r->at++) {
		unsigned char c = r->file.data[r->at];
		comment = comment ? c != '\n' : c == '#';
		if (!comment && !is_space(c))
			return;
	}
}

/* A number within least..most. */
static bool take_number(Reader *r, const char *what, int least, int most, int *number)
{
	pass_space(r);
	size_t begin = r->at;
	int value = 0;
	for (; r->at < r->file.size; r->at++) {
		int digit = r->file.data[r->at] - '0';
		if (digit < 0 || digit > 9 || value > most)
			break;
		value = 10 * value + digit;
	}
	*number = value;
	if (r->at > begin && value >= least && value <= most)
		return true;
	return error_set(r->error, "%s: byte %zu: expected %s, a number from %d to %d",
	        r->name, begin, what, least, most);
}

static int to_byte(int value, int white)
{
	return (255 * value + white / 2) / white;
}

static bool read_text(Reader *r, Picture *picture, size_t count, int white)
{
	for (size_t i = 0; i < count; i++) {
		int value;
		if (!take_number(r, "a pixel", 0, white, &value))
			return false;
		picture->pixels[i] = (unsigned char)to_byte(value, white);
	}
	pass_space(r);
	return true;
}

static bool read_bytes(Reader *r, Picture *picture, size_t count, int white)
{
	int wide = white > 255 ? 2 : 1;
	for (size_t i = 0; i < count; i++) {
		int value = r->file.data[r->at++];
		if (wide == 2)
			value = value << 8 | r->file.data[r->at++];
		if (value > white)
			return error_set(r->error,
			        "%s: byte %zu: a pixel of %d, but white is %d", r->name,
			        r->at - (size_t)wide, value, white);
		picture->pixels[i] = (unsigned char)to_byte(value, white);
	}
	return true;
}

/* Every pixel takes a byte at least: known before there is memory for them. */
static bool check_room(const Reader *r, size_t count, size_t each, bool text)
{
	size_t left = r->file.size - r->at;
	if (text ? left >= count : left == count * each)
		return true;
	return error_set(r->error,
	        "%s: byte %zu: expected %s%zu bytes of pixels, found %zu. Hint: %s.",
	        r->name, r->at, text ? "at least " : "", count * each, left,
	        left < count * each ? "it was cut off; copy it again"
	                            : "one file holds one picture");
}

static bool decode(Reader *r, Picture *picture, Arena *arena)
{
	int width, height, white;
	if (!pnm_begins(r->file))
		return error_set(r->error,
		        "%s: byte 0: expected P2, P3, P5 or P6, as PGM and PPM files begin",
		        r->name);
	char kind = (char)r->file.data[1];
	int channels = kind == '3' || kind == '6' ? 3 : 1;
	bool text = kind == '2' || kind == '3';
	r->at = 2;
	if (!take_number(r, "the width", 1, PICTURE_LIMIT, &width) ||
	        !take_number(r, "the height", 1, PICTURE_LIMIT, &height) ||
	        !take_number(r, "white", 1, WHITE_MOST, &white))
		return false;
	if (width * height > PICTURE_PIXELS_MOST)
		return error_set(r->error,
		        "%s: a picture of %d x %d pixels: expected %d in all at most. Hint: make it smaller.",
		        r->name, width, height, PICTURE_PIXELS_MOST);
	if (r->at < r->file.size && !is_space(r->file.data[r->at]))
		return error_set(r->error,
		        "%s: byte %zu: expected a white space behind the header", r->name,
		        r->at);
	r->at += r->at < r->file.size;
	size_t count = (size_t)(width * height) * (size_t)channels;
	if (!check_room(r, count, white > 255 ? 2 : 1, text))
		return false;
	*picture = picture_new(arena, width, height, channels);
	if (!(text ? read_text : read_bytes)(r, picture, count, white))
		return false;
	return r->at == r->file.size ||
	       error_set(r->error,
	               "%s: byte %zu: more follows the last pixel: one file holds one picture",
	               r->name, r->at);
}

bool pnm_decode(
        Picture *picture, Arena *arena, const char *name, Bytes file, Error *error)
{
	Reader r = { .name = name, .file = file, .error = error };
	ArenaMark mark = arena_mark(arena);
	Picture read;
	if (!decode(&r, &read, arena)) {
		arena_rewind(arena, mark);
		return false;
	}
	*picture = read;
	return true;
}
