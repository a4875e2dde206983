/* drawings.h: the drawings that the chapters share, each from a small struct of the
 * chapter's own numbers. All are Drawings (draw.h): more can be drawn beside them,
 * each has a text form, lesson_drawing() shows them. Whatever is not named in an
 * example may be left out. Positions come from what is drawn. */
#ifndef TUTORIALS_DRAWINGS_H
#define TUTORIALS_DRAWINGS_H

#include "tensor/tensor.h"
#include "tutorials/draw/draw.h"

/* Numbers in memory, and the matrices through which they are seen.
 *
 *     const DrawView views[] = { { "x", 3, 4, .strides = { 4, 1 } },
 *             { "x transposed", 4, 3, .strides = { 1, 4 } },
 *             { "row 2, as three rows", 3, 4, .offset = 8, .strides = { 0, 1 } } };
 *     draw_memory(arena, &(DrawMemory){ .title = "Twelve numbers as a (3,4) tensor",
 *             .description = "A row of twelve cells; above it ...",
 *             .count = 12, .values = x.data, .views = 3, .view = views,
 *             .marked_rows = 1, .row = 1 });
 *
 * Element (r,c) of a view is values[offset + r strides[0] + c strides[1]]. With
 * marked_rows, `row` of views[marked_view] is marked wherever its numbers appear, and
 * an arrow leads to its first cell. */
typedef struct DrawView {
	const char *name;
	int rows, columns;
	int offset, strides[2];
} DrawView;
typedef struct DrawMemory {
	const char *title, *description;
	int count, decimals;
	const real *values;
	int views;
	const DrawView *view;
	int marked_view, row, marked_rows; /* so many rows from `row` on; 0: none */
} DrawMemory;
Drawing *draw_memory(Arena *arena, const DrawMemory *memory);

/* Boxes joined by arrows, laid out from left to right by what leads to what: a graph
 * of values and gradients, or the way through a model.
 *
 *     const DrawNode nodes[] = { { .name = "a", .value = 2, .gradient = -6 },
 *             { .name = "b", .value = -1, .gradient = 12 },
 *             { .name = "u = ab", .value = -2, .gradient = 6,
 *                     .inputs = 2, .input = { 0, 1 }, .local = { "b", "a" } } };
 *     draw_graph(arena, &(DrawGraph){ .title = "...", .description = "...",
 *             .count = 3, .nodes = nodes, .decimals = 2,
 *             .values = true, .gradients = true });
 *
 *     const DrawNode stages[] = { { .name = "words" }, { .name = "sound" },
 *             { .name = "embedding", .note = "(T,32)", .inputs = 1, .input = { 0 } },
 *             { .name = "encoder", .inputs = 1, .input = { 1 } },
 *             { .name = "fusion", .style = DRAW_STRONG,
 *                     .inputs = 2, .input = { 2, 3 } } };
 *     draw_graph(arena, &(DrawGraph){ .title = "...", .description = "...",
 *             .count = 5, .nodes = stages });
 *
 * An input stands before the nodes that use it. `local` is the local derivative along
 * each input, shown at the dashed arrow back. A node whose gradient is NAN has none
 * (data), and no arrow leads back to it. */
enum { DRAW_INPUTS = 4 };
typedef struct DrawNode {
	const char *name, *note; /* note: a second line, as a shape */
	double value, gradient;
	int inputs, input[DRAW_INPUTS];
	const char *local[DRAW_INPUTS];
	DrawStyle style;
} DrawNode;
typedef struct DrawGraph {
	const char *title, *description;
	int count, decimals;
	const DrawNode *nodes;
	bool values, gradients;
} DrawGraph;
Drawing *draw_graph(Arena *arena, const DrawGraph *graph);

/* A window that slides over a sequence, and what comes out at each place: convolution,
 * pooling, n-grams.
 *
 *     const char *words[] = { "not", "a", "good", "film" };
 *     const char *out[] = { "0.1", "0.9", "0.2" };
 *     draw_sequence(arena, &(DrawSequence){ .title = "...", .description = "...",
 *             .count = 4, .items = words, .window = 2, .at = 1, .outputs = out,
 *             .input_name = "words", .output_name = "filter 3", .pooled = "max: 0.9" });
 *
 * Place p covers the items p stride - padding and the window - 1 after it; there are
 * (count + 2 padding - window) / stride + 1 places and as many outputs. Padding is
 * marked. `at` is the place that is shown. */
typedef struct DrawSequence {
	const char *title, *description;
	int count;
	const char *const *items;
	int window, stride /* 0: 1 */, padding, at;
	const char *const *outputs;
	const char *input_name, *output_name;
	const char *pooled; /* what becomes of all outputs; NULL: nothing */
} DrawSequence;
Drawing *draw_sequence(Arena *arena, const DrawSequence *sequence);

/* Layers of units, each joined to all of the layer before: thick where the weight is
 * large, dashed where it is negative.
 *
 *     const char *in[] = { "loud", "high" }, *out[] = { "angry" };
 *     const DrawLayer layers[] = {
 *             { .name = "input", .units = 2, .names = in, .values = x },
 *             { .name = "hidden", .units = 3, .values = h, .weights = hidden->value },
 *             { .name = "output", .units = 1, .names = out, .weights = w } };
 *     draw_network(arena, &(DrawNetwork){ .title = "...", .description = "...",
 *             .layers = 3, .layer = layers, .decimals = 2 }); */
typedef struct DrawLayer {
	const char *name;
	int units;
	const char *const *names;
	const real *values;
	Tensor weights; /* (units, units of the layer before); data NULL: not shown */
} DrawLayer;
typedef struct DrawNetwork {
	const char *title, *description;
	int layers, decimals;
	const DrawLayer *layer;
} DrawNetwork;
Drawing *draw_network(Arena *arena, const DrawNetwork *network);

/* A number on its way from left to right, past gates that are open from 0 to 1: the gates
 * of an LSTM or a GRU.
 *
 *     const DrawGate lstm[] = {
 *             { .kind = DRAW_STATE, .name = "c before", .value = 0.8 },
 *             { .kind = DRAW_TIMES, .name = "forget", .value = 0.9 },
 *             { .kind = DRAW_PLUS, .name = "input", .value = 0.2, .from = "candidate",
 *                     .from_value = -0.5 },
 *             { .kind = DRAW_STATE, .name = "c", .value = 0.62 },
 *             { .kind = DRAW_STATE, .name = "tanh c", .value = 0.551 },
 *             { .kind = DRAW_TIMES, .name = "output", .value = 0.5 },
 *             { .kind = DRAW_STATE, .name = "h", .value = 0.276 } };
 *     draw_gates(arena, &(DrawGates){ .title = "...", .description = "...",
 *             .count = 7, .gates = lstm, .decimals = 2 }); */
typedef enum DrawGateKind {
	DRAW_STATE, /* the number, here */
	DRAW_TIMES, /* a gate on the way: multiplies it by `value` */
	DRAW_PLUS   /* a gate beside it: adds `value` times `from_value` */
} DrawGateKind;
typedef struct DrawGate {
	DrawGateKind kind;
	const char *name;
	double value;
	const char *from;
	double from_value;
} DrawGate;
typedef struct DrawGates {
	const char *title, *description;
	int count, decimals;
	const DrawGate *gates;
} DrawGates;
Drawing *draw_gates(Arena *arena, const DrawGates *gates);

/* A named number a line, as bars from a common zero: probabilities, weights of words.
 *
 *     draw_bars(arena, &(DrawBars){ .title = "...", .description = "...",
 *             .count = 6, .names = emotions, .values = p.data, .decimals = 2,
 *             .marked = &label, .mark = "the right one" }); */
typedef struct DrawBars {
	const char *title, *description;
	int count, decimals;
	const char *const *names;
	const real *values;
	const int *marked; /* the index of one bar; NULL: none */
	const char *mark;  /* what is special about it */
} DrawBars;
Drawing *draw_bars(Arena *arena, const DrawBars *bars);

/* A matrix with its numbers in cells, fuller the larger they are: a confusion matrix,
 * attention. (Without numbers, or large: lesson_matrix.)
 *
 *     draw_grid(arena, &(DrawGrid){ .title = "...", .description = "...",
 *             .values = counts, .row_names = emotions, .column_names = emotions,
 *             .rows = "true", .columns = "predicted", .diagonal = "right" }); */
typedef struct DrawGrid {
	const char *title, *description;
	Tensor values; /* (R,C) */
	int decimals;
	const char *const *row_names, *const *column_names;
	const char *rows, *columns; /* what they are */
	const char *diagonal;       /* what stands there, which is framed; NULL: not */
} DrawGrid;
Drawing *draw_grid(Arena *arena, const DrawGrid *grid);

#endif
