/* picture.h: an image in memory, to be drawn into and written (png.h). */
#ifndef TENSOR_PLOT_PICTURE_H
#define TENSOR_PLOT_PICTURE_H

#include "tensor/arena.h"
#include "tensor/plot/colours.h"

#include <stddef.h>

/* A pixel is one byte (grey), three (red green blue) or four (and alpha, 255 opaque). Row
 * 0 is the top one; rows and pixels lie without a gap. */
typedef struct Picture {
	int width, height, channels; /* 1..PICTURE_LIMIT; channels 1, 3 or 4 */
	unsigned char *pixels;       /* height * width * channels, owned by the arena */
} Picture;

enum { PICTURE_LIMIT = 16384 }; /* so that the bytes of the largest fit a chunk of PNG */

/* All bytes 255: white. Stops if a size is out of range. */
Picture picture_new_at(Site site, Arena *arena, int width, int height, int channels);
#define picture_new(...) picture_new_at(HERE, __VA_ARGS__)

/* The pixel's first byte. The caller keeps within the picture. */
static inline unsigned char *picture_at(const Picture *picture, int x, int y)
{
	return picture->pixels + ((size_t)y * (size_t)picture->width + (size_t)x) *
	                                 (size_t)picture->channels;
}

/* The rectangle, cut at the picture's edges, in one colour (opaque; grey: its luma). */
void picture_fill(
        const Picture *picture, int x, int y, int width, int height, Colour colour);

#endif
