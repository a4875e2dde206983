#include "tutorials/11-two-modalities/model.h"
#include "tensor/rng.h"

#include <math.h>
#include <string.h>

/* --- parts -------------------------------------------------------------------------- */

/* y (n) = W x + b, W (n,m). */
static void layer(
        float y[], const float w[], const float b[], const float x[], int n, int m)
{
	for (int i = 0; i < n; i++) {
		y[i] = b[i];
		for (int k = 0; k < m; k++)
			y[i] += w[i * m + k] * x[k];
	}
}

/* What d_y gives to W, b and x. */
static void layer_back(float d_w[], float d_b[], float d_x[], const float d_y[],
        const float w[], const float x[], int n, int m)
{
	for (int i = 0; i < n; i++) {
		d_b[i] += d_y[i];
		for (int k = 0; k < m; k++) {
			d_w[i * m + k] += d_y[i] * x[k];
			d_x[k] += d_y[i] * w[i * m + k];
		}
	}
}

static void relu(float y[], int n)
{
	for (int i = 0; i < n; i++)
		y[i] = y[i] > 0 ? y[i] : 0;
}

/* Where relu cut off, nothing goes back. */
static void relu_back(float d_y[], const float y[], int n)
{
	for (int i = 0; i < n; i++)
		d_y[i] = y[i] > 0 ? d_y[i] : 0;
}

void to_probabilities(float p[], const float z[], int classes)
{
	float most = z[0], sum = 0;
	for (int c = 1; c < classes; c++)
		most = fmaxf(most, z[c]);
	for (int c = 0; c < classes; c++)
		sum += p[c] = expf(z[c] - most);
	for (int c = 0; c < classes; c++)
		p[c] /= sum;
}

/* --- forward ------------------------------------------------------------------------ */

/* The mean of the rows of its words (chapter 6): t (E). */
static void encode_words(float t[], const Model *model, const Both *u)
{
	for (int j = 0; j < u->words; j++)
		for (int e = 0; e < E; e++)
			t[e] += model->table[u->id[j] * E + e] / (float)u->words;
}

/* A layer over its 24 numbers: a (A). */
static void encode_voice(float a[], const Model *model, const Both *u)
{
	layer(a, model->wa, model->ba, u->voice, A, VOICE);
	relu(a, A);
}

/* [middle] */
void model_forward(const Model *model, const Both *u, Pass *pass)
{
	memset(pass->joined, 0, sizeof pass->joined);
	if (model->reads)
		encode_words(pass->joined, model, u);
	if (model->hears)
		encode_voice(pass->joined + E, model, u); /* right behind the words */
	layer(pass->h, model->wh, model->bh, pass->joined, H, J);
	relu(pass->h, H);
	layer(pass->z, model->wo, model->bo, pass->h, EMOTIONS, H);
	to_probabilities(pass->p, pass->z, EMOTIONS);
}
/* [/middle] */

/* --- backward ----------------------------------------------------------------------- */

static void words_back(Model *grad, const float d_t[], const Both *u)
{
	for (int j = 0; j < u->words; j++)
		for (int e = 0; e < E; e++)
			grad->table[u->id[j] * E + e] += d_t[e] / (float)u->words;
}

static void voice_back(
        Model *grad, const Model *model, float d_a[], const float a[], const Both *u)
{
	float d_voice[VOICE] = { 0 }; /* nobody asks for it */
	relu_back(d_a, a, A);
	layer_back(grad->wa, grad->ba, d_voice, d_a, model->wa, u->voice, A, VOICE);
}

/* [back] */
static void model_backward(Model *grad, const Model *model, const Both *u, Pass *pass)
{
	float d_h[H] = { 0 }, d_joined[J] = { 0 }, d_z[EMOTIONS];
	for (int c = 0; c < EMOTIONS; c++)
		d_z[c] = pass->p[c] - (c == u->emotion); /* p - y */
	layer_back(grad->wo, grad->bo, d_h, d_z, model->wo, pass->h, EMOTIONS, H);
	relu_back(d_h, pass->h, H);
	layer_back(grad->wh, grad->bh, d_joined, d_h, model->wh, pass->joined, H, J);
	if (model->reads)
		words_back(grad, d_joined, u); /* the first E of them */
	if (model->hears)
		voice_back(grad, model, d_joined + E, pass->joined + E, u);
}
/* [/back] */

/* --- training ----------------------------------------------------------------------- */

static int parameters(int ids)
{
	return ids * E + A * VOICE + A + H * J + H + EMOTIONS * H + EMOTIONS;
}

/* A model whose parameters lie in `all`, one array after the other. */
static Model model_over(float *all, bool reads, bool hears, int ids)
{
	Model m = { .reads = reads, .hears = hears, .ids = ids, .table = all };
	m.wa = m.table + ids * E;
	m.ba = m.wa + A * VOICE;
	m.wh = m.ba + A;
	m.bh = m.wh + H * J;
	m.wo = m.bh + H;
	m.bo = m.wo + EMOTIONS * H;
	return m;
}

int model_parameters(const Model *model)
{
	int unread = model->reads ? 0 : model->ids * E + H * E;
	int unheard = model->hears ? 0 : A * VOICE + A + H * A;
	return parameters(model->ids) - unread - unheard;
}

static void start(float w[], int count, int inputs, Rng *rng)
{
	for (int i = 0; i < count; i++)
		w[i] = (float)(rng_normal(rng) * sqrt(2.0 / inputs));
}

static Model model_new(Arena *arena, bool reads, bool hears, int ids, Rng *rng)
{
	float *all = ARENA_ARRAY(arena, float, (size_t)parameters(ids));
	Model m = model_over(all, reads, hears, ids);
	start(m.table, ids * E, 200, rng);
	start(m.wa, A * VOICE, VOICE, rng);
	start(m.wh, H * J, J, rng);
	start(m.wo, EMOTIONS * H, H, rng);
	return m;
}

/* Adam (chapter 4). */
static void step(
        float w[], const float g[], float m[], float v[], int count, int t, float rate)
{
	const float to_m = 1 - powf(0.9f, (float)t), to_v = 1 - powf(0.999f, (float)t);
	for (int i = 0; i < count; i++) {
		m[i] = 0.9f * m[i] + 0.1f * g[i];
		v[i] = 0.999f * v[i] + 0.001f * g[i] * g[i];
		w[i] -= rate * (m[i] / to_m) / (sqrtf(v[i] / to_v) + 1e-8f);
	}
}

Model model_train(Arena *arena, bool reads, bool hears, int ids, BothSet set, Plan plan)
{
	Rng rng = rng_new(plan.seed);
	Model model = model_new(arena, reads, hears, ids, &rng);
	Arena *scratch = arena_new("training");
	const size_t count = (size_t)parameters(ids);
	float *g = ARENA_ARRAY(scratch, float, count);
	float *m = ARENA_ARRAY(scratch, float, count);
	float *v = ARENA_ARRAY(scratch, float, count);
	int *order = ARENA_ARRAY(scratch, int, (size_t)set.count), t = 0;
	Model grad = model_over(g, reads, hears, ids);
	for (int e = 0; e < plan.epochs; e++) {
		rng_permutation(&rng, set.count, order);
		for (int from = 0; from < set.count; from += plan.batch) {
			int to = from + plan.batch < set.count ? from + plan.batch
			                                       : set.count;
			memset(g, 0, count * sizeof *g);
			for (int i = from; i < to; i++) {
				Pass pass;
				model_forward(&model, &set.items[order[i]], &pass);
				model_backward(
				        &grad, &model, &set.items[order[i]], &pass);
			}
			for (size_t k = 0; k < count; k++)
				g[k] /= (float)(to - from);
			step(model.table, g, m, v, (int)count, ++t, plan.rate);
		}
	}
	arena_free(scratch);
	return model;
}

/* --- is the gradient right? --------------------------------------------------------- */

double model_gradient_error(Arena *arena, Model *model, const Both *u)
{
	const int count = parameters(model->ids);
	float *g = ARENA_ARRAY(arena, float, (size_t)count), *w = model->table;
	Model grad = model_over(g, model->reads, model->hears, model->ids);
	Pass pass;
	model_forward(model, u, &pass);
	model_backward(&grad, model, u, &pass);
	double worst = 0;
	for (int k = 0; k < count; k += 1 + k / 100) {
		const float kept = w[k], h = 0.01f;
		double up, down;
		w[k] = kept + h;
		model_forward(model, u, &pass);
		up = -log((double)pass.p[u->emotion]);
		w[k] = kept - h;
		model_forward(model, u, &pass);
		down = -log((double)pass.p[u->emotion]);
		w[k] = kept;
		worst = fmax(worst, fabs((up - down) / (2 * 0.01) - (double)g[k]));
	}
	return worst;
}
