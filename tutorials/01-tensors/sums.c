#include "tutorials/01-tensors/sums.h"
#include "tensor/rng.h"

#include <math.h>
#include <stdlib.h>

/* [orders] */
float first_to_last(const float *x, const float *y, int count)
{
	float sum = 0;
	for (int k = 0; k < count; k++)
		sum += x[k] * y[k];
	return sum;
}

float in_four_parts(const float *x, const float *y, int count)
{
	float part[4] = { 0 };
	for (int k = 0; k < count; k++)
		part[k % 4] += x[k] * y[k];
	return (part[0] + part[1]) + (part[2] + part[3]);
}
/* [/orders] */

float last_to_first(const float *x, const float *y, int count)
{
	float sum = 0;
	for (int k = count - 1; k >= 0; k--)
		sum += x[k] * y[k];
	return sum;
}

/* A double has 53 binary digits, a float 24: its own error is nothing here. */
static double exact(const float *x, const float *y, int count)
{
	double sum = 0;
	for (int k = 0; k < count; k++)
		sum += (double)x[k] * (double)y[k];
	return sum;
}

static void fill(float *numbers, int count, Rng *rng)
{
	for (int k = 0; k < count; k++)
		numbers[k] = (float)rng_normal(rng);
}

SumErrors sum_errors(int seed, SumOrder order, int terms, int sums)
{
	float *x = malloc((size_t)terms * sizeof *x),
	      *y = malloc((size_t)terms * sizeof *y);
	SumErrors found = { 0, 0 };
	Rng rng = rng_new((uint64_t)seed);
	for (int s = 0; x && y && s < sums; s++) {
		fill(x, terms, &rng);
		fill(y, terms, &rng);
		const float sum = order(x, y, terms), usual = first_to_last(x, y, terms);
		found.error += fabs((double)sum - exact(x, y, terms)) / sums * 1e6;
		found.different += sum < usual || sum > usual;
	}
	free(x);
	free(y);
	return found;
}
