/* h_0 = x, h_(l+1) = f(W_l h_l + b_l), z = w h + b at the end. The loss of a sentence is
 * -log p for an angry one and -log (1 - p) for a glad one, with p = sigmoid(z).
 *
 * Backward: dz = p - t. From the gradient dh of a layer's units, da = dh f'(a); then the
 * weight from unit k to unit j gets da_j h_k, the bias da_j, and unit k of the layer
 * below sum_j da_j w_jk. */
#include "tutorials/04-training/deep.h"
#include "tensor/elementary.h"

#include <math.h>
#include <string.h>

int deep_inputs(int l)
{
	return l == 0 ? FEATURES : WIDTH;
}

int deep_outputs(const Deep *net, int l)
{
	return l == net->layers ? 1 : WIDTH;
}

int deep_begin(const Deep *net, int l)
{
	int begin = 0;
	for (int k = 0; k < l; k++)
		begin += deep_outputs(net, k) * (deep_inputs(k) + 1);
	return begin;
}

int deep_count(int layers)
{
	const Deep net = { .layers = layers };
	return deep_begin(&net, layers + 1);
}

/* --- forward ---------------------------------------------------------------------------- */

/* [activate] */
static float activate(const Deep *net, float a)
{
	if (net->activation == RELU)
		return a > 0 ? a : 0;
	return real_sigmoid(a);
}
/* [/activate] */

/* [forward] */
float deep_forward(const Deep *net, const float x[], float h[][WIDTH])
{
	const float *in = x; /* (inputs): the layer below */
	float z = 0;
	for (int l = 0; l <= net->layers; l++) {
		int inputs = deep_inputs(l), outputs = deep_outputs(net, l);
		const float *w = net->p + deep_begin(net, l); /* (outputs,inputs) */
		const float *b = w + outputs * inputs;        /* (outputs) */
		for (int j = 0; j < outputs; j++) {
			z = b[j];
			for (int k = 0; k < inputs; k++)
				z += w[j * inputs + k] * in[k];
			if (l < net->layers)
				h[l][j] = activate(net, z);
		}
		in = h[l];
	}
	return z;
}
/* [/forward] */

/* --- backward --------------------------------------------------------------------------- */

/* [slope] */
/* f'(a), from h = f(a): the slope of the activation. */
static float slope(const Deep *net, float h)
{
	if (net->activation == RELU)
		return h > 0 ? 1 : 0;
	return h * (1 - h);
}
/* [/slope] */

/* da (outputs) is known; adds the gradients of layer l, and sets dh of the layer below. */
/* [layer-backward] */
static void layer_backward(
        Deep *net, int l, const float in[], const float da[], float dh[])
{
	int inputs = deep_inputs(l), outputs = deep_outputs(net, l);
	const float *w = net->p + deep_begin(net, l);
	float *dw = net->g + deep_begin(net, l), *db = dw + outputs * inputs;
	for (int k = 0; k < inputs; k++)
		dh[k] = 0;
	for (int j = 0; j < outputs; j++) {
		db[j] += da[j];
		for (int k = 0; k < inputs; k++) {
			dw[j * inputs + k] += da[j] * in[k];
			dh[k] += da[j] * w[j * inputs + k];
		}
	}
}
/* [/layer-backward] */

/* [backward] */
void deep_backward(Deep *net, const Sentence *s, float share)
{
	float h[MOST_LAYERS + 1][WIDTH], da[WIDTH], dh[WIDTH];
	float z = deep_forward(net, s->x, h);
	da[0] = share * (real_sigmoid(z) - s->angry); /* p - t */
	for (int l = net->layers; l >= 0; l--) {
		layer_backward(net, l, l == 0 ? s->x : h[l - 1], da, dh);
		for (int k = 0; l > 0 && k < WIDTH; k++)
			da[k] = dh[k] * slope(net, h[l - 1][k]);
	}
}
/* [/backward] */

/* --- first weights ---------------------------------------------------------------------- */

/* [start] */
static float deviation_of(Start start, int inputs, int outputs)
{
	switch (start) {
	case ZEROS:
		return 0;
	case LARGE:
		return 5;
	case XAVIER:
		return sqrtf(2 / (float)(inputs + outputs));
	default: /* HE */
		return sqrtf(2 / (float)inputs);
	}
}
/* [/start] */

void deep_start(Deep *net, Start start, uint64_t seed)
{
	Rng rng = rng_new(seed);
	for (int l = 0; l <= net->layers; l++) {
		int inputs = deep_inputs(l), outputs = deep_outputs(net, l);
		float *w = net->p + deep_begin(net, l);
		float deviation = deviation_of(start, inputs, outputs);
		for (int k = 0; k < inputs * outputs; k++)
			w[k] = deviation * (float)rng_normal(&rng);
		for (int j = 0; j < outputs; j++)
			w[inputs * outputs + j] = 0;
	}
}

/* --- loss and check --------------------------------------------------------------------- */

static double loss_of(const Deep *net, const Sentence *s)
{
	float h[MOST_LAYERS + 1][WIDTH], z = deep_forward(net, s->x, h);
	double m = s->angry > 0 ? -(double)z
	                        : (double)z; /* log (1 + e^m), without overflow */
	return fmax(m, 0) + double_log(1 + double_exp(-fabs(m)));
}

double deep_loss(const Deep *net, Sentences set, double *accuracy)
{
	double sum = 0, right = 0;
	for (int i = 0; i < set.count; i++) {
		const Sentence *s = &set.items[i];
		float h[MOST_LAYERS + 1][WIDTH];
		sum += loss_of(net, s);
		right += (deep_forward(net, s->x, h) > 0) == (s->angry > 0);
	}
	if (accuracy)
		*accuracy = right / set.count;
	return sum / set.count;
}

double deep_gradient_error(Deep *net, const Sentence *s)
{
	double worst = 0;
	memset(net->g, 0, (size_t)net->count * sizeof *net->g);
	deep_backward(net, s, 1);
	for (int i = 0; i < net->count; i++) {
		float here = net->p[i], step = 1e-3f;
		net->p[i] = here + step;
		double above = loss_of(net, s);
		net->p[i] = here - step;
		double below = loss_of(net, s);
		net->p[i] = here;
		worst = fmax(worst,
		        fabs((above - below) / (2 * (double)step) - (double)net->g[i]));
	}
	return worst;
}
