/* pnm.h: pictures as PGM and PPM, the simplest files there are: a line or two of text, then
 * the numbers of the pixels (netpbm.sourceforge.net/doc/pnm.html). */
#ifndef TENSOR_PLOT_PNM_H
#define TENSOR_PLOT_PNM_H

#include "tensor/file/file.h"
#include "tensor/plot/picture.h"

/* P2 and P5 (grey, 1 channel), P3 and P6 (colour, 3), in text or bytes, of one picture, up to
 * 65,535 for white: brought to 255. Limits as png_read.h's. Fails, with the byte, where the
 * file is none of these, its numbers are out of range, or it is longer or shorter than its
 * pixels. `name` stands for the file in messages. */
bool pnm_decode(
        Picture *picture, Arena *arena, const char *name, Bytes file, Error *error);

/* Whether bytes begin as one of these does. */
bool pnm_begins(Bytes file);

#endif
