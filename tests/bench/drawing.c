#include "tests/bench/drawing.h"
#include "tensor/elementary.h"
#include "tensor/file/file.h"
#include "tensor/plot/axis.h"
#include "tensor/plot/canvas.h"

#include <stdio.h>
#include <string.h>

/* In pixels. */
enum { WIDTH = 1000, LEFT = 300, RIGHT = 80, TOP = 72, BOTTOM = 12, BAR = 14, GAP = 8 };

enum { MOST_ROWS = 200, MAKERS = 5, OURS = 0 };
static const char *const makers[MAKERS] = { "ours", "pytorch", "compiled", "onnxruntime",
	"soxr" };

typedef struct Row {
	char name[80];
	double least[MAKERS]; /* milliseconds; 0: not measured */
} Row;

typedef struct Results {
	Row rows[MOST_ROWS];
	int count;
} Results;

/* ---- reading ----------------------------------------------------------------------- */

static Row *find_row(Results *results, const char *name, int threads)
{
	char whole[80];
	snprintf(whole, sizeof whole, "%.60s, %d", name, threads);
	for (int i = 0; i < results->count; i++)
		if (!strcmp(results->rows[i].name, whole))
			return &results->rows[i];
	if (results->count == MOST_ROWS)
		return NULL;
	Row *row = &results->rows[results->count++];
	memcpy(row->name, whole, sizeof whole);
	return row;
}

static void read_line(Results *results, const char *line)
{
	char maker[20], name[64];
	int threads;
	double median, least;
	if (sscanf(line, "%19s %63s %d %lf %lf", maker, name, &threads, &median,
	            &least) != 5)
		return;
	Row *row = find_row(results, name, threads);
	for (int m = 0; row && m < MAKERS; m++)
		if (!strcmp(maker, makers[m]) &&
		        (row->least[m] <= 0 || least < row->least[m]))
			row->least[m] = least;
}

static bool read_results(Results *results, Arena *arena, const char *path, Error *error)
{
	Bytes bytes;
	if (!file_read(&bytes, arena, path, error))
		return false;
	const char *line = (const char *)bytes.data;
	for (const char *end; (end = strchr(line, '\n')); line = end + 1)
		if (*line != '#')
			read_line(results, line);
	return results->count ||
	       error_set(error, "%s: no line with a result in it", path);
}

/* ---- drawing ----------------------------------------------------------------------- */

static int bars_of(const Row *row)
{
	int bars = 0;
	for (int m = OURS + 1; m < MAKERS; m++)
		bars += row->least[OURS] > 0 && row->least[m] > 0;
	return bars;
}

static PlotAxis axis_of(const Results *results)
{
	PlotRange range = { 1, 1, 1 };
	for (int i = 0; i < results->count; i++)
		for (int m = OURS + 1; bars_of(&results->rows[i]) && m < MAKERS; m++)
			if (results->rows[i].least[m] > 0)
				plot_range_add(
				        &range, results->rows[i].least[m] /
				                        results->rows[i].least[OURS]);
	return plot_log_axis(range);
}

static int across(PlotAxis axis, double ratio)
{
	return LEFT + (int)(plot_place(axis, ratio) * (WIDTH - LEFT - RIGHT) + 0.5);
}

static void draw_scale(Canvas *canvas, PlotAxis axis, int height)
{
	const Colour ink = { 66, 74, 83 }, pale = { 225, 228, 232 };
	for (int t = axis.first; t <= axis.last; t++) {
		int x = across(axis, plot_tick(axis, t));
		canvas_fill(canvas, x, TOP - 6, 1, height - TOP - BOTTOM + 6, pale);
		if (plot_tick_named(axis, t))
			canvas_text(canvas, x, TOP - 26, 0, ink,
			        plot_tick_text(axis, t).text);
	}
}

static void draw_legend(Canvas *canvas, const bool drawn[MAKERS])
{
	const Colour ink = { 66, 74, 83 };
	int x = 12;
	canvas_text(canvas, x, 8, -1, ink, "How many times as long as we take:");
	x += 320;
	for (int m = OURS + 1; m < MAKERS; m++) {
		if (!drawn[m])
			continue;
		canvas_fill(canvas, x, 11, BAR, BAR, plot_series_colour(m - 1));
		canvas_text(canvas, x + BAR + 6, 8, -1, ink, makers[m]);
		x += 40 + 10 * (int)strlen(makers[m]);
	}
	canvas_text(canvas, 12, TOP - 26, -1, ink, "case, threads");
}

/* The bars of one row, from 1 to the ratio; returns how high they are. */
static int draw_row(Canvas *canvas, PlotAxis axis, const Row *row, int y)
{
	const Colour ink = { 66, 74, 83 };
	int bars = bars_of(row), one = across(axis, 1), top = y;
	canvas_text(canvas, LEFT - 10, y + (bars * BAR - 16) / 2, 1, ink, row->name);
	for (int m = OURS + 1; m < MAKERS; m++) {
		if (!(row->least[m] > 0))
			continue;
		double ratio = row->least[m] / row->least[OURS];
		int end = across(axis, ratio);
		char text[24];
		canvas_fill(canvas, end < one ? end : one, y,
		        end < one ? one - end : end - one, BAR - 2,
		        plot_series_colour(m - 1));
		snprintf(text, sizeof text, ratio < 10 ? "%.2f" : "%.0f", ratio);
		canvas_text(canvas, (end < one ? one : end) + 5, y - 2, -1, ink, text);
		y += BAR;
	}
	return y - top;
}

bool drawing_write(const char *path, const char *picture, Error *error)
{
	Arena *arena = arena_new("drawing");
	Results *results = ARENA_NEW(arena, Results);
	if (!read_results(results, arena, path, error)) {
		arena_free(arena);
		return false;
	}
	int height = TOP + BOTTOM;
	bool drawn[MAKERS] = { false };
	for (int i = 0; i < results->count; i++) {
		const Row *row = &results->rows[i];
		height += bars_of(row) ? bars_of(row) * BAR + GAP : 0;
		for (int m = OURS + 1; m < MAKERS; m++)
			drawn[m] |= bars_of(row) && row->least[m] > 0;
	}
	Canvas *canvas = canvas_new(arena, WIDTH, height, true);
	PlotAxis axis = axis_of(results);
	draw_legend(canvas, drawn);
	draw_scale(canvas, axis, height);
	for (int i = 0, y = TOP; i < results->count; i++)
		if (bars_of(&results->rows[i]))
			y += draw_row(canvas, axis, &results->rows[i], y) + GAP;
	const Colour dark = { 66, 74, 83 };
	canvas_fill(canvas, across(axis, 1), TOP - 6, 1, height - TOP - BOTTOM + 6, dark);
	bool written = canvas_write(canvas, picture, error);
	arena_free(arena);
	return written;
}
