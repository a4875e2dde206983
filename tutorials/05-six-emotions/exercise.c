/* Exercise 5: softmax with cross-entropy, with class weights. 10 points.
 *
 * It is computed for a batch of N rows, each of C classes.
 *
 *     logits, probabilities, d_logits: (N,C)   targets: (N)   weights: (C), or NULL
 *
 * The forward pass must bear any logits: 1000 and -1000 too. With v_i = weights[targets[i]]
 * (1 if weights is NULL), the loss is a weighted mean over the rows:
 *
 *     loss = (v_0 loss_0 + v_1 loss_1 + ...) / (v_0 + v_1 + ...)
 *
 *     make exercise CH=05      checks this file
 *     make hint CH=05          the next of three hints */
#include "tutorials/05-six-emotions/exercise.h"

#include <math.h>
#include <stddef.h>

void softmax_cross_entropy_forward(float *loss, float *probabilities, const float *logits,
        const int *targets, const float *weights, int N, int C)
{
	/* BEGIN SOLUTION */
	float losses = 0, all_weights = 0;
	for (int i = 0; i < N; i++) {
		const float *row = logits + i * C;
		float *p = probabilities + i * C;
		float most = row[0], total = 0;
		for (int c = 1; c < C; c++)
			if (row[c] > most)
				most = row[c];
		for (int c = 0; c < C; c++) {
			p[c] = expf(row[c] - most);
			total += p[c];
		}
		for (int c = 0; c < C; c++)
			p[c] /= total;
		float v = weights ? weights[targets[i]] : 1;
		losses += v * (logf(total) - row[targets[i]] + most);
		all_weights += v;
	}
	*loss = losses / all_weights;
	/* stub: (void)loss, (void)probabilities, (void)logits, (void)targets; */
	/* stub: (void)weights, (void)N, (void)C; */
	/* END SOLUTION */
}

void softmax_cross_entropy_backward(float *d_logits, const float *probabilities,
        const int *targets, const float *weights, int N, int C)
{
	/* BEGIN SOLUTION */
	float all_weights = 0;
	for (int i = 0; i < N; i++)
		all_weights += weights ? weights[targets[i]] : 1;
	for (int i = 0; i < N; i++) {
		float v = weights ? weights[targets[i]] : 1;
		for (int c = 0; c < C; c++) {
			float y = c == targets[i] ? 1 : 0;
			float d_z = probabilities[i * C + c] - y;
			d_logits[i * C + c] += v / all_weights * d_z;
		}
	}
	/* stub: (void)d_logits, (void)probabilities, (void)targets; */
	/* stub: (void)weights, (void)N, (void)C; */
	/* END SOLUTION */
}
