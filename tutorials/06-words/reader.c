#include "tutorials/06-words/reader.h"
#include "tensor/elementary.h"

#include <math.h>
#include <string.h>

void reader_new(Reader *r, float size, uint64_t seed)
{
	Rng rng = rng_new(seed);
	memset(r, 0, sizeof *r);
	for (int id = UNKNOWN; id < MOST_WORDS; id++) /* <pad> stays 0 */
		for (int e = 0; e < WIDTH; e++)
			r->table[id][e] = size * (float)rng_normal(&rng);
	for (int k = 0; k < EMOTIONS; k++)
		for (int e = 0; e < WIDTH; e++)
			r->w[k][e] = 0.1f * (float)rng_normal(&rng);
}

/* [mean] */
static void mean_of(float mean[WIDTH], const float table[][WIDTH], const Sentence *s)
{
	for (int e = 0; e < WIDTH; e++)
		mean[e] = 0;
	for (int t = 0; t < s->count; t++) {
		const float *row = table[s->id[t]];
		for (int e = 0; e < WIDTH; e++)
			mean[e] += row[e] / (float)s->count;
	}
}
/* [/mean] */

static void softmax(float p[EMOTIONS])
{
	float most = p[0], sum = 0;
	for (int k = 1; k < EMOTIONS; k++)
		most = p[k] > most ? p[k] : most;
	for (int k = 0; k < EMOTIONS; k++)
		sum += p[k] = real_exp(p[k] - most);
	for (int k = 0; k < EMOTIONS; k++)
		p[k] /= sum;
}

/* [forward] */
void reader_forward(
        const Reader *r, const Sentence *s, float mean[WIDTH], float p[EMOTIONS])
{
	mean_of(mean, r->table, s);
	for (int k = 0; k < EMOTIONS; k++) {
		p[k] = r->b[k];
		for (int e = 0; e < WIDTH; e++)
			p[k] += r->w[k][e] * mean[e];
	}
	softmax(p);
}
/* [/forward] */

float reader_loss(const Reader *r, const Sentence *s)
{
	float mean[WIDTH], p[EMOTIONS];
	reader_forward(r, s, mean, p);
	return -real_log(p[s->label] + 1e-30f);
}

/* [backward] */
void reader_backward(const Reader *r, Reader *grad, const Sentence *s)
{
	float mean[WIDTH], p[EMOTIONS], d_mean[WIDTH] = { 0 };
	reader_forward(r, s, mean, p);
	for (int k = 0; k < EMOTIONS; k++) {
		float d_z = p[k] - (k == s->label ? 1 : 0); /* p - t */
		grad->b[k] += d_z;
		for (int e = 0; e < WIDTH; e++) {
			grad->w[k][e] += d_z * mean[e];
			d_mean[e] += d_z * r->w[k][e];
		}
	}
	for (int t = 0; t < s->count; t++) {
		float *d_row = grad->table[s->id[t]];
		for (int e = 0; e < WIDTH; e++)
			d_row[e] += d_mean[e] / (float)s->count;
	}
}
/* [/backward] */

static void step(Reader *r, const Reader *grad, float rate)
{
	for (int id = UNKNOWN; id < MOST_WORDS; id++)
		for (int e = 0; e < WIDTH; e++)
			r->table[id][e] -= rate * grad->table[id][e];
	for (int k = 0; k < EMOTIONS; k++) {
		for (int e = 0; e < WIDTH; e++)
			r->w[k][e] -= rate * grad->w[k][e];
		r->b[k] -= rate * grad->b[k];
	}
}

void reader_train(Reader *r, Sentences set, const Plan *plan)
{
	enum { MOST = 4000 };
	int order[MOST];
	Reader grad;
	Rng rng = rng_new(plan->seed);
	for (int epoch = 0; epoch < plan->epochs; epoch++) {
		rng_permutation(&rng, set.count, order);
		for (int begin = 0; begin < set.count; begin += plan->batch) {
			int end = begin + plan->batch;
			end = end < set.count ? end : set.count;
			memset(&grad, 0, sizeof grad);
			for (int i = begin; i < end; i++)
				reader_backward(r, &grad, &set.items[order[i]]);
			step(r, &grad, plan->rate / (float)(end - begin));
		}
	}
}

double reader_accuracy(const Reader *r, Sentences set)
{
	int right = 0;
	for (int s = 0; s < set.count; s++) {
		float mean[WIDTH], p[EMOTIONS];
		reader_forward(r, &set.items[s], mean, p);
		int best = 0;
		for (int k = 1; k < EMOTIONS; k++)
			best = p[k] > p[best] ? k : best;
		right += best == set.items[s].label;
	}
	return (double)right / set.count;
}

double reader_gradient_error(const Reader *r, const Sentence *s)
{
	Reader moved = *r, grad;
	memset(&grad, 0, sizeof grad);
	reader_backward(r, &grad, s);
	double worst = 0;
	const float by = 1e-2f;
	for (int t = 0; t < s->count; t++)
		for (int e = 0; e < WIDTH; e++) {
			float *at = &moved.table[s->id[t]][e], before = *at;
			*at = before + by;
			double up = (double)reader_loss(&moved, s);
			*at = before - by;
			double down = (double)reader_loss(&moved, s);
			*at = before;
			double found = (double)grad.table[s->id[t]][e];
			worst = fmax(worst, fabs((up - down) / (2 * (double)by) - found));
		}
	return worst;
}
