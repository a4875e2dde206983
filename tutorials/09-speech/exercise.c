/* Exercise 9: max pooling over lengths, and dropout. 10 points.
 *
 * A batch x (B,T,F) holds B utterances with F features in each frame. Utterance b has
 * lengths[b] frames, from 1 to T. What stands behind them is padding, which may hold any
 * number and takes no part.
 *
 * 1. max_pool_forward. For each utterance b and feature f:
 *
 *        y(b,f)       the largest of x(b,t,f) over the frames t of the utterance
 *        winner(b,f)  the frame t where it is; of equal ones the first
 *
 * 2. max_pool_backward. dy has the shape of y. The gradient goes to the winner alone:
 *
 *        dx(b,t,f)  grows by  dy(b,f)  where t is winner(b,f)
 *
 * 3. dropout_forward. keep[i] is 1 or 0; p is the part that is dropped. What is kept is
 *    divided by 1 - p, what is not is 0.
 *
 * 4. dropout_backward: what comes back through that.
 *
 * Backward functions add (+=) to dx, for other functions may have added to it before.
 *
 * All arrays lie row after row; the last index moves fastest:
 *
 *        x(b,t,f)  is  x[(b * T + t) * F + f]
 *        y(b,f)    is  y[b * F + f] */
#include "tutorials/09-speech/exercise.h"

void max_pool_forward(
        float *y, int *winner, const float *x, const int *lengths, int B, int T, int F)
{
	(void)y, (void)winner, (void)x, (void)lengths; /* goes when you use them */
	(void)B, (void)T, (void)F;
	/* BEGIN SOLUTION */
	for (int b = 0; b < B; b++)
		for (int f = 0; f < F; f++) {
			int first = 0;
			for (int t = 1; t < lengths[b]; t++)
				if (x[(b * T + t) * F + f] > x[(b * T + first) * F + f])
					first = t;
			y[b * F + f] = x[(b * T + first) * F + f];
			winner[b * F + f] = first;
		}
	/* END SOLUTION */
}

void max_pool_backward(float *dx, const float *dy, const int *winner, int B, int T, int F)
{
	(void)dx, (void)dy, (void)winner, (void)B, (void)T, (void)F; /* likewise */
	/* BEGIN SOLUTION */
	for (int b = 0; b < B; b++)
		for (int f = 0; f < F; f++) {
			int t = winner[b * F + f];
			dx[(b * T + t) * F + f] += dy[b * F + f];
		}
	/* END SOLUTION */
}

void dropout_forward(float *y, const float *x, const int *keep, float p, int n)
{
	(void)y, (void)x, (void)keep, (void)p, (void)n; /* likewise */
	/* BEGIN SOLUTION */
	for (int i = 0; i < n; i++)
		y[i] = keep[i] ? x[i] / (1 - p) : 0;
	/* END SOLUTION */
}

void dropout_backward(float *dx, const float *dy, const int *keep, float p, int n)
{
	(void)dx, (void)dy, (void)keep, (void)p, (void)n; /* likewise */
	/* BEGIN SOLUTION */
	for (int i = 0; i < n; i++)
		dx[i] += keep[i] ? dy[i] / (1 - p) : 0;
	/* END SOLUTION */
}
