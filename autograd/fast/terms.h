/* terms.h: the gradient of a weight as a list of terms that somebody sums later.
 *
 * The gradient of a weight, dW = dy' x, is as large as the weight, but it is made of two
 * small matrices. A batch is cut into shards, each with its own tape. If each of them
 * added to a gradient of its own, it would write, read and clear a matrix that no cache
 * holds. So a leaf may have Terms (Var.later): then an operation only notes what its part
 * of dW is made of. When all tapes are done, the sum is computed for some rows after the
 * other, over the terms of all tapes, while those rows are in the cache.
 *
 * What a term reads is copied to memory that lives on when the tape is reset, so that the
 * next shard's activations can lie where this one's lay: while they are in the cache. A
 * tape with such leaves has one tape_backward() between two terms_clear(). */
#ifndef AUTOGRAD_FAST_TERMS_H
#define AUTOGRAD_FAST_TERMS_H

#include "autograd/fast/touched.h"
#include "autograd/hooks.h"
#include "tensor/matmul.h"

/* No terms, and nothing written: before a tape's next step. What they read is gone when
 * their arena is reset. */
void terms_clear(Terms *terms);

/* Where what the terms of x read must lie; the tape's own arena if x has none. */
Arena *terms_arena(const Tape *tape, const Var *x);

/* The gradient of x (a leaf, seen as a matrix: its first dimension by all others) += what
 * the name says: later, where x has terms; else at once. For the backward of an operation
 * that promises it for this input (Op.later). */

/* a b. A product of long sums is larger than its result: it is added at once. */
void terms_add_product(Tape *tape, Var *x, Matrix a, Matrix b);
/* a, which is not copied: it lies in terms_arena(). */
void terms_add_matrix(Tape *tape, Var *x, Matrix a);
/* The same for x (O,F,k) and a (O,kF), whose columns stand in the order (k,F). */
void terms_add_turned(Tape *tape, Var *x, Matrix a, int k);
/* For i in order: row i of a to row rows[i] of x; none where that is negative. */
void terms_add_rows(Tape *tape, Var *x, const int *rows, Matrix a);

/* out = the sum of all terms of `count` tapes, or out += it: the first tape's, in their
 * order, then the next one's. out is the gradient's rows from `row` on. */
void terms_sum(Arena *scratch, const Terms *const *tapes, int count, Matrix out, int row,
        MatmulMode mode);

/* For a table of which few rows are touched, whose terms are all scattered rows: which
 * rows they reach; then, for those from..to-1 of the whole gradient, which is 0, the sum
 * of all terms in the same order. */
void terms_touch(const Terms *const *tapes, int count, Touched *touched);
void terms_sum_touched(
        const Terms *const *tapes, int count, Matrix gradient, int from, int to);

#endif
