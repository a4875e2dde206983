/* picture.h: the computation on a tape, drawn. Call these before tape_reset(). */
#ifndef AUTOGRAD_PICTURE_H
#define AUTOGRAD_PICTURE_H

#include "autograd/tape.h"

/* The graph for Graphviz: an ellipse for each leaf (dashed: it wants no gradient), a box
 * for each operation with its line of source, and on each edge the shape of what passes.
 * Of any size:
 *     dot -Tpdf graph.dot > graph.pdf */
void tape_dot(FILE *out, const Tape *tape);

/* The same as a picture by itself, for a graph of at most PICTURE_MOST boxes: beyond that
 * nobody can read it. Returns false, and writes nothing, if there are more. */
enum { PICTURE_MOST = 300 };
bool tape_svg(FILE *out, const Tape *tape, Error *error);

#endif
