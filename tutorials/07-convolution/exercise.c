/* Exercise 7: convolution over time. 10 points.
 *
 * x (T,F) is a sequence: T steps with F features each, a row for each step. It may be a
 * sentence, with a vector for each word. There are O filters, and each has a window of k
 * steps.
 *
 * 1. Forward. Filter o at step t, for t from 0 to T-k:
 *
 *        y(t,o) = b(o) + sum over taps j and features f of   x(t+j,f) w(o,f,j)
 *
 * 2. Backward. dy has the shape of y. For every t, o, j and f:
 *
 *        dx(t+j,f)  grows by  dy(t,o) w(o,f,j)
 *        dw(o,f,j)  grows by  dy(t,o) x(t+j,f)
 *        db(o)      grows by  dy(t,o), once for each t
 *
 *    A function adds (+=) to dx, dw and db, for other functions may have added to them
 *    before.
 *
 * All arrays lie row after row; the last index moves fastest:
 *
 *        x(t,f)    is  x[t * F + f]
 *        y(t,o)    is  y[t * O + o]
 *        w(o,f,j)  is  w[(o * F + f) * k + j]
 *
 * w has the layout of PyTorch and of the library: the k taps of one feature lie side by
 * side. k is never larger than T. */
#include "tutorials/07-convolution/exercise.h"

void conv1d_forward(float *y, const float *x, const float *w, const float *b, int T,
        int F, int O, int k)
{
	(void)y, (void)x, (void)w, (void)b; /* goes when you use them */
	(void)T, (void)F, (void)O, (void)k;
	/* BEGIN SOLUTION */
	for (int t = 0; t < T - k + 1; t++)
		for (int o = 0; o < O; o++) {
			float sum = b[o];
			for (int f = 0; f < F; f++)
				for (int j = 0; j < k; j++)
					sum += x[(t + j) * F + f] *
					       w[(o * F + f) * k + j];
			y[t * O + o] = sum;
		}
	/* END SOLUTION */
}

void conv1d_backward(float *dx, float *dw, float *db, const float *dy, const float *x,
        const float *w, int T, int F, int O, int k)
{
	(void)dx, (void)dw, (void)db, (void)dy, (void)x, (void)w; /* likewise */
	(void)T, (void)F, (void)O, (void)k;
	/* BEGIN SOLUTION */
	for (int t = 0; t < T - k + 1; t++)
		for (int o = 0; o < O; o++) {
			float d = dy[t * O + o];
			for (int f = 0; f < F; f++)
				for (int j = 0; j < k; j++) {
					dx[(t + j) * F + f] += d * w[(o * F + f) * k + j];
					dw[(o * F + f) * k + j] += d * x[(t + j) * F + f];
				}
			db[o] += d;
		}
	/* END SOLUTION */
}
