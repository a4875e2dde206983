/* regression.h: one weighted sum of the features for each emotion, then softmax. */
#ifndef TUTORIALS_SIX_EMOTIONS_REGRESSION_H
#define TUTORIALS_SIX_EMOTIONS_REGRESSION_H

#include "tensor/arena.h"

#include <stdint.h>

typedef struct Regression {
	int features, classes;
	float *w; /* (classes, features) */
	float *b; /* (classes) */
} Regression;

/* Examples: x (count, features), target (count). */
typedef struct Examples {
	int count;
	const float *x;
	const int *target;
} Examples;

typedef struct Plan {
	int epochs, batch;
	float rate;
	const float *weights; /* (classes), of the loss; NULL: all 1 */
	uint64_t seed;        /* of the first weights, and of the order */
} Plan;

Regression regression_new(Arena *arena, int features, int classes);
void regression_train(Regression *model, Examples examples, Plan plan);
/* answer (count): the class with the largest logit. */
void regression_answer(int answer[], const Regression *model, Examples examples);
/* z (classes), of one example. */
void regression_logits(float z[], const Regression *model, const float x[]);

/* The mean cross-entropy, without weights. */
float regression_loss(const Regression *model, Examples examples);

/* weights[c] = count / (classes * how many of class c there are). */
void balanced_weights(float weights[], const int target[], int count, int classes);

#endif
