#include "tutorials/10-recurrence/cell.h"
#include "tensor/elementary.h"

#include <math.h>
#include <string.h>

enum { MOST_STEPS = 16 };

static float sigmoid(float z)
{
	return 1 / (1 + real_exp(-z));
}

/* [update] */
float cell_update(Gates *gates, float *c, const float z[4], float c_before)
{
	gates->in = sigmoid(z[0]);          /* how much of the candidate is let in? */
	gates->forget = sigmoid(z[1]);      /* how much of the old is kept? */
	gates->candidate = real_tanh(z[2]); /* what may be added */
	gates->out = sigmoid(z[3]);         /* how much is shown? */
	*c = gates->forget * c_before + gates->in * gates->candidate;
	return gates->out * real_tanh(*c);
}
/* [/update] */

/* [back] */
float cell_back(
        float dz[4], float dh, float dc, const Gates *gates, float c, float c_before)
{
	const float in = gates->in, forget = gates->forget, out = gates->out;
	const float shown = real_tanh(c);
	const float dcell = dc + dh * out * (1 - shown * shown); /* two paths */
	dz[0] = dcell * gates->candidate * in * (1 - in);
	dz[1] = dcell * c_before * forget * (1 - forget);
	dz[2] = dcell * in * (1 - gates->candidate * gates->candidate);
	dz[3] = dh * shown * out * (1 - out);
	return dcell * forget;
}
/* [/back] */

/* --- one unit with one input ------------------------------------------------------------ */

/* h[t + 1] and c[t + 1] are the state after step t. */
typedef struct Run {
	Gates gates[MOST_STEPS];
	float h[MOST_STEPS + 1], c[MOST_STEPS + 1];
} Run;

static void run(const Single *net, Run *run, const float x[], int T)
{
	run->h[0] = run->c[0] = 0;
	for (int t = 0; t < T; t++) {
		float z[4];
		for (int q = 0; q < 4; q++)
			z[q] = net->u[q] * x[t] + net->w[q] * run->h[t] + net->b[q];
		run->h[t + 1] = cell_update(&run->gates[t], &run->c[t + 1], z, run->c[t]);
	}
}

float single_run(const Single *net, const float x[], int T)
{
	Run all;
	run(net, &all, x, T);
	return all.h[T];
}

void single_backward(const Single *net, Single *grad, const float x[], int T)
{
	Run all;
	run(net, &all, x, T);
	float dh = 1, dc = 0;
	for (int t = T - 1; t >= 0; t--) {
		float dz[4];
		dc = cell_back(dz, dh, dc, &all.gates[t], all.c[t + 1], all.c[t]);
		dh = 0;
		for (int q = 0; q < 4; q++) {
			grad->u[q] += dz[q] * x[t];
			grad->w[q] += dz[q] * all.h[t];
			grad->b[q] += dz[q];
			dh += dz[q] * net->w[q];
		}
	}
}

double single_gradient_error(const Single *net, const float x[], int T)
{
	const float step = 0.01f;
	Single grad = { .u = { 0 } }, moved = *net;
	single_backward(net, &grad, x, T);
	float *p = moved.u;
	const float *g = grad.u;
	double worst = 0;
	for (size_t i = 0; i < sizeof moved / sizeof *p; i++) {
		const float kept = p[i];
		p[i] = kept + step;
		const double above = (double)single_run(&moved, x, T);
		p[i] = kept - step;
		const double below = (double)single_run(&moved, x, T);
		p[i] = kept;
		worst = fmax(
		        worst, fabs((above - below) / (2 * (double)step) - (double)g[i]));
	}
	return worst;
}
