/* Columns of units, centred on a common line. Names of inputs stand left of them, of
 * outputs right, of the others above: no line passes there, since all end at the
 * sides. */
#include "tutorials/draw/drawings.h"

#include <math.h>

enum { HIGH = 34, ROW = 66, ACROSS = 110 };
static const double THINNEST = 0.8, THICKEST = 4.5;

static const char *value_text(Arena *arena, const DrawNetwork *network, int l, int unit)
{
	const real *values = network->layer[l].values;
	return values ? drawing_number(arena, network->decimals, (double)values[unit])
	              : "";
}

static const char *name_text(const DrawNetwork *network, int l, int unit)
{
	const char *const *names = network->layer[l].names;
	return names ? names[unit] : "";
}

static double weight(const DrawLayer *layer, int unit, int from)
{
	return (double)layer->weights.data[unit * layer->weights.shape[1] + from];
}

static void check(const DrawNetwork *network)
{
	for (int l = 0; l < network->layers; l++) {
		const Tensor w = network->layer[l].weights;
		const int units = network->layer[l].units;
		const int before = l ? network->layer[l - 1].units : 0;
		if (w.data &&
		        (w.ndim != 2 || w.shape[0] != units || w.shape[1] != before))
			error_stop(HERE, "draw_network",
			        "weights %s of layer %d: expected (%d,%d)",
			        tensor_shape_text(w).text, l, units, before);
	}
}

static double largest_weight(const DrawNetwork *network)
{
	double largest = 0;
	for (int l = 1; l < network->layers; l++) {
		const Tensor w = network->layer[l].weights;
		for (size_t i = 0; w.data && i < tensor_count(w); i++)
			largest = fmax(largest, fabs((double)w.data[i]));
	}
	return largest;
}

static double unit_width(Arena *arena, const DrawNetwork *network, int l)
{
	double width = HIGH;
	for (int u = 0; u < network->layer[l].units; u++) {
		width = fmax(width, draw_width(value_text(arena, network, l, u)) + 18);
		if (l > 0 && l < network->layers - 1)
			width = fmax(width, draw_width(name_text(network, l, u)));
	}
	return width;
}

static DrawBox unit_box(
        const DrawNetwork *network, int l, int unit, double x, double width)
{
	double middle = (unit - (network->layer[l].units - 1) / 2.0) * ROW;
	return (DrawBox){ x, middle - HIGH / 2.0, width, HIGH };
}

static void draw_unit(
        Drawing *drawing, const DrawNetwork *network, int l, int unit, DrawBox box)
{
	const char *name = name_text(network, l, unit);
	draw_area(drawing, box, HIGH / 2.0, DRAW_PLAIN);
	draw_text(drawing, draw_centre(box), draw_middle(box), DRAW_MIDDLE, DRAW_PLAIN,
	        value_text(drawing_arena(drawing), network, l, unit));
	if (l == 0)
		draw_text(
		        drawing, box.x - 8, draw_middle(box), DRAW_END, DRAW_PLAIN, name);
	else if (l == network->layers - 1)
		draw_text(drawing, draw_right(box) + 8, draw_middle(box), DRAW_BEGIN,
		        DRAW_PLAIN, name);
	else
		draw_small(drawing, draw_centre(box), box.y - 10, DRAW_MIDDLE, DRAW_PLAIN,
		        name);
}

static void draw_weights(Drawing *drawing, const DrawNetwork *network, int l, DrawBox to,
        int unit, double before_x, double before_width, double largest)
{
	const DrawLayer *layer = &network->layer[l];
	for (int from = 0; from < network->layer[l - 1].units; from++) {
		DrawBox box = unit_box(network, l - 1, from, before_x, before_width);
		DrawLine line = { draw_right(box), draw_middle(box), to.x,
			draw_middle(to), .thickness = THINNEST };
		DrawStyle style = DRAW_PLAIN;
		if (layer->weights.data) {
			double w = weight(layer, unit, from);
			double share = largest > 0 ? fabs(w) / largest : 0;
			line.thickness += (THICKEST - THINNEST) * share;
			style = w < 0 ? DRAW_GRADIENT : DRAW_VALUE;
		}
		draw_line(drawing, style, line);
	}
}

/* A table a layer: its units, their values, and the weight of each unit before. */
static void say(Drawing *drawing, const DrawNetwork *network, int l)
{
	enum { BEFORE = 2 };
	Arena *arena = drawing_arena(drawing);
	const DrawLayer *layer = &network->layer[l];
	int from = layer->weights.data ? layer->weights.shape[1] : 0;
	int columns = BEFORE + from, rows = layer->units + 1;
	const char **cells = ARENA_ARRAY(arena, const char *, (size_t)(rows * columns));
	cells[0] = layer->name;
	cells[1] = layer->values ? "value" : NULL;
	for (int i = 0; i < from; i++) {
		const char *name = name_text(network, l - 1, i);
		cells[BEFORE + i] =
		        arena_format(arena, *name ? "w %s" : "w %s%d", name, i + 1);
	}
	for (int u = 0; u < layer->units; u++) {
		const char **row = cells + (u + 1) * columns,
		           *name = name_text(network, l, u);
		row[0] = *name ? name : arena_format(arena, "%d", u + 1);
		row[1] = value_text(arena, network, l, u);
		for (int i = 0; i < from; i++)
			row[BEFORE + i] = drawing_number(
			        arena, network->decimals, weight(layer, u, i));
	}
	drawing_table(drawing, rows, columns, "lr", cells);
}

Drawing *draw_network(Arena *arena, const DrawNetwork *network)
{
	Drawing *drawing = drawing_new(arena, network->title, network->description);
	check(network);
	const double largest = largest_weight(network);
	double x = 0, before_x = 0, before_width = 0, top = 0;
	for (int l = 0; l < network->layers; l++)
		top = fmin(top, unit_box(network, l, 0, 0, 0).y);
	for (int l = 0; l < network->layers; l++) {
		const double width = unit_width(arena, network, l);
		for (int u = 0; u < network->layer[l].units; u++) {
			DrawBox box = unit_box(network, l, u, x, width);
			if (l)
				draw_weights(drawing, network, l, box, u, before_x,
				        before_width, largest);
			draw_unit(drawing, network, l, u, box);
		}
		draw_text(drawing, x + width / 2, top - 34, DRAW_MIDDLE, DRAW_STRONG,
		        network->layer[l].name);
		say(drawing, network, l);
		before_x = x;
		before_width = width;
		x += width + ACROSS;
	}
	if (largest > 0) {
		draw_key(drawing, DRAW_VALUE, DRAW_KEY_LINE, "positive weight");
		draw_key(drawing, DRAW_GRADIENT, DRAW_KEY_LINE, "negative weight");
		draw_key(drawing, DRAW_PLAIN, DRAW_KEY_LINE,
		        arena_format(arena, "the thicker, the larger: up to %s",
		                drawing_number(arena, network->decimals, largest)));
	}
	return drawing;
}
