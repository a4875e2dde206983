/* At each step, from the input x and the state h' of the step before:
 *
 *     h = tanh(W_x x + W_h h' + b)
 *
 * Backward, with dz = dh (1 - h^2): dW_x += dz x', dW_h += dz h'', db += dz, and the step
 * before gets dh' += W_h' dz. */
#include "tutorials/10-recurrence/rnn.h"
#include "tensor/elementary.h"
#include "tensor/rng.h"

#include <math.h>
#include <string.h>

/* --- one unit --------------------------------------------------------------------------- */

/* [small-rnn] */
void small_rnn(float h[], const float x[], int T, float u, float w)
{
	float before = 0;
	for (int t = 0; t < T; t++) {
		h[t] = real_tanh(u * x[t] + w * before);
		before = h[t];
	}
}
/* [/small-rnn] */

/* [small-backward] */
void small_backward(float dh[], float *du, float *dw, float dh_last, const float h[],
        const float x[], int T, float w)
{
	for (int t = 0; t < T; t++)
		dh[t] = t == T - 1 ? dh_last : 0;
	for (int t = T - 1; t >= 0; t--) {
		float dz = dh[t] * (1 - h[t] * h[t]);
		*du += dz * x[t];
		if (t > 0) {
			*dw += dz * h[t - 1];
			dh[t - 1] += dz * w;
		}
	}
}
/* [/small-backward] */

/* --- many units ------------------------------------------------------------------------- */

/* [step] */
void rnn_step(const Rnn *rnn, float h[HIDDEN], const float x[INPUTS],
        const float h_before[HIDDEN])
{
	for (int k = 0; k < HIDDEN; k++) {
		float z = rnn->b[k];
		for (int f = 0; f < INPUTS; f++)
			z += rnn->w_x[k][f] * x[f];
		for (int m = 0; m < HIDDEN; m++)
			z += rnn->w_h[k][m] * h_before[m];
		h[k] = real_tanh(z);
	}
}
/* [/step] */

/* [step-backward] */
void rnn_step_backward(const Rnn *rnn, Rnn *grad, float dh_before[HIDDEN],
        const float dh[HIDDEN], const float h[HIDDEN], const float x[INPUTS],
        const float h_before[HIDDEN])
{
	for (int k = 0; k < HIDDEN; k++) {
		float dz = dh[k] * (1 - h[k] * h[k]);
		grad->b[k] += dz;
		for (int f = 0; f < INPUTS; f++)
			grad->w_x[k][f] += dz * x[f];
		for (int m = 0; m < HIDDEN; m++) {
			grad->w_h[k][m] += dz * h_before[m];
			dh_before[m] += dz * rnn->w_h[k][m];
		}
	}
}
/* [/step-backward] */

void rnn_new(Rnn *rnn, float size, uint64_t seed)
{
	Rng rng = rng_new(seed);
	for (int k = 0; k < HIDDEN; k++) {
		rnn->b[k] = 0;
		for (int f = 0; f < INPUTS; f++)
			rnn->w_x[k][f] = 0.1f * (float)rng_normal(&rng);
		for (int m = 0; m < HIDDEN; m++)
			rnn->w_h[k][m] =
			        size / sqrtf((float)HIDDEN) * (float)rng_normal(&rng);
	}
}

/* --- a run over all steps --------------------------------------------------------------- */

void run_new(Run *run, uint64_t seed)
{
	memset(run, 0, sizeof *run);
	Rng rng = rng_new(seed);
	double square = 0;
	for (int t = 0; t < STEPS; t++)
		for (int f = 0; f < INPUTS; f++)
			run->x[t][f] = (float)rng_normal(&rng);
	for (int k = 0; k < HIDDEN; k++) {
		run->v[k] = (float)rng_normal(&rng);
		square += (double)(run->v[k] * run->v[k]);
	}
	for (int k = 0; k < HIDDEN; k++)
		run->v[k] /= (float)sqrt(square);
}

float run_forward(const Rnn *rnn, Run *run)
{
	float loss = 0;
	for (int t = 0; t < STEPS; t++)
		rnn_step(rnn, run->h[t + 1], run->x[t], run->h[t]);
	for (int k = 0; k < HIDDEN; k++)
		loss += run->v[k] * run->h[STEPS][k];
	return loss;
}

/* [through-time] */
void run_backward(const Rnn *rnn, Rnn *grad, Run *run)
{
	memset(run->dh, 0, sizeof run->dh);
	memcpy(run->dh[STEPS], run->v,
	        sizeof run->v); /* the loss is v h of the last step */
	for (int t = STEPS - 1; t >= 0; t--)
		rnn_step_backward(rnn, grad, run->dh[t], run->dh[t + 1], run->h[t + 1],
		        run->x[t], run->h[t]);
}
/* [/through-time] */

void run_norms(const Run *run, double norm[STEPS])
{
	for (int k = 0; k < STEPS; k++) {
		double square = 0;
		for (int m = 0; m < HIDDEN; m++)
			square += (double)run->dh[STEPS - k][m] *
			          (double)run->dh[STEPS - k][m];
		norm[k] = sqrt(square);
	}
}

double rnn_gradient_error(const Rnn *rnn, Run *run, double *largest)
{
	const float step = 0.01f;
	static Rnn grad, moved;
	memset(&grad, 0, sizeof grad);
	run_forward(rnn, run);
	run_backward(rnn, &grad, run);
	moved = *rnn;
	float *p = &moved.w_x[0][0];
	const float *g = &grad.w_x[0][0];
	double worst = 0;
	*largest = 0;
	for (size_t i = 0; i < sizeof *rnn / sizeof *p; i++) {
		*largest = fmax(*largest, fabs((double)g[i]));
		const float kept = p[i];
		p[i] = kept + step;
		const double above = (double)run_forward(&moved, run);
		p[i] = kept - step;
		const double below = (double)run_forward(&moved, run);
		p[i] = kept;
		worst = fmax(
		        worst, fabs((above - below) / (2 * (double)step) - (double)g[i]));
	}
	return worst;
}
