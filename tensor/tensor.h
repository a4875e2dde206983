/* tensor.h: an array of numbers with a shape.
 *
 * A Tensor is a small value, passed by value: a shape over memory that somebody else owns
 * (an arena, as a rule). It is always contiguous and row-major, shape[0] varying slowest,
 * so that element (i,j) of a (M,N) tensor is data[i*N + j]. Reshaping and slicing along
 * the first dimension are therefore free: a new view of the same numbers.
 *
 * Every function here that finds shapes that do not fit stops with a message that names
 * the operation, the shapes, the rule and the caller's line (error.h, kind 1). */
#ifndef TENSOR_TENSOR_H
#define TENSOR_TENSOR_H

#include "tensor/arena.h"
#include "tensor/error.h"
#include "tensor/real.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { TENSOR_MAX_DIMS = 4 };

typedef struct Tensor {
	int ndim,
	        shape[TENSOR_MAX_DIMS]; /* ndim 0 is a scalar: one number, no dimension */
	real *data;
} Tensor;

/* Two arguments in one word: tensor_new(arena, SHAPE(2, 3)), tensor_new(arena,
 * SCALAR). */
#define SHAPE(...)                                                                       \
	(int)(sizeof((int[]){ __VA_ARGS__ }) / sizeof(int)), (const int[])               \
	{                                                                                \
		__VA_ARGS__                                                              \
	}
#define SCALAR 0, (const int *)0

/* A view of `data` (kept, not copied) with this shape. Stops if ndim is not
 * 0..TENSOR_MAX_DIMS, a dimension is negative, or the number of elements overflows. */
Tensor tensor_view_at(Site site, real *data, int ndim, const int shape[]);
#define tensor_view(...) tensor_view_at(HERE, __VA_ARGS__)

/* New memory from the arena: to be written before it is read; all zero; all `value`. */
Tensor tensor_new_at(Site site, Arena *arena, int ndim, const int shape[]);
Tensor tensor_zeros_at(Site site, Arena *arena, int ndim, const int shape[]);
Tensor tensor_full_at(Site site, Arena *arena, real value, int ndim, const int shape[]);
#define tensor_new(...)   tensor_new_at(HERE, __VA_ARGS__)
#define tensor_zeros(...) tensor_zeros_at(HERE, __VA_ARGS__)
#define tensor_full(...)  tensor_full_at(HERE, __VA_ARGS__)

/* A copy of `count` numbers, which the shape must have room for exactly. */
Tensor tensor_from_at(Site site, Arena *arena, const real *numbers, size_t count,
        int ndim, const int shape[]);
#define tensor_from(...) tensor_from_at(HERE, __VA_ARGS__)
Tensor tensor_clone(Arena *arena, Tensor x);
Tensor tensor_like(
        Arena *arena, Tensor x); /* new memory in the shape of x, to be written */

/* Inline, because every operation asks them, however few its numbers are. */
static inline size_t tensor_count(Tensor x) /* the number of elements; 1 for a scalar */
{
	size_t count = 1;
	for (int d = 0; d < x.ndim; d++)
		count *= (size_t)x.shape[d];
	return count;
}

static inline bool tensor_same_shape(Tensor a, Tensor b)
{
	if (a.ndim != b.ndim)
		return false;
	for (int d = 0; d < a.ndim; d++)
		if (a.shape[d] != b.shape[d])
			return false;
	return true;
}

/* The same numbers in another shape with as many elements; one dimension may be -1,
 * "whatever is left". The second returns false where that cannot be, and `why` in words. */
Tensor tensor_reshape_at(Site site, Tensor x, int ndim, const int shape[]);
bool tensor_find_reshape(Tensor *view, Tensor x, int ndim, const int shape[], Error *why);
#define tensor_reshape(...) tensor_reshape_at(HERE, __VA_ARGS__)

/* Rows begin..end-1 along the first dimension: (N,...) -> (end-begin,...), no copy. */
Tensor tensor_slice_at(Site site, Tensor x, int begin, int end);
#define tensor_slice(...) tensor_slice_at(HERE, __VA_ARGS__)

/* Row i along the first dimension, that dimension dropped: (N,A,B) -> (A,B), no copy. */
Tensor tensor_row_at(Site site, Tensor x, int i);
#define tensor_row(...) tensor_row_at(HERE, __VA_ARGS__)

void tensor_fill(Tensor x, real value);
void tensor_copy_at(Site site, Tensor out, Tensor x); /* the same shape */
#define tensor_copy(...) tensor_copy_at(HERE, __VA_ARGS__)

/* "(2,3)"; "()" for a scalar. A value, so that it can stand in an argument list. */
typedef struct ShapeText {
	char text[TENSOR_MAX_DIMS * 12 + 3];
} ShapeText;
ShapeText tensor_shape_text(Tensor x);
/* "[1,2]": where data[i] lies; "" in a scalar. */
ShapeText tensor_index_text(Tensor x, size_t i);

/* Prints as NumPy does: nested brackets, columns aligned, at most 8 significant digits,
 * more than 1000 elements summarised by the first and last three of each dimension. */
void tensor_print(FILE *out, Tensor x);

#endif
