/* exercise.h: a matrix product of your own. */
#ifndef TUTORIALS_TENSORS_EXERCISE_H
#define TUTORIALS_TENSORS_EXERCISE_H

/* out = a b. All three are plain arrays, row after row: a (rows,inner),
 * b (inner,columns), out (rows,columns). out may hold anything before. */
void multiply(
        float *out, const float *a, const float *b, int rows, int inner, int columns);

/* The same, but a and b are views: from a row of a to the next it is a_strides[0]
 * numbers, from a column to the next a_strides[1]; b likewise. out is as above. */
void multiply_views(float *out, const float *a, const int a_strides[2], const float *b,
        const int b_strides[2], int rows, int inner, int columns);

#endif
