/* touched.h: the gradient of a table of which a step reaches few rows.
 *
 * A table of a hundred thousand word vectors is read at a few hundred rows in a step, and
 * the gradient of all others is 0. So a leaf may say which rows were touched
 * (Var.touched): then whoever clears, sums, limits or follows the gradient passes over
 * these alone. A row that is not touched takes no step: with Adam, it has no momentum to
 * go on with and its decay waits, as in PyTorch's SparseAdam. */
#ifndef AUTOGRAD_FAST_TOUCHED_H
#define AUTOGRAD_FAST_TOUCHED_H

#include "autograd/tape.h"

/* Nothing else of the gradient is ever written, and all of that is 0. */
struct Touched {
	int *rows;   /* `count` of them, as they were met */
	bool *known; /* of each row: it is among them */
	int count;
};

/* From now on x, a leaf (rows,...) whose gradient is 0, is such a table: only
 * layers/weight.h's weight_learn_rows may add to its gradient. Lives in `arena`. */
void touched_begin(Arena *arena, Var *x);

/* The row's gradient is about to be added to. */
static inline void touch(Touched *touched, int row)
{
	if (touched->known[row])
		return;
	touched->known[row] = true;
	touched->rows[touched->count++] = row;
}

/* Of any x: the gradient in pieces, beside which it is 0: how many there are, none if
 * there is no gradient; where in it the k-th begins, and how many numbers it has. What is
 * no such table has one. */
int touched_pieces(const Var *x);
size_t touched_piece(const Var *x, int k, size_t *count);

/* Of any x: the gradient, where there is one, is 0 again, and no row is touched. */
void touched_clear(Var *x);

#endif
