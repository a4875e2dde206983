/* packed.h: a batch of sequences with the padding left out, one step after another.
 *
 * The utterances stand longest first. So those that still go on at step t are the first
 * active[t] rows of every step before it: what a recurrent layer carries from step to
 * step keeps its place, and padding is never computed. It is the layout of PyTorch's
 * PackedSequence:
 *
 *     lengths 2, 4, 1    order 1, 0, 2    step    0              1         2      3
 *                                         rows    x1 x0 x2       x1 x0     x1     x1
 *                                         active  3              2         1      1 */
#ifndef LAYERS_PACKED_H
#define LAYERS_PACKED_H

#include "tensor/tensor.h"

typedef struct Packed {
	int batch; /* utterances */
	int steps; /* of the longest */
	int rows;  /* R, the sum of the lengths */
	/* (batch) utterances, longest first; of equal ones the earlier first */
	int *order;
	int *active; /* (steps) how many have a step t */
	int *offset; /* (steps) the first row of step t */
} Packed;

/* The order for `batch` lengths, each at least 1. Lives in `arena`. */
Packed packed_new(Arena *arena, const int *lengths, int batch);

/* How many utterances have both step t and step u; 0 where u is no step at all. They are
 * the first rows of either. */
int packed_both(const Packed *packed, int t, int u);

/* Step t of row r's utterance in a sequence (B,T,F): F numbers. */
real *packed_frame(const Packed *packed, Tensor x, int r, int t);

/* rows (R,F) from x (B,T,F), and the way back, added: padding is not touched. */
void packed_gather(const Packed *packed, real *rows, Tensor x);
void packed_scatter_add(const Packed *packed, Tensor x, const real *rows);

/* rows (B,width), longest first, from `width` columns of a state (B,W), beginning with
 * `column`; all zero where the state has no data. And the way back, added; nothing
 * where it has none. */
void packed_state_gather(
        const Packed *packed, real *rows, Tensor state, int column, int width);
void packed_state_scatter_add(
        const Packed *packed, Tensor state, int column, int width, const real *rows);

#endif
