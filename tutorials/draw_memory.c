/* Views stand side by side over the strip of memory; the arrow runs down beside its
 * view, where no number is. */
#include "tutorials/drawings.h"

#include <math.h>

enum { CELL = 32, GAP = 44, ROW_WIDTH = 640 };

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

static void say_strip(Drawing *drawing, const DrawMemory *memory)
{
	enum { IN_LINE = 12 };
	Arena *arena = drawing_arena(drawing);
	for (int begin = 0; begin < memory->count; begin += IN_LINE) {
		int count = memory->count - begin;
		count = count < IN_LINE ? count : IN_LINE;
		const char *cells[2 * (IN_LINE + 1)] = { 0 };
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

Drawing *draw_memory(Arena *arena, const DrawMemory *memory)
{
	Drawing *drawing = drawing_new(arena, memory->title, memory->description);
	check(memory);
	double cell = CELL;
	for (int i = 0; i < memory->count; i++)
		cell = fmax(cell, 12 + draw_width(number(arena, memory, i)));
	double x = 0, y = 0, bottom = 0;
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
	double strip = bottom + GAP;
	draw_text(drawing, 0, strip + CELL + 2 * DRAW_LINE, DRAW_BEGIN, DRAW_STRONG,
	        arena_format(arena, "memory: %d numbers in a row, under each its offset",
	                memory->count));
	for (int i = 0; i < memory->count; i++) {
		draw_number(drawing, memory, i, i * cell, strip, cell);
		draw_small(drawing, (i + 0.5) * cell, strip + CELL + 10, DRAW_MIDDLE,
		        DRAW_FAINT, arena_format(arena, "%d", i));
	}
	if (memory->marked_rows) {
		const DrawView *view = &memory->view[memory->marked_view];
		int first = offset_of(view, memory->row, 0);
		double row = marked.y + (memory->row + 0.5) * CELL;
		double to = (first + 0.5) * cell;
		const double way[] = { marked.x, row, marked.x - 14, row, marked.x - 14,
			bottom + 20, to, bottom + 20, to, strip };
		draw_corners(drawing, DRAW_GRADIENT, 5, way, true);
		draw_key(drawing, DRAW_GRADIENT, DRAW_KEY_AREA,
		        arena_format(arena, "row %d of %s begins at offset %d",
		                memory->row, view->name, first));
		drawing_say(drawing, "(* row %d of %s: it begins at offset %d)",
		        memory->row, view->name, first);
	}
	return drawing;
}
