/* exercise.h: an operation of your own, y = x * gain - shift. may call: tape_output tape_record */
#ifndef TUTORIALS_THE_TAPE_EXERCISE_H
#define TUTORIALS_THE_TAPE_EXERCISE_H

#include "autograd/tape.h"

/* x (M,N), gain (N), shift (N) -> (M,N): y(i,j) = x(i,j) gain(j) - shift(j). */
Var *scale_and_shift(Tape *tape, Var *x, Var *gain, Var *shift);

#endif
