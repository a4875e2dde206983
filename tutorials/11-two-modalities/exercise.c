/* Exercise 11: the product of experts, in logarithms. 10 points.
 *
 *     logits, d_logits: (K,C)   there: (K)   prior, log_p, d_log_p: (C)
 *
 * With n for how many experts are there, and sums over these alone:
 *
 *     p_c is proportional to (product of their p_c) / prior_c^(n - 1)
 *
 * log_p is the logarithm of p, normalised: the p_c sum to 1. It must bear any logits: 150 and
 * -150 too. With n = 0 the formula gives the prior.
 *
 *     make exercise CH=11      checks this file
 *     make hint CH=11          the next of three hints */
#include "tutorials/11-two-modalities/exercise.h"

#include <math.h>

void experts_forward(float *log_p, const float *logits, const int *there,
        const float *prior, int K, int C)
{
	/* BEGIN SOLUTION */
	int n = 0;
	for (int k = 0; k < K; k++)
		n += there[k];
	for (int c = 0; c < C; c++) {
		log_p[c] = (float)(1 - n) * logf(prior[c]);
		for (int k = 0; k < K; k++)
			if (there[k])
				log_p[c] += logits[k * C + c];
	}
	float top = log_p[0], total = 0;
	for (int c = 1; c < C; c++)
		if (log_p[c] > top)
			top = log_p[c];
	for (int c = 0; c < C; c++)
		total += expf(log_p[c] - top);
	for (int c = 0; c < C; c++)
		log_p[c] -= top + logf(total);
	/* stub: (void)log_p, (void)logits, (void)there, (void)prior, (void)K, (void)C; */
	/* END SOLUTION */
}

void experts_backward(float *d_logits, const float *d_log_p, const float *log_p,
        const int *there, int K, int C)
{
	/* BEGIN SOLUTION */
	float d_all = 0;
	for (int c = 0; c < C; c++)
		d_all += d_log_p[c];
	for (int k = 0; k < K; k++)
		for (int c = 0; c < C; c++)
			if (there[k])
				d_logits[k * C + c] +=
				        d_log_p[c] - expf(log_p[c]) * d_all;
	/* stub: (void)d_logits, (void)d_log_p, (void)log_p, (void)there, (void)K, (void)C; */
	/* END SOLUTION */
}
