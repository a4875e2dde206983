/* columns.h: how much room a text takes on a terminal. */
#ifndef TENSOR_PLOT_COLUMNS_H
#define TENSOR_PLOT_COLUMNS_H

#include <stdint.h>

/* Columns of a terminal that a text in UTF-8 takes, or one character of it: 2 for those of
 * East Asia and pictures, none for accents that stand over the one before. */
int columns_of(const char *text);
int columns_of_point(uint32_t point);

#endif
