/* Pictures of characters. A chart is drawn into a grid of cells first, since what is
 * drawn later (a point) covers what is below (a field); then it is printed row by row. */
#include "tensor/plot/axis.h"
#include "tensor/plot/escape.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CHART_ROWS = 16, LEAST_WIDTH = 40, MOST_MATRIX_ROWS = 40 };

static const char series_marks[] = "*+xo#@";
static const char shade_marks[] = " .:;=o*#%@"; /* no sign among them */
static const char field_marks[] = " .:%";       /* quarters of 0..1 */

PlotScreen plot_screen(FILE *out, int width)
{
	return (PlotScreen){ .out = out, .width = width, .depth = colour_depth(out) };
}

static int screen_width(PlotScreen screen)
{
	return screen.width < LEAST_WIDTH ? LEAST_WIDTH : screen.width;
}

static void spaces(FILE *out, int count)
{
	fprintf(out, "%*s", count > 0 ? count : 0, "");
}

static void print_title(PlotScreen screen, const char *text)
{
	if (text)
		terminal_print(screen.out, "%s\n", text);
}

static void print_nothing(PlotScreen screen)
{
	fprintf(screen.out, "  (nothing to draw: no finite number)\n");
}

/* --- charts ------------------------------------------------------------------------- */

typedef struct Cell {
	char mark;  /* 0: none */
	int series; /* that left it */
	bool shaded;
	real field; /* what lies behind it, if shaded */
} Cell;

typedef struct Grid {
	Cell *cells; /* CHART_ROWS rows, the top one first */
	int width;
	PlotAxis x, y;
} Grid;

static Cell *grid_at(const Grid *grid, int row, int column)
{
	return &grid->cells[row * grid->width + column];
}

static int nearest(double share, int cells)
{
	int cell = (int)floor(share * (cells - 1) + 0.5);
	return cell < 0 ? 0 : cell >= cells ? cells - 1 : cell;
}

/* The index along one side of the field, of what lies `share` along the axis; -1
 * beyond it. */
static int field_index(PlotAxis axis, double share, const real ends[2], int count)
{
	double first = plot_tick(axis, axis.first), last = plot_tick(axis, axis.last);
	double x = first + share * (last - first);
	double along = (x - (double)ends[0]) / (double)(ends[1] - ends[0]);
	return along < 0 || along > 1 ? -1 : nearest(along, count);
}

static void draw_field(const Grid *grid, const PlotChart *chart)
{
	const Tensor field = chart->field;
	for (int r = 0; r < CHART_ROWS; r++)
		for (int c = 0; c < grid->width; c++) {
			int i = field_index(grid->y, 1 - r / (CHART_ROWS - 1.0),
			        chart->field_y, field.shape[0]);
			int j = field_index(grid->x, c / (grid->width - 1.0),
			        chart->field_x, field.shape[1]);
			Cell *cell = grid_at(grid, r, c);
			cell->shaded = i >= 0 && j >= 0;
			if (cell->shaded)
				cell->field =
				        field.data[(size_t)i * (size_t)field.shape[1] +
				                   (size_t)j];
		}
}

/* Every cell on the way from one point to the next (Bresenham 1965). */
static void draw_line(
        const Grid *grid, int row, int column, int to_row, int to_column, Cell cell)
{
	int dx = abs(to_column - column), dy = -abs(to_row - row), error = dx + dy;
	for (;;) {
		Cell *at = grid_at(grid, row, column);
		at->mark = cell.mark;
		at->series = cell.series;
		if (row == to_row && column == to_column)
			return;
		int twice = 2 * error;
		if (twice >= dy) {
			error += dy;
			column += column < to_column ? 1 : -1;
		}
		if (twice <= dx) {
			error += dx;
			row += row < to_row ? 1 : -1;
		}
	}
}

/* Behind the line: what it needs to be seen stays. */
static void draw_intervals(const Grid *grid, const PlotSeries *series, int index)
{
	Cell cell = { .mark = ':', .series = index };
	for (int i = 0; i < series->count && series->low; i++) {
		double x = plot_x(series, i), low = (double)series->low[i];
		double high = (double)series->high[i];
		if (!plot_on(grid->x, x) || !plot_on(grid->y, low) ||
		        !plot_on(grid->y, high))
			continue;
		int column = nearest(plot_place(grid->x, x), grid->width);
		draw_line(grid, nearest(1 - plot_place(grid->y, high), CHART_ROWS),
		        column, nearest(1 - plot_place(grid->y, low), CHART_ROWS), column,
		        cell);
	}
}

static void draw_series(const Grid *grid, const PlotSeries *series, int index)
{
	Cell cell = { .mark = series_marks[index % PLOT_SERIES], .series = index };
	int row = 0, column = 0;
	bool joined = false;
	for (int i = 0; i < series->count; i++) {
		double x = plot_x(series, i), y = (double)series->y[i];
		if (!plot_on(grid->x, x) || !plot_on(grid->y, y)) {
			joined = false;
			continue;
		}
		int to_row = nearest(1 - plot_place(grid->y, y), CHART_ROWS);
		int to_column = nearest(plot_place(grid->x, x), grid->width);
		bool line = series->mark == PLOT_LINE && joined;
		draw_line(grid, line ? row : to_row, line ? column : to_column, to_row,
		        to_column, cell);
		row = to_row;
		column = to_column;
		joined = true;
	}
}

static void print_cell(PlotScreen screen, const Cell *cell)
{
	char field = ' ';
	if (cell->shaded) {
		int quarter = (int)(cell->field * 4);
		field = field_marks[quarter < 0 ? 0 : quarter > 3 ? 3 : quarter];
	}
	if (screen.depth == COLOUR_NONE) {
		fputc(cell->mark ? cell->mark : field, screen.out);
		return;
	}
	Colour ground = plot_field_colour((double)cell->field);
	if (cell->shaded)
		fputs(colour_background(screen.depth, ground).text, screen.out);
	if (cell->mark)
		fputs(colour_foreground(screen.depth,
		              cell->shaded ? colour_ink(ground)
		                           : plot_series_colour(cell->series))
		                .text,
		        screen.out);
	fputc(cell->mark ? cell->mark : ' ', screen.out);
	if (cell->shaded || cell->mark)
		fputs(colour_end(screen.depth).text, screen.out);
}

/* The tick that belongs to a row; its label may be empty. */
static PlotText row_label(const Grid *grid, int row)
{
	for (int t = grid->y.first; t <= grid->y.last; t++)
		if (nearest(1 - plot_place(grid->y, plot_tick(grid->y, t)), CHART_ROWS) ==
		        row)
			return plot_tick_text(grid->y, t);
	return (PlotText){ "" };
}

static int label_width(PlotAxis axis)
{
	int width = 0;
	for (int t = axis.first; t <= axis.last; t++) {
		int length = columns_of(plot_tick_text(axis, t).text);
		width = length > width ? length : width;
	}
	return width;
}

/* The labels below, each centred under its tick; one that would touch the one before
 * is left out. */
static void print_x_labels(FILE *out, const Grid *grid, int margin)
{
	int at = 0;
	for (int t = grid->x.first; t <= grid->x.last; t++) {
		PlotText label = plot_tick_text(grid->x, t);
		int length = columns_of(label.text);
		int column =
		        nearest(plot_place(grid->x, plot_tick(grid->x, t)), grid->width);
		int begin = margin + column - length / 2;
		if (at > 0 && begin <= at)
			continue;
		spaces(out, begin - at);
		fputs(label.text, out);
		at = begin + length;
	}
	fputc('\n', out);
}

static void print_grid(PlotScreen screen, const Grid *grid, int margin)
{
	for (int r = 0; r < CHART_ROWS; r++) {
		PlotText label = row_label(grid, r);
		fprintf(screen.out, "%*s %c", margin - 2, label.text,
		        label.text[0] ? '+' : '|');
		int end = grid->width; /* no blanks at the end of a line */
		while (end > 0 && !grid_at(grid, r, end - 1)->mark &&
		        !grid_at(grid, r, end - 1)->shaded)
			end--;
		for (int c = 0; c < end; c++)
			print_cell(screen, grid_at(grid, r, c));
		fputc('\n', screen.out);
	}
	spaces(screen.out, margin - 1);
	fputc('+', screen.out);
	for (int c = 0; c < grid->width; c++) {
		bool tick = false;
		for (int t = grid->x.first; t <= grid->x.last; t++)
			tick |= nearest(plot_place(grid->x, plot_tick(grid->x, t)),
			                grid->width) == c;
		fputc(tick ? '+' : '-', screen.out);
	}
	fputc('\n', screen.out);
	print_x_labels(screen.out, grid, margin);
}

static void print_legend(PlotScreen screen, const PlotChart *chart, int margin)
{
	if (chart->x) {
		spaces(screen.out, margin);
		terminal_print(screen.out, "%s\n", chart->x);
	}
	bool named = false;
	int used = 0;
	for (int s = 0; s < chart->count; s++) {
		if (!chart->series[s].name)
			continue;
		int length = columns_of(chart->series[s].name) + 5;
		bool full = named && used + length > screen.width;
		if (full)
			fputc('\n', screen.out);
		used = (full || !named ? margin : used) + length;
		spaces(screen.out, named && !full ? 3 : margin);
		fprintf(screen.out, "%s%c%s",
		        colour_foreground(screen.depth, plot_series_colour(s)).text,
		        series_marks[s % PLOT_SERIES], colour_end(screen.depth).text);
		terminal_print(screen.out, " %s", chart->series[s].name);
		named = true;
	}
	if (named)
		fputc('\n', screen.out);
}

/* What the shades behind the points mean. */
static void print_field_key(PlotScreen screen, const PlotChart *chart, int margin)
{
	enum { SWATCHES = 16 };
	if (!chart->field.data)
		return;
	spaces(screen.out, margin);
	const bool plain = screen.depth == COLOUR_NONE;
	terminal_print(screen.out, "%s: ", plot_field_name(chart));
	fputs(plain ? "blank 0 to 1/4, . to 1/2, : to 3/4, % to 1\n" : "0 ", screen.out);
	for (int i = 0; i < SWATCHES && !plain; i++)
		fprintf(screen.out, "%s %s",
		        colour_background(
		                screen.depth, plot_field_colour(i / (SWATCHES - 1.0)))
		                .text,
		        i < SWATCHES - 1 ? "" : colour_end(screen.depth).text);
	fputs(plain ? "" : " 1\n", screen.out);
}

void plot_chart(PlotScreen screen, const PlotChart *chart)
{
	print_title(screen, chart->title);
	Grid grid = { .cells = NULL };
	if (!plot_chart_axes(chart, &grid.x, &grid.y)) {
		print_nothing(screen);
		return;
	}
	Arena *arena = arena_new("plot_chart");
	int margin = label_width(grid.y) + 2;
	grid.width = screen_width(screen) - margin - 2;
	grid.cells = ARENA_ARRAY(arena, Cell, (size_t)grid.width * CHART_ROWS);
	if (chart->field.data)
		draw_field(&grid, chart);
	for (int s = 0; s < chart->count; s++)
		draw_intervals(&grid, &chart->series[s], s);
	for (int s = 0; s < chart->count; s++)
		draw_series(&grid, &chart->series[s], s);
	if (chart->y)
		terminal_print(screen.out, "%s\n", chart->y);
	print_grid(screen, &grid, margin);
	print_legend(screen, chart, margin);
	print_field_key(screen, chart, margin);
	arena_free(arena);
}

/* --- matrices ----------------------------------------------------------------------- */

static PlotText index_name(const char *const *names, int i)
{
	PlotText name;
	if (names)
		snprintf(name.text, sizeof name.text, "%s", names[i]);
	else
		snprintf(name.text, sizeof name.text, "%d", i);
	return name;
}

static int name_width(const char *const *names, int count)
{
	int width = 0;
	for (int i = 0; i < count; i++) {
		int length = columns_of(index_name(names, i).text);
		width = length > width ? length : width;
	}
	return width;
}

/* In plain text: a sign where there are two, then how far from 0 or from the least. */
static void print_shade(
        PlotScreen screen, const PlotMatrix *m, PlotShades shades, real x, int width)
{
	PlotText number = { "" };
	if (m->numbers)
		number = plot_number_text((double)x);
	if (screen.depth != COLOUR_NONE) {
		Colour ground = plot_shade(shades, (double)x);
		fprintf(screen.out, "%s%s%*s%s",
		        colour_background(screen.depth, ground).text,
		        colour_foreground(screen.depth, colour_ink(ground)).text, width,
		        number.text, colour_end(screen.depth).text);
		return;
	}
	if (m->numbers) {
		fprintf(screen.out, "%*s", width, number.text);
		return;
	}
	char shade = '?', left = '?';
	if (plot_drawable((double)x)) {
		double share = plot_share(shades, (double)x);
		shade = shade_marks[nearest(fabs(share), (int)sizeof shade_marks - 1)];
		left = !shades.diverging || shade == ' ' ? shade : share < 0 ? '-' : '+';
	}
	for (int c = 0; c < width; c++)
		fputc(c < width / 2 ? left : shade, screen.out);
}

static int cell_width(const PlotMatrix *m)
{
	int width =
	        m->column_names ? name_width(m->column_names, m->values.shape[1]) + 1 : 2;
	for (size_t i = 0; m->numbers && i < tensor_count(m->values); i++) {
		int length = columns_of(plot_number_text((double)m->values.data[i]).text);
		width = length + 2 > width ? length + 2 : width;
	}
	return width < 2 ? 2 : width;
}

static void print_column_names(
        FILE *out, const PlotMatrix *m, int columns, int margin, int width)
{
	int at = 0;
	for (int c = 0; c < columns; c++) {
		PlotText name = index_name(m->column_names, c);
		int length = columns_of(name.text);
		int begin = margin + (c + 1) * width -
		            length; /* flush right, as the numbers */
		if (at > 0 && begin <= at)
			continue;
		spaces(out, begin - at);
		terminal_print(out, "%s", name.text);
		at = begin + length;
	}
	terminal_print(out, "%s%s", m->x ? "  " : "", m->x ? m->x : "");
	fputc('\n', out);
}

static void print_shade_legend(
        PlotScreen screen, PlotShades shades, bool numbers, int margin)
{
	if (numbers && screen.depth == COLOUR_NONE)
		return; /* the numbers stand alone */
	spaces(screen.out, margin);
	PlotText low = plot_number_text(shades.low), high = plot_number_text(shades.high);
	if (screen.depth != COLOUR_NONE) {
		fprintf(screen.out, "%.10s ", low.text);
		for (int i = 0; i <= 20; i++)
			fprintf(screen.out, "%s %s",
			        colour_background(screen.depth,
			                plot_shade(shades,
			                        shades.low +
			                                i * (shades.high - shades.low) /
			                                        20))
			                .text,
			        colour_end(screen.depth).text);
		fprintf(screen.out, " %s\n", high.text);
	} else if (shades.diverging) {
		fprintf(screen.out, "-@ %s   blank 0   +@ %s\n", low.text, high.text);
	} else {
		fprintf(screen.out, "blank %s   @@ %s\n", low.text, high.text);
	}
}

void plot_matrix(PlotScreen screen, const PlotMatrix *m)
{
	print_title(screen, m->title);
	if (m->values.ndim != 2 || !tensor_count(m->values)) {
		print_nothing(screen);
		return;
	}
	int rows = m->values.shape[0], columns = m->values.shape[1];
	int shown_rows = rows < MOST_MATRIX_ROWS ? rows : MOST_MATRIX_ROWS;
	int margin = name_width(m->row_names, rows) + 2, width = cell_width(m);
	int room = (screen_width(screen) - margin) / width;
	int shown_columns = columns < room ? columns : room > 0 ? room : 1;
	PlotShades shades = plot_shades(m->values);
	if (m->y)
		terminal_print(screen.out, "%s\n", m->y);
	for (int r = 0; r < shown_rows; r++) {
		PlotText name = index_name(m->row_names, r);
		spaces(screen.out, margin - 2 - columns_of(name.text));
		terminal_print(screen.out, "%s |", name.text);
		for (int c = 0; c < shown_columns; c++)
			print_shade(screen, m, shades,
			        m->values.data[(size_t)r * (size_t)columns + (size_t)c],
			        width);
		fputc('\n', screen.out);
	}
	print_column_names(screen.out, m, shown_columns, margin, width);
	print_shade_legend(screen, shades, m->numbers, margin);
	if (shown_rows < rows || shown_columns < columns)
		fprintf(screen.out, "(%d of %d rows and %d of %d columns)\n", shown_rows,
		        rows, shown_columns, columns);
}

/* --- histograms --------------------------------------------------------------------- */

void plot_histogram(PlotScreen screen, const PlotHistogram *histogram)
{
	print_title(screen, histogram->title);
	Arena *arena = arena_new("plot_histogram");
	PlotAxis axis = { .digit = 1 };
	int most = 0;
	const int *counts = plot_histogram_counts(arena, histogram, &axis, &most);
	if (!counts) {
		print_nothing(screen);
		arena_free(arena);
		return;
	}
	if (histogram->x)
		terminal_print(screen.out, "%s\n", histogram->x);
	int label = label_width(axis);
	int room = screen_width(screen) - 2 * label - 16;
	ColourText begin = colour_foreground(screen.depth, plot_series_colour(0));
	for (int b = 0; b < axis.last - axis.first; b++) {
		fprintf(screen.out, "%*s ..%*s |", label,
		        plot_tick_text(axis, axis.first + b).text, label + 1,
		        plot_tick_text(axis, axis.first + b + 1).text);
		int length = counts[b] == 0 ? 0
		                            : 1 + (counts[b] - 1) * (room - 1) /
		                                              (most > 1 ? most - 1 : 1);
		fputs(length ? begin.text : "", screen.out);
		for (int c = 0; c < length; c++)
			fputc('#', screen.out);
		fprintf(screen.out, "%s%s%d\n",
		        length ? colour_end(screen.depth).text : "", length ? " " : "",
		        counts[b]);
	}
	arena_free(arena);
}
