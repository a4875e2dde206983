/* exercise.h: an operation with broadcasting, forward and backward. */
#ifndef TUTORIALS_THE_TAPE_EXERCISE_H
#define TUTORIALS_THE_TAPE_EXERCISE_H

/* Matrices lie in memory row after row. y, x, d_y, d_x: (rows,columns). gain, shift,
 * d_gain, d_shift: (columns). No array overlaps another. */

/* y(i,j) = x(i,j) * gain(j) + shift(j). y may hold anything before. */
void gain_forward(float *y, const float *x, const float *gain, const float *shift,
        int rows, int columns);

/* Adds the gradients of x, gain and shift to what d_x, d_gain and d_shift hold. d_y is
 * the gradient of y. */
void gain_backward(float *d_x, float *d_gain, float *d_shift, const float *d_y,
        const float *x, const float *gain, int rows, int columns);

#endif
