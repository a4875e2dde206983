#include "tutorials/12-attention/slopes.h"
#include "tensor/rng.h"
#include "tutorials/12-attention/attend.h"

#include <math.h>
#include <string.h>

static void fill(float numbers[], int count, Rng *rng)
{
	for (int i = 0; i < count; i++)
		numbers[i] = (float)rng_normal(rng);
}

/* --- the gradient ----------------------------------------------------------------------- */

enum { STEPS = 6, LONG = 8, ALL = LONG + 2 * STEPS * LONG };
static const float BY_ROOT = 0.353553391f; /* 1 / sqrt(LONG) */

/* A query, then keys, then values. The loss is the sum of g_j y_j, so that dy is g. */
static double loss_of(const float all[ALL], const float g[LONG], float a[STEPS])
{
	float s[STEPS], y[LONG];
	double loss = 0;
	scores(s, all, all + LONG, STEPS, LONG, BY_ROOT);
	soft_weights(a, s, STEPS, STEPS);
	weighted_mean(y, a, all + LONG + STEPS * LONG, STEPS, LONG);
	for (int j = 0; j < LONG; j++)
		loss += (double)g[j] * (double)y[j];
	return loss;
}

double attend_gradient_error(void)
{
	const float step = 0.01f;
	float all[ALL], grad[ALL] = { 0 }, g[LONG], a[STEPS], other[STEPS];
	Rng rng = rng_new(1);
	fill(all, ALL, &rng);
	fill(g, LONG, &rng);
	loss_of(all, g, a);
	attend_backward(grad, grad + LONG, grad + LONG + STEPS * LONG, g,
	        (Attended){ a, all, all + LONG, all + LONG + STEPS * LONG, BY_ROOT },
	        STEPS, LONG);
	double worst = 0;
	for (int i = 0; i < ALL; i++) {
		const float kept = all[i];
		all[i] = kept + step;
		double rise = loss_of(all, g, other);
		all[i] = kept - step;
		rise -= loss_of(all, g, other);
		all[i] = kept;
		worst = fmax(worst, fabs(rise / (2 * (double)step) - (double)grad[i]));
	}
	return worst;
}

/* --- the scale -------------------------------------------------------------------------- */

Spread random_spread(int D, float scale)
{
	enum { KEYS = 10, DRAWS = 1000, MOST = 256 };
	static float query[MOST], keys[KEYS * MOST];
	float s[KEYS], a[KEYS];
	Spread spread = { 0, 0, 0 };
	Rng rng = rng_new((uint64_t)D);
	for (int draw = 0; draw < DRAWS; draw++) {
		fill(query, D, &rng);
		fill(keys, KEYS * D, &rng);
		scores(s, query, keys, KEYS, D, scale);
		soft_weights(a, s, KEYS, KEYS);
		double most = 0;
		for (int t = 0; t < KEYS; t++) {
			spread.variance += (double)(s[t] * s[t]) / (KEYS * DRAWS);
			most = fmax(most, (double)a[t]);
		}
		spread.largest += most / DRAWS;
		spread.slope += most * (1 - most) / DRAWS;
	}
	return spread;
}
