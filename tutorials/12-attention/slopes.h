/* slopes.h: what is measured of attention with random numbers. */
#ifndef TUTORIALS_ATTENTION_SLOPES_H
#define TUTORIALS_ATTENTION_SLOPES_H

/* The largest difference between attend_backward's gradients and slopes that are measured,
 * for 6 steps of 8 numbers each, and a scale of 1 / sqrt(8). */
double attend_gradient_error(void);

/* Of random queries and keys with D numbers each; ten keys for a query. */
typedef struct Spread {
	double variance; /* of the scores */
	double largest;  /* the mean of the largest of ten weights a */
	double slope;    /* the mean of a (1 - a): how that weight moves with its score */
} Spread;
Spread random_spread(int D, float scale);

#endif
