/* z = v . h + b with h = relu(W x + c), or z = v . x + b without a hidden layer. The loss
 * of a sentence is -log p if it is angry, -log (1 - p) if not, where p = sigmoid(z). */
#include "tutorials/03-first-network/network.h"
#include "tensor/elementary.h"

#include <math.h>

/* --- forward ------------------------------------------------------------------------ */

/* [neuron] */
static float neuron(const float weights[], float bias, const float x[], int n)
{
	float z = bias;
	for (int k = 0; k < n; k++)
		z += weights[k] * x[k];
	return z;
}
/* [/neuron] */

/* [forward] */
float network_forward(const Network *net, const float x[], float h[])
{
	if (net->hidden == 0)
		return neuron(net->v, net->b, x, FEATURES);
	for (int j = 0; j < net->hidden; j++) {
		float a = neuron(net->w[j], net->c[j], x, FEATURES);
		h[j] = a > 0 ? a : 0; /* relu */
	}
	return neuron(net->v, net->b, h, net->hidden);
}
/* [/forward] */

/* [loss] */
float loss_of(float z, float angry)
{
	/* 1 - sigmoid(z) is sigmoid(-z) */
	double truth = double_sigmoid(angry > 0 ? (double)z : (double)-z);
	return (float)-double_log(truth);
}
/* [/loss] */

/* --- backward ----------------------------------------------------------------------- */

/* [backward] */
void network_backward(const Network *net, Network *grad, const Sentence *s)
{
	float h[MOST_HIDDEN];
	float z = network_forward(net, s->x, h);
	float dz = real_sigmoid(z) - s->angry; /* p - t */
	const float *in = net->hidden ? h : s->x;
	for (int j = 0; j < (net->hidden ? net->hidden : FEATURES); j++)
		grad->v[j] += dz * in[j];
	grad->b += dz;
	for (int j = 0; j < net->hidden; j++) {
		float da = h[j] > 0 ? dz * net->v[j] : 0; /* through relu */
		for (int k = 0; k < FEATURES; k++)
			grad->w[j][k] += da * s->x[k];
		grad->c[j] += da;
	}
}
/* [/backward] */

/* --- training ----------------------------------------------------------------------- */

/* [step] */
static void step(Network *net, const Network *grad, float amount)
{
	for (int j = 0; j < MOST_HIDDEN; j++) {
		for (int k = 0; k < FEATURES; k++)
			net->w[j][k] -= amount * grad->w[j][k];
		net->c[j] -= amount * grad->c[j];
		net->v[j] -= amount * grad->v[j];
	}
	net->b -= amount * grad->b;
}
/* [/step] */

/* [epoch] */
void network_epoch(Network *net, Sentences set, const Plan *plan, Rng *rng)
{
	int order[1000];
	rng_permutation(rng, set.count, order);
	for (int begin = 0; begin < set.count; begin += plan->batch) {
		Network grad = { 0 }; /* all gradients 0 */
		int end = begin + plan->batch;
		if (end > set.count)
			end = set.count;
		for (int i = begin; i < end; i++)
			network_backward(net, &grad, &set.items[order[i]]);
		step(net, &grad, plan->rate / (float)(end - begin));
	}
}
/* [/epoch] */

void network_train(Network *net, Sentences set, Plan plan)
{
	Rng rng = rng_new(plan.seed);
	for (int e = 0; e < plan.epochs; e++)
		network_epoch(net, set, &plan, &rng);
}

/* --- the rest ----------------------------------------------------------------------- */

static void fill(float weights[], int count, int inputs, Rng *rng)
{
	float bound = 1 / sqrtf((float)inputs);
	for (int k = 0; k < count; k++)
		weights[k] = bound * (2 * (float)rng_uniform_double(rng) - 1);
}

Network network_new(int hidden, uint64_t seed)
{
	Network net = { .hidden = hidden };
	Rng rng = rng_new(seed);
	for (int j = 0; j < hidden; j++)
		fill(net.w[j], FEATURES, FEATURES, &rng);
	if (hidden) {
		fill(net.c, hidden, FEATURES, &rng);
		fill(net.v, hidden, hidden, &rng);
	}
	return net;
}

int network_parameters(const Network *net)
{
	return net->hidden ? net->hidden * (FEATURES + 2) + 1 : FEATURES + 1;
}

Score network_score(const Network *net, Sentences set)
{
	Score score = { 0, 0 };
	for (int i = 0; i < set.count; i++) {
		const Sentence *s = &set.items[i];
		float h[MOST_HIDDEN], z = network_forward(net, s->x, h);
		score.loss += (double)loss_of(z, s->angry) / set.count;
		score.accuracy += (z > 0) == (s->angry > 0);
	}
	score.accuracy /= set.count;
	return score;
}

/* [check] */
double network_gradient_error(const Network *net, const Sentence *s)
{
	const float step = 0.01f;
	Network grad = { 0 }, near = *net;
	network_backward(net, &grad, s);
	float *const parts[] = { &near.w[0][0], near.c, near.v, &near.b };
	const float *const slopes[] = { &grad.w[0][0], grad.c, grad.v, &grad.b };
	const int counts[] = { net->hidden * FEATURES, net->hidden, net->hidden, 1 };
	double worst = 0;
	for (int part = 0; part < 4; part++)
		for (int k = 0; k < counts[part]; k++) {
			float *weight = &parts[part][k], kept = *weight, h[MOST_HIDDEN];
			*weight = kept + step;
			float above = loss_of(network_forward(&near, s->x, h), s->angry);
			*weight = kept - step;
			float below = loss_of(network_forward(&near, s->x, h), s->angry);
			*weight = kept;
			double slope = (double)(above - below) / (2 * (double)step);
			double error = fabs(slope - (double)slopes[part][k]);
			worst = error > worst ? error : worst;
		}
	return worst;
}
/* [/check] */
