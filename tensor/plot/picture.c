/* Rows of pixels from the top, each of 1, 3 or 4 bytes. What would fall outside is
 * cut. */
#include "tensor/plot/picture.h"

#include <string.h>

Picture picture_new_at(Site site, Arena *arena, int width, int height, int channels)
{
	if (width < 1 || height < 1 || width > PICTURE_LIMIT || height > PICTURE_LIMIT)
		error_stop(site, "picture_new", "%d by %d pixels, expected 1..%d", width,
		        height, PICTURE_LIMIT);
	if (channels != 1 && channels != 3 && channels != 4)
		error_stop(site, "picture_new",
		        "%d channels, expected 1 (grey), 3 (colour) or 4 (with alpha)",
		        channels);
	size_t size = (size_t)width * (size_t)height * (size_t)channels;
	unsigned char *pixels = arena_alloc(arena, size);
	memset(pixels, 255, size);
	return (Picture){ width, height, channels, pixels };
}

static int within(int x, int low, int high)
{
	return x < low ? low : x > high ? high : x;
}

void picture_fill(
        const Picture *picture, int x, int y, int width, int height, Colour colour)
{
	int left = within(x, 0, picture->width);
	int right = within(x + width, 0, picture->width);
	int top = within(y, 0, picture->height);
	int bottom = within(y + height, 0, picture->height);
	unsigned char bytes[4] = { colour.red, colour.green, colour.blue, 255 };
	if (picture->channels == 1)
		bytes[0] = colour_luma(colour);
	for (int row = top; row < bottom; row++)
		for (int column = left; column < right; column++)
			memcpy(picture_at(picture, column, row), bytes,
			        (size_t)picture->channels);
}
