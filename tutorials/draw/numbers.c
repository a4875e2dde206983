/* Named numbers as bars, and a matrix as cells. */
#include "tutorials/draw/drawings.h"

#include <math.h>
#include <string.h>

enum { BAR = 22, BAR_ROW = 30, LONGEST = 300, CELL = 38, TEXT_LONGEST = 30 };

Drawing *draw_bars(Arena *arena, const DrawBars *bars)
{
	Drawing *drawing = drawing_new(arena, bars->title, bars->description);
	double largest = 0, least = 0, names = 0;
	for (int i = 0; i < bars->count; i++) {
		largest = fmax(largest, (double)bars->values[i]);
		least = fmin(least, (double)bars->values[i]);
		names = fmax(names, draw_width(bars->names[i]) * 1.08);
	}
	const double scale = largest > least ? LONGEST / (largest - least) : 0;
	const double number_width =
	        draw_width(drawing_number(arena, bars->decimals, least));
	const double zero =
	        names + 12 - least * scale + (least < 0 ? number_width + 10 : 0);
	const char **cells = ARENA_ARRAY(arena, const char *, (size_t)bars->count * 3);
	for (int i = 0; i < bars->count; i++) {
		const double value = (double)bars->values[i], y = i * BAR_ROW;
		const char *text = drawing_number(arena, bars->decimals, value);
		const bool marked = bars->marked && *bars->marked == i;
		const DrawBox bar = { zero + fmin(value, 0) * scale, y,
			fabs(value) * scale, BAR };
		draw_text(drawing, names, y + BAR / 2.0, DRAW_END,
		        marked ? DRAW_STRONG : DRAW_PLAIN, bars->names[i]);
		draw_cell(drawing, bar, value < 0 ? DRAW_GRADIENT : DRAW_VALUE, 1, "");
		draw_text(drawing, value < 0 ? bar.x - 6 : draw_right(bar) + 6,
		        y + BAR / 2.0, value < 0 ? DRAW_END : DRAW_BEGIN,
		        marked ? DRAW_STRONG : DRAW_PLAIN, text);
		int length = (int)lround(fabs(value) * scale * TEXT_LONGEST / LONGEST);
		char *marks = arena_format(arena, "%*s", length, "");
		memset(marks, value < 0 ? '-' : '#', (size_t)length);
		cells[3 * i] = bars->names[i];
		cells[3 * i + 1] = text;
		cells[3 * i + 2] = arena_format(arena, "%s%s%s", marks,
		        marked && length ? "  " : "", marked ? "<" : "");
	}
	draw_line(drawing, DRAW_PLAIN,
	        (DrawLine){ zero, -6, zero, bars->count * BAR_ROW - BAR_ROW + BAR + 6,
	                .head = false });
	drawing_table(drawing, bars->count, 3, "lrl", cells);
	if (bars->marked && bars->mark) {
		draw_key(drawing, DRAW_STRONG, DRAW_KEY_LINE,
		        arena_format(arena, "bold: %s", bars->mark));
		drawing_say(drawing, "(< %s)", bars->mark);
	}
	return drawing;
}

static void draw_names(Drawing *drawing, const DrawGrid *grid, double left, double cell,
        int rows, int columns)
{
	for (int r = 0; r < rows; r++)
		draw_text(drawing, left - 10, (r + 0.5) * CELL, DRAW_END, DRAW_PLAIN,
		        grid->row_names[r]);
	for (int c = 0; c < columns; c++)
		draw_text(drawing, left + (c + 0.5) * cell, -14, DRAW_MIDDLE, DRAW_PLAIN,
		        grid->column_names[c]);
	if (grid->columns)
		draw_text(drawing, left + columns * cell / 2, -38, DRAW_MIDDLE,
		        DRAW_STRONG,
		        arena_format(drawing_arena(drawing), "%s →", grid->columns));
	if (grid->rows)
		draw_text(drawing, left - 10, -14, DRAW_END, DRAW_STRONG,
		        arena_format(drawing_arena(drawing), "%s ↓", grid->rows));
}

Drawing *draw_grid(Arena *arena, const DrawGrid *grid)
{
	Drawing *drawing = drawing_new(arena, grid->title, grid->description);
	if (grid->values.ndim != 2)
		error_stop(HERE, "draw_grid",
		        "values of shape %s: expected two dimensions",
		        tensor_shape_text(grid->values).text);
	const int rows = grid->values.shape[0], columns = grid->values.shape[1];
	const int width = columns + 1;
	const char **cells =
	        ARENA_ARRAY(arena, const char *, (size_t)((rows + 1) * width));
	double left = grid->rows ? draw_width(grid->rows) + 30 : 0, cell = CELL,
	       largest = 0;
	bool negative = false;
	for (int r = 0; r < rows; r++) {
		left = fmax(left, draw_width(grid->row_names[r]));
		cells[(r + 1) * width] = grid->row_names[r];
		for (int c = 0; c < columns; c++) {
			const double value = (double)grid->values.data[r * columns + c];
			const char *text = drawing_number(arena, grid->decimals, value);
			largest = fmax(largest, fabs(value));
			negative = negative || value < 0;
			cell = fmax(cell, draw_width(text) * 1.08 + 14);
			cell = fmax(cell, draw_width(grid->column_names[c]) + 14);
			cells[c + 1] = grid->column_names[c];
			cells[(r + 1) * width + c + 1] = text;
		}
	}
	draw_names(drawing, grid, left, cell, rows, columns);
	/* what is framed comes last: its frame lies over its neighbours' */
	for (int framed = 0; framed < 2; framed++)
		for (int r = 0; r < rows; r++)
			for (int c = 0; c < columns; c++) {
				const double value =
				        (double)grid->values.data[r * columns + c];
				if ((grid->diagonal && r == c) != framed)
					continue;
				draw_cell(drawing,
				        (DrawBox){
				                left + c * cell, r * CELL, cell, CELL },
				        framed      ? DRAW_STRONG
				        : value < 0 ? DRAW_GRADIENT
				                    : DRAW_PLAIN,
				        largest > 0 ? fabs(value) / largest : 0,
				        cells[(r + 1) * width + c + 1]);
			}
	drawing_table(drawing, rows + 1, width, "lr", cells);
	if (grid->rows && grid->columns)
		drawing_say(
		        drawing, "(rows: %s; columns: %s)", grid->rows, grid->columns);
	if (grid->diagonal)
		draw_key(drawing, DRAW_STRONG, DRAW_KEY_AREA, grid->diagonal);
	draw_key(drawing, DRAW_VALUE, DRAW_KEY_AREA,
	        arena_format(arena, "the fuller the colour, the larger: up to %s",
	                drawing_number(arena, grid->decimals, largest)));
	if (negative)
		draw_key(drawing, DRAW_GRADIENT, DRAW_KEY_AREA, "negative");
	return drawing;
}
