/* Exercise 12: scaled dot-product attention with a mask. 10 points.
 *
 * There are T_q queries and T_k keys with their values, D numbers each, row after row:
 *
 *     q(t,j)        is  q[t * D + j]           k(u,j)  is  k[u * D + j],  v likewise
 *     weights(t,u)  is  weights[t * T_k + u]   out(t,j)  is  out[t * D + j]
 *
 * Only the first `length` of the T_k keys are words. The others are padding: no query may
 * see them.
 *
 * 1. Forward. For each query t:
 *
 *        score(u)      = (q(t,0) k(u,0) + ... + q(t,D-1) k(u,D-1)) / sqrt(D)
 *        weights(t,u)  = softmax of the scores over u = 0 ... length-1; 0 for the others
 *        out(t,j)      = sum over u of weights(t,u) v(u,j)
 *
 *    Scores may be large: subtract the largest one, as in chapter 5. If length is 0 there
 *    is nothing to see: all weights and all of out are 0.
 *
 * 2. Backward. For each query t, with dout(t,j) as the gradient of out(t,j):
 *
 *        dweight(u)  = sum over j of dout(t,j) v(u,j)
 *        dscore(u)   = weights(t,u) (dweight(u) - m),
 *                      where m = sum over u of weights(t,u) dweight(u)
 *
 *        dv(u,j)  grows by  weights(t,u) dout(t,j)
 *        dq(t,j)  grows by  dscore(u) k(u,j) / sqrt(D)
 *        dk(u,j)  grows by  dscore(u) q(t,j) / sqrt(D)
 *
 *    A function adds (+=) to dq, dk and dv, for others may have added to them before.
 *
 *     make exercise CH=12      checks this file
 *     make hint CH=12          the next of three hints */
#include "tutorials/12-attention/exercise.h"

#include <math.h>

void attention_forward(float *out, float *weights, const float *q, const float *k,
        const float *v, int T_q, int T_k, int length, int D)
{
	(void)out, (void)weights, (void)q, (void)k, (void)v; /* goes when you use them */
	(void)T_q, (void)T_k, (void)length, (void)D;
	/* BEGIN SOLUTION */
	for (int t = 0; t < T_q; t++) {
		float *w = weights + t * T_k;
		float largest = -INFINITY, total = 0;
		for (int u = 0; u < length; u++) {
			float dot = 0;
			for (int j = 0; j < D; j++)
				dot += q[t * D + j] * k[u * D + j];
			w[u] = dot / sqrtf((float)D);
			if (w[u] > largest)
				largest = w[u];
		}
		for (int u = 0; u < length; u++) {
			w[u] = expf(w[u] - largest);
			total += w[u];
		}
		for (int u = 0; u < length; u++)
			w[u] /= total;
		for (int u = length; u < T_k; u++)
			w[u] = 0;
		for (int j = 0; j < D; j++) {
			out[t * D + j] = 0;
			for (int u = 0; u < length; u++)
				out[t * D + j] += w[u] * v[u * D + j];
		}
	}
	/* END SOLUTION */
}

void attention_backward(float *dq, float *dk, float *dv, const float *dout,
        const float *weights, const float *q, const float *k, const float *v, int T_q,
        int T_k, int length, int D)
{
	(void)dq, (void)dk, (void)dv, (void)dout, (void)weights; /* likewise */
	(void)q, (void)k, (void)v, (void)T_q, (void)T_k, (void)length, (void)D;
	/* BEGIN SOLUTION */
	for (int t = 0; t < T_q; t++) {
		const float *w = weights + t * T_k;
		float m = 0;
		for (int u = 0; u < length; u++)
			for (int j = 0; j < D; j++)
				m += w[u] * dout[t * D + j] * v[u * D + j];
		for (int u = 0; u < length; u++) {
			float dweight = 0;
			for (int j = 0; j < D; j++)
				dweight += dout[t * D + j] * v[u * D + j];
			float dscore = w[u] * (dweight - m);
			for (int j = 0; j < D; j++) {
				dv[u * D + j] += w[u] * dout[t * D + j];
				dq[t * D + j] += dscore * k[u * D + j] / sqrtf((float)D);
				dk[u * D + j] += dscore * q[t * D + j] / sqrtf((float)D);
			}
		}
	}
	/* END SOLUTION */
}
