/* layout.h: the computation on a tape as a graph, and where to draw each part of it.
 *
 * A vertex is a Var: a leaf, or what an operation made. An edge leads from an input to
 * what was made of it. For a drawing the vertices stand in layers, inputs above what is
 * made of them, and an edge that passes over a layer has a bend there, so that it can
 * keep clear of the boxes. */
#ifndef AUTOGRAD_LAYOUT_H
#define AUTOGRAD_LAYOUT_H

#include "autograd/tape.h"

typedef struct Vertex {
	const Var *var; /* NULL for a bend */
	int layer;      /* 0 is the top */
	/* of its box, in the units of x; given by the caller of graph_place */
	double width;
	double x; /* of its middle; 0 is the left margin */
} Vertex;

typedef struct Edge {
	int from, to; /* vertices */
	int input;    /* of its node: the edge leads to in[input] of `to` */
	/* the vertices first_bend, ... are its bends, one in each layer between */
	int first_bend;
} Edge;

typedef struct Graph {
	Vertex *vertex;
	Edge *edge;
	/* leaves before their first use, operations in the order of the tape; then bends
	 * */
	int vertices;
	int boxes; /* of them, those that are not bends */
	int edges, layers;
	double width; /* of the whole drawing */
} Graph;

/* The graph of a tape, in `arena`: vertices without bends, places or widths. */
Graph graph_of(Arena *arena, const Tape *tape);

/* Finds the layers, makes the bends, orders each layer so that few edges cross, and
 * places all along x at least `gap` apart. `width` says how wide a vertex is to be. */
void graph_place(Graph *graph, Arena *arena, double gap, double (*width)(const Vertex *));

#endif
