/* exercise.h: logistic regression without a tape.
 * may call: real_exp real_log real_sigmoid tensor_fill */
#ifndef TUTORIALS_FIRST_NETWORK_EXERCISE_H
#define TUTORIALS_FIRST_NETWORK_EXERCISE_H

#include "tensor/tensor.h"

/* The loss of N utterances, and its gradient with respect to weights and bias. */
typedef struct Logistic {
	real loss;   /* mean of -log of the probability given to the truth */
	Tensor grad; /* (F), may hold anything before: set it, do not add */
	real grad_bias;
} Logistic;

/* x (N,F); angry (N): 1 or 0; w (F). */
void logistic(Logistic *result, Tensor x, const int angry[], Tensor w, real bias);

#endif
