/* Exercise 3: logistic regression by hand. 10 points.
 *
 *     z_i = x_i . w + bias        p_i = sigmoid(z_i), the probability that utterance i is angry
 *     L   = mean over i of  -log p_i        if it is angry,
 *                           -log (1 - p_i)  if it is not
 *
 * Set result->loss to L, result->grad to dL/dw and result->grad_bias to dL/dbias. The loss has to be finite
 * for any finite z, also where p rounds to 0 or to 1: e^100 is too large for a float.
 * real_exp, real_log and real_sigmoid are in tensor/elementary.h.
 *
 *     make exercise CH=03      checks this file
 *     make hint CH=03          the next of three hints */
#include "tutorials/03-first-network/exercise.h"
#include "tensor/elementary.h"

void logistic(Logistic *result, Tensor x, const int angry[], Tensor w, real bias)
{
	const int utterances = x.shape[0], columns = x.shape[1];
	(void)angry, (void)w, (void)bias, (void)utterances,
	        (void)columns; /* goes when you use them */
	result->loss = result->grad_bias = 0;
	tensor_fill(result->grad, 0);

	/* BEGIN SOLUTION */
	for (int i = 0; i < utterances; i++) {
		const real *row = x.data + i * columns;
		real z = bias;
		for (int k = 0; k < columns; k++)
			z += row[k] * w.data[k];

		/* -log sigmoid(m) = log (1 + e^-m) = max(-m,0) + log (1 + e^-|m|) */
		real m = angry[i] ? z : -z;
		result->loss += (m < 0 ? -m : 0) + real_log(1 + real_exp(m < 0 ? m : -m));

		real slope = real_sigmoid(z) - (real)angry[i]; /* of the loss, with z */
		for (int k = 0; k < columns; k++)
			result->grad.data[k] += slope * row[k];
		result->grad_bias += slope;
	}
	result->loss /= (real)utterances;
	result->grad_bias /= (real)utterances;
	for (int k = 0; k < columns; k++)
		result->grad.data[k] /= (real)utterances;
	/* END SOLUTION */
}
