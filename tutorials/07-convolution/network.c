/* x_t is the vector of word t; for filter o with window k
 *
 *     y_t = bias + sum over taps j and features f of filter[j][f] x[t+j][f]
 *     h   = max(0, largest y_t)
 *
 * then z = w h + b, softmax, and the loss is -log p of the label. */
#include "tutorials/07-convolution/network.h"
#include "tensor/elementary.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* --- forward ---------------------------------------------------------------------------- */

/* [answer] */
/* One filter at one place: x (k,WIDTH) is what it sees there. */
static float answer(
        const float filter[][WIDTH], float bias, const float x[][WIDTH], int k)
{
	float y = bias;
	for (int j = 0; j < k; j++)
		for (int f = 0; f < WIDTH; f++)
			y += filter[j][f] * x[j][f];
	return y;
}
/* [/answer] */

/* [pool] */
/* The largest of all places of one filter, and where it was. */
static float largest(const Network *net, int o, const Pass *pass, int *winner)
{
	const int k = net->window ? net->window : 1;
	float best = 0; /* relu: an answer below 0 counts as 0 */
	*winner = -1;
	for (int t = 0; t + k <= pass->rows; t++) {
		float y = answer(net->filter[o], net->bias[o], pass->x + t, k);
		if (y > best) {
			best = y;
			*winner = t;
		}
	}
	return best;
}
/* [/pool] */

static void embed(const Network *net, const Sentence *sentence, Pass *pass)
{
	const bool bag = net->window == 0;
	memset(pass->x, 0, sizeof pass->x);
	pass->rows = bag ? 1 : sentence->count;
	for (int t = 0; t < sentence->count; t++)
		for (int f = 0; f < WIDTH; f++)
			pass->x[bag ? 0 : t][f] += net->table[sentence->id[t]][f] /
			                           (float)(bag ? sentence->count : 1);
}

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
void network_forward(const Network *net, const Sentence *sentence, Pass *pass)
{
	embed(net, sentence, pass); /* x (T,WIDTH) */
	for (int o = 0; o < net->filters; o++)
		pass->h[o] = largest(net, o, pass, &pass->winner[o]);
	for (int e = 0; e < EMOTIONS; e++) {
		pass->p[e] = net->b[e];
		for (int o = 0; o < net->filters; o++)
			pass->p[e] += net->w[e][o] * pass->h[o];
	}
	softmax(pass->p);
}
/* [/forward] */

double network_loss(const Network *net, const Sentence *sentence)
{
	Pass pass;
	network_forward(net, sentence, &pass);
	return -double_log((double)pass.p[sentence->label]);
}

float network_answer(const Network *net, int filter, const Sentence *sentence, int t)
{
	Pass pass;
	embed(net, sentence, &pass);
	return answer(net->filter[filter], net->bias[filter], pass.x + t,
	        net->window ? net->window : 1);
}

/* --- backward --------------------------------------------------------------------------- */

/* [winner] */
/* The gradient d of one filter's largest answer goes to the winning window alone. */
static void to_winner(const Network *net, Network *grad, const Pass *pass, int o, float d,
        float dx[][WIDTH])
{
	const int k = net->window ? net->window : 1, t = pass->winner[o];
	if (t < 0)
		return; /* relu has cut it off */
	grad->bias[o] += d;
	for (int j = 0; j < k; j++)
		for (int f = 0; f < WIDTH; f++) {
			grad->filter[o][j][f] += d * pass->x[t + j][f];
			dx[t + j][f] += d * net->filter[o][j][f];
		}
}
/* [/winner] */

void network_backward(const Network *net, Network *grad, const Sentence *sentence)
{
	Pass pass;
	network_forward(net, sentence, &pass);
	float dx[MOST_TOKENS][WIDTH] = { 0 }, dh[MOST_FILTERS] = { 0 };
	for (int e = 0; e < EMOTIONS; e++) {
		float dz = pass.p[e] - (e == sentence->label);
		grad->b[e] += dz;
		for (int o = 0; o < net->filters; o++) {
			grad->w[e][o] += dz * pass.h[o];
			dh[o] += dz * net->w[e][o];
		}
	}
	for (int o = 0; o < net->filters; o++)
		to_winner(net, grad, &pass, o, dh[o], dx);
	const bool bag = net->window == 0;
	for (int t = 0; t < sentence->count; t++)
		for (int f = 0; f < WIDTH; f++)
			grad->table[sentence->id[t]][f] +=
			        dx[bag ? 0 : t][f] / (float)(bag ? sentence->count : 1);
}

/* --- training --------------------------------------------------------------------------- */

/* All parameters in a row: everything behind the window. */
static float *parameters_of(Network *net, int *count)
{
	*count = (int)((sizeof *net - offsetof(Network, table)) / sizeof(float));
	return &net->table[0][0];
}

void network_train(Network *net, Sentences set, Plan plan)
{
	static Network grad;
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
				p[i] -= plan.rate / (float)(end - begin) * g[i];
		}
	}
	free(order);
}

/* --- the rest --------------------------------------------------------------------------- */

static void fill(float numbers[], int count, float bound, Rng *rng)
{
	for (int i = 0; i < count; i++)
		numbers[i] = bound * (2 * (float)rng_uniform_double(rng) - 1);
}

void network_new(Network *net, int window, int filters, uint64_t seed)
{
	memset(net, 0, sizeof *net);
	net->window = window;
	net->filters = filters;
	const int k = window ? window : 1;
	const float bound = 1 / sqrtf((float)(k * WIDTH)),
	            last = 1 / sqrtf((float)filters);
	Rng rng = rng_new(seed);
	for (int i = 0; i < MOST_WORDS; i++)
		for (int f = 0; f < WIDTH; f++)
			net->table[i][f] = (float)rng_normal(&rng);
	for (int o = 0; o < net->filters; o++)
		fill(&net->filter[o][0][0], k * WIDTH, bound, &rng);
	fill(net->bias, filters, bound, &rng);
	for (int e = 0; e < EMOTIONS; e++)
		fill(net->w[e], filters, last, &rng);
	fill(net->b, EMOTIONS, last, &rng);
}

int network_parameters(const Network *net, int words)
{
	const int k = net->window ? net->window : 1;
	return words * WIDTH + net->filters * (k * WIDTH + 1) +
	       EMOTIONS * (net->filters + 1);
}

double network_accuracy(const Network *net, Sentences set)
{
	int right = 0;
	for (int i = 0; i < set.count; i++) {
		Pass pass;
		network_forward(net, &set.items[i], &pass);
		int best = 0;
		for (int e = 1; e < EMOTIONS; e++)
			best = pass.p[e] > pass.p[best] ? e : best;
		right += best == set.items[i].label;
	}
	return (double)right / set.count;
}

/* Whether the sentence's largest answers stand at the same places in both. */
static bool same_winners(const Network *a, const Network *b, const Sentence *sentence)
{
	Pass x, y;
	network_forward(a, sentence, &x);
	network_forward(b, sentence, &y);
	return !memcmp(x.winner, y.winner, (size_t)a->filters * sizeof x.winner[0]);
}

double network_gradient_error(const Network *net, const Sentence *sentence, int *kinks)
{
	const float step = 0.002f;
	static Network grad, above, below;
	memset(&grad, 0, sizeof grad);
	above = below = *net;
	network_backward(net, &grad, sentence);
	int count;
	const float *g = parameters_of(&grad, &count);
	float *up = parameters_of(&above, &count), *down = parameters_of(&below, &count);
	double worst = 0;
	*kinks = 0;
	for (int i = 0; i < count; i++) {
		const float kept = up[i];
		up[i] = kept + step;
		down[i] = kept - step;
		double rise =
		        network_loss(&above, sentence) - network_loss(&below, sentence);
		double error = fabs(rise / (2 * (double)step) - (double)g[i]);
		if (!same_winners(&above, &below, sentence))
			++*kinks;
		else
			worst = error > worst ? error : worst;
		up[i] = down[i] = kept;
	}
	return worst;
}
