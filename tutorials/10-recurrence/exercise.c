/* Exercise 10: one step of an LSTM. 10 points.
 *
 * x (I) is the input of this step, h_before (H) and c_before (H) are the state from the
 * step before. There are four gates of H numbers each, in the order i, f, g, o.
 *
 * 1. Forward. Row r of the weights, for r from 0 to 4H-1, makes one sum:
 *
 *        z(r) = bias(r) + sum over f of w_x(r,f) x(f) + sum over m of w_h(r,m) h_before(m)
 *
 *    Rows 0 to H-1 belong to i, the next H to f, then H to g and H to o. gates(r) is the
 *    sigmoid of z(r), but in the rows of g it is tanh of z(r). With unit k's numbers i, f,
 *    g and o (rows k, H+k, 2H+k, 3H+k):
 *
 *        c(k) = f c_before(k) + i g
 *        h(k) = o tanh(c(k))
 *
 * 2. Backward. dh and dc are what comes back to h and c. Unit k's cell gets both:
 *
 *        e = dc(k) + dh(k) o (1 - tanh(c(k))^2)
 *
 *    Then the gradients of its four sums:
 *
 *        dz of i:  e g i (1 - i)              dz of f:  e c_before(k) f (1 - f)
 *        dz of g:  e i (1 - g^2)              dz of o:  dh(k) tanh(c(k)) o (1 - o)
 *
 *    And for every row r, f and m:
 *
 *        dbias(r)      grows by  dz(r)
 *        dw_x(r,f)     grows by  dz(r) x(f)
 *        dw_h(r,m)     grows by  dz(r) h_before(m)
 *        dx(f)         grows by  dz(r) w_x(r,f)
 *        dh_before(m)  grows by  dz(r) w_h(r,m)
 *        dc_before(k)  grows by  e f
 *
 *    All six are added to (+=): the weights are used at every step, and other functions may
 *    have added to the rest before.
 *
 * All matrices lie row after row: w_x(r,f) is w_x[r * I + f], w_h(r,m) is w_h[r * H + m]. */
#include "tutorials/10-recurrence/exercise.h"

#include <math.h>

void lstm_step_forward(float *h, float *c, float *gates, const float *x,
        const float *h_before, const float *c_before, const float *w_x, const float *w_h,
        const float *bias, int I, int H)
{
	(void)h, (void)c, (void)gates, (void)x; /* goes when you use them */
	(void)h_before, (void)c_before, (void)w_x, (void)w_h, (void)bias, (void)I,
	        (void)H;
	/* BEGIN SOLUTION */
	for (int r = 0; r < 4 * H; r++) {
		float sum = bias[r];
		for (int f = 0; f < I; f++)
			sum += w_x[r * I + f] * x[f];
		for (int m = 0; m < H; m++)
			sum += w_h[r * H + m] * h_before[m];
		if (r / H == 2)
			gates[r] = tanhf(sum);
		else
			gates[r] = 1 / (1 + expf(-sum));
	}
	for (int k = 0; k < H; k++) {
		float i = gates[k], f = gates[H + k], g = gates[2 * H + k];
		float o = gates[3 * H + k];
		c[k] = f * c_before[k] + i * g;
		h[k] = o * tanhf(c[k]);
	}
	/* END SOLUTION */
}

void lstm_step_backward(float *dx, float *dh_before, float *dc_before, float *dw_x,
        float *dw_h, float *dbias, const float *dh, const float *dc, const float *gates,
        const float *c, const float *x, const float *h_before, const float *c_before,
        const float *w_x, const float *w_h, int I, int H)
{
	(void)dx, (void)dh_before, (void)dc_before, (void)dw_x, (void)dw_h; /* likewise */
	(void)dbias, (void)dh, (void)dc, (void)gates, (void)c, (void)x, (void)h_before;
	(void)c_before, (void)w_x, (void)w_h, (void)I, (void)H;
	/* BEGIN SOLUTION */
	for (int k = 0; k < H; k++) {
		float i = gates[k], f = gates[H + k], g = gates[2 * H + k];
		float o = gates[3 * H + k], t = tanhf(c[k]);
		float e = dc[k] + dh[k] * o * (1 - t * t);
		float dz[4];
		dz[0] = e * g * i * (1 - i);
		dz[1] = e * c_before[k] * f * (1 - f);
		dz[2] = e * i * (1 - g * g);
		dz[3] = dh[k] * t * o * (1 - o);
		dc_before[k] += e * f;
		for (int q = 0; q < 4; q++) {
			int r = q * H + k;
			dbias[r] += dz[q];
			for (int j = 0; j < I; j++) {
				dw_x[r * I + j] += dz[q] * x[j];
				dx[j] += dz[q] * w_x[r * I + j];
			}
			for (int m = 0; m < H; m++) {
				dw_h[r * H + m] += dz[q] * h_before[m];
				dh_before[m] += dz[q] * w_h[r * H + m];
			}
		}
	}
	/* END SOLUTION */
}
