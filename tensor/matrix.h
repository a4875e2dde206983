/* matrix.h: rectangles of numbers, seen in a tensor or anywhere in memory.
 *
 * Element (i,j) of a Matrix is data[i*row_stride + j*column_stride]. One of the two
 * strides is 1; swapping them transposes without moving a number. Rows may overlap
 * (row_stride < columns): that is how a convolution over a sequence is one matrix product
 * without a copy. */
#ifndef TENSOR_MATRIX_H
#define TENSOR_MATRIX_H

#include "tensor/tensor.h"

typedef struct Matrix {
	real *data; /* not written where the matrix is an input */
	int rows, columns;
	int row_stride, column_stride; /* in elements */
} Matrix;

/* The (M,N) matrix over a tensor: the last dimension is N, all before it are M. A vector
 * (N) is one row, a scalar (1,1). */
Matrix matrix_of(Tensor x);
Matrix matrix_transpose(Matrix a);
/* rows x columns starting at `data`, each row `row_stride` after the one before. */
Matrix matrix_view(const real *data, int rows, int columns, int row_stride);
/* rows x columns of `a` that begin at (row,column). */
static inline Matrix matrix_part(Matrix a, int row, int rows, int column, int columns)
{
	a.data += (size_t)row * (size_t)a.row_stride +
	          (size_t)column * (size_t)a.column_stride;
	a.rows = rows;
	a.columns = columns;
	return a;
}

/* Element (i,0); the row follows it where column_stride is 1. */
static inline real *matrix_row(Matrix a, int i)
{
	return a.data + (size_t)i * (size_t)a.row_stride;
}

void matrix_clear(Matrix out); /* all zero; column_stride 1 */

/* sums (N) += the rows of a (M,N), in order: the gradient of what was added to each row.
 * `a` must have column_stride 1. */
void matrix_add_column_sums(real *sums, Matrix a);

#endif
