/* Pictures as SVG, 640 units wide. Ink is grey of two kinds, one for light pages and one
 * for dark
 * (prefers-color-scheme); there is no ground, so that the page shows through. */
#include "tensor/plot/axis.h"
#include "tensor/plot/escape.h"
#include "tensor/plot/names.h"

enum {
	WIDTH = 640,
	HEIGHT = 360,
	LEFT = 70,
	RIGHT = 20,
	TOP = 56,
	BOTTOM = 52,
	CELL = 40,  /* of a matrix, at most */
	LETTER = 7, /* about the width of one */
	LEGEND_LINE = 16,
	DASH_PATTERNS = 4
};

static void svg_begin(FILE *out, int width, int height, const char *title)
{
	html_print(out,
	        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">\n<title>%s</title>\n",
	        width, height, width, height, title ? title : "plot");
	fputs("<style>\n"
	      "text{font:12px system-ui,sans-serif;fill:#424a53}"
	      ".title{font-size:15px;font-weight:600}.axis{stroke:#57606a;stroke-width:1;fill:none}.grid{stroke:#8c959f;stroke-opacity:.3;stroke-width:1}.line{fill:none;stroke-width:2;stroke-linejoin:round}\n"
	      "@media(prefers-color-scheme:dark){text{fill:#d1d9e0}.axis{stroke:#b1bac4}}\n"
	      "</style>\n",
	        out);
}

static void svg_text(FILE *out, double x, double y, const char *anchor, const char *more,
        const char *text)
{
	fprintf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s>", x, y, anchor,
	        more);
	html_print(out, "%s</text>\n", text ? text : "");
}

static void svg_title(FILE *out, const char *title)
{
	if (title)
		svg_text(out, 12, 22, "start", " class=\"title\"", title);
}

static void svg_nothing(FILE *out)
{
	svg_text(out, WIDTH / 2.0, HEIGHT / 2.0, "middle", "",
	        "nothing to draw: no finite number");
}

/* --- charts ------------------------------------------------------------------------- */

static double across(PlotAxis axis, double x)
{
	return LEFT + plot_place(axis, x) * (WIDTH - LEFT - RIGHT);
}

static double down(PlotAxis axis, double y)
{
	return HEIGHT - BOTTOM - plot_place(axis, y) * (HEIGHT - TOP - BOTTOM);
}

static void svg_x_axis(FILE *out, PlotAxis axis, const char *name)
{
	double bottom = HEIGHT - BOTTOM;
	fprintf(out, "<path class=\"axis\" d=\"M%d %.1fH%d\"/>\n", LEFT, bottom,
	        WIDTH - RIGHT);
	int every = axis.log ? 1 : 1 + (axis.last - axis.first) / 12;
	for (int t = axis.first; t <= axis.last; t++) {
		double x = across(axis, plot_tick(axis, t));
		fprintf(out, "<path class=\"axis\" d=\"M%.1f %.1fv5\"/>\n", x, bottom);
		if (axis.log)
			fprintf(out, "<path class=\"grid\" d=\"M%.1f %dV%.1f\"/>\n", x,
			        TOP, bottom);
		if ((t - axis.first) % every == 0 && plot_tick_named(axis, t))
			svg_text(out, x, bottom + 19, "middle", "",
			        plot_tick_text(axis, t).text);
	}
	if (name)
		svg_text(out, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", "",
		        name);
}

static void svg_y_axis(FILE *out, PlotAxis axis, const char *name)
{
	for (int t = axis.first; t <= axis.last; t++) {
		double y = down(axis, plot_tick(axis, t));
		fprintf(out, "<path class=\"grid\" d=\"M%d %.1fH%d\"/>\n", LEFT, y,
		        WIDTH - RIGHT);
		if (plot_tick_named(axis, t))
			svg_text(out, LEFT - 8, y + 4, "end", "",
			        plot_tick_text(axis, t).text);
	}
	fprintf(out, "<path class=\"axis\" d=\"M%d %dV%d\"/>\n", LEFT, TOP,
	        HEIGHT - BOTTOM);
	if (name)
		svg_text(out, 12, 42, "start", "", name);
}

static void svg_field(FILE *out, const PlotChart *chart, PlotAxis x_axis, PlotAxis y_axis)
{
	int rows = chart->field.shape[0], columns = chart->field.shape[1];
	double left = across(x_axis, (double)chart->field_x[0]);
	double bottom = down(y_axis, (double)chart->field_y[0]);
	double wide = (across(x_axis, (double)chart->field_x[1]) - left) / columns;
	double high = (bottom - down(y_axis, (double)chart->field_y[1])) / rows;
	fputs("<g shape-rendering=\"crispEdges\">\n", out);
	for (int r = 0; r < rows; r++)
		for (int c = 0; c < columns; c++) {
			double p = (double)chart->field
			                   .data[(size_t)r * (size_t)columns + (size_t)c];
			fprintf(out,
			        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\"/>\n",
			        left + c * wide, bottom - (r + 1) * high, wide + 0.1,
			        high + 0.1, colour_hex(plot_field_colour(p)).text);
		}
	fputs("</g>\n", out);
}

/* What the colours behind the points mean, below the picture at the left. */
static void svg_field_key(FILE *out, const PlotChart *chart)
{
	enum { STEPS = 16, STEP = 4 };
	const double y = HEIGHT - 9, x = 24;
	svg_text(out, x - 12, y, "start", "", "0");
	for (int i = 0; i < STEPS; i++)
		fprintf(out,
		        "<rect x=\"%.1f\" y=\"%.1f\" width=\"4.3\" height=\"10\" fill=\"%s\"/>\n",
		        x + STEP * i, y - 9,
		        colour_hex(plot_field_colour(i / (STEPS - 1.0))).text);
	svg_text(out, x + STEP * STEPS + 5, y, "start", "", "1");
	svg_text(out, x + STEP * STEPS + 18, y, "start", "", plot_field_name(chart));
}

/* A shape of its own for each series of points, so that they can be told apart without
 * colour. */
static void svg_point(FILE *out, int series, double x, double y)
{
	ColourText colour = colour_hex(plot_series_colour(series));
	static const char *const shapes[] = { "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0",
		"m-4 -4h8v8h-8z", "m0 -5l5 9h-10z", "m0 -5l5 5l-5 5l-5 -5z",
		"m0 5l5 -9h-10z", "m-5 -2h10v4h-10z" };
	fprintf(out,
	        "<path d=\"M%.1f %.1f%s\" fill=\"%s\" stroke=\"#fff\" stroke-width=\".8\"/>\n",
	        x, y, shapes[series % PLOT_SERIES], colour.text);
}

static void svg_line_style(FILE *out, int series)
{
	static const char *const dashes[DASH_PATTERNS] = { "", "7 3", "2 3", "8 3 2 3" };
	fprintf(out, " class=\"line\" stroke=\"%s\"",
	        colour_hex(plot_series_colour(series)).text);
	if (series % DASH_PATTERNS)
		fprintf(out, " stroke-dasharray=\"%s\"", dashes[series % DASH_PATTERNS]);
}

/* Upright bars with feet, a little apart for each series around their x, so that none
 * hides another. */
static void svg_intervals(
        FILE *out, const PlotChart *chart, int index, PlotAxis x_axis, PlotAxis y_axis)
{
	const PlotSeries *series = &chart->series[index];
	int side_by_side = chart->count < PLOT_SERIES ? chart->count : PLOT_SERIES;
	for (int i = 0; i < series->count && series->low; i++) {
		double x = plot_x(series, i), low = (double)series->low[i];
		double high = (double)series->high[i];
		if (!plot_on(x_axis, x) || !plot_on(y_axis, low) ||
		        !plot_on(y_axis, high))
			continue;
		double at = across(x_axis, x) + 3 * (index % PLOT_SERIES) -
		            1.5 * (side_by_side - 1);
		double top = down(y_axis, high), bottom = down(y_axis, low);
		fprintf(out,
		        "<path d=\"M%.1f %.1fh6m-3 0V%.1fm-3 0h6\" fill=\"none\" stroke=\"%s\" stroke-opacity=\".6\"/>\n",
		        at - 3, top, bottom, colour_hex(plot_series_colour(index)).text);
	}
}

static void svg_series(
        FILE *out, const PlotSeries *series, int index, PlotAxis x_axis, PlotAxis y_axis)
{
	bool line = series->mark == PLOT_LINE, joined = false;
	if (line) {
		fputs("<path", out);
		svg_line_style(out, index);
		fputs(" d=\"", out);
	}
	for (int i = 0; i < series->count; i++) {
		double x = plot_x(series, i), y = (double)series->y[i];
		if (!plot_on(x_axis, x) || !plot_on(y_axis, y)) {
			joined = false;
		} else if (line) {
			fprintf(out, "%c%.1f %.1f", joined ? 'L' : 'M', across(x_axis, x),
			        down(y_axis, y));
			joined = true;
		} else {
			svg_point(out, index, across(x_axis, x), down(y_axis, y));
		}
	}
	if (line)
		fputs("\"/>\n", out);
}

/* All points with their names, and points along the lines: the names shall cover none. */
typedef struct Names {
	PlotName *items;
	int count;
} Names;

static void add_line(Names *names, const PlotName *from, const PlotName *to)
{
	enum { STEPS = 60 };
	for (int i = 1; i < STEPS; i++)
		names->items[names->count++] =
		        (PlotName){ .x = from->x + (to->x - from->x) * i / STEPS,
			        .y = from->y + (to->y - from->y) * i / STEPS };
}

static Names collect_names(
        Arena *arena, const PlotChart *chart, PlotAxis x_axis, PlotAxis y_axis)
{
	enum { MOST = 60 }; /* a point and what leads to it */
	int most = 0;
	for (int s = 0; s < chart->count; s++)
		most += MOST * chart->series[s].count;
	Names names = { ARENA_ARRAY(arena, PlotName, (size_t)most), 0 };
	for (int s = 0; s < chart->count; s++) {
		const PlotSeries *series = &chart->series[s];
		const PlotName *before = NULL;
		for (int i = 0; i < series->count; i++) {
			double x = plot_x(series, i), y = (double)series->y[i];
			if (!plot_on(x_axis, x) || !plot_on(y_axis, y))
				continue;
			PlotName *name = &names.items[names.count++];
			*name = (PlotName){ .text = series->names ? series->names[i]
				                                  : NULL,
				.x = across(x_axis, x),
				.y = down(y_axis, y) };
			if (series->mark == PLOT_LINE && before)
				add_line(&names, before, name);
			before = name;
		}
	}
	return names;
}

/* A line leads from a name to its point where it has no place beside it. */
static void svg_names(FILE *out, const PlotChart *chart, PlotAxis x_axis, PlotAxis y_axis)
{
	bool named = false;
	for (int s = 0; s < chart->count; s++)
		named |= chart->series[s].names != NULL;
	if (!named)
		return;
	Arena *arena = arena_new("plot, names");
	Names names = collect_names(arena, chart, x_axis, y_axis);
	plot_place_names(names.count, names.items,
	        (PlotBox){ LEFT, TOP, WIDTH - RIGHT, HEIGHT - BOTTOM });
	for (int i = 0; i < names.count; i++) {
		const PlotName *name = &names.items[i];
		if (!name->text)
			continue;
		PlotBox box = plot_name_box(name);
		if (name->far)
			fprintf(out,
			        "<path class=\"grid\" d=\"M%.1f %.1fL%.1f %.1f\" style=\"stroke-opacity:.8\"/>\n",
			        name->x, name->y,
			        box.left > name->x ? box.left : box.right,
			        (box.top + box.bottom) / 2);
		svg_text(out, name->at_x, name->at_y, "start", "", name->text);
	}
	arena_free(arena);
}

static double legend_width(const PlotSeries *series)
{
	return series->name ? LETTER * columns_of(series->name) + 52 : 0;
}

/* Beside the title of the y axis, the last series rightmost; what does not fit goes into
 * further lines. Returns how many there are. Without a file it only counts. */
static int svg_legend(FILE *out, const PlotChart *chart)
{
	double x = WIDTH - RIGHT, least = 12;
	int line = 0;
	if (chart->y)
		least += LETTER * columns_of(chart->y) + 12;
	for (int s = chart->count - 1; s >= 0; s--) {
		const PlotSeries *series = &chart->series[s];
		if (!series->name)
			continue;
		if (x < WIDTH - RIGHT && x - legend_width(series) < least) {
			x = WIDTH - RIGHT;
			line++;
		}
		double y = 42 + LEGEND_LINE * line;
		x -= legend_width(series);
		if (!out)
			continue;
		svg_text(out, x + 40, y, "start", " class=\"legend\"", series->name);
		if (series->mark == PLOT_LINE) {
			fprintf(out, "<path d=\"M%.1f %.1fh-26\"", x + 32, y - 4);
			svg_line_style(out, s);
			fputs("/>\n", out);
		} else {
			svg_point(out, s, x + 26, y - 4);
		}
	}
	return line + 1;
}

static int chart_height(const PlotChart *chart)
{
	return HEIGHT + LEGEND_LINE * (svg_legend(NULL, chart) - 1);
}

static void svg_chart(FILE *out, const PlotChart *chart)
{
	PlotAxis x, y;
	int lower = chart_height(chart) - HEIGHT;
	svg_title(out, chart->title);
	if (!plot_chart_axes(chart, &x, &y)) {
		svg_nothing(out);
		return;
	}
	svg_legend(out, chart);
	if (lower)
		fprintf(out, "<g transform=\"translate(0 %d)\">\n", lower);
	if (chart->field.data) {
		svg_field(out, chart, x, y);
		svg_field_key(out, chart);
	}
	svg_y_axis(out, y, chart->y);
	svg_x_axis(out, x, chart->x);
	for (int s = 0; s < chart->count; s++)
		svg_intervals(out, chart, s, x, y);
	for (int s = 0; s < chart->count; s++)
		svg_series(out, &chart->series[s], s, x, y);
	svg_names(out, chart, x, y);
	if (lower)
		fputs("</g>\n", out);
}

void plot_chart_svg(FILE *out, const PlotChart *chart)
{
	svg_begin(out, WIDTH, chart_height(chart), chart->title);
	svg_chart(out, chart);
	fputs("</svg>\n", out);
}

void plot_charts_svg(FILE *out, int count, const PlotChart charts[], int columns)
{
	int row_height = HEIGHT, rows = (count + columns - 1) / columns;
	for (int i = 0; i < count; i++)
		if (chart_height(&charts[i]) > row_height)
			row_height = chart_height(&charts[i]);
	svg_begin(out, WIDTH * columns, row_height * rows, charts->title);
	for (int i = 0; i < count; i++) {
		fprintf(out, "<g transform=\"translate(%d %d)\">\n",
		        WIDTH * (i % columns), row_height * (i / columns));
		svg_chart(out, &charts[i]);
		fputs("</g>\n", out);
	}
	fputs("</svg>\n", out);
}

/* --- matrices ----------------------------------------------------------------------- */

static void svg_name(FILE *out, double x, double y, const char *anchor,
        const char *const *names, int i)
{
	char index[16];
	snprintf(index, sizeof index, "%d", i);
	svg_text(out, x, y, anchor, "", names ? names[i] : index);
}

static void svg_cell(FILE *out, const PlotMatrix *m, PlotShades shades, double x,
        double y, double wide, double high, real value)
{
	bool drawable = plot_drawable((double)value);
	Colour ground = plot_shade(shades, (double)value);
	fprintf(out,
	        "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\"/>\n",
	        x, y, wide, high, drawable ? colour_hex(ground).text : "none");
	PlotText number = plot_number_text((double)value);
	if (!drawable)
		svg_text(out, x + wide / 2, y + high / 2 + 4, "middle", "", "?");
	else if (m->numbers && wide >= LETTER * columns_of(number.text))
		fprintf(out,
		        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" style=\"fill:%s\">%s</text>\n",
		        x + wide / 2, y + high / 2 + 4,
		        colour_hex(colour_ink(ground)).text, number.text);
}

/* The bar of shades at the right, its greatest on top. */
static void svg_shades(FILE *out, PlotShades shades, double x, double y, double high)
{
	enum { STEPS = 32 };
	for (int i = 0; i < STEPS; i++) {
		double value =
		        shades.high - (shades.high - shades.low) * (i + 0.5) / STEPS;
		fprintf(out,
		        "<rect x=\"%.1f\" y=\"%.2f\" width=\"12\" height=\"%.2f\" fill=\"%s\"/>\n",
		        x, y + high * i / STEPS, high / STEPS + 0.3,
		        colour_hex(plot_shade(shades, value)).text);
	}
	svg_text(out, x + 17, y + 10, "start", "", plot_number_text(shades.high).text);
	svg_text(out, x + 17, y + high, "start", "", plot_number_text(shades.low).text);
}

void plot_matrix_svg(FILE *out, const PlotMatrix *m)
{
	if (m->values.ndim != 2 || !tensor_count(m->values)) {
		svg_begin(out, WIDTH, HEIGHT, m->title);
		svg_title(out, m->title);
		svg_nothing(out);
		fputs("</svg>\n", out);
		return;
	}
	int rows = m->values.shape[0], columns = m->values.shape[1];
	int letters = 3;
	for (int r = 0; r < rows && m->row_names; r++)
		letters = columns_of(m->row_names[r]) > letters
		                  ? columns_of(m->row_names[r])
		                  : letters;
	double left = LETTER * letters + 24, right = 84;
	double wide = (WIDTH - left - right) / columns;
	double high = wide < CELL ? wide : CELL;
	if (wide > 3 * CELL)
		wide = 3 * CELL;
	int height = (int)(TOP + rows * high + 46);
	svg_begin(out, WIDTH, height, m->title);
	svg_title(out, m->title);
	if (m->y)
		svg_text(out, 12, 42, "start", "", m->y);
	PlotShades shades = plot_shades(m->values);
	fputs("<g shape-rendering=\"crispEdges\">\n", out);
	for (int r = 0; r < rows; r++)
		for (int c = 0; c < columns; c++)
			svg_cell(out, m, shades, left + c * wide, TOP + r * high, wide,
			        high,
			        m->values.data[(size_t)r * (size_t)columns + (size_t)c]);
	fputs("</g>\n", out);
	int every_row = 1 + (int)(14 / high), every_column = 1 + (int)(26 / wide);
	for (int r = 0; r < rows; r += every_row)
		svg_name(out, left - 8, TOP + (r + 0.5) * high + 4, "end", m->row_names,
		        r);
	for (int c = 0; c < columns; c += every_column)
		svg_name(out, left + (c + 0.5) * wide, TOP + rows * high + 17, "middle",
		        m->column_names, c);
	if (m->x)
		svg_text(out, left + columns * wide / 2, height - 9, "middle", "", m->x);
	double bar = rows * high < 60 ? 60 : rows * high;
	svg_shades(out, shades, left + columns * wide + 16, TOP,
	        bar > rows * high ? rows * high : bar);
	fputs("</svg>\n", out);
}

/* --- histograms --------------------------------------------------------------------- */

void plot_histogram_svg(FILE *out, const PlotHistogram *histogram)
{
	svg_begin(out, WIDTH, HEIGHT, histogram->title);
	svg_title(out, histogram->title);
	Arena *arena = arena_new("plot_histogram_svg");
	PlotAxis x = { .digit = 1 };
	int most = 0;
	const int *counts = plot_histogram_counts(arena, histogram, &x, &most);
	if (!counts) {
		svg_nothing(out);
		fputs("</svg>\n", out);
		arena_free(arena);
		return;
	}
	PlotAxis y = plot_axis(
	        (PlotRange){ .low = 0, .high = most, .count = 2 }, most < 5 ? most : 5);
	svg_y_axis(out, y, "how many");
	for (int b = 0; b < x.last - x.first; b++) {
		double left = across(x, plot_tick(x, x.first + b));
		double right = across(x, plot_tick(x, x.first + b + 1));
		double top = down(y, counts[b]);
		fprintf(out,
		        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n",
		        left + 1, top, right - left - 2, HEIGHT - BOTTOM - top,
		        colour_hex(plot_series_colour(0)).text);
	}
	svg_x_axis(out, x, histogram->x);
	fputs("</svg>\n", out);
	arena_free(arena);
}
