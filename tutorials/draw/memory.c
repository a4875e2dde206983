/* Views stand side by side over the strip of memory; the arrow runs down beside its
 * view, where no number is. */
#include "tutorials/draw/drawings.h"

#include <math.h>
#include <string.h>

enum { CELL = 32, GAP = 44, ROW_WIDTH = 660, STRIP_LINE = 58 };

static int offset_of(const DrawView *view, int r, int c)
{
	return view->offset + r * view->strides[0] + c * view->strides[1];
}

static bool is_marked(const DrawMemory *memory, int offset)
{
	const DrawView *view = &memory->view[memory->marked_view];
	for (int r = memory->row; r < memory->row + memory->marked_rows; r++)
		for (int c = 0; c < view->columns; c++)
			if (offset_of(view, r, c) == offset)
				return true;
	return false;
}

static const char *number(Arena *arena, const DrawMemory *memory, int offset)
{
	return drawing_number(arena, memory->decimals, (double)memory->values[offset]);
}

static void check(const DrawMemory *memory)
{
	for (int v = 0; v < memory->views; v++)
		for (int corner = 0; corner < 4; corner++) {
			const DrawView *view = &memory->view[v];
			int offset = offset_of(view, corner / 2 * (view->rows - 1),
			        corner % 2 * (view->columns - 1));
			if (offset < 0 || offset >= memory->count)
				error_stop(HERE, "draw_memory",
				        "view \"%s\" reads offset %d of %d numbers",
				        view->name, offset, memory->count);
		}
}

static void draw_number(Drawing *drawing, const DrawMemory *memory, int offset, double x,
        double y, double width)
{
	draw_cell(drawing, (DrawBox){ x, y, width, CELL },
	        is_marked(memory, offset) ? DRAW_GRADIENT : DRAW_VALUE, 0,
	        number(drawing_arena(drawing), memory, offset));
}

/* Its name, its shape and strides, its cells. */
static DrawBox draw_view(Drawing *drawing, const DrawMemory *memory, const DrawView *view,
        double x, double y, double cell)
{
	const char *strides = arena_format(drawing_arena(drawing), "strides %d and %d",
	        view->strides[0], view->strides[1]);
	const char *name = arena_format(drawing_arena(drawing), "%s, shape (%d,%d)",
	        view->name, view->rows, view->columns);
	draw_text(drawing, x, y, DRAW_BEGIN, DRAW_STRONG, name);
	draw_small(drawing, x, y + DRAW_LINE, DRAW_BEGIN, DRAW_FAINT, strides);
	DrawBox cells = { x, y + 2 * DRAW_LINE, view->columns * cell, view->rows * CELL };
	for (int r = 0; r < view->rows; r++)
		for (int c = 0; c < view->columns; c++)
			draw_number(drawing, memory, offset_of(view, r, c), x + c * cell,
			        cells.y + r * CELL, cell);
	cells.width = fmax(cells.width, 1.08 * draw_width(name));
	return cells;
}

static void say_view(Drawing *drawing, const DrawMemory *memory, const DrawView *view)
{
	Arena *arena = drawing_arena(drawing);
	drawing_say(drawing, "%s, shape (%d,%d): [r,c] is at %d + %d r + %d c",
	        view->name, view->rows, view->columns, view->offset, view->strides[0],
	        view->strides[1]);
	const int columns = view->columns + 1;
	const char **cells =
	        ARENA_ARRAY(arena, const char *, (size_t)columns *(size_t)view->rows);
	for (int r = 0; r < view->rows; r++) {
		cells[r * columns] = " ";
		for (int c = 0; c < view->columns; c++) {
			int offset = offset_of(view, r, c);
			cells[r * columns + c + 1] =
			        arena_format(arena, "%s%c", number(arena, memory, offset),
			                is_marked(memory, offset) ? '*' : ' ');
		}
	}
	drawing_table(drawing, view->rows, columns, "lr", cells);
}

static int min_int(int a, int b)
{
	return a < b ? a : b;
}

static int max_int(int a, int b)
{
	return a > b ? a : b;
}

static void say_strip(Drawing *drawing, const DrawMemory *memory)
{
	enum { MOST = 12, WIDTH = 64 }; /* beside "offset", on a line of 78 characters */
	Arena *arena = drawing_arena(drawing);
	int widest = 0;
	for (int i = 0; i < memory->count; i++)
		widest = max_int(widest, (int)strlen(number(arena, memory, i)));
	const int in_line = min_int(MOST, WIDTH / (widest + 3));
	for (int begin = 0; begin < memory->count; begin += in_line) {
		const int count = min_int(memory->count - begin, in_line);
		const char *cells[2 * (MOST + 1)] = { 0 };
		cells[0] = "offset";
		cells[count + 1] = "number";
		for (int i = 0; i < count; i++) {
			cells[i + 1] = arena_format(arena, "%d ", begin + i);
			cells[count + 2 + i] = arena_format(arena, "%s%c",
			        number(arena, memory, begin + i),
			        is_marked(memory, begin + i) ? '*' : ' ');
		}
		drawing_table(drawing, 2, count + 1, "lr", cells);
	}
}

/* The strip in as many lines as it takes. */
static DrawBox draw_strip(
        Drawing *drawing, const DrawMemory *memory, double y, double cell)
{
	Arena *arena = drawing_arena(drawing);
	const int most = (int)fmax(1, ROW_WIDTH / cell);
	const int lines = (memory->count - 1) / most + 1;
	const int in_line = (memory->count - 1) / lines + 1; /* lines of one length */
	for (int i = 0; i < memory->count; i++) {
		double x = i % in_line * cell, top = y + i / in_line * STRIP_LINE;
		draw_number(drawing, memory, i, x, top, cell);
		draw_small(drawing, x + cell / 2, top + CELL + 10, DRAW_MIDDLE,
		        DRAW_FAINT, arena_format(arena, "%d", i));
	}
	draw_text(drawing, 0, y + lines * STRIP_LINE + 4, DRAW_BEGIN, DRAW_STRONG,
	        arena_format(arena, "memory: %d numbers in a row, under each its offset",
	                memory->count));
	return (DrawBox){ 0, y, in_line * cell, CELL };
}

/* What is marked, in words, and the way there from the first marked row of the view. */
static void draw_mark(Drawing *drawing, const DrawMemory *memory, DrawBox cells,
        double above, DrawBox strip, double cell)
{
	const DrawView *view = &memory->view[memory->marked_view];
	const int first = offset_of(view, memory->row, 0);
	const char *rows =
	        memory->marked_rows == 1
	                ? arena_format(drawing_arena(drawing), "row %d of %s begins",
	                          memory->row, view->name)
	                : arena_format(drawing_arena(drawing),
	                          "rows %d to %d of %s begin", memory->row,
	                          memory->row + memory->marked_rows - 1, view->name);
	const char *text =
	        arena_format(drawing_arena(drawing), "%s at offset %d", rows, first);
	draw_key(drawing, DRAW_GRADIENT, DRAW_KEY_AREA, text);
	drawing_say(drawing, "(* %s)", text);
	const double row = cells.y + (memory->row + 0.5) * CELL, aside = cells.x - 14;
	const double to = (first + 0.5) * cell;
	const double way[] = { cells.x, row, aside, row, aside, above, to, above, to,
		strip.y };
	if (to < draw_right(strip)) /* not through another line of the strip */
		draw_corners(drawing, DRAW_GRADIENT, 5, way, true);
}

Drawing *draw_memory(Arena *arena, const DrawMemory *memory)
{
	Drawing *drawing = drawing_new(arena, memory->title, memory->description);
	check(memory);
	double cell = CELL, x = 0, y = 0, bottom = 0;
	for (int i = 0; i < memory->count; i++)
		cell = fmax(cell, 12 + draw_width(number(arena, memory, i)));
	DrawBox marked = { 0 };
	for (int v = 0; v < memory->views; v++) {
		const DrawView *view = &memory->view[v];
		if (x > 0 && x + view->columns * cell > ROW_WIDTH) {
			x = 0;
			y = bottom + GAP;
		}
		DrawBox cells = draw_view(drawing, memory, view, x, y, cell);
		if (v == memory->marked_view)
			marked = cells;
		bottom = fmax(bottom, draw_bottom(cells));
		x = draw_right(cells) + GAP;
		say_view(drawing, memory, view);
	}
	say_strip(drawing, memory);
	DrawBox strip = draw_strip(drawing, memory, bottom + GAP, cell);
	if (memory->marked_rows)
		draw_mark(drawing, memory, marked, bottom + 20, strip, cell);
	return drawing;
}
