#include "tutorials/13-alignment/mean.h"

/* [mean] */
void mean_under(float m[], const float frames[], int width, int begin, int end)
{
	const int n = end - begin; /* frames under the word */
	for (int k = 0; k < width; k++) {
		float all = 0;
		for (int t = begin; t < end; t++)
			all += frames[t * width + k];
		m[k] = n > 0 ? all / (float)n : 0;
	}
}
/* [/mean] */

/* [backward] */
void mean_under_backward(float dframes[], const float dm[], int width, int begin, int end)
{
	const int n = end - begin;
	for (int k = 0; k < width && n > 0; k++) {
		const float share = dm[k] / (float)n; /* the same for all n frames */
		for (int t = begin; t < end; t++)
			dframes[t * width + k] += share;
	}
}
/* [/backward] */
