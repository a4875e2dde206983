/* A drawing in layers, after Sugiyama, Tagawa & Toda (1981):
 *
 *     1. an operation stands one layer below the lowest of its inputs, and a leaf just above the
 *        highest of its users;
 *     2. an edge that passes over layers gets a bend in each;
 *     3. every layer is sorted by the mean position of the neighbours above, then below, some times
 *        over, which removes most crossings;
 *     4. every vertex is drawn towards the mean of its neighbours, as far as its own layer lets it. */
#include "autograd/look/layout.h"

#include <stdlib.h>

enum { ORDER_SWEEPS = 12, PLACE_SWEEPS = 24 };

/* --- the graph ---------------------------------------------------------------------- */

/* Which vertex a Var is; a list of them is sorted by address, to be searched. */
typedef struct Entry {
	const Var *var;
	int vertex; /* -1: not numbered yet */
} Entry;

static int by_address(const void *a, const void *b)
{
	const Var *x = ((const Entry *)a)->var, *y = ((const Entry *)b)->var;
	return (x > y) - (x < y);
}

/* All Vars of the tape, each once. */
static Entry *entries_of(Arena *arena, const Tape *tape, int *count)
{
	size_t most = (size_t)tape->nodes;
	for (const Node *node = tape->last; node; node = node->previous)
		most += (size_t)node->inputs;
	Entry *entries = ARENA_ARRAY(arena, Entry, most);
	size_t used = 0;
	for (const Node *node = tape->last; node; node = node->previous) {
		entries[used++] = (Entry){ node->out, -1 };
		for (int i = 0; i < node->inputs; i++)
			if (node->in[i])
				entries[used++] = (Entry){ node->in[i], -1 };
	}
	qsort(entries, used, sizeof *entries, by_address);
	*count = 0;
	for (size_t i = 0; i < used; i++)
		if (*count == 0 || entries[*count - 1].var != entries[i].var)
			entries[(*count)++] = entries[i];
	return entries;
}

/* The vertex of a Var, a new one when it is met for the first time. */
static int number(Graph *graph, Entry *entries, int count, const Var *var)
{
	Entry key = { .var = var };
	Entry *entry = bsearch(&key, entries, (size_t)count, sizeof key, by_address);
	if (entry->vertex < 0) {
		entry->vertex = graph->vertices++;
		graph->vertex[entry->vertex] = (Vertex){ .var = var };
	}
	return entry->vertex;
}

Graph graph_of(Arena *arena, const Tape *tape)
{
	const Node **nodes = ARENA_ARRAY(arena, const Node *, (size_t)tape->nodes);
	int n = tape->nodes, vars;
	size_t inputs = 0;
	for (const Node *node = tape->last; node; node = node->previous) {
		nodes[--n] = node;
		inputs += (size_t)node->inputs;
	}
	Entry *entries = entries_of(arena, tape, &vars);
	Graph graph = { .vertex = ARENA_ARRAY(arena, Vertex, (size_t)vars),
		.edge = ARENA_ARRAY(arena, Edge, inputs) };
	for (n = 0; n < tape->nodes; n++) {
		const Node *node = nodes[n];
		int first = graph.edges;
		for (int i = 0; i < node->inputs; i++)
			if (node->in[i])
				graph.edge[graph.edges++] = (Edge){
					.from = number(
					        &graph, entries, vars, node->in[i]),
					.input = i,
				};
		int to = number(&graph, entries, vars, node->out);
		for (int e = first; e < graph.edges; e++)
			graph.edge[e].to = to;
	}
	graph.boxes = graph.vertices;
	return graph;
}

/* --- layers and bends --------------------------------------------------------------- */

static void find_layers(Graph *graph)
{
	for (int e = 0; e < graph->edges;
	        e++) { /* in the order of the tape: inputs first */
		const Edge *edge = &graph->edge[e];
		int below = graph->vertex[edge->from].layer + 1;
		Vertex *to = &graph->vertex[edge->to];
		to->layer = to->layer > below ? to->layer : below;
		graph->layers =
		        graph->layers > to->layer + 1 ? graph->layers : to->layer + 1;
	}
	for (int v = 0; v < graph->boxes; v++)
		if (!graph->vertex[v].var->node)
			graph->vertex[v].layer = graph->layers;
	for (int e = 0; e < graph->edges; e++) {
		Vertex *from = &graph->vertex[graph->edge[e].from];
		int above = graph->vertex[graph->edge[e].to].layer - 1;
		if (!from->var->node && above < from->layer)
			from->layer = above;
	}
}

static void make_bends(Graph *graph, Arena *arena)
{
	size_t bends = 0;
	for (int e = 0; e < graph->edges; e++)
		bends += (size_t)(graph->vertex[graph->edge[e].to].layer -
		                  graph->vertex[graph->edge[e].from].layer - 1);
	Vertex *vertex = ARENA_ARRAY(arena, Vertex, (size_t)graph->boxes + bends);
	for (int v = 0; v < graph->boxes; v++)
		vertex[v] = graph->vertex[v];
	graph->vertex = vertex;
	for (int e = 0; e < graph->edges; e++) {
		Edge *edge = &graph->edge[e];
		edge->first_bend = graph->vertices;
		int last = vertex[edge->to].layer - 1;
		for (int layer = vertex[edge->from].layer + 1; layer <= last; layer++)
			vertex[graph->vertices++] = (Vertex){ .layer = layer };
	}
}

/* --- order and place ---------------------------------------------------------------- */

typedef struct Plan {
	Graph *graph;
	int *row;           /* the vertices, layer by layer, each from left to right */
	int *begin;         /* layer l is row[begin[l]] .. row[begin[l+1]-1] */
	double *sum, *mean; /* of the neighbours of each vertex */
	int *neighbours;
} Plan;

/* Puts vertices into their layers, in the order of their numbers. */
static Plan plan_of(Graph *graph, Arena *arena)
{
	size_t vertices = (size_t)graph->vertices, layers = (size_t)graph->layers;
	Plan plan = { .graph = graph,
		.row = ARENA_ARRAY(arena, int, vertices),
		.begin = ARENA_ARRAY(arena, int, layers + 1),
		.sum = ARENA_ARRAY(arena, double, vertices),
		.mean = ARENA_ARRAY(arena, double, vertices),
		.neighbours = ARENA_ARRAY(arena, int, vertices) };
	int used = 0;
	for (int l = 0; l < graph->layers; l++) {
		for (int v = 0; v < graph->vertices; v++)
			if (graph->vertex[v].layer == l)
				plan.row[used++] = v;
		plan.begin[l + 1] = used;
	}
	return plan;
}

static void meet(Plan *plan, int upper, int lower, bool look_up, bool look_down)
{
	const Vertex *vertex = plan->graph->vertex;
	if (look_up) {
		plan->sum[lower] += vertex[upper].x;
		plan->neighbours[lower]++;
	}
	if (look_down) {
		plan->sum[upper] += vertex[lower].x;
		plan->neighbours[upper]++;
	}
}

/* The mean x of the neighbours in the layer above, below or both; its own x where
 * there are none. */
static void find_means(Plan *plan, bool look_up, bool look_down)
{
	const Graph *graph = plan->graph;
	for (int v = 0; v < graph->vertices; v++) {
		plan->sum[v] = 0;
		plan->neighbours[v] = 0;
	}
	for (int e = 0; e < graph->edges; e++) {
		const Edge *edge = &graph->edge[e];
		int upper = edge->from;
		int bends =
		        graph->vertex[edge->to].layer - graph->vertex[upper].layer - 1;
		for (int b = 0; b <= bends; b++) {
			int lower = b < bends ? edge->first_bend + b : edge->to;
			meet(plan, upper, lower, look_up, look_down);
			upper = lower;
		}
	}
	for (int v = 0; v < graph->vertices; v++)
		plan->mean[v] = plan->neighbours[v] ? plan->sum[v] / plan->neighbours[v]
		                                    : graph->vertex[v].x;
}

/* Sorts one layer by the means, and keeps the order of equals. */
static void sort_layer(Plan *plan, int layer)
{
	int *row = plan->row;
	for (int i = plan->begin[layer] + 1; i < plan->begin[layer + 1]; i++) {
		int v = row[i], j = i;
		for (; j > plan->begin[layer] && plan->mean[row[j - 1]] > plan->mean[v];
		        j--)
			row[j] = row[j - 1];
		row[j] = v;
	}
}

static double distance(const Graph *graph, double gap, int left, int right)
{
	return gap + (graph->vertex[left].width + graph->vertex[right].width) / 2;
}

/* Moves the vertices of one layer to their means. Pushed apart from left to right they
 * come to lie too far right, from right to left too far left; half-way is fair, and
 * keeps the gaps as well. */
static void move_layer(Plan *plan, int layer, double gap)
{
	const Graph *graph = plan->graph;
	int first = plan->begin[layer], end = plan->begin[layer + 1];
	double right = 0, left = 0;
	for (int i = first; i < end; i++) {
		int v = plan->row[i];
		double least = i > first
		                       ? right + distance(graph, gap, plan->row[i - 1], v)
		                       : plan->mean[v];
		right = plan->mean[v] > least ? plan->mean[v] : least;
		graph->vertex[v].x = right;
	}
	for (int i = end - 1; i >= first; i--) {
		int v = plan->row[i];
		double most = i + 1 < end
		                      ? left - distance(graph, gap, v, plan->row[i + 1])
		                      : plan->mean[v];
		left = plan->mean[v] < most ? plan->mean[v] : most;
		graph->vertex[v].x = (graph->vertex[v].x + left) / 2;
	}
}

/* Some layers: side by side around 0, in the order of the row. */
static void line_up(Plan *plan, int first, int end, double gap)
{
	Vertex *vertex = plan->graph->vertex;
	for (int l = first; l < end; l++) {
		int begin = plan->begin[l], last = plan->begin[l + 1] - 1;
		vertex[plan->row[begin]].x = 0;
		for (int i = begin; i < last; i++) {
			int left = plan->row[i], right = plan->row[i + 1];
			vertex[right].x =
			        vertex[left].x + distance(plan->graph, gap, left, right);
		}
		double middle = vertex[plan->row[last]].x / 2;
		for (int i = begin; i <= last; i++)
			vertex[plan->row[i]].x -= middle;
	}
}

/* The leftmost box begins at the gap, and the width leaves a gap to the right of the
 * last. */
static void set_margins(Graph *graph, double gap)
{
	double left = 0, right = 0;
	for (int v = 0; v < graph->vertices; v++) {
		const Vertex *vertex = &graph->vertex[v];
		double begin = vertex->x - vertex->width / 2, end = begin + vertex->width;
		left = v == 0 || begin < left ? begin : left;
		right = v == 0 || end > right ? end : right;
	}
	for (int v = 0; v < graph->vertices; v++)
		graph->vertex[v].x += gap - left;
	graph->width = right - left + 2 * gap;
}

void graph_place(Graph *graph, Arena *arena, double gap, double (*width)(const Vertex *))
{
	find_layers(graph);
	make_bends(graph, arena);
	for (int v = 0; v < graph->vertices; v++)
		graph->vertex[v].width = width(&graph->vertex[v]);
	Plan plan = plan_of(graph, arena);
	line_up(&plan, 0, graph->layers, gap);
	for (int sweep = 0; sweep < ORDER_SWEEPS; sweep++)
		for (int i = 0; i < graph->layers; i++) {
			bool down = sweep % 2 == 0;
			int layer = down ? i : graph->layers - 1 - i;
			find_means(&plan, down, !down);
			sort_layer(&plan, layer);
			line_up(&plan, layer, layer + 1, gap);
		}
	for (int sweep = 0; sweep < PLACE_SWEEPS; sweep++)
		for (int i = 0; i < graph->layers; i++) {
			find_means(&plan, true, true);
			move_layer(&plan, sweep % 2 ? i : graph->layers - 1 - i, gap);
		}
	set_margins(graph, gap);
}
