/* plot.h: curves, matrices and distributions as pictures, in a terminal and as SVG.
 *
 *     PlotSeries loss[] = { { .name = "training", .count = 30, .y = training },
 *             { .name = "validation", .count = 30, .y = validation } };
 *     PlotChart chart = { .title = "Loss", .x = "epoch", .y = "loss (nats)",
 *             .count = 2, .series = loss };
 *     plot_chart(plot_screen(stdout, 80), &chart);
 *     plot_chart_svg(file, &chart);
 *
 * In a pipe a picture is plain ASCII; on a terminal the same with colours (colours.h). An
 * SVG stands by itself, is readable on a light and on a dark page, and tells series apart
 * by colours that the colour-blind can read (Okabe & Ito 2008) and by dashes. The same
 * numbers give the same bytes everywhere.
 *
 * What is not finite, or beyond 1e30, is left out: a line has a gap there, a cell of a
 * matrix a `?`. Where nothing is left, the picture says so. Titles and names are
 * UTF-8, kept and not copied. */
#ifndef TENSOR_PLOT_PLOT_H
#define TENSOR_PLOT_PLOT_H

#include "tensor/plot/colours.h"
#include "tensor/tensor.h"

#include <stdbool.h>
#include <stdio.h>

/* Where text pictures go. */
typedef struct PlotScreen {
	FILE *out;
	int width; /* in characters; less than 40 count as 40 */
	ColourDepth depth;
} PlotScreen;
PlotScreen plot_screen(FILE *out, int width);

typedef enum PlotMark { PLOT_LINE, PLOT_POINTS } PlotMark;

typedef struct PlotSeries {
	const char *name; /* NULL: no line in the legend */
	PlotMark mark;
	int count;
	const real *x; /* NULL: 1, 2, 3, ... */
	const real *y;
	const real *low,
	        *high; /* a bar from one to the other at each x, an interval; NULL: none */
	const char *const *names; /* of each point, in an SVG; NULL: none */
} PlotSeries;

/* Series over two axes that begin and end on round numbers. */
typedef struct PlotChart {
	const char *title, *x, *y; /* what the axes are, with units: "time (s)" */
	int count;                 /* of series; beyond PLOT_SERIES colours come again */
	const PlotSeries *series;
	/* As far from 1 to 10 as from 10 to 100; what is not above 0 is left out. */
	bool log_x, log_y;
	/* What lies behind the points, as the probability that a classifier gives to each
	 * place:
	 * (R,C) numbers from 0 to 1, row 0 at y = field_y[0], the last row at field_y[1],
	 * columns likewise in x. data NULL: nothing. */
	Tensor field;
	const char *field_name; /* what these numbers are, in the key; NULL: "share" */
	real field_x[2], field_y[2];
} PlotChart;
enum { PLOT_SERIES = 6 };
void plot_chart(PlotScreen screen, const PlotChart *chart);
void plot_chart_svg(FILE *out, const PlotChart *chart);
/* Several in one SVG, `columns` beside each other. */
void plot_charts_svg(FILE *out, int count, const PlotChart charts[], int columns);

/* A matrix as shades, row 0 on top. What does not fit the width is left out at the right
 * and below 40 rows, and said. */
typedef struct PlotMatrix {
	const char *title, *x, *y;       /* what columns and rows are */
	Tensor values;                   /* (R,C) */
	const char *const *row_names;    /* R of them; NULL: their indices */
	const char *const *column_names; /* C of them; NULL: their indices */
	bool numbers;                    /* write each number into its cell */
} PlotMatrix;
void plot_matrix(PlotScreen screen, const PlotMatrix *matrix);
void plot_matrix_svg(FILE *out, const PlotMatrix *matrix);

/* How often values fall into intervals of one round width, some `bins` of them (0: about
 * the root of their number). Each holds its lower bound; the last its upper bound too. */
typedef struct PlotHistogram {
	const char *title, *x; /* what was measured, with its unit */
	int count, bins;
	const real *values;
} PlotHistogram;
void plot_histogram(PlotScreen screen, const PlotHistogram *histogram);
void plot_histogram_svg(FILE *out, const PlotHistogram *histogram);

#endif
