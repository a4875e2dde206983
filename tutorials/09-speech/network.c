/* x_t is frame t; for filter o with k taps
 *
 *     a_to = bias_o + sum over taps j and bands f of filter_jfo x_{t+j,f}
 *     h_o  = max(0, largest a_to)          y_o = h_o factor_o
 *
 * then z = w y + b, softmax, and the loss is -log p of the label. */
#include "tutorials/09-speech/network.h"
#include "layers/params.h"
#include "optim/adam.h"
#include "tensor/elementary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- forward ---------------------------------------------------------------------------- */

/* [answers] */
void network_answers(float y[FILTERS], const Network *net, const Heard *heard, int t)
{
	float sum[FILTERS];
	for (int o = 0; o < FILTERS; o++)
		sum[o] = net->bias[o];
	for (int j = 0; j < TAPS; j++)            /* frames */
		for (int f = 0; f < BANDS; f++) { /* bands */
			const float *w = net->filter[j][f], x = heard->x[t + j][f];
			for (int o = 0; o < FILTERS; o++)
				sum[o] += w[o] * x;
		}
	for (int o = 0; o < FILTERS; o++)
		y[o] = sum[o];
}
/* [/answers] */

/* [listen] */
/* The largest answer of each filter over the frames that are there, and where it was. */
static void listen(const Network *net, const Heard *heard, Pass *pass)
{
	float a[FILTERS];
	memset(pass->h, 0, sizeof pass->h); /* relu: below 0 counts as 0 */
	memset(pass->winner, -1, sizeof pass->winner);
	for (int t = 0; t + TAPS <= heard->T; t++) {
		network_answers(a, net, heard, t);
		for (int o = 0; o < FILTERS; o++)
			if (a[o] > pass->h[o]) {
				pass->h[o] = a[o];
				pass->winner[o] = t;
			}
	}
}
/* [/listen] */

static void softmax(float p[])
{
	float most = p[0], sum = 0;
	for (int e = 1; e < EMOTIONS; e++)
		most = p[e] > most ? p[e] : most;
	for (int e = 0; e < EMOTIONS; e++) {
		p[e] = real_exp(p[e] - most);
		sum += p[e];
	}
	for (int e = 0; e < EMOTIONS; e++)
		p[e] /= sum;
}

/* [forward] */
void network_forward(
        const Network *net, const Heard *heard, const float factor[], Pass *pass)
{
	listen(net, heard, pass); /* h (FILTERS) */
	for (int o = 0; o < FILTERS; o++)
		pass->y[o] = factor ? factor[o] * pass->h[o] : pass->h[o];
	for (int e = 0; e < EMOTIONS; e++) {
		pass->p[e] = net->b[e];
		for (int o = 0; o < FILTERS; o++)
			pass->p[e] += net->w[e][o] * pass->y[o];
	}
	softmax(pass->p);
}
/* [/forward] */

double network_loss(const Network *net, const Heard *heard, const float factor[])
{
	Pass pass;
	network_forward(net, heard, factor, &pass);
	return -double_log((double)pass.p[heard->label]);
}

/* --- backward --------------------------------------------------------------------------- */

/* [to-winner] */
/* d is the gradient of what filter o gives after dropout. */
static void to_winner(const Pass *pass, Network *grad, const Heard *heard, int o, float d,
        const float factor[])
{
	const int t = pass->winner[o];
	if (t < 0)
		return; /* relu has cut it off */
	if (factor)
		d *= factor[o]; /* 0: this filter learns nothing this time */
	grad->bias[o] += d;
	for (int j = 0; j < TAPS; j++)
		for (int f = 0; f < BANDS; f++)
			grad->filter[j][f][o] += d * heard->x[t + j][f];
}
/* [/to-winner] */

void network_backward(
        const Network *net, Network *grad, const Heard *heard, const float factor[])
{
	Pass pass;
	network_forward(net, heard, factor, &pass);
	float dy[FILTERS] = { 0 };
	for (int e = 0; e < EMOTIONS; e++) {
		float dz = pass.p[e] - (e == heard->label);
		grad->b[e] += dz;
		for (int o = 0; o < FILTERS; o++) {
			grad->w[e][o] += dz * pass.y[o];
			dy[o] += dz * net->w[e][o];
		}
	}
	for (int o = 0; o < FILTERS; o++)
		to_winner(&pass, grad, heard, o, dy[o], factor);
}

/* --- training --------------------------------------------------------------------------- */

/* [factors] */
void draw_factors(float factor[FILTERS], float drop, Rng *rng)
{
	for (int o = 0; o < FILTERS; o++)
		factor[o] = rng_uniform(rng) < drop ? 0 : 1 / (1 - drop);
}
/* [/factors] */

/* The gradient of a mini-batch: the mean over its utterances. */
static void batch_gradient(const Network *net, Network *grad, Set set, const Plan *plan,
        const int order[], int count, Rng *rng)
{
	float factor[FILTERS], *g = &grad->filter[0][0][0];
	memset(grad, 0, sizeof *grad);
	for (int i = 0; i < count; i++) {
		const Heard *heard = &set.items[order[i]];
		if (plan->choose)
			heard = plan->choose(plan->versions, order[i], rng);
		draw_factors(factor, plan->drop, rng);
		network_backward(net, grad, heard, factor);
	}
	for (int i = 0; i < PARAMETERS; i++)
		g[i] /= (float)count;
}

void network_train(Network *net, Set set, Plan plan)
{
	Arena *arena = arena_new("training");
	Params params = params_new(arena);
	Var *all = params_add(&params, NULL, "parameters", SHAPE(PARAMETERS));
	memcpy(all->value.data, net, sizeof *net);
	Adam adam = adam_new(arena, &params, (double)plan.rate);
	int *order = ARENA_ARRAY(arena, int, (size_t)set.count);
	Rng rng = rng_new(plan.seed), draws = rng_split(&rng, 1);
	for (int e = 0; e < plan.epochs; e++) {
		rng_permutation(&rng, set.count, order);
		for (int begin = 0; begin < set.count; begin += plan.batch) {
			int count = set.count - begin;
			count = count < plan.batch ? count : plan.batch;
			batch_gradient(net, (Network *)(void *)all->grad.data, set, &plan,
			        order + begin, count, &draws);
			adam_step(&adam);
			memcpy(net, all->value.data, sizeof *net);
		}
	}
	arena_free(arena);
}

/* --- the rest --------------------------------------------------------------------------- */

static void fill(float numbers[], int count, float bound, Rng *rng)
{
	for (int i = 0; i < count; i++)
		numbers[i] = bound * (2 * (float)rng_uniform_double(rng) - 1);
}

void network_new(Network *net, uint64_t seed)
{
	Rng rng = rng_new(seed);
	const float bound = 1 / sqrtf(TAPS * BANDS), last = 1 / sqrtf(FILTERS);
	fill(&net->filter[0][0][0], TAPS * BANDS * FILTERS, bound, &rng);
	fill(net->bias, FILTERS, bound, &rng);
	fill(&net->w[0][0], EMOTIONS * FILTERS, last, &rng);
	fill(net->b, EMOTIONS, last, &rng);
}

int network_guess(const Network *net, const Heard *heard)
{
	Pass pass;
	int best = 0;
	network_forward(net, heard, NULL, &pass);
	for (int e = 1; e < EMOTIONS; e++)
		best = pass.p[e] > pass.p[best] ? e : best;
	return best;
}

double network_accuracy(const Network *net, Set set)
{
	int right = 0;
	for (int i = 0; i < set.count; i++)
		right += network_guess(net, &set.items[i]) == set.items[i].label;
	return (double)right / set.count;
}

double network_gradient_error(
        const Network *net, const Heard *heard, const float factor[], int *kinks)
{
	const float step = 0.002f;
	static Network grad, above, below;
	Pass over, under;
	memset(&grad, 0, sizeof grad);
	above = below = *net;
	network_backward(net, &grad, heard, factor);
	const float *g = &grad.filter[0][0][0];
	float *up = &above.filter[0][0][0], *down = &below.filter[0][0][0];
	double worst = 0;
	*kinks = 0;
	for (int i = 0; i < PARAMETERS; i++) {
		const float kept = up[i];
		up[i] = kept + step;
		down[i] = kept - step;
		network_forward(&above, heard, factor, &over);
		network_forward(&below, heard, factor, &under);
		double rise = double_log((double)under.p[heard->label]) -
		              double_log((double)over.p[heard->label]);
		double error = fabs(rise / (2 * (double)step) - (double)g[i]);
		if (memcmp(over.winner, under.winner, sizeof over.winner) != 0)
			++*kinks;
		else
			worst = error > worst ? error : worst;
		up[i] = down[i] = kept;
	}
	return worst;
}
