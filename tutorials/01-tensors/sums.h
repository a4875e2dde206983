/* sums.h: the sum of x[k] y[k] over k, added in several orders. */
#ifndef TUTORIALS_TENSORS_SUMS_H
#define TUTORIALS_TENSORS_SUMS_H

typedef float (*SumOrder)(const float *x, const float *y, int count);

float first_to_last(const float *x, const float *y, int count);
float last_to_first(const float *x, const float *y, int count);
float in_four_parts(const float *x, const float *y, int count);

typedef struct SumErrors {
	double error;  /* how far a sum is from the exact one: the mean, in millionths */
	int different; /* sums that are not equal to the one from first to last */
} SumErrors;

/* Of `sums` sums of so many terms, products of random normal numbers. */
SumErrors sum_errors(int seed, SumOrder order, int terms, int sums);

#endif
