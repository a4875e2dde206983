/* With S the pixels of the square's side, and lengths in parts of 1/(side S): pixel y reaches
 * from y side to (y + 1) side, number r from r S to (r + 1) S. What two of them have in
 * common is their overlap, and
 *
 *     grey_rc = sum_yx overlap(r,y) overlap(c,x) pixel_yx / S^2 */
#include "tensor/plot/picture_read.h"
#include "tensor/plot/png_read.h"
#include "tensor/plot/pnm.h"

#include <stdint.h>
#include <string.h>

/* ---- files ------------------------------------------------------------------------- */

static const struct {
	const char *begin, *name;
} others[] = { { "\xff\xd8\xff", "a JPEG" }, { "GIF8", "a GIF" }, { "BM", "a BMP" },
	{ "RIFF", "a WebP" }, { "P1", "a PBM, black and white" },
	{ "P4", "a PBM, black and white" }, { "P7", "a PAM" } };

bool picture_read(Picture *picture, Arena *arena, const char *path, Error *error)
{
	Arena *scratch = arena_child(arena, "a picture's file");
	Bytes file;
	bool read = false;
	if (!file_read(&file, scratch, path, error))
		;
	else if (png_begins(file))
		read = png_decode(picture, arena, path, file, error);
	else if (pnm_begins(file))
		read = pnm_decode(picture, arena, path, file, error);
	else {
		const char *what = "no picture that is known";
		for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
			if (file.size >= strlen(others[i].begin) &&
			        !memcmp(file.data, others[i].begin,
			                strlen(others[i].begin)))
				what = others[i].name;
		error_set(error,
		        "%s: byte 0: %s: expected PNG, PGM or PPM. Hint: save it as PNG, or ffmpeg -i %s x.png.",
		        path, what, path);
	}
	arena_free(scratch);
	return read;
}

/* ---- grey -------------------------------------------------------------------------- */

enum { LUMA = 1000, OPAQUE = 255 }; /* what a pixel's whole number is divided by */

static int64_t luma(const unsigned char *pixel, int channels)
{
	if (channels == 1)
		return (int64_t)pixel[0] * LUMA * OPAQUE;
	int64_t colour = 299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2];
	int alpha = channels == 4 ? pixel[3] : OPAQUE;
	return colour * alpha + (int64_t)255 * LUMA * (OPAQUE - alpha);
}

static int64_t overlap(int64_t a, int64_t b, int64_t a_length, int64_t b_length)
{
	int64_t begin = a > b ? a : b;
	int64_t end = a + a_length < b + b_length ? a + a_length : b + b_length;
	return end - begin;
}

void picture_grey(real *grey, int side, const Picture *picture)
{
	bool wide = picture->width > picture->height;
	int S = wide ? picture->height : picture->width; /* of the square */
	int left = (picture->width - S) / 2, top = (picture->height - S) / 2;
	for (int r = 0; r < side; r++)
		for (int c = 0; c < side; c++) {
			int64_t sum = 0, row = (int64_t)r * S, column = (int64_t)c * S;
			for (int y = (int)(row / side); (int64_t)y * side < row + S;
			        y++) {
				int64_t part = 0;
				for (int x = (int)(column / side);
				        (int64_t)x * side < column + S; x++)
					part += overlap(column, (int64_t)x * side, S,
					                side) *
					        luma(picture_at(
					                     picture, left + x, top + y),
					                picture->channels);
				sum += part * overlap(row, (int64_t)y * side, S, side);
			}
			double whole = (double)S * S * LUMA * OPAQUE;
			*grey++ = (real)((double)sum / whole);
		}
}
