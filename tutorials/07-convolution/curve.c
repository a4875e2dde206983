/* One number a step: the plainest convolution. */
#include "tutorials/07-convolution/curve.h"

/* [convolve] */
void convolve(float y[], const float x[], int n, const float kernel[], int k, float bias)
{
	for (int t = 0; t + k <= n; t++) {
		y[t] = bias;
		for (int j = 0; j < k; j++)
			y[t] += kernel[j] * x[t + j];
	}
}
/* [/convolve] */

/* [backward] */
void convolve_backward(float dx[], float dkernel[], float *dbias, const float dy[],
        const float x[], int n, const float kernel[], int k)
{
	for (int t = 0; t + k <= n; t++) {
		*dbias += dy[t];
		for (int j = 0; j < k; j++) {
			dkernel[j] += dy[t] * x[t + j];
			dx[t + j] += dy[t] * kernel[j];
		}
	}
}
/* [/backward] */
