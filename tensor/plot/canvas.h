/* canvas.h: a drawing of rectangles, text and images, as PNG or as SVG: drawn once, by
 * the same calls.
 *
 * Units are pixels of the PNG, from the upper left corner; the ground is white. */
#ifndef TENSOR_PLOT_CANVAS_H
#define TENSOR_PLOT_CANVAS_H

#include "tensor/file/file.h"
#include "tensor/plot/picture.h"

typedef struct Canvas Canvas;

/* In the arena. Stops if a size is out of a picture's range. */
Canvas *canvas_new_at(Site site, Arena *arena, int width, int height, bool svg);
#define canvas_new(...) canvas_new_at(HERE, __VA_ARGS__)

void canvas_fill(Canvas *canvas, int x, int y, int width, int height, Colour colour);

/* One line of text, 16 pixels high, its upper edge at y. `anchor`: -1 begins at x, 0 its
 * middle is there, 1 it ends there. `upwards` turns it left by a quarter: y is then
 * its middle, x its left edge. */
void canvas_text(
        Canvas *canvas, int x, int y, int anchor, Colour colour, const char *text);
void canvas_text_upwards(Canvas *canvas, int x, int y, Colour colour, const char *text);

/* The image (3 channels) with its upper left corner at (x, y), a pixel on a pixel. */
void canvas_image(Canvas *canvas, int x, int y, const Picture *image);

/* The whole file, in the canvas's arena. Every canvas must come to one of these two;
 * nothing may be drawn afterwards. */
Bytes canvas_bytes(Canvas *canvas);

/* To a file, all or nothing. */
bool canvas_write(Canvas *canvas, const char *path, Error *error);

#endif
