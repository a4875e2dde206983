/* png.h: pictures as PNG, which every browser and viewer shows (W3C, PNG, second
 * edition). */
#ifndef TENSOR_PLOT_PNG_H
#define TENSOR_PLOT_PNG_H

#include "tensor/file/file.h"
#include "tensor/plot/picture.h"

/* What every PNG file begins with. */
extern const char png_signature[8];

/* The whole file in memory, to be embedded or compared; lives in the arena. 8 bits a
 * channel: grey, colour, or colour with alpha. The same picture gives the same bytes. */
Bytes png_encode(Arena *arena, const Picture *picture);

/* To a file, all or nothing (file.h). */
bool png_write(const char *path, const Picture *picture, Error *error);

#endif
