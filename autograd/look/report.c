/* Nodes of the same operation and line are one row: their costs are added, in the order
 * of the first of them. */
#include "autograd/look/report.h"
#include "autograd/look/meter.h"
#include "tensor/file/json_write.h"

#include <string.h>

/* The nodes of one operation and one line. */
typedef struct Row {
	const char *operation;
	Site site;
	int count;
	NodeCost cost; /* sums; the peak is the largest */
} Row;

typedef struct Rows {
	Row *row;
	int count;
	Row total;
} Rows;

static bool inside(Tensor x, const real *p)
{
	return p >= x.data && p < x.data + tensor_count(x);
}

/* What a node holds, as far as its shapes tell: a gradient, and a value unless it is a
 * view. */
static size_t bytes_of(const Node *node)
{
	const Var *out = node->out;
	size_t bytes = tensor_count(out->value) * sizeof(real);
	for (int i = 0; i < node->inputs; i++)
		if (node->in[i] && inside(node->in[i]->value, out->value.data))
			return bytes;
	return 2 * bytes;
}

static void add_to_row(Row *row, const Node *node)
{
	NodeCost cost = { .live = bytes_of(node) };
	if (node->cost) {
		cost = *node->cost;
		if (node->out->grad.data)
			cost.live += tensor_count(node->out->grad) * sizeof(real);
	}
	row->count++;
	row->cost.forward += cost.forward;
	row->cost.backward += cost.backward;
	row->cost.live += cost.live;
	row->cost.peak = cost.peak > row->cost.peak ? cost.peak : row->cost.peak;
}

static Row *find_row(Rows *rows, const Node *node)
{
	for (int i = rows->count - 1; i >= 0; i--) {
		Row *row = &rows->row[i];
		if (row->site.line == node->site.line &&
		        row->operation == node->op->name &&
		        strcmp(row->site.file, node->site.file) == 0)
			return row;
	}
	Row *row = &rows->row[rows->count++];
	*row = (Row){ .operation = node->op->name, .site = node->site };
	return row;
}

/* The rows in the order of their first node. */
static Rows collect(Arena *arena, const Tape *tape)
{
	Rows rows = { .row = ARENA_ARRAY(arena, Row, (size_t)tape->nodes) };
	const Node **nodes = ARENA_ARRAY(arena, const Node *, (size_t)tape->nodes);
	int i = tape->nodes;
	for (const Node *node = tape->last; node; node = node->previous)
		nodes[--i] = node;
	for (; i < tape->nodes; i++) {
		add_to_row(find_row(&rows, nodes[i]), nodes[i]);
		add_to_row(&rows.total, nodes[i]);
	}
	return rows;
}

static void print_row(FILE *out, const Tape *tape, const char *place, const Row *row)
{
	fprintf(out, "%-18s %-28s %7d", row->operation, place, row->count);
	if (tape->meter)
		fprintf(out, " %11.3f %11.3f", 1e3 * row->cost.forward,
		        1e3 * row->cost.backward);
	fprintf(out, " %11zu", row->cost.live);
	if (tape->meter)
		fprintf(out, " %11zu", row->cost.peak);
	fprintf(out, "\n");
}

static void print_table(FILE *out, const Tape *tape, const Rows *rows)
{
	fprintf(out, "%-18s %-28s %7s", "operation", "at", "count");
	if (tape->meter)
		fprintf(out, " %11s %11s", "forward ms", "backward ms");
	fprintf(out, " %11s", "live bytes");
	if (tape->meter)
		fprintf(out, " %11s", "peak bytes");
	fprintf(out, "\n");
	for (int i = 0; i < rows->count; i++) {
		const Row *row = &rows->row[i];
		char place[256];
		snprintf(place, sizeof place, "%s:%d", row->site.file, row->site.line);
		print_row(out, tape, place, row);
	}
	print_row(out, tape, "", &rows->total);
}

static void print_json_cost(FILE *out, const Tape *tape, const Row *row)
{
	fprintf(out, "\"count\":%d,\"live_bytes\":%zu", row->count, row->cost.live);
	if (tape->meter)
		fprintf(out,
		        ",\"peak_bytes\":%zu,\"forward_seconds\":%.9f,\"backward_seconds\":%.9f",
		        row->cost.peak, row->cost.forward, row->cost.backward);
	fputc('}', out);
}

static void print_json(FILE *out, const Tape *tape, const Rows *rows)
{
	fprintf(out, "{\"operations\":[");
	for (int i = 0; i < rows->count; i++) {
		const Row *row = &rows->row[i];
		fprintf(out, "%s{\"operation\":", i ? "," : "");
		json_text(out, row->operation);
		fprintf(out, ",\"file\":");
		json_text(out, row->site.file);
		fprintf(out, ",\"line\":%d,", row->site.line);
		print_json_cost(out, tape, row);
	}
	fprintf(out, "],\"total\":{");
	print_json_cost(out, tape, &rows->total);
	fprintf(out, "}\n");
}

void tape_report(FILE *out, const Tape *tape, TapeReport format)
{
	Arena *arena = arena_new("tape_report");
	Rows rows = collect(arena, tape);
	rows.total.operation = "total";
	rows.total.cost.peak = tape_peak(tape);
	if (format == TAPE_REPORT_JSON)
		print_json(out, tape, &rows);
	else
		print_table(out, tape, &rows);
	arena_free(arena);
}
