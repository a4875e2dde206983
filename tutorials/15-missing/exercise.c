/* Exercise 15: temperature scaling. 10 points.
 *
 *     logits, p: (N,C)   labels: (N)   T: one number for all
 *
 *     p_c = e^(z_c / T) / (sum over k of e^(z_k / T))        loss = mean of -log p of the label
 *
 *     dloss/dT = mean over the rows of (z of the label - sum over c of p_c z_c) / T^2
 *
 * The forward pass must bear any logits: 1000 and -1000 too. For the search: below the best
 * T the derivative has one sign, above it the other.
 *
 *     make exercise CH=15      checks this file
 *     make hint CH=15          the next of three hints */
#include "tutorials/15-missing/exercise.h"

#include <math.h>

void temperature_forward(float *loss, float *p, const float *logits, const int *labels,
        float T, int N, int C)
{
	/* BEGIN SOLUTION */
	float total = 0;
	for (int i = 0; i < N; i++) {
		const float *z = logits + i * C;
		float most = z[0], all = 0;
		for (int c = 1; c < C; c++)
			if (z[c] > most)
				most = z[c];
		for (int c = 0; c < C; c++) {
			p[i * C + c] = expf((z[c] - most) / T);
			all += p[i * C + c];
		}
		for (int c = 0; c < C; c++)
			p[i * C + c] /= all;
		total += logf(all) - (z[labels[i]] - most) / T;
	}
	*loss = total / (float)N;
	/* stub: (void)loss, (void)p, (void)logits, (void)labels, (void)T, (void)N, (void)C; */
	/* END SOLUTION */
}

void temperature_backward(float *d_T, const float *p, const float *logits,
        const int *labels, float T, int N, int C)
{
	/* BEGIN SOLUTION */
	for (int i = 0; i < N; i++) {
		float middle = 0;
		for (int c = 0; c < C; c++)
			middle += p[i * C + c] * logits[i * C + c];
		*d_T += (logits[i * C + labels[i]] - middle) / (T * T) / (float)N;
	}
	/* stub: (void)d_T, (void)p, (void)logits, (void)labels, (void)T, (void)N, (void)C; */
	/* END SOLUTION */
}

float temperature_fit(float *p, const float *logits, const int *labels, int N, int C)
{
	/* BEGIN SOLUTION */
	float low = 0.05f, high = 20;
	for (int step = 0; step < 40; step++) {
		float T = sqrtf(low * high), loss, d_T = 0;
		temperature_forward(&loss, p, logits, labels, T, N, C);
		temperature_backward(&d_T, p, logits, labels, T, N, C);
		if (d_T < 0)
			low = T;
		else
			high = T;
	}
	return sqrtf(low * high);
	/* stub: (void)p, (void)logits, (void)labels, (void)N, (void)C; */
	/* stub: return 0; */
	/* END SOLUTION */
}
