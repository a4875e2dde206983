#include "tutorials/05-six-emotions/regression.h"
#include "tensor/rng.h"
#include "tutorials/05-six-emotions/softmax.h"

#include <string.h>

enum { MOST_CLASSES = 16 };

Regression regression_new(Arena *arena, int features, int classes)
{
	return (Regression){ features, classes,
		ARENA_ARRAY(arena, float, (size_t)(features * classes)),
		ARENA_ARRAY(arena, float, (size_t)classes) };
}

/* [logits] */
void regression_logits(float z[], const Regression *model, const float x[])
{
	for (int c = 0; c < model->classes; c++) {
		const float *w = model->w + c * model->features;
		z[c] = model->b[c];
		for (int k = 0; k < model->features; k++)
			z[c] += w[k] * x[k];
	}
}
/* [/logits] */

/* [step] */
/* One example's share: p - y, times its weight, times what each parameter multiplies. */
static void add_gradient(Regression *gradient, const Regression *model, const float x[],
        int target, float weight)
{
	float z[MOST_CLASSES], p[MOST_CLASSES], d_z[MOST_CLASSES];
	regression_logits(z, model, x);
	softmax(p, z, model->classes);
	cross_entropy_gradient(d_z, p, target, model->classes);
	for (int c = 0; c < model->classes; c++) {
		float *d_w = gradient->w + c * model->features;
		for (int k = 0; k < model->features; k++)
			d_w[k] += weight * d_z[c] * x[k];
		gradient->b[c] += weight * d_z[c];
	}
}
/* [/step] */

static void clear(Regression *m)
{
	memset(m->w, 0, (size_t)(m->classes * m->features) * sizeof(float));
	memset(m->b, 0, (size_t)m->classes * sizeof(float));
}

static void move(Regression *model, const Regression *gradient, float rate)
{
	for (int k = 0; k < model->classes * model->features; k++)
		model->w[k] -= rate * gradient->w[k];
	for (int c = 0; c < model->classes; c++)
		model->b[c] -= rate * gradient->b[c];
}

void regression_train(Regression *model, Examples examples, Plan plan)
{
	Arena *arena = arena_new("training");
	Regression gradient = regression_new(arena, model->features, model->classes);
	int *order = ARENA_ARRAY(arena, int, (size_t)examples.count);
	Rng rng = rng_new(plan.seed);
	clear(model);
	for (int k = 0; k < model->classes * model->features; k++)
		model->w[k] = (float)(0.1 * rng_normal(&rng));
	for (int epoch = 0; epoch < plan.epochs; epoch++) {
		rng_permutation(&rng, examples.count, order);
		for (int from = 0; from < examples.count; from += plan.batch) {
			int to = from + plan.batch;
			to = to < examples.count ? to : examples.count;
			float total = 0;
			clear(&gradient);
			for (int n = from; n < to; n++) {
				const float *x = examples.x + order[n] * model->features;
				int target = examples.target[order[n]];
				float weight = plan.weights ? plan.weights[target] : 1;
				add_gradient(&gradient, model, x, target, weight);
				total += weight;
			}
			move(model, &gradient, plan.rate / total);
		}
	}
	arena_free(arena);
}

void regression_answer(int answer[], const Regression *model, Examples examples)
{
	float z[MOST_CLASSES];
	for (int i = 0; i < examples.count; i++) {
		regression_logits(z, model, examples.x + i * model->features);
		answer[i] = 0;
		for (int c = 1; c < model->classes; c++)
			if (z[c] > z[answer[i]])
				answer[i] = c;
	}
}

float regression_loss(const Regression *model, Examples examples)
{
	float z[MOST_CLASSES], sum = 0;
	for (int i = 0; i < examples.count; i++) {
		regression_logits(z, model, examples.x + i * model->features);
		sum += cross_entropy(z, examples.target[i], model->classes);
	}
	return sum / (float)examples.count;
}

void balanced_weights(float weights[], const int target[], int count, int classes)
{
	for (int c = 0; c < classes; c++) {
		int of_class = 0;
		for (int i = 0; i < count; i++)
			of_class += target[i] == c;
		weights[c] = (float)count / (float)(classes * of_class);
	}
}
