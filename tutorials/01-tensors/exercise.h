/* exercise.h: a matrix product of your own. */
#ifndef TUTORIALS_TENSORS_EXERCISE_H
#define TUTORIALS_TENSORS_EXERCISE_H

#include "tensor/matmul.h"

/* out (M,N) = a (M,K) b (K,N), whatever the strides of the three are. out may hold anything before. */
void multiply(Matrix out, Matrix a, Matrix b);

#endif
