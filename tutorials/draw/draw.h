/* draw.h: shapes for drawings that explain, as SVG, with the same numbers as text for
 * a terminal. What the chapters need most is ready in drawings.h; this is what those
 * are made of.
 *
 *     Drawing *d = drawing_new(arena, "One step", "A value is doubled.");
 *     DrawBox x = draw_card(d, 0, 0, DRAW_PLAIN, "x\n3");
 *     DrawBox y = draw_card(d, draw_right(x) + 60, 0, DRAW_VALUE, "y = 2x\n6");
 *     draw_join(d, x, y, DRAW_VALUE, "times 2");
 *     draw_key(d, DRAW_VALUE, DRAW_KEY_ARROW, "forward");
 *     drawing_say(d, "x = 3  ->  y = 6");
 *     lesson_drawing(lesson, "one-step", d);
 *
 * Units are pixels, x to the right and y downwards, from wherever you like: the
 * picture is as large as what it holds. Nobody guesses how wide a text is: cards are
 * as wide as theirs, and tell where they stand. Lines lie under areas, areas under
 * text, whatever was drawn first. Text is 14 px, small text 12.
 *
 * A shape has a meaning and never a colour. Each meaning looks different in light, in
 * dark and without colour: values are blue and solid, gradients orange and dashed (a
 * pair that the colour-blind tell apart). */
#ifndef TUTORIALS_DRAW_H
#define TUTORIALS_DRAW_H

#include "tensor/arena.h"
#include "tensor/real.h"

#include <stdbool.h>
#include <stdio.h>

typedef enum DrawStyle {
	DRAW_PLAIN,    /* grey lines, black text */
	DRAW_VALUE,    /* blue, solid: what goes forward, what is positive */
	DRAW_GRADIENT, /* orange, dashed: comes back, is negative, or marked */
	DRAW_FAINT,    /* grey, thin, dotted: what is not looked at, padding */
	DRAW_STRONG,   /* thick lines, bold text */
	DRAW_STYLES
} DrawStyle;

typedef enum DrawAnchor { DRAW_BEGIN, DRAW_MIDDLE, DRAW_END } DrawAnchor;

/* Where something stands, from its upper left corner. */
typedef struct DrawBox {
	double x, y, width, height;
} DrawBox;
double draw_right(DrawBox box); /* x + width */
double draw_bottom(DrawBox box);
double draw_centre(DrawBox box); /* the middle of its width, */
double draw_middle(DrawBox box); /* and of its height */

typedef struct Drawing Drawing;

/* In the arena. The description says in a sentence or two what one sees, for those who
 * cannot. Texts given to a drawing are copied. */
Drawing *drawing_new(Arena *arena, const char *title, const char *description);
const char *drawing_title(const Drawing *drawing);
DrawBox drawing_bounds(const Drawing *drawing); /* of all that was drawn so far */
Arena *drawing_arena(const Drawing *drawing);

/* --- shapes ------------------------------------------------------------------------- */

enum { DRAW_LINE = 19, DRAW_SMALL_LINE = 16 }; /* from a line of text to the next */

/* How wide a text will be, at most, in any usual font; the widest of its lines. */
double draw_width(const char *text);

/* One line of text; y is its middle. It begins, has its middle or ends at x. */
void draw_text(Drawing *drawing, double x, double y, DrawAnchor anchor, DrawStyle style,
        const char *text);
void draw_small(Drawing *drawing, double x, double y, DrawAnchor anchor, DrawStyle style,
        const char *text);
/* Small text in the middle of a line, which is interrupted behind it. */
void draw_label(Drawing *drawing, double x, double y, DrawStyle style, const char *text);

/* An empty rectangle; with corners rounded by half its height it is a circle. */
void draw_area(Drawing *drawing, DrawBox box, double rounded, DrawStyle style);
/* A rectangle with square corners and one line of text. `shade` fills it, from 0 to 1,
 * with a colour behind which the text stays readable: blue, for DRAW_GRADIENT orange. */
void draw_cell(
        Drawing *drawing, DrawBox box, DrawStyle style, double shade, const char *text);
/* A surface of rows * columns shades from 0 to 1, row 0 on top, that lies under all else:
 * a spectrogram, a decision region. In eight steps of blue. */
void draw_heat(Drawing *drawing, DrawBox box, int rows, int columns, const real shades[]);
/* A rounded box as large as its lines, "name\nvalue\n...". The first is bold if there
 * are more. */
DrawBox draw_card(
        Drawing *drawing, double x, double y, DrawStyle style, const char *lines);

/* A line from (x0,y0) to (x1,y1), with a head there if `head`. `bend` is how far its
 * middle lies to the left of the straight way, seen from its beginning (0: straight). */
typedef struct DrawLine {
	double x0, y0, x1, y1, bend;
	double thickness; /* 0: as the style has it */
	bool head;
} DrawLine;
void draw_line(Drawing *drawing, DrawStyle style, DrawLine line);
/* Straight lines through up to DRAW_CORNERS points, x and y in turn, with a head at
 * the end if `head`. */
enum { DRAW_CORNERS = 24 };
void draw_corners(
        Drawing *drawing, DrawStyle style, int count, const double xy[], bool head);
/* An arrow from the right edge of a box to the left edge of another, or, where that is
 * above or below it, from the bottom or top edge; `label` (or NULL) at its middle. */
void draw_join(
        Drawing *drawing, DrawBox from, DrawBox to, DrawStyle style, const char *label);
/* A bracket under (height > 0) or over (height < 0) from x0 to x1, with small text at
 * its middle. */
void draw_bracket(Drawing *drawing, double x0, double x1, double y, double height,
        DrawStyle style, const char *text);

/* A line of the legend, which stands below everything: something of this style, and what
 * it means. */
typedef enum DrawKeyShape { DRAW_KEY_AREA, DRAW_KEY_LINE, DRAW_KEY_ARROW } DrawKeyShape;
void draw_key(Drawing *drawing, DrawStyle style, DrawKeyShape shape, const char *text);

/* --- as text ------------------------------------------------------------------------ */

/* A line of the text form. */
void drawing_say(Drawing *drawing, const char *format, ...)
        __attribute__((format(printf, 2, 3)));
/* The same surface in characters, a row a line: ` .:-=+*#%@`. */
void drawing_heat(Drawing *drawing, int rows, int columns, const real shades[]);
/* A table of it: rows * columns texts (NULL: empty). `sides` says for each column
 * where its texts stand, 'l' left or 'r' right; its last letter holds for the columns
 * that are left. */
void drawing_table(Drawing *drawing, int rows, int columns, const char *sides,
        const char *const cells[]);
const char *drawing_text(const Drawing *drawing); /* all lines, each with its end */
/* "-1.50": with so many decimals, and no minus before a zero. */
const char *drawing_number(Arena *arena, int decimals, double number);

/* --- out ---------------------------------------------------------------------------- */

void drawing_svg(const Drawing *drawing, FILE *out);

/* What is wrong with the layout, the first of it: two texts that overlap, or a line
 * through a text. NULL: nothing. lesson_drawing tells it. */
const char *drawing_fault(const Drawing *drawing);

#endif
