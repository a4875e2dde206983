/* terms.h: the gradient of a weight as the terms of a sum that somebody else takes.
 *
 * The gradient of a weight, dW = dy' x, is as large as the weight, but it is made of two
 * small matrices. Where many tapes work for one weight, as the shards of a batch do, each
 * would write, read and clear a gradient of its own, which no cache holds. So a leaf may
 * have Terms: then the operations that know of them leave there what dW is made of, and
 * whoever sums over the tapes takes the terms rows at a time, those of all tapes for rows
 * that are in the cache.
 *
 * A term, and all that it reads, lives until the tape is reset, and must not change:
 * leaves with Terms are for one tape_backward() between two tape_reset(). */
#ifndef AUTOGRAD_TERMS_H
#define AUTOGRAD_TERMS_H

#include "autograd/tape.h"
#include "tensor/matmul.h"

typedef struct Term Term;
struct Term {
	Term *next;
	/* out = the sum of `count` terms that all have this `put`, or out += it; out's
	 * first row is the gradient's row `row`. */
	void (*put)(const Term *const *terms, int count, Arena *scratch, Matrix out,
	        int row, MatmulMode mode);
};

/* Of a leaf's gradient, seen as a matrix: its first dimension by all others. */
struct Terms {
	Term *first, *last;
	int count;
	bool written; /* the gradient itself has been added to, too */
};

/* No terms, and nothing written: before a tape's next step. */
void terms_clear(Terms *terms);

/* The backward of the operation that has just made `out` adds to the gradient of input i,
 * where bit i of
 * `inputs` is set, through the functions below and in no other way. Returns out. */
Var *terms_promise(Var *out, unsigned inputs);

/* x's gradient += a b, or a: at once, or, where x has terms, later. The term lives in
 * `arena`, the tape's. A product of long sums is larger than its result: it is added
 * at once. */
void terms_add_product(Site site, Arena *arena, Var *x, Matrix a, Matrix b);
void terms_add_matrix(Site site, Arena *arena, Var *x, Matrix a);

/* The same for what is neither: the caller's struct begins with `term`, whose `put` is
 * set. */
void terms_add(Arena *arena, Var *x, Term *term);

/* out = the sum of all terms of `count` tapes, or out += it: the first tape's, in their
 * order, then the next one's; out's first row is the gradient's row `row`. */
void terms_sum(Arena *scratch, const Terms *const *tapes, int count, Matrix out, int row,
        MatmulMode mode);

#endif
