/* Exercise 3: logistic regression, then a layer. 10 points.
 *
 * Four functions of plain arrays. With one output the two pairs together are logistic
 * regression; with more outputs linear_forward is a layer of a network.
 *
 * 1. The loss. z[m] is what the neuron says about sentence m; t[m] is 1 if it is angry,
 *    0 if not; p = sigmoid(z).
 *
 *        loss = mean over m of   -log p        if t is 1
 *                                -log (1 - p)  if t is 0
 *
 *    It has to be finite for every finite z, and so has its gradient. e^100 is too large for a float.
 *
 * 2. Its gradient: dz[m] grows by dloss/dz[m].
 *
 * 3. A layer. Each row of x gives a row of y; row o of w has the weights of output o:
 *
 *        y(m,o) = b(o) + sum over i of x(m,i) w(o,i)
 *
 * 4. Its gradients. A function adds (+=) to dx, dw and db, for other functions may have
 *    added to them before.
 *
 * Arrays of two dimensions lie row after row: x(m,i) is x[m * inputs + i].
 * real_exp(v), real_log(v) and real_sigmoid(v) are like expf and logf of math.h, which you
 * may use too. */
#include "tutorials/03-first-network/exercise.h"
#include "tensor/elementary.h"

float logistic_forward(const float *z, const float *t, int rows)
{
	(void)z, (void)t, (void)rows; /* goes when you use them */
	/* BEGIN SOLUTION */
	float sum = 0;
	for (int m = 0; m < rows; m++) {
		/* -log sigmoid(s) = log(1 + e^-s) = max(-s, 0) + log(1 + e^-|s|) */
		float s = t[m] > 0 ? z[m] : -z[m];
		float size = s > 0 ? s : -s;
		sum += (s < 0 ? -s : 0) + real_log(1 + real_exp(-size));
	}
	return sum / (float)rows;
	/* stub: return 0; */
	/* END SOLUTION */
}

void logistic_backward(float *dz, const float *z, const float *t, int rows)
{
	(void)dz, (void)z, (void)t, (void)rows; /* goes when you use them */
	/* BEGIN SOLUTION */
	for (int m = 0; m < rows; m++)
		dz[m] += (real_sigmoid(z[m]) - t[m]) / (float)rows;
	/* END SOLUTION */
}

void linear_forward(float *y, const float *x, const float *w, const float *b, int rows,
        int inputs, int outputs)
{
	(void)y, (void)x, (void)w, (void)b; /* goes when you use them */
	(void)rows, (void)inputs, (void)outputs;
	/* BEGIN SOLUTION */
	for (int m = 0; m < rows; m++)
		for (int o = 0; o < outputs; o++) {
			float sum = b[o];
			for (int i = 0; i < inputs; i++)
				sum += x[m * inputs + i] * w[o * inputs + i];
			y[m * outputs + o] = sum;
		}
	/* END SOLUTION */
}

void linear_backward(float *dx, float *dw, float *db, const float *dy, const float *x,
        const float *w, int rows, int inputs, int outputs)
{
	(void)dx, (void)dw, (void)db, (void)dy, (void)x,
	        (void)w; /* goes when you use them */
	(void)rows, (void)inputs, (void)outputs;
	/* BEGIN SOLUTION */
	for (int m = 0; m < rows; m++)
		for (int o = 0; o < outputs; o++) {
			float d = dy[m * outputs + o];
			for (int i = 0; i < inputs; i++) {
				dx[m * inputs + i] += d * w[o * inputs + i];
				dw[o * inputs + i] += d * x[m * inputs + i];
			}
			db[o] += d;
		}
	/* END SOLUTION */
}
