/* png_read.h: pictures from PNG files (W3C, PNG, second edition); png.h writes them. */
#ifndef TENSOR_PLOT_PNG_READ_H
#define TENSOR_PLOT_PNG_READ_H

#include "tensor/file/file.h"
#include "tensor/plot/picture.h"

/* Grey, colour, palette, and each of them with alpha, 8 bits a channel, into the arena:
 * grey is 1 channel, all that has alpha 4, the rest 3. (That one colour of a picture
 * without alpha is to be transparent, in a chunk tRNS, is not looked at.) Every checksum
 * and size is checked, no more memory is asked for than the compressed bytes can fill, and
 * a picture has PICTURE_PIXELS_MOST pixels at most. Fails, with the byte, where the file is
 * no PNG, was changed or cut off, or is of a kind that is not read: other depths,
 * interlaced. `name` stands for the file in messages. */
bool png_decode(
        Picture *picture, Arena *arena, const char *name, Bytes file, Error *error);

/* 4,096 x 4,096: of a picture that is read, whatever its file. */
enum { PICTURE_PIXELS_MOST = 1 << 24 };

/* Whether bytes begin as a PNG does. */
bool png_begins(Bytes file);

#endif
