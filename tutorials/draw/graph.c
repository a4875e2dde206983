/* Nodes stand in columns: one further than the last of their inputs; a node without
 * inputs just before the first that uses it. An edge over several columns takes a
 * place in each that it passes, so that it runs through no box. Within a column places
 * follow the middle of what leads to them (Sugiyama, Tagawa & Toda 1981, one sweep).
 * At each side of a box its edges are spread over the height: the arrow forward, and
 * the dashed one back below it. */
#include "tutorials/draw/drawings.h"

#include <math.h>
#include <string.h>

enum { GAP = 30, PASS_HEIGHT = 24, BACK = 13, COLUMN = 64 };

/* A box, or the place where an edge passes a column. */
typedef struct Place {
	int node, column,
	        before; /* before: the place that leads to it, for a passing edge */
	DrawBox box;
	double wanted; /* its middle */
	bool free;     /* nothing leads to it */
} Place;

typedef struct Edge {
	int from, to, input; /* nodes, and which input of `to` */
	int first, last;     /* the places after `from` and before `to` */
} Edge;

typedef struct Layout {
	Arena *arena;
	const DrawGraph *graph;
	int places, edges, columns;
	Place *place; /* the nodes first */
	Edge *edge;
	double *gap; /* before each column */
} Layout;

static bool leads_back(const DrawGraph *graph, int node)
{
	return graph->gradients && !isnan(graph->nodes[node].gradient);
}

static const char *back_label(Arena *arena, const DrawGraph *graph, const Edge *edge)
{
	const char *local = graph->nodes[edge->to].local[edge->input];
	if (!local || !leads_back(graph, edge->from))
		return NULL;
	return arena_format(arena, "× %s", local);
}

static int lines_of(const DrawGraph *graph, int n)
{
	return 1 + (graph->nodes[n].note != NULL) + graph->values + leads_back(graph, n);
}

static double width_of(Arena *arena, const DrawGraph *graph, const DrawNode *node)
{
	double width = fmax(
	        draw_width(node->name) * 1.08, node->note ? draw_width(node->note) : 0);
	if (graph->values)
		width = fmax(width,
		        draw_width(drawing_number(arena, graph->decimals, node->value)));
	if (graph->gradients)
		width = fmax(width, draw_width(drawing_number(
		                            arena, graph->decimals, node->gradient)));
	return fmax(width + 24, 60);
}

/* --- columns ------------------------------------------------------------------------ */

static void choose_columns(Layout *layout)
{
	const DrawGraph *graph = layout->graph;
	for (int n = 0; n < graph->count; n++)
		for (int i = 0; i < graph->nodes[n].inputs; i++) {
			int from = graph->nodes[n].input[i];
			if (from < 0 || from >= n)
				error_stop(HERE, "draw_graph",
				        "input %d of \"%s\" is node %d: expected one "
				        "before it",
				        i, graph->nodes[n].name, from);
			int column = layout->place[from].column + 1;
			if (layout->place[n].column < column)
				layout->place[n].column = column;
		}
	for (int n = graph->count - 1; n >= 0; n--) {
		Place *place = &layout->place[n];
		place->free = !graph->nodes[n].inputs;
		int first = -1;
		for (int e = 0; e < layout->edges; e++)
			if (layout->edge[e].from == n) {
				int to = layout->place[layout->edge[e].to].column;
				first = first < 0 || to < first ? to : first;
			}
		if (place->free && first > 0)
			place->column = first - 1;
		if (layout->columns <= place->column)
			layout->columns = place->column + 1;
	}
}

/* Where edges pass columns. */
static void add_passes(Layout *layout)
{
	for (int e = 0; e < layout->edges; e++) {
		Edge *edge = &layout->edge[e];
		edge->first = edge->to;
		edge->last = edge->from;
		int end = layout->place[edge->to].column;
		for (int c = layout->place[edge->from].column + 1; c < end; c++) {
			layout->place[layout->places] = (Place){ .node = -1,
				.column = c,
				.before = edge->last,
				.box = { .height = PASS_HEIGHT } };
			if (edge->last == edge->from)
				edge->first = layout->places;
			edge->last = layout->places++;
		}
	}
}

static double wanted_middle(const Layout *layout, int p);

/* A node without inputs wants to stand just below what else leads to where it leads. */
static double wanted_beside(const Layout *layout, int p)
{
	const Edge *end = layout->edge + layout->edges;
	for (const Edge *own = layout->edge; own < end; own++)
		for (const Edge *other = layout->edge; other < end; other++) {
			const Place *place = &layout->place[other->last];
			if (own->from == p && other->to == own->to && !place->free &&
			        place->column == layout->place[p].column)
				return wanted_middle(layout, other->last) + 1;
		}
	return HUGE_VAL;
}

static double wanted_middle(const Layout *layout, int p)
{
	const Place *place = &layout->place[p];
	if (place->node < 0)
		return draw_middle(layout->place[place->before].box);
	if (place->free)
		return wanted_beside(layout, p);
	double sum = 0;
	int count = 0;
	for (int e = 0; e < layout->edges; e++)
		if (layout->edge[e].to == place->node) {
			sum += draw_middle(layout->place[layout->edge[e].last].box);
			count++;
		}
	return sum / count;
}

/* The places of a column, by where they want to be. */
static int order_column(Layout *layout, int column, int order[COLUMN])
{
	int count = 0;
	for (int p = 0; p < layout->places; p++) {
		Place *place = &layout->place[p];
		if (place->column != column)
			continue;
		if (count == COLUMN)
			error_stop(HERE, "draw_graph", "more than %d nodes in a column",
			        COLUMN);
		place->wanted = wanted_middle(layout, p);
		int at = count++;
		for (; at > 0 && layout->place[order[at - 1]].wanted > place->wanted;
		        at--)
			order[at] = order[at - 1];
		order[at] = p;
	}
	return count;
}

/* One below the other, as near to where they want to be as their sum allows. The width of
 * the widest. */
static double stack_column(Layout *layout, int column, double x)
{
	int order[COLUMN], bound = 0;
	const int count = order_column(layout, column, order);
	double widest = 0, bottom = -HUGE_VAL, shift = 0;
	for (int i = 0; i < count; i++)
		widest = fmax(widest, layout->place[order[i]].box.width);
	for (int i = 0; i < count; i++) {
		Place *place = &layout->place[order[i]];
		if (place->node < 0)
			place->box.width = widest;
		place->box.x = x + (widest - place->box.width) / 2;
		place->box.y = fmax(bottom,
		        isinf(place->wanted) ? 0 : place->wanted - place->box.height / 2);
		if (!place->free) {
			shift += place->wanted - draw_middle(place->box);
			bound++;
		}
		bottom = draw_bottom(place->box) + GAP;
	}
	for (int i = 0; i < count && bound; i++)
		layout->place[order[i]].box.y += shift / bound;
	return widest;
}

static Layout layout_of(Arena *arena, const DrawGraph *graph)
{
	Layout layout = { .arena = arena, .graph = graph };
	size_t count = (size_t)graph->count;
	layout.edge = ARENA_ARRAY(arena, Edge, count * DRAW_INPUTS + 1);
	layout.place = ARENA_ARRAY(arena, Place, count * (1 + DRAW_INPUTS * count));
	layout.gap = ARENA_ARRAY(arena, double, count + 1);
	layout.places = graph->count;
	for (int n = 0; n < graph->count; n++) {
		const DrawNode *node = &graph->nodes[n];
		if (node->inputs > DRAW_INPUTS)
			error_stop(HERE, "draw_graph", "%d inputs of \"%s\": at most %d",
			        node->inputs, node->name, DRAW_INPUTS);
		layout.place[n].node = n;
		layout.place[n].box.width = width_of(arena, graph, node);
		layout.place[n].box.height = 14 + DRAW_LINE * lines_of(graph, n);
		for (int i = 0; i < node->inputs; i++)
			layout.edge[layout.edges++] =
			        (Edge){ .from = node->input[i], .to = n, .input = i };
	}
	choose_columns(&layout);
	add_passes(&layout);
	for (int c = 0; c < layout.columns; c++)
		layout.gap[c] = graph->gradients ? 64 : 40;
	for (int e = 0; e < layout.edges; e++) {
		const char *label = back_label(arena, graph, &layout.edge[e]);
		double *gap = &layout.gap[layout.place[layout.edge[e].to].column];
		if (label)
			*gap = fmax(*gap, draw_width(label) + 36);
	}
	double x = 0;
	for (int c = 0; c < layout.columns; c++)
		x += layout.gap[c] + stack_column(&layout, c, x + layout.gap[c]);
	return layout;
}

/* --- edges -------------------------------------------------------------------------- */

/* Where an edge meets its node's side: by the order of the places that come next along
 * the edges there. */
static double meets(const Layout *layout, const Edge *edge, bool entering)
{
	const DrawBox box = layout->place[entering ? edge->to : edge->from].box;
	const Place *here = &layout->place[entering ? edge->last : edge->first];
	int above = 0, count = 0;
	for (const Edge *e = layout->edge; e < layout->edge + layout->edges; e++) {
		if (entering ? e->to != edge->to : e->from != edge->from)
			continue;
		const Place *there = &layout->place[entering ? e->last : e->first];
		double lower = draw_middle(there->box) - draw_middle(here->box);
		above += lower < 0 || (lower >= 0 && lower <= 0 && e < edge);
		count++;
	}
	return box.y + box.height * (above + 0.5) / count;
}

/* Beside a line, on its lower side: what it says of the first piece of the way back.
 * What would reach the box at the end of the line moves back along it. */
static void draw_beside(Drawing *drawing, const double way[4], const char *text)
{
	double x = (way[0] + way[2]) / 2, y = (way[1] + way[3]) / 2;
	double slope = (way[1] - way[3]) / (way[0] - way[2]);
	double over = fmax(0, draw_width(text) * 12 / 14 + 7 - fabs(way[0] - way[2]) / 2);
	if (fabs(slope) < 0.15)
		draw_small(drawing, x, y + 11, DRAW_MIDDLE, DRAW_GRADIENT, text);
	else
		draw_small(drawing, x + (slope < 0 ? 3 - over : over - 3),
		        y + 9 + fabs(slope) * over, slope < 0 ? DRAW_BEGIN : DRAW_END,
		        DRAW_GRADIENT, text);
}

/* Through the whole width of each column that it passes. */
static void draw_edge(Drawing *drawing, const Layout *layout, const Edge *edge)
{
	const bool back = leads_back(layout->graph, edge->from);
	const double apart = back ? BACK : 0;
	double xs[DRAW_CORNERS], ys[DRAW_CORNERS];
	double way[2 * DRAW_CORNERS], back_way[2 * DRAW_CORNERS];
	int count = 0;
	xs[count] = layout->place[edge->to].box.x;
	ys[count++] = meets(layout, edge, true);
	for (int p = edge->last; layout->place[p].node < 0 && count + 2 < DRAW_CORNERS;
	        p = layout->place[p].before) {
		const DrawBox box = layout->place[p].box;
		xs[count] = draw_right(box);
		xs[count + 1] = box.x;
		ys[count] = ys[count + 1] = draw_middle(box);
		count += 2;
	}
	xs[count] = draw_right(layout->place[edge->from].box);
	ys[count++] = meets(layout, edge, false);
	for (int i = 0; i < count; i++) {
		back_way[2 * i] = way[2 * (count - 1 - i)] = xs[i];
		back_way[2 * i + 1] = ys[i] + apart / 2;
		way[2 * (count - 1 - i) + 1] = ys[i] - apart / 2;
	}
	draw_corners(drawing, layout->graph->values ? DRAW_VALUE : DRAW_PLAIN, count, way,
	        true);
	if (!back)
		return;
	draw_corners(drawing, DRAW_GRADIENT, count, back_way, true);
	const char *label = back_label(layout->arena, layout->graph, edge);
	if (label)
		draw_beside(drawing, back_way, label);
}

/* --- nodes -------------------------------------------------------------------------- */

static void draw_node(Drawing *drawing, const DrawGraph *graph, const Place *place)
{
	const DrawNode *node = &graph->nodes[place->node];
	Arena *arena = drawing_arena(drawing);
	double x = draw_centre(place->box), y = place->box.y + 7 + DRAW_LINE / 2.0;
	draw_area(drawing, place->box, 8, node->style);
	draw_text(drawing, x, y, DRAW_MIDDLE, DRAW_STRONG, node->name);
	if (node->note)
		draw_small(
		        drawing, x, y += DRAW_LINE, DRAW_MIDDLE, DRAW_PLAIN, node->note);
	if (graph->values)
		draw_text(drawing, x, y += DRAW_LINE, DRAW_MIDDLE, DRAW_VALUE,
		        drawing_number(arena, graph->decimals, node->value));
	if (leads_back(graph, place->node))
		draw_text(drawing, x, y + DRAW_LINE, DRAW_MIDDLE, DRAW_GRADIENT,
		        drawing_number(arena, graph->decimals, node->gradient));
}

/* Columns: the node, its note, value, gradient, and what it is made from. */
static void say(Drawing *drawing, const DrawGraph *graph)
{
	bool header = graph->values || graph->gradients;
	enum { NAME, NOTE, VALUE, GRADIENT, FROM, COLUMNS };
	Arena *arena = drawing_arena(drawing);
	const char **cells =
	        ARENA_ARRAY(arena, const char *, (size_t)(graph->count + 1) * COLUMNS);
	if (graph->values)
		cells[VALUE] = "value";
	if (graph->gradients)
		cells[GRADIENT] = "gradient";
	for (int n = 0; n < graph->count; n++) {
		const DrawNode *node = &graph->nodes[n];
		const char **row = cells + (n + 1) * COLUMNS, *from = "";
		row[NAME] = node->name;
		row[NOTE] = node->note;
		if (graph->values)
			row[VALUE] = drawing_number(arena, graph->decimals, node->value);
		if (leads_back(graph, n))
			row[GRADIENT] =
			        drawing_number(arena, graph->decimals, node->gradient);
		for (int i = 0; i < node->inputs; i++) {
			const char *local = node->local[i];
			from = arena_format(arena, "%s%s%s%s%s%s", from, i ? ", " : "<- ",
			        graph->nodes[node->input[i]].name, local ? " (× " : "",
			        local ? local : "", local ? ")" : "");
		}
		row[FROM] = from;
	}
	drawing_table(drawing, graph->count + header, COLUMNS, "llrrl",
	        cells + (header ? 0 : COLUMNS));
}

Drawing *draw_graph(Arena *arena, const DrawGraph *graph)
{
	Drawing *drawing = drawing_new(arena, graph->title, graph->description);
	Layout layout = layout_of(arena, graph);
	for (int e = 0; e < layout.edges; e++)
		draw_edge(drawing, &layout, &layout.edge[e]);
	for (int n = 0; n < graph->count; n++)
		draw_node(drawing, graph, &layout.place[n]);
	if (graph->values)
		draw_key(drawing, DRAW_VALUE, DRAW_KEY_ARROW, "forward: the value");
	if (graph->gradients)
		draw_key(drawing, DRAW_GRADIENT, DRAW_KEY_ARROW,
		        arena_format(arena, "backward: the gradient of %.*s",
		                (int)strcspn(graph->nodes[graph->count - 1].name, " ="),
		                graph->nodes[graph->count - 1].name));
	say(drawing, graph);
	return drawing;
}
