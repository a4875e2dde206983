/* exercise.h: the small exercise that the grader is tested with. may call: tape_output
 * tape_record */
#ifndef TESTS_TUTORIALS_EXERCISE_H
#define TESTS_TUTORIALS_EXERCISE_H

#include "autograd/tape.h"

/* y[i] = slope x[i] + shift, for i below count. */
void line(real *y, const real *x, int count, real slope, real shift);

/* above[0]: how many of the numbers are above 0. */
void count_above(int *above, const real *x, int count);

/* x (M,N), keep (M) -> (M,N): y(i,j) = x(i,j) keep(i). */
Var *fade(Tape *tape, Var *x, Var *keep);

#endif
