/* x_t is the vector of word t, or with neighbours tanh(sum over j of M_j e_(t+j-1)), where
 * e is the embedding. One of three poolings makes y (WIDTH) of all x_t. Then z = w y + b,
 * softmax, and the loss is -log p of the label. */
#include "tutorials/12-attention/network.h"
#include "tensor/elementary.h"
#include "tutorials/12-attention/attend.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* --- steps ------------------------------------------------------------------------------ */

/* The word that tap j of step t sees; -1: there is none. */
static int seen(const Story *story, int t, int j)
{
	const int at = t + j - TAPS / 2;
	return at < 0 || at >= story->count ? -1 : story->id[at];
}

/* Number o of step t, with the words beside it. */
static float mixed(const Network *net, const Story *story, int t, int o)
{
	float sum = 0;
	for (int j = 0; j < TAPS; j++) {
		const int id = seen(story, t, j);
		for (int f = 0; id >= 0 && f < WIDTH; f++)
			sum += net->mix[o][j][f] * net->table[id][f];
	}
	return real_tanh(sum);
}

static void embed(const Network *net, const Story *story, Pass *pass)
{
	pass->T = story->count;
	for (int t = 0; t < pass->T; t++)
		for (int o = 0; o < WIDTH; o++)
			pass->x[t][o] = net->neighbours ? mixed(net, story, t, o)
			                                : net->table[story->id[t]][o];
}

static void mixed_backward(
        const Network *net, Network *grad, const Story *story, int t, int o, float d)
{
	for (int j = 0; j < TAPS; j++) {
		const int id = seen(story, t, j);
		for (int f = 0; id >= 0 && f < WIDTH; f++) {
			grad->mix[o][j][f] += d * net->table[id][f];
			grad->table[id][f] += d * net->mix[o][j][f];
		}
	}
}

static void embed_backward(const Network *net, Network *grad, const Story *story,
        const Pass *pass, float dx[][WIDTH])
{
	for (int t = 0; t < pass->T; t++)
		for (int o = 0; o < WIDTH; o++) {
			const float x = pass->x[t][o];
			if (net->neighbours)
				mixed_backward(
				        net, grad, story, t, o, dx[t][o] * (1 - x * x));
			else
				grad->table[story->id[t]][o] += dx[t][o];
		}
}

/* --- pooling ---------------------------------------------------------------------------- */

static void pool_largest(Pass *pass)
{
	for (int f = 0; f < WIDTH; f++) {
		int best = 0;
		for (int t = 1; t < pass->T; t++)
			best = pass->x[t][f] > pass->x[best][f] ? t : best;
		pass->winner[f] = best;
		pass->y[f] = pass->x[best][f];
	}
}

/* [pool] */
static void pool(const Network *net, Pass *pass)
{
	float s[MOST_TOKENS] = { 0 }; /* the mean: all scores are 0 */
	const float *x = &pass->x[0][0];
	if (net->pooling == POOL_ATTENTION)
		scores(s, net->query, x, pass->T, WIDTH, 1);
	soft_weights(pass->a, s, pass->T, pass->T);
	weighted_mean(pass->y, pass->a, x, pass->T, WIDTH);
}
/* [/pool] */

static void pool_backward(const Network *net, Network *grad, const Pass *pass,
        const float dy[], float dx[][WIDTH])
{
	if (net->pooling == POOL_ATTENTION)
		attend_backward(grad->query, &dx[0][0], &dx[0][0], dy,
		        (Attended){
		                pass->a, net->query, &pass->x[0][0], &pass->x[0][0], 1 },
		        pass->T, WIDTH);
	for (int f = 0; f < WIDTH; f++)
		if (net->pooling == POOL_MAX)
			dx[pass->winner[f]][f] += dy[f];
		else if (net->pooling == POOL_MEAN)
			for (int t = 0; t < pass->T; t++)
				dx[t][f] += pass->a[t] * dy[f];
}

/* --- forward, backward ------------------------------------------------------------------ */

void network_forward(const Network *net, const Story *story, Pass *pass)
{
	float z[EMOTIONS];
	embed(net, story, pass); /* x (T,WIDTH) */
	if (net->pooling == POOL_MAX)
		pool_largest(pass);
	else
		pool(net, pass);
	for (int e = 0; e < EMOTIONS; e++) {
		z[e] = net->b[e];
		for (int f = 0; f < WIDTH; f++)
			z[e] += net->w[e][f] * pass->y[f];
	}
	soft_weights(pass->p, z, EMOTIONS, EMOTIONS);
}

double network_loss(const Network *net, const Story *story)
{
	Pass pass;
	network_forward(net, story, &pass);
	return -double_log((double)pass.p[story->label]);
}

void network_backward(const Network *net, Network *grad, const Story *story)
{
	Pass pass;
	network_forward(net, story, &pass);
	float dx[MOST_TOKENS][WIDTH] = { 0 }, dy[WIDTH] = { 0 };
	for (int e = 0; e < EMOTIONS; e++) {
		const float dz = pass.p[e] - (e == story->label);
		grad->b[e] += dz;
		for (int f = 0; f < WIDTH; f++) {
			grad->w[e][f] += dz * pass.y[f];
			dy[f] += dz * net->w[e][f];
		}
	}
	pool_backward(net, grad, &pass, dy, dx);
	embed_backward(net, grad, story, &pass, dx);
}

/* --- training --------------------------------------------------------------------------- */

/* All parameters in a row: everything from the table on. */
static float *parameters_of(Network *net, int *count)
{
	*count = (int)((sizeof *net - offsetof(Network, table)) / sizeof(float));
	return &net->table[0][0];
}

/* What Adam keeps of each parameter (chapter 4). */
typedef struct Moments {
	float left, left_square; /* 0.9 and 0.999 to the power of the steps */
	float mean[sizeof(Network) / sizeof(float)];
	float square[sizeof(Network) / sizeof(float)];
} Moments;

static void adam_step(float p[], const float g[], Moments *m, int count, float rate)
{
	m->left *= 0.9f;
	m->left_square *= 0.999f;
	for (int i = 0; i < count; i++) {
		m->mean[i] += 0.1f * (g[i] - m->mean[i]);
		m->square[i] += 0.001f * (g[i] * g[i] - m->square[i]);
		p[i] -= rate * m->mean[i] / (1 - m->left) /
		        (sqrtf(m->square[i] / (1 - m->left_square)) + 1e-8f);
	}
}

void network_train(Network *net, Stories set, Plan plan)
{
	static Network grad;
	static Moments moments;
	memset(&moments, 0, sizeof moments);
	moments.left = moments.left_square = 1;
	int count, *order = malloc((size_t)set.count * sizeof *order);
	float *p = parameters_of(net, &count), *g = parameters_of(&grad, &count);
	Rng rng = rng_new(plan.seed);
	for (int e = 0; e < plan.epochs; e++) {
		rng_permutation(&rng, set.count, order);
		for (int begin = 0; begin < set.count; begin += plan.batch) {
			int end = begin + plan.batch;
			end = end < set.count ? end : set.count;
			memset(&grad, 0, sizeof grad);
			for (int i = begin; i < end; i++)
				network_backward(net, &grad, &set.items[order[i]]);
			for (int i = 0; i < count; i++)
				g[i] /= (float)(end - begin);
			adam_step(p, g, &moments, count, plan.rate);
		}
	}
	free(order);
}

/* --- the rest --------------------------------------------------------------------------- */

static void fill(float numbers[], int count, int inputs, Rng *rng)
{
	const float bound = 1 / sqrtf((float)inputs);
	for (int i = 0; i < count; i++)
		numbers[i] = bound * (2 * (float)rng_uniform_double(rng) - 1);
}

void network_new(Network *net, Pooling pooling, bool neighbours, uint64_t seed)
{
	memset(net, 0, sizeof *net);
	net->pooling = pooling;
	net->neighbours = neighbours;
	Rng rng = rng_new(seed);
	for (int i = 0; i < MOST_WORDS; i++)
		for (int f = 0; f < WIDTH; f++)
			net->table[i][f] = (float)rng_normal(&rng);
	fill(&net->mix[0][0][0], WIDTH * TAPS * WIDTH, TAPS * WIDTH, &rng);
	fill(net->query, WIDTH, WIDTH, &rng);
	fill(&net->w[0][0], EMOTIONS * WIDTH, WIDTH, &rng);
	fill(net->b, EMOTIONS, WIDTH, &rng);
}

int network_parameters(const Network *net, int words)
{
	return words * WIDTH + (net->neighbours ? WIDTH * TAPS * WIDTH : 0) +
	       (net->pooling == POOL_ATTENTION ? WIDTH : 0) + EMOTIONS * (WIDTH + 1);
}

int network_answer(const Network *net, const Story *story)
{
	Pass pass;
	network_forward(net, story, &pass);
	int best = 0;
	for (int e = 1; e < EMOTIONS; e++)
		best = pass.p[e] > pass.p[best] ? e : best;
	return best;
}

double network_accuracy(const Network *net, Stories set)
{
	int right = 0;
	for (int i = 0; i < set.count; i++)
		right += network_answer(net, &set.items[i]) == set.items[i].label;
	return (double)right / set.count;
}

double network_gradient_error(const Network *net, const Story *story)
{
	const float step = 0.002f;
	static Network grad, near;
	memset(&grad, 0, sizeof grad);
	near = *net;
	network_backward(net, &grad, story);
	int count;
	const float *g = parameters_of(&grad, &count);
	float *p = parameters_of(&near, &count);
	double worst = 0;
	for (int i = 0; i < count; i++) {
		const float kept = p[i];
		p[i] = kept + step;
		double rise = network_loss(&near, story);
		p[i] = kept - step;
		rise -= network_loss(&near, story);
		p[i] = kept;
		worst = fmax(worst, fabs(rise / (2 * (double)step) - (double)g[i]));
	}
	return worst;
}
