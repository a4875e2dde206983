/* font.h: letters for pictures: the printable ASCII characters, five dots wide and eight
 * high (the lowest row for what hangs below the line), drawn by hand for this project. */
#ifndef TENSOR_PLOT_FONT_H
#define TENSOR_PLOT_FONT_H

#include "tensor/plot/picture.h"

enum { FONT_WIDTH = 6, FONT_HEIGHT = 8 }; /* dots from letter to letter, and of a line */

int font_width(
        const char *text, int scale); /* in pixels; a UTF-8 character counts once */

/* The text's upper left corner at (x, y), a dot `scale` pixels wide; cut at the picture's
 * edges. What is not ASCII is an empty box. */
void font_draw(
        const Picture *picture, int x, int y, int scale, Colour colour, const char *text);

#endif
