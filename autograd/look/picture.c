/* The graph of a tape: one vertex for each Var, boxes for what operations made, ellipses
 * for leaves, and an arrow from each input to what was made of it. */
#include "autograd/look/picture.h"
#include "autograd/look/layout.h"
#include "tensor/plot/escape.h"

#include <string.h>

/* The file's name without its folders. */
static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

/* --- Graphviz ----------------------------------------------------------------------- */

/* Text within the quotes of Graphviz. */
static void dot_text(FILE *out, const char *text)
{
	for (; *text; text++)
		fprintf(out, *text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
}

static void dot_vertex(FILE *out, int v, const Var *var)
{
	const Node *node = var->node;
	fprintf(out, "\tv%d [", v);
	if (node) {
		fprintf(out, "shape=box, label=\"%s\\n", node->op->name);
		dot_text(out, base_name(node->site.file));
		fprintf(out, ":%d\"", node->site.line);
	} else {
		fprintf(out, "shape=ellipse, style=%s, label=\"",
		        var->grad.data ? "solid" : "dashed");
		dot_text(out, var->name ? var->name : "constant");
		fprintf(out, "\"");
	}
	fprintf(out, "];\n");
}

void tape_dot(FILE *out, const Tape *tape)
{
	Arena *arena = arena_new("tape_dot");
	Graph graph = graph_of(arena, tape);
	fprintf(out, "digraph tape {\n");
	for (int v = 0; v < graph.vertices; v++)
		dot_vertex(out, v, graph.vertex[v].var);
	for (int e = 0; e < graph.edges; e++) {
		const Edge *edge = &graph.edge[e];
		fprintf(out, "\tv%d -> v%d [label=\"%s\"];\n", edge->from, edge->to,
		        tensor_shape_text(graph.vertex[edge->from].var->value).text);
	}
	fprintf(out, "}\n");
	arena_free(arena);
}

/* --- SVG ---------------------------------------------------------------------------- */

/* In pixels. The letters are of a fixed width, so that boxes fit without asking for
 * it. */
enum {
	LETTER = 7,
	BOX_HEIGHT = 38,
	LAYER_HEIGHT = 92,
	GAP = 18,
	BEND_WIDTH = 8,
	LINE_WIDTH = 40
};

/* The two lines in a box: the operation and its place, or the leaf's name and its
 * kind. */
typedef struct Label {
	char top[LINE_WIDTH + 1], bottom[LINE_WIDTH + 1];
} Label;

static Label label_of(const Var *var)
{
	Label label;
	const Node *node = var->node;
	if (node) {
		snprintf(label.top, sizeof label.top, "%s", node->op->name);
		snprintf(label.bottom, sizeof label.bottom, "%s:%d",
		        base_name(node->site.file), node->site.line);
	} else {
		snprintf(label.top, sizeof label.top, "%s",
		        var->name ? var->name : "(no name)");
		snprintf(label.bottom, sizeof label.bottom, "%s",
		        var->grad.data ? "parameter" : "constant");
	}
	return label;
}

static double width_of(const Vertex *vertex)
{
	if (!vertex->var)
		return BEND_WIDTH;
	Label label = label_of(vertex->var);
	size_t top = strlen(label.top), bottom = strlen(label.bottom);
	return (double)(LETTER * (top > bottom ? top : bottom) + 20);
}

static double top_of(const Vertex *vertex)
{
	return GAP + (double)vertex->layer * LAYER_HEIGHT;
}

static void svg_text(FILE *out, double x, double y, const char *class, const char *text)
{
	html_print(out, "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">%s</text>\n", x, y,
	        class, text);
}

static void svg_box(FILE *out, const Vertex *vertex)
{
	const Var *var = vertex->var;
	Label label = label_of(var);
	double top = top_of(vertex);
	fprintf(out,
	        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" rx=\"%d\"/>\n",
	        var->node        ? "operation"
	        : var->grad.data ? "parameter"
	                         : "constant",
	        vertex->x - vertex->width / 2, top, vertex->width, BOX_HEIGHT,
	        var->node ? 3 : BOX_HEIGHT / 2);
	svg_text(out, vertex->x, top + 16, "name", label.top);
	svg_text(out, vertex->x, top + 31, "place", label.bottom);
	svg_text(out, vertex->x, top + BOX_HEIGHT + 15, "shape",
	        tensor_shape_text(var->value).text);
}

/* From (x,y) straight down at both ends. */
static void svg_curve(FILE *out, double x, double y, double to_x, double to_y)
{
	double half = (y + to_y) / 2;
	fprintf(out, " C%.1f %.1f %.1f %.1f %.1f %.1f", x, half, to_x, half, to_x, to_y);
}

/* The inputs of a node arrive side by side, in their order. */
static double arrival(const Vertex *to, int input)
{
	int inputs = to->var->node->inputs;
	return to->x + to->width * ((input + 1.0) / (inputs + 1.0) - 0.5);
}

static void svg_edge(FILE *out, const Graph *graph, const Edge *edge)
{
	const Vertex *from = &graph->vertex[edge->from], *to = &graph->vertex[edge->to];
	double x = from->x, y = top_of(from) + BOX_HEIGHT + 20;
	fprintf(out, "<path d=\"M%.1f %.1f", x, y);
	for (int b = 0; b < to->layer - from->layer - 1; b++) {
		const Vertex *bend = &graph->vertex[edge->first_bend + b];
		svg_curve(out, x, y, bend->x, top_of(bend));
		x = bend->x;
		y = top_of(bend) + BOX_HEIGHT + 20;
		fprintf(out, " V%.1f", y);
	}
	svg_curve(out, x, y, arrival(to, edge->input), top_of(to) - 6);
	fprintf(out, "\"/>\n");
}

static const char style[] =
        "<style>\n"
        "text{font:12px monospace;text-anchor:middle;fill:#1b1f24}\n"
        ".place{font-size:10px;fill:#57606a}.shape{font-size:11px;fill:#0550ae}\n"
        "rect{stroke:#57606a;fill:#f6f8fa}\n"
        ".parameter{fill:#dafbe1;stroke:#1a7f37}.constant{stroke-dasharray:4 3}\n"
        "path{fill:none;stroke:#8c959f;stroke-width:1.3;marker-end:url(#arrow)}\n"
        "#arrow path{fill:#8c959f;stroke:none}\n"
        "</style>\n"
        "<marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"2\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\"/></marker>\n";

bool tape_svg(FILE *out, const Tape *tape, Error *error)
{
	Arena *arena = arena_new("tape_svg");
	Graph graph = graph_of(arena, tape);
	if (graph.boxes > PICTURE_MOST) {
		arena_free(arena);
		return error_set(error,
		        "tape_svg: %d boxes; a picture of more than %d cannot be read. Hint: a smaller model, fewer time steps, or tape_dot() and Graphviz.",
		        graph.boxes, PICTURE_MOST);
	}
	graph_place(&graph, arena, GAP, width_of);
	int width = (int)graph.width, height = graph.layers * LAYER_HEIGHT + GAP;
	fprintf(out,
	        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n%s<rect width=\"100%%\" height=\"100%%\" style=\"fill:#fff;stroke:none\"/>\n",
	        width, height, width, height, style);
	for (int e = 0; e < graph.edges; e++)
		svg_edge(out, &graph, &graph.edge[e]);
	for (int v = 0; v < graph.boxes; v++)
		svg_box(out, &graph.vertex[v]);
	fprintf(out, "</svg>\n");
	arena_free(arena);
	return true;
}
