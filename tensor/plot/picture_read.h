/* picture_read.h: a picture from a file of any kind that is known, and its grey pixels. */
#ifndef TENSOR_PLOT_PICTURE_READ_H
#define TENSOR_PLOT_PICTURE_READ_H

#include "tensor/error.h"
#include "tensor/plot/picture.h"
#include "tensor/real.h"

/* PNG, PGM or PPM, told by its first bytes, into the arena (png_read.h, pnm.h). Files of other
 * kinds are refused by name, with a hint. */
bool picture_read(Picture *picture, Arena *arena, const char *path, Error *error);

/* side x side numbers from 0 (black) to 255 (white), row after row: the square in the middle
 * of the picture, each number the mean over its part of the square, pixels at its edge
 * counted by the area that lies in it. Colours become their luma, 0.299 red + 0.587 green +
 * 0.114 blue (ITU-R BT.601); what is transparent, white. The sums are of whole numbers:
 * the same bits everywhere. A grey picture of side x side comes as it is. */
void picture_grey(real *grey, int side, const Picture *picture);

#endif
