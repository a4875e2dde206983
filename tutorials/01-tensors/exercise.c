/* Exercise 1: the matrix product. 10 points.
 *
 *     out[i][j] = sum over k of a[i][k] b[k][j]
 *
 * a has the shape (rows,inner), b (inner,columns), out (rows,columns).
 *
 *     make exercise CH=01      checks this file
 *     make hint CH=01          the next of three hints */
#include "tutorials/01-tensors/exercise.h"

/* 6 points. The numbers of a, b and out lie row after row. */
void multiply(
        float *out, const float *a, const float *b, int rows, int inner, int columns)
{
	/* BEGIN SOLUTION */
	for (int i = 0; i < rows; i++)
		for (int j = 0; j < columns; j++) {
			float sum = 0;
			for (int k = 0; k < inner; k++)
				sum += a[i * inner + k] * b[k * columns + j];
			out[i * columns + j] = sum;
		}
	/* stub: (void)out, (void)a, (void)b; // remove these lines */
	/* stub: (void)rows, (void)inner, (void)columns; */
	/* END SOLUTION */
}

/* 4 points. a and b are views with strides; out lies row after row, as above. */
void multiply_views(float *out, const float *a, const int a_strides[2], const float *b,
        const int b_strides[2], int rows, int inner, int columns)
{
	/* BEGIN SOLUTION */
	for (int i = 0; i < rows; i++)
		for (int j = 0; j < columns; j++) {
			float sum = 0;
			for (int k = 0; k < inner; k++)
				sum += a[i * a_strides[0] + k * a_strides[1]] *
				       b[k * b_strides[0] + j * b_strides[1]];
			out[i * columns + j] = sum;
		}
	/* stub: (void)out, (void)a, (void)a_strides, (void)b, (void)b_strides; */
	/* stub: (void)rows, (void)inner, (void)columns; */
	/* END SOLUTION */
}
