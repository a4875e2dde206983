/* draw_shapes.h: what a drawing holds, for draw.c, which collects it, and draw_svg.c,
 * which prints it. */
#ifndef TUTORIALS_DRAW_SHAPES_H
#define TUTORIALS_DRAW_SHAPES_H

#include "tutorials/draw/draw.h"

/* In the order in which they lie on each other. */
typedef enum ShapeKind {
	SHAPE_HEAT,
	SHAPE_PATH,
	SHAPE_AREA,
	SHAPE_TEXT,
	SHAPE_KINDS
} ShapeKind;

typedef struct Shape {
	ShapeKind kind;
	DrawStyle style;
	DrawBox box;

	/* SHAPE_HEAT */
	int rows, columns;
	const real *shades;
	/* SHAPE_PATH */
	double xy[2 * DRAW_CORNERS], thickness;
	int points;
	bool curved, head;
	/* SHAPE_AREA */
	double rounded, shade;
	/* SHAPE_TEXT */
	double size;
	DrawAnchor anchor;
	bool on_line;
	const char *text;

	struct Shape *next;
} Shape;

enum { DRAW_KEYS = 6 };
typedef struct DrawKey {
	DrawStyle style;
	DrawKeyShape shape;
	const char *text;
} DrawKey;

struct Drawing {
	Arena *arena;
	const char *title, *description, *text;
	DrawBox bounds;
	Shape *shapes, **end;
	int keys;
	DrawKey key[DRAW_KEYS];
};

#endif
