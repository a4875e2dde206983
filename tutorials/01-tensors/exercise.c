/* Exercise 1: the matrix product, for any strides. 10 points.
 *
 *     out(i,j) = sum over k of a(i,k) b(k,j)        out (M,N), a (M,K), b (K,N)
 *
 * Element (i,j) of a Matrix m is m.data[i * m.row_stride + j * m.column_stride]: a may be transposed, its
 * rows may overlap, out may be a part of something wider. Nothing beside out may be written.
 *
 *     make exercise CH=01      checks this file
 *     make hint CH=01          the next of three hints */
#include "tutorials/01-tensors/exercise.h"

void multiply(Matrix out, Matrix a, Matrix b)
{
	(void)out, (void)a, (void)b; /* goes when you use them */

	/* BEGIN SOLUTION */
	for (int i = 0; i < out.rows; i++)
		for (int j = 0; j < out.columns; j++) {
			real sum = 0;
			for (int k = 0; k < a.columns; k++)
				sum += a.data[i * a.row_stride + k * a.column_stride] *
				       b.data[k * b.row_stride + j * b.column_stride];
			out.data[i * out.row_stride + j * out.column_stride] = sum;
		}
	/* END SOLUTION */
}
