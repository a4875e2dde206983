/* axis.h: the part of plot.h that text and SVG share: which round numbers stand
 * along an axis, what falls where, which series has which colour.
 *
 * Heckbert, "Nice numbers for graph labels", Graphics Gems (1990): the step is 1, 2 or 5
 * times a power of ten, and the axis goes from a multiple of it to another. Integers
 * carry it, so that the same numbers give the same labels everywhere. */
#ifndef TENSOR_PLOT_AXIS_H
#define TENSOR_PLOT_AXIS_H

#include "tensor/plot/colours.h"
#include "tensor/plot/columns.h"
#include "tensor/plot/plot.h"

/* Ticks first..last, each at tick * digit * 10^exponent; on a logarithmic axis at 1, 2, 5,
 * 10, 20, ...: tick 0 is 1, and the three of a power of ten follow each other. */
typedef struct PlotAxis {
	int first, last, digit, exponent;
	bool log;
} PlotAxis;

/* What is to be drawn: empty while low > high. */
typedef struct PlotRange {
	double low, high;
	int count; /* of the numbers in it */
} PlotRange;
PlotRange plot_range_empty(void);
bool plot_drawable(double x); /* finite and not beyond 1e30 */
void plot_range_add(PlotRange *range, double x);

/* At most some `steps` steps that cover the range; one of no width is widened. */
PlotAxis plot_axis(PlotRange range, int steps);
PlotAxis plot_log_axis(PlotRange range); /* of numbers above 0 */
double plot_tick(PlotAxis axis, int tick);
bool plot_on(PlotAxis axis, double x);      /* whether x is drawable on it */
double plot_place(PlotAxis axis, double x); /* 0 at the first tick, 1 at the last */

bool plot_tick_named(PlotAxis axis, int tick); /* not where labels would be too many */
/* "0.25": as many decimals as the step has. */
typedef struct PlotText {
	char text[40];
} PlotText;
PlotText plot_tick_text(PlotAxis axis, int tick);
PlotText plot_number_text(double x); /* four significant digits */

/* How a place of a chart's field is coloured, for a share from 0 to 1; and what the key calls it. */
Colour plot_field_colour(double share);
const char *plot_field_name(const PlotChart *chart);

/* The two axes of a chart, its series and field together. False: nothing to draw. */
bool plot_chart_axes(const PlotChart *chart, PlotAxis *x, PlotAxis *y);
double plot_x(const PlotSeries *series, int i); /* the x of its i-th point */

/* The intervals of a histogram are the steps of its axis. counts is the arena's; NULL:
 * no values. */
int *plot_histogram_counts(
        Arena *arena, const PlotHistogram *histogram, PlotAxis *axis, int *most);

/* The colour of a cell. Numbers of both signs are shown from blue through white to red,
 * white at 0; others from their least to their greatest. */
typedef struct PlotShades {
	bool diverging;
	double low, high; /* -high and high if diverging */
} PlotShades;
PlotShades plot_shades(Tensor values);
double plot_share(PlotShades shades, double x); /* 0..1, or -1..1 */
Colour plot_shade(PlotShades shades, double x);
Colour plot_series_colour(int series); /* Okabe & Ito 2008 */

#endif
