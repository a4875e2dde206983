/* Shapes are collected, each with the box it takes, and printed when all are known:
 * then the size of the picture is, and what lies under what. */
#include "tutorials/draw/draw.h"
#include "tensor/error.h"
#include "tensor/utf8.h"
#include "tutorials/draw/shapes.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

double draw_right(DrawBox box)
{
	return box.x + box.width;
}

double draw_bottom(DrawBox box)
{
	return box.y + box.height;
}

double draw_centre(DrawBox box)
{
	return box.x + box.width / 2;
}

double draw_middle(DrawBox box)
{
	return box.y + box.height / 2;
}

Drawing *drawing_new(Arena *arena, const char *title, const char *description)
{
	Drawing *drawing = ARENA_NEW(arena, Drawing);
	drawing->arena = arena;
	drawing->title = arena_string(arena, title);
	drawing->description = arena_string(arena, description);
	drawing->text = "";
	drawing->end = &drawing->shapes;
	return drawing;
}

const char *drawing_title(const Drawing *drawing)
{
	return drawing->title;
}

DrawBox drawing_bounds(const Drawing *drawing)
{
	return drawing->bounds;
}

Arena *drawing_arena(const Drawing *drawing)
{
	return drawing->arena;
}

static void grow(DrawBox *box, DrawBox more)
{
	double right = fmax(draw_right(*box), draw_right(more));
	double bottom = fmax(draw_bottom(*box), draw_bottom(more));
	box->x = fmin(box->x, more.x);
	box->y = fmin(box->y, more.y);
	box->width = right - box->x;
	box->height = bottom - box->y;
}

static void add(Drawing *drawing, Shape shape)
{
	Shape *copy = arena_copy(drawing->arena, &shape, sizeof shape);
	if (drawing->shapes)
		grow(&drawing->bounds, shape.box);
	else
		drawing->bounds = shape.box;
	*drawing->end = copy;
	drawing->end = &copy->next;
}

/* --- text --------------------------------------------------------------------------- */

/* In ems. Fonts differ: of the usual ones for screens this is the widest, or nearly. */
static double character_width(uint32_t point)
{
	if (point >= 0x1100)
		return point >= 0x2e80 ? 1.05 : 0.8;
	if (point >= 0x80)
		return 0.68;
	if (strchr("ijl.,:;'|!", (int)point))
		return 0.34;
	if (strchr("frt()[] -/\\", (int)point))
		return 0.42;
	if (strchr("mwMW@%+=<>", (int)point))
		return 0.92;
	return point >= 'A' && point <= 'Z' ? 0.72 : 0.62;
}

double draw_width(const char *text)
{
	double widest = 0, width = 0;
	for (size_t size = strlen(text); size > 0;) {
		Utf8 next = utf8_next(text, size);
		width = next.point == '\n' ? 0 : width + character_width(next.point);
		widest = fmax(widest, width);
		text += next.bytes;
		size -= (size_t)next.bytes;
	}
	return 14 * widest;
}

static void add_text(Drawing *drawing, double x, double y, DrawAnchor anchor, Shape shape)
{
	if (!*shape.text)
		return;
	double width = draw_width(shape.text) * shape.size / 14;
	if (shape.style == DRAW_STRONG) /* bold */
		width *= 1.08;
	shape.kind = SHAPE_TEXT;
	shape.anchor = anchor;
	shape.text = arena_string(drawing->arena, shape.text);
	shape.box = (DrawBox){ x - width * (int)anchor / 2, y - shape.size / 2, width,
		shape.size };
	add(drawing, shape);
}

void draw_text(Drawing *drawing, double x, double y, DrawAnchor anchor, DrawStyle style,
        const char *text)
{
	add_text(drawing, x, y, anchor,
	        (Shape){ .style = style, .size = 14, .text = text });
}

void draw_small(Drawing *drawing, double x, double y, DrawAnchor anchor, DrawStyle style,
        const char *text)
{
	add_text(drawing, x, y, anchor,
	        (Shape){ .style = style, .size = 12, .text = text });
}

void draw_label(Drawing *drawing, double x, double y, DrawStyle style, const char *text)
{
	add_text(drawing, x, y, DRAW_MIDDLE,
	        (Shape){ .style = style, .size = 12, .on_line = true, .text = text });
}

/* --- areas -------------------------------------------------------------------------- */

void draw_area(Drawing *drawing, DrawBox box, double rounded, DrawStyle style)
{
	add(drawing, (Shape){ .kind = SHAPE_AREA,
	                     .style = style,
	                     .box = box,
	                     .rounded = rounded });
}

void draw_cell(
        Drawing *drawing, DrawBox box, DrawStyle style, double shade, const char *text)
{
	draw_area(drawing, box, 0, style);
	if (shade > 0)
		add(drawing, (Shape){ .kind = SHAPE_AREA,
		                     .style = style,
		                     .box = box,
		                     .shade = fmin(shade, 1) });
	DrawStyle ink = style == DRAW_FAINT || style == DRAW_STRONG ? style : DRAW_PLAIN;
	draw_text(drawing, draw_centre(box), draw_middle(box), DRAW_MIDDLE, ink, text);
}

void draw_heat(Drawing *drawing, DrawBox box, int rows, int columns, const real shades[])
{
	add(drawing, (Shape){ .kind = SHAPE_HEAT,
	                     .box = box,
	                     .rows = rows,
	                     .columns = columns,
	                     .shades = arena_copy(drawing->arena, shades,
	                             (size_t)(rows * columns) * sizeof *shades) });
}

DrawBox draw_card(
        Drawing *drawing, double x, double y, DrawStyle style, const char *lines)
{
	int count = 1;
	for (const char *at = lines; (at = strchr(at, '\n')); at++)
		count++;
	DrawBox box = { x, y, 24 + draw_width(lines), 14 + DRAW_LINE * count };
	draw_area(drawing, box, 8, style);
	for (int i = 0; i < count; i++) {
		size_t length = strcspn(lines, "\n");
		DrawStyle ink = i || count == 1 ? DRAW_PLAIN : DRAW_STRONG;
		draw_text(drawing, draw_centre(box), y + 7 + DRAW_LINE * (i + 0.5),
		        DRAW_MIDDLE, ink,
		        arena_format(drawing->arena, "%.*s", (int)length, lines));
		lines += length + (lines[length] != '\0');
	}
	return box;
}

/* --- lines -------------------------------------------------------------------------- */

static void add_path(Drawing *drawing, Shape shape)
{
	shape.kind = SHAPE_PATH;
	shape.box = (DrawBox){ shape.xy[0], shape.xy[1], 0, 0 };
	for (int i = 1; i < shape.points; i++)
		grow(&shape.box, (DrawBox){ shape.xy[2 * i], shape.xy[2 * i + 1], 0, 0 });
	add(drawing, shape);
}

void draw_line(Drawing *drawing, DrawStyle style, DrawLine line)
{
	double dx = line.x1 - line.x0, dy = line.y1 - line.y0;
	double length = sqrt(dx * dx + dy * dy);
	Shape shape = { .style = style,
		.head = line.head,
		.thickness = line.thickness,
		.xy = { line.x0, line.y0 } };
	if (line.bend != 0 && length > 0) { /* a curve passes 3/4 of the way to two equal
		                             * points between its ends */
		double side = line.bend * 4 / 3 / length;
		shape.curved = true;
		for (int i = 1; i <= 2; i++) {
			shape.xy[2 * i] =
			        line.x0 + dx * (i == 1 ? 0.25 : 0.75) + side * dy;
			shape.xy[2 * i + 1] =
			        line.y0 + dy * (i == 1 ? 0.25 : 0.75) - side * dx;
		}
	}
	shape.points = shape.curved ? 4 : 2;
	shape.xy[2 * shape.points - 2] = line.x1;
	shape.xy[2 * shape.points - 1] = line.y1;
	add_path(drawing, shape);
}

void draw_corners(
        Drawing *drawing, DrawStyle style, int count, const double xy[], bool head)
{
	if (count < 2 || count > DRAW_CORNERS)
		error_stop(HERE, "draw_corners", "%d points: expected 2 to %d", count,
		        DRAW_CORNERS);
	Shape shape = { .style = style, .head = head, .points = count };
	memcpy(shape.xy, xy, (size_t)count * 2 * sizeof *xy);
	add_path(drawing, shape);
}

void draw_join(
        Drawing *drawing, DrawBox from, DrawBox to, DrawStyle style, const char *label)
{
	DrawLine line = { draw_right(from), draw_middle(from), to.x, draw_middle(to),
		.head = true };
	if (to.x < draw_right(from)) {
		bool down = to.y >= draw_bottom(from);
		line.x0 = draw_centre(from);
		line.y0 = down ? draw_bottom(from) : from.y;
		line.x1 = draw_centre(to);
		line.y1 = down ? to.y : draw_bottom(to);
	}
	draw_line(drawing, style, line);
	if (label)
		draw_label(drawing, (line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2,
		        style, label);
}

void draw_bracket(Drawing *drawing, double x0, double x1, double y, double height,
        DrawStyle style, const char *text)
{
	const double xy[] = { x0, y, x0, y + height, x1, y + height, x1, y };
	draw_corners(drawing, style, 4, xy, false);
	draw_small(drawing, (x0 + x1) / 2, y + height + (height < 0 ? -10 : 10),
	        DRAW_MIDDLE, style, text);
}

void draw_key(Drawing *drawing, DrawStyle style, DrawKeyShape shape, const char *text)
{
	if (drawing->keys == DRAW_KEYS)
		error_stop(HERE, "draw_key", "a legend of more than %d lines", DRAW_KEYS);
	drawing->key[drawing->keys++] =
	        (DrawKey){ style, shape, arena_string(drawing->arena, text) };
}

/* --- as text ------------------------------------------------------------------------ */

void drawing_say(Drawing *drawing, const char *format, ...)
{
	char line[512];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	size_t length = strlen(line);
	while (length && line[length - 1] == ' ')
		length--;
	drawing->text = arena_format(
	        drawing->arena, "%s%.*s\n", drawing->text, (int)length, line);
}

void drawing_heat(Drawing *drawing, int rows, int columns, const real shades[])
{
	static const char ink[] = " .:-=+*#%@";
	for (int r = 0; r < rows; r++) {
		char line[512];
		int c = 0;
		for (; c < columns && c < (int)sizeof line - 1; c++) {
			double shade = (double)shades[r * columns + c];
			line[c] = ink[(int)(fmin(fmax(shade, 0), 1) * 9.999)];
		}
		drawing_say(drawing, "%.*s", c, line);
	}
}

static int characters(const char *text)
{
	int count = 0;
	for (; *text; text++)
		count += ((unsigned char)*text & 0xC0) != 0x80;
	return count;
}

void drawing_table(Drawing *drawing, int rows, int columns, const char *sides,
        const char *const cells[])
{
	const char **line = ARENA_ARRAY(drawing->arena, const char *, (size_t)rows);
	for (int c = 0; c < columns; c++) {
		int width = 0;
		for (int r = 0; r < rows; r++) {
			const char *cell = cells[r * columns + c];
			int length = cell ? characters(cell) : 0;
			width = length > width ? length : width;
		}
		for (int r = 0; r < rows; r++) {
			const char *cell = cells[r * columns + c];
			cell = cell ? cell : "";
			int blanks = width - characters(cell), gap = c && width ? 2 : 0;
			line[r] = arena_format(drawing->arena, "%s%*s%s%*s",
			        c ? line[r] : "", gap + (*sides == 'r' ? blanks : 0), "",
			        cell, *sides == 'r' ? 0 : blanks, "");
		}
		sides += sides[1] != '\0';
	}
	for (int r = 0; r < rows; r++)
		drawing_say(drawing, "%s", line[r]);
}

const char *drawing_text(const Drawing *drawing)
{
	return drawing->text;
}

const char *drawing_number(Arena *arena, int decimals, double number)
{
	char *text = arena_format(arena, "%.*f", decimals, number);
	return *text == '-' && !text[strspn(text, "-0.")] ? text + 1 : text;
}
