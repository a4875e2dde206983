/* Exercise 4: the steps of SGD with momentum and of Adam. 10 points.
 *
 * SGD with momentum u, learning rate a. For each parameter w with its velocity s and its
 * gradient g:
 *
 *     s = u s + g
 *     w = w - a s
 *
 * Adam with b1, b2, epsilon, in step t = 1, 2, 3, ...:
 *
 *     m = b1 m + (1 - b1) g         the mean of the gradient
 *     v = b2 v + (1 - b2) g g       the mean of its square
 *     M = m / (1 - b1^t)            both corrected: they began at 0
 *     V = v / (1 - b2^t)
 *     w = w - a M / (sqrt(V) + epsilon)
 *
 * The corrected values are used for this step only: the arrays m and v keep what stands in
 * the first two lines. sqrtf and powf are in math.h.
 *
 *     make exercise CH=04      checks this file
 *     make hint CH=04          the next of three hints */
#include "tutorials/04-training/exercise.h"

#include <math.h>

void sgd_update(
        float *w, float *velocity, const float *g, int n, float rate, float momentum)
{
	/* BEGIN SOLUTION */
	for (int i = 0; i < n; i++) {
		velocity[i] = momentum * velocity[i] + g[i];
		w[i] -= rate * velocity[i];
	}
	/* stub: (void)w, (void)velocity, (void)g, (void)n, (void)rate, (void)momentum; */
	/* END SOLUTION */
}

void adam_update(float *w, float *m, float *v, const float *g, int n, int step,
        float rate, float beta1, float beta2, float epsilon)
{
	/* BEGIN SOLUTION */
	float correct1 = 1 - powf(beta1, (float)step);
	float correct2 = 1 - powf(beta2, (float)step);
	for (int i = 0; i < n; i++) {
		m[i] = beta1 * m[i] + (1 - beta1) * g[i];
		v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
		w[i] -= rate * (m[i] / correct1) / (sqrtf(v[i] / correct2) + epsilon);
	}
	/* stub: (void)w, (void)m, (void)v, (void)g, (void)n, (void)step; */
	/* stub: (void)rate, (void)beta1, (void)beta2, (void)epsilon; */
	/* END SOLUTION */
}
