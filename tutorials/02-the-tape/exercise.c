/* Exercise 2: an operation with broadcasting, forward and backward. 10 points.
 *
 * Each column j of x has a gain that stretches it and a shift that moves it:
 *
 *     y(i,j) = x(i,j) * gain(j) + shift(j)        x, y: (rows,columns)   gain, shift: (columns)
 *
 * gain_forward computes y. gain_backward gets d_y, the gradient of y, and adds to the
 * gradients of x, gain and shift. They may already hold what other operations brought.
 *
 *     make exercise CH=02      checks this file
 *     make hint CH=02          the next of three hints */
#include "tutorials/02-the-tape/exercise.h"

void gain_forward(float *y, const float *x, const float *gain, const float *shift,
        int rows, int columns)
{
	/* BEGIN SOLUTION */
	for (int i = 0; i < rows; i++)
		for (int j = 0; j < columns; j++) {
			int at = i * columns + j;
			y[at] = x[at] * gain[j] + shift[j];
		}
	/* stub: (void)y, (void)x, (void)gain, (void)shift, (void)rows, (void)columns; */
	/* END SOLUTION */
}

void gain_backward(float *d_x, float *d_gain, float *d_shift, const float *d_y,
        const float *x, const float *gain, int rows, int columns)
{
	/* BEGIN SOLUTION */
	for (int i = 0; i < rows; i++)
		for (int j = 0; j < columns; j++) {
			int at = i * columns + j;
			d_x[at] += d_y[at] * gain[j];
			d_gain[j] += d_y[at] * x[at];
			d_shift[j] += d_y[at];
		}
	/* stub: (void)d_x, (void)d_gain, (void)d_shift, (void)d_y, (void)x, (void)gain; */
	/* stub: (void)rows, (void)columns; */
	/* END SOLUTION */
}
