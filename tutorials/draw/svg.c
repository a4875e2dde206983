/* A drawing as SVG. All colours stand in one table, so that none is missing in light
 * or in dark, and are chosen by the page's reader (prefers-color-scheme). The ground
 * is drawn: ink is readable on any page. No element has an id, so that several
 * drawings can stand in one document. */
#include "tutorials/draw/shapes.h"
#include "tensor/plot/escape.h"

#include <math.h>

enum { MARGIN = 16, KEY_LINE = 22, KEY_SWATCH = 34 };

static const char *const style_names[DRAW_STYLES] = { "plain", "value", "gradient",
	"faint", "strong" };

/* --- colours ------------------------------------------------------------------------ */

typedef struct Palette {
	const char *ground, *ink, *soft, *panel, *value, *value_panel, *gradient,
	        *gradient_panel;
} Palette;
static const Palette light = { "#ffffff", "#1b1f24", "#57606a", "#f6f8fa", "#0550ae",
	"#ddf4ff", "#b35900", "#fff1e5" };
static const Palette dark = { "#0d1117", "#e6edf3", "#9da7b1", "#161b22", "#79c0ff",
	"#0c2d4a", "#ffa657", "#33220f" };

static void print_style(
        FILE *out, const char *name, const char *ink, const char *line, const char *panel)
{
	html_print(out,
	        "text.%s,path.%s.head{fill:%s}path.%s,rect.%s{stroke:%s}"
	        "rect.%s{fill:%s}\n",
	        name, name, ink, name, name, line, name, panel);
}

static void print_palette(FILE *out, Palette p)
{
	html_print(out, "rect.ground{fill:%s}\n", p.ground);
	print_style(out, "plain", p.ink, p.soft, p.panel);
	print_style(out, "value", p.value, p.value, p.value_panel);
	print_style(out, "gradient", p.gradient, p.gradient, p.gradient_panel);
	print_style(out, "faint", p.soft, p.soft, p.ground);
	print_style(out, "strong", p.ink, p.ink, p.panel);
	html_print(out,
	        "rect.shade{fill:%s;stroke:none}rect.shade.gradient{fill:%s}"
	        "path.plain.head{fill:%s}\n",
	        p.value, p.gradient, p.soft);
}

static void print_styles(FILE *out)
{
	html_print(out, "<style>\n"
	                "text{font:14px system-ui,sans-serif;"
	                "font-variant-numeric:tabular-nums}"
	                "text.small{font-size:12px}text.strong{font-weight:600}\n"
	                "path{fill:none}path,rect{stroke-width:1.5}"
	                "path.strong,rect.strong{stroke-width:2.5}"
	                "path.faint,rect.faint{stroke-width:1;stroke-dasharray:2 3}"
	                "path.gradient,rect.gradient{stroke-dasharray:5 4}"
	                "path.head{stroke:none !important}\n");
	print_palette(out, light);
	html_print(out, "@media (prefers-color-scheme:dark){\n");
	print_palette(out, dark);
	html_print(out, "}\n</style>\n");
}

/* --- shapes ------------------------------------------------------------------------- */

enum { HEAD = 9 }; /* the length of an arrow's head, and its width */

static void print_path(FILE *out, const Shape *shape)
{
	const double *end = shape->xy + 2 * (shape->points - 1);
	double dx = end[0] - end[-2], dy = end[1] - end[-1];
	const double length = sqrt(dx * dx + dy * dy);
	const bool head = shape->head && length > 0;
	dx *= head ? HEAD / length : 0;
	dy *= head ? HEAD / length : 0;
	html_print(out, "<path class=\"%s\"", style_names[shape->style]);
	if (shape->thickness > 0)
		html_print(out, " style=\"stroke-width:%.1f\"", shape->thickness);
	html_print(out, " d=\"M%.1f %.1f", shape->xy[0], shape->xy[1]);
	for (int i = 1; i < shape->points; i++) { /* the line ends within its head */
		const double *to = shape->xy + 2 * i, back = to == end ? 0.6 : 0;
		html_print(out, "%c%.1f %.1f",
		        !shape->curved ? 'L'
		        : i == 1       ? 'C'
		                       : ' ',
		        to[0] - back * dx, to[1] - back * dy);
	}
	html_print(out, "\"/>\n");
	if (head)
		html_print(out,
		        "<path class=\"head %s\" d=\"M%.1f %.1fL%.1f %.1fL%.1f "
		        "%.1fz\"/>\n",
		        style_names[shape->style], end[0], end[1], end[0] - dx - dy / 2,
		        end[1] - dy + dx / 2, end[0] - dx + dy / 2, end[1] - dy - dx / 2);
}

static void print_area(FILE *out, const Shape *shape)
{
	html_print(out,
	        "<rect class=\"%s%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
	        "height=\"%.1f\"",
	        shape->shade > 0 ? "shade " : "", style_names[shape->style], shape->box.x,
	        shape->box.y, shape->box.width, shape->box.height);
	if (shape->rounded > 0)
		html_print(out, " rx=\"%.1f\"", shape->rounded);
	if (shape->shade > 0) /* half at most: black and white text stay readable on it */
		html_print(out, " fill-opacity=\"%.3f\"", shape->shade / 2);
	html_print(out, "/>\n");
}

enum { HEAT_STEPS = 8 };

static int heat_step(const Shape *shape, int row, int column)
{
	double shade = (double)shape->shades[row * shape->columns + column];
	return (int)(fmin(fmax(shade, 0), 1) * HEAT_STEPS + 0.5);
}

/* One path for each step: neighbours in a row are one rectangle. It is filled and has no
 * line, as an arrow's head is. */
static void print_heat(FILE *out, const Shape *shape)
{
	html_print(out,
	        "<g shape-rendering=\"crispEdges\" transform=\"translate(%.1f %.1f) "
	        "scale(%.4f %.4f)\">\n",
	        shape->box.x, shape->box.y, shape->box.width / shape->columns,
	        shape->box.height / shape->rows);
	for (int step = 1; step <= HEAT_STEPS; step++) {
		html_print(out,
		        "<path class=\"head value\" fill-opacity=\"%.3f\" d=\"M0 0",
		        step / (double)HEAT_STEPS);
		for (int r = 0; r < shape->rows; r++)
			for (int c = 0, end; c < shape->columns; c = end) {
				const int here = heat_step(shape, r, c);
				for (end = c + 1; end < shape->columns; end++)
					if (heat_step(shape, r, end) != here)
						break;
				if (here == step)
					html_print(out, "M%d %dh%dv1h-%dz", c, r, end - c,
					        end - c);
			}
		html_print(out, "\"/>\n");
	}
	html_print(out, "</g>\n");
}

static void print_text(FILE *out, const Shape *shape)
{
	static const char *const anchors[] = { "start", "middle", "end" };
	if (shape->on_line)
		html_print(out,
		        "<rect class=\"ground\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
		        "height=\"%.1f\"/>\n",
		        shape->box.x - 2, shape->box.y, shape->box.width + 4,
		        shape->box.height);
	html_print(out,
	        "<text class=\"%s%s\" x=\"%.1f\" y=\"%.1f\" "
	        "text-anchor=\"%s\">%s</text>\n",
	        style_names[shape->style], shape->size < 14 ? " small" : "",
	        shape->box.x + shape->box.width * (int)shape->anchor / 2,
	        draw_middle(shape->box) + 0.35 * shape->size, anchors[shape->anchor],
	        shape->text);
}

static void print_shape(FILE *out, const Shape *shape)
{
	if (shape->kind == SHAPE_HEAT)
		print_heat(out, shape);
	else if (shape->kind == SHAPE_PATH)
		print_path(out, shape);
	else if (shape->kind == SHAPE_AREA)
		print_area(out, shape);
	else
		print_text(out, shape);
}

/* --- the legend --------------------------------------------------------------------- */

/* Below `page`, in lines as wide as it is; printed if `out`. The height it takes. */
static double legend(FILE *out, const Drawing *drawing, DrawBox page)
{
	double x = page.x, y = draw_bottom(page) + 14 + KEY_LINE / 2.0;
	for (int i = 0; i < drawing->keys; i++) {
		const DrawKey *key = &drawing->key[i];
		double width = KEY_SWATCH + draw_width(key->text) * 12 / 14 + 22;
		if (x > page.x && x + width - 22 > draw_right(page)) {
			x = page.x;
			y += KEY_LINE;
		}
		Shape line = { .style = key->style,
			.points = 2,
			.head = key->shape == DRAW_KEY_ARROW,
			.xy = { x, y, x + KEY_SWATCH - 8, y } };
		Shape area = { .style = key->style,
			.box = { x, y - 7, KEY_SWATCH - 8, 14 } };
		Shape text = { .size = 12,
			.text = key->text,
			.box = { x + KEY_SWATCH, y - 6, 0, 12 } };
		if (out && key->shape != DRAW_KEY_AREA)
			print_path(out, &line);
		else if (out)
			print_area(out, &area);
		if (out)
			print_text(out, &text);
		x += width;
	}
	return drawing->keys ? y + KEY_LINE / 2.0 - draw_bottom(page) : 0;
}

/* Wide enough for the longest line of the legend. */
static DrawBox page_of(const Drawing *drawing)
{
	DrawBox page = drawing->bounds;
	for (int i = 0; i < drawing->keys; i++)
		page.width = fmax(page.width,
		        KEY_SWATCH + draw_width(drawing->key[i].text) * 12 / 14);
	return page;
}

void drawing_svg(const Drawing *drawing, FILE *out)
{
	DrawBox page = page_of(drawing);
	double width = ceil(page.width + 2 * MARGIN);
	double height = ceil(page.height + legend(NULL, drawing, page) + 2 * MARGIN);
	double left = page.x - MARGIN, top = page.y - MARGIN;
	html_print(out,
	        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"%.1f %.1f %.0f "
	        "%.0f\" "
	        "width=\"%.0f\" height=\"%.0f\" style=\"max-width:100%%;height:auto\" "
	        "role=\"img\">\n<title>%s</title>\n<desc>%s</desc>\n",
	        left, top, width, height, width, height, drawing->title,
	        drawing->description);
	print_styles(out);
	html_print(out,
	        "<rect class=\"ground\" x=\"%.1f\" y=\"%.1f\" width=\"%.0f\" "
	        "height=\"%.0f\" rx=\"8\"/>\n",
	        left, top, width, height);
	for (int kind = 0; kind < SHAPE_KINDS; kind++)
		for (const Shape *shape = drawing->shapes; shape; shape = shape->next)
			if ((int)shape->kind == kind)
				print_shape(out, shape);
	legend(out, drawing, page);
	html_print(out, "</svg>\n");
}

/* --- faults ------------------------------------------------------------------------- */

static bool inside(DrawBox box, double x, double y)
{
	return x > box.x && x < draw_right(box) && y > box.y && y < draw_bottom(box);
}

static bool overlap(DrawBox a, DrawBox b)
{
	return a.x < draw_right(b) && b.x < draw_right(a) && a.y < draw_bottom(b) &&
	       b.y < draw_bottom(a);
}

/* Tried at so many places of each piece, or of the curve. */
static bool crosses(const Shape *path, DrawBox box)
{
	enum { PLACES = 64 };
	int pieces = path->curved ? 1 : path->points - 1;
	for (int p = 0; p < pieces; p++)
		for (int i = 0; i <= PLACES; i++) {
			const double *q = path->xy + 2 * p;
			double t = i / (double)PLACES, s = 1 - t, x = s * q[0] + t * q[2],
			       y = s * q[1] + t * q[3];
			if (path->curved) {
				double b0 = s * s * s, b1 = 3 * s * s * t,
				       b2 = 3 * s * t * t, b3 = t * t * t;
				x = b0 * q[0] + b1 * q[2] + b2 * q[4] + b3 * q[6];
				y = b0 * q[1] + b1 * q[3] + b2 * q[5] + b3 * q[7];
			}
			if (inside(box, x, y))
				return true;
		}
	return false;
}

/* An area that is drawn between a line and a text hides the line. */
static bool hidden(const Drawing *drawing, DrawBox text)
{
	for (const Shape *s = drawing->shapes; s; s = s->next)
		if (s->kind == SHAPE_AREA &&
		        inside(s->box, draw_centre(text), draw_middle(text)))
			return true;
	return false;
}

const char *drawing_fault(const Drawing *drawing)
{
	for (const Shape *a = drawing->shapes; a; a = a->next) {
		if (a->kind != SHAPE_TEXT)
			continue;
		for (const Shape *b = drawing->shapes; b; b = b->next)
			if (b->kind == SHAPE_PATH && !a->on_line &&
			        !hidden(drawing, a->box) && crosses(b, a->box))
				return arena_format(drawing->arena,
				        "a line goes through \"%s\"", a->text);
		for (const Shape *b = a->next; b; b = b->next)
			if (b->kind == SHAPE_TEXT && overlap(a->box, b->box))
				return arena_format(drawing->arena,
				        "\"%s\" and \"%s\" overlap", a->text, b->text);
	}
	return NULL;
}
