/* names.h: where the names of points stand, so that none covers another or a point. */
#ifndef TENSOR_PLOT_NAMES_H
#define TENSOR_PLOT_NAMES_H

#include <stdbool.h>

/* Units are those of the picture, y downwards. */
typedef struct PlotBox {
	double left, top, right, bottom;
} PlotBox;

typedef struct PlotName {
	const char *text;  /* NULL: a point without a name, which none may cover */
	double x, y;       /* of the point */
	double at_x, at_y; /* found: where the text begins, and its baseline */
	bool far; /* found: so far from its point that a line should lead there */
} PlotName;

/* Finds a place for each, in their order: right or left of its point, else above or below
 * as near as there is room. All stay within `frame`. */
void plot_place_names(int count, PlotName names[], PlotBox frame);

/* Around the text. */
PlotBox plot_name_box(const PlotName *name);

#endif
