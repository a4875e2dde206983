/* For each frame t, heard_t = relu(ear x_t). For each word j, with the frames under it,
 *
 *     m_j = mean of heard_t        h_u = max(0, largest over j of w_u e_j + s_u m_j + b_u)
 *
 * then y = relu(join h), z = out y, softmax, and the loss is -log p of the label. */
#include "tutorials/13-alignment/network.h"
#include "tensor/elementary.h"
#include "tutorials/13-alignment/mean.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* [sees] */
static bool sees_word(const Network *net, int unit)
{
	return net->fusion == TEXT || net->fusion == EARLY ||
	       (net->fusion == MIDDLE && unit < UNITS / 2);
}

static bool sees_sound(const Network *net, int unit)
{
	return net->fusion == EARLY || !sees_word(net, unit);
}
/* [/sees] */

/* --- forward ---------------------------------------------------------------------------- */

static float relu(float x)
{
	return x > 0 ? x : 0;
}

static void hear(const Network *net, const Spoken *spoken, float heard[][EAR])
{
	for (int t = 0; t < spoken->T; t++)
		for (int k = 0; k < EAR; k++) {
			float sum = net->ear[k][FRAME];
			for (int f = 0; f < FRAME; f++)
				sum += net->ear[k][f] * spoken->frames[t][f];
			heard[t][k] = relu(sum);
		}
}

/* [answer] */
/* What unit u says to a word with the vector e and the sound m under it. */
static float answer(const Network *net, int u, const float e[WIDTH], const float m[EAR])
{
	float sum = net->b[u];
	if (sees_word(net, u))
		for (int i = 0; i < WIDTH; i++)
			sum += net->w[u][i] * e[i];
	if (sees_sound(net, u))
		for (int k = 0; k < EAR; k++)
			sum += net->s[u][k] * m[k];
	return sum;
}
/* [/answer] */

/* [words-read] */
static void words_read(const Network *net, const Spoken *spoken, Pass *pass)
{
	for (int j = 0; j < spoken->count; j++)
		mean_under(pass->m[j], &pass->heard[0][0], EAR, spoken->begin[j],
		        spoken->end[j]);
	for (int u = 0; u < UNITS; u++) {
		pass->h[u] = 0;
		pass->winner[u] = -1;
		for (int j = 0; j < spoken->count; j++) {
			const float *e = net->table[spoken->id[j]];
			const float found = answer(net, u, e, pass->m[j]);
			if (found > pass->h[u]) {
				pass->h[u] = found;
				pass->winner[u] = j;
			}
		}
	}
}
/* [/words-read] */

static void softmax(float p[])
{
	float most = p[0], sum = 0;
	for (int e = 1; e < EMOTIONS; e++)
		most = p[e] > most ? p[e] : most;
	for (int e = 0; e < EMOTIONS; e++)
		sum += p[e] = real_exp(p[e] - most);
	for (int e = 0; e < EMOTIONS; e++)
		p[e] /= sum;
}

void network_forward(const Network *net, const Spoken *spoken, Pass *pass)
{
	hear(net, spoken, pass->heard);
	words_read(net, spoken, pass);
	for (int i = 0; i < JOIN; i++) {
		float sum = net->join_b[i];
		for (int u = 0; u < UNITS; u++)
			sum += net->join[i][u] * pass->h[u];
		pass->y[i] = relu(sum);
	}
	for (int e = 0; e < EMOTIONS; e++) {
		pass->p[e] = net->out_b[e];
		for (int i = 0; i < JOIN; i++)
			pass->p[e] += net->out[e][i] * pass->y[i];
	}
	softmax(pass->p);
}

/* --- backward --------------------------------------------------------------------------- */

/* [winner] */
/* The gradient d of a unit goes to the word that won, and to the sound under it. */
static void to_winner(const Network *net, Network *grad, const Spoken *spoken,
        const Pass *pass, int u, float d, float dm[][EAR])
{
	const int j = pass->winner[u];
	if (j < 0 || d == 0)
		return;
	const int id = spoken->id[j];
	grad->b[u] += d;
	for (int i = 0; i < WIDTH && sees_word(net, u); i++) {
		grad->w[u][i] += d * net->table[id][i];
		grad->table[id][i] += d * net->w[u][i];
	}
	for (int k = 0; k < EAR && sees_sound(net, u); k++) {
		grad->s[u][k] += d * pass->m[j][k];
		dm[j][k] += d * net->s[u][k];
	}
}
/* [/winner] */

static void to_ear(Network *grad, const Spoken *spoken, const Pass *pass, float d[][EAR])
{
	for (int t = 0; t < spoken->T; t++)
		for (int k = 0; k < EAR; k++) {
			if (pass->heard[t][k] <= 0 || d[t][k] == 0)
				continue;
			for (int f = 0; f < FRAME; f++)
				grad->ear[k][f] += d[t][k] * spoken->frames[t][f];
			grad->ear[k][FRAME] += d[t][k];
		}
}

void network_backward(const Network *net, Network *grad, const Spoken *spoken)
{
	Pass pass;
	network_forward(net, spoken, &pass);
	float dy[JOIN] = { 0 }, dh[UNITS] = { 0 };
	for (int e = 0; e < EMOTIONS; e++) {
		const float dz = pass.p[e] - (float)(e == spoken->label);
		grad->out_b[e] += dz;
		for (int i = 0; i < JOIN; i++) {
			grad->out[e][i] += dz * pass.y[i];
			dy[i] += dz * net->out[e][i];
		}
	}
	for (int i = 0; i < JOIN; i++) {
		if (pass.y[i] <= 0)
			continue;
		grad->join_b[i] += dy[i];
		for (int u = 0; u < UNITS; u++) {
			grad->join[i][u] += dy[i] * pass.h[u];
			dh[u] += dy[i] * net->join[i][u];
		}
	}
	float dm[MOST_SAID][EAR] = { 0 }, dheard[MOST_FRAMES][EAR] = { 0 };
	for (int u = 0; u < UNITS; u++)
		to_winner(net, grad, spoken, &pass, u, dh[u], dm);
	for (int j = 0; j < spoken->count; j++)
		mean_under_backward(
		        &dheard[0][0], dm[j], EAR, spoken->begin[j], spoken->end[j]);
	to_ear(grad, spoken, &pass, dheard);
}

/* --- training --------------------------------------------------------------------------- */

/* All parameters in a row: everything behind the first field. */
static float *parameters_of(Network *net, int *count)
{
	*count = (int)((sizeof *net - offsetof(Network, table)) / sizeof(float));
	return &net->table[0][0];
}

void network_train(Network *net, Set set, Plan plan)
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

double network_accuracy(const Network *net, Set set)
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

/* Whether nothing was switched on or off, and no other word won, from one to the other. */
static bool same_way(const Pass *a, const Pass *b, int T)
{
	bool same = !memcmp(a->winner, b->winner, sizeof a->winner);
	for (int i = 0; i < JOIN; i++)
		same = same && (a->y[i] > 0) == (b->y[i] > 0);
	for (int t = 0; t < T; t++)
		for (int k = 0; k < EAR; k++)
			same = same && (a->heard[t][k] > 0) == (b->heard[t][k] > 0);
	return same;
}

double network_gradient_error(const Network *net, const Spoken *spoken, int *kinks)
{
	const float step = 0.002f;
	static Network grad, moved;
	static Pass above, below;
	memset(&grad, 0, sizeof grad);
	moved = *net;
	network_backward(net, &grad, spoken);
	int count;
	const float *g = parameters_of(&grad, &count);
	float *p = parameters_of(&moved, &count);
	double worst = 0;
	*kinks = 0;
	for (int i = 0; i < count; i++) {
		const float kept = p[i];
		p[i] = kept + step;
		network_forward(&moved, spoken, &above);
		p[i] = kept - step;
		network_forward(&moved, spoken, &below);
		p[i] = kept;
		const double rise = double_log((double)below.p[spoken->label]) -
		                    double_log((double)above.p[spoken->label]);
		const double error = fabs(rise / (2 * (double)step) - (double)g[i]);
		if (!same_way(&above, &below, spoken->T))
			++*kinks;
		else
			worst = error > worst ? error : worst;
	}
	return worst;
}

/* --- a new network ---------------------------------------------------------------------- */

static void fill(float numbers[], int count, int inputs, Rng *rng)
{
	const float bound = 1 / sqrtf((float)inputs);
	for (int i = 0; i < count; i++)
		numbers[i] = bound * (2 * (float)rng_uniform_double(rng) - 1);
}

void network_new(Network *net, Fusion fusion, uint64_t seed)
{
	memset(net, 0, sizeof *net);
	net->fusion = fusion;
	Rng rng = rng_new(seed);
	for (int i = 0; i < MOST_WORDS; i++)
		for (int f = 0; f < WIDTH; f++)
			net->table[i][f] = (float)rng_normal(&rng);
	fill(&net->ear[0][0], EAR * (FRAME + 1), FRAME, &rng);
	fill(&net->w[0][0], UNITS * WIDTH, WIDTH + EAR, &rng);
	fill(&net->s[0][0], UNITS * EAR, WIDTH + EAR, &rng);
	fill(net->b, UNITS, WIDTH + EAR, &rng);
	fill(&net->join[0][0], JOIN * UNITS, UNITS, &rng);
	fill(net->join_b, JOIN, UNITS, &rng);
	fill(&net->out[0][0], EMOTIONS * JOIN, JOIN, &rng);
	fill(net->out_b, EMOTIONS, JOIN, &rng);
}

int network_parameters(const Network *net, int words)
{
	int count = 0;
	for (int u = 0; u < UNITS; u++)
		count += (sees_word(net, u) ? WIDTH : 0) + (sees_sound(net, u) ? EAR : 0);
	count += sees_word(net, 0) ? words * WIDTH : 0;
	count += sees_sound(net, UNITS - 1) ? EAR * (FRAME + 1) : 0;
	return count + UNITS + JOIN * (UNITS + 1) + EMOTIONS * (JOIN + 1);
}
