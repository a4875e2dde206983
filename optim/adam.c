/* With parameter p, gradient g, rate a, decay d and t counting steps from 1:
 *
 *     m = b1 m + (1 - b1) g         mean of the gradient
 *     v = b2 v + (1 - b2) g^2       mean of its square
 *     p = p (1 - a d) - a (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon)
 *
 * m and v start at 0 and so are too small by 1 - b^t, which the division makes good.
 * epsilon is added after that correction, as in the paper's algorithm 1 and in PyTorch,
 * not before it. The decay acts on the parameter itself, not on the gradient, where v
 * would scale it away. */
#include "optim/adam.h"
#include "optim/step.h"
#include "tensor/elementary.h"
#include "tensor/fma.h"

#include <math.h>

Adam adam_new(Arena *arena, const Params *params, double rate)
{
	Adam adam = {
		.rate = rate,
		.beta1 = 0.9,
		.beta2 = 0.999,
		.epsilon = 1e-8,
		.params = params,
		.count = params->count,
		.state = params_new(arena),
	};
	adam.m = step_buffers(&adam.state, "adam.m", params);
	adam.v = step_buffers(&adam.state, "adam.v", params);
	adam.steps = params_add_buffer(&adam.state, "adam", "steps", SCALAR);
	return adam;
}

/* base^n by squaring: nothing but products, so the bits are the same everywhere. */
static double power(double base, long n)
{
	double result = 1;
	for (; n > 0; n /= 2) {
		if (n % 2)
			result *= base;
		base *= base;
	}
	return result;
}

/* What is the same for all numbers of one parameter in one step. */
typedef struct Step {
	real beta1, rest1, beta2, rest2; /* rest = 1 - beta */
	real keep;                       /* 1 - a d */
	real rate;                       /* a / (1 - b1^t) */
	real scale;                      /* 1 / sqrt(1 - b2^t) */
	real epsilon;
} Step;

static Step step_of(const Adam *adam, const Var *p)
{
	Group group = groups_find(adam->groups, p->name);
	double rate = adam->rate * group.rate, decay = adam->decay * group.decay;
	long t = (long)adam->steps->value.data[0];
	return (Step){
		.beta1 = (real)adam->beta1,
		.rest1 = (real)(1 - adam->beta1),
		.beta2 = (real)adam->beta2,
		.rest2 = (real)(1 - adam->beta2),
		.keep = (real)(1 - rate * decay),
		.rate = (real)(rate / (1 - power(adam->beta1, t))),
		.scale = (real)(1 / sqrt(1 - power(adam->beta2, t))),
		.epsilon = (real)adam->epsilon,
	};
}

static void update(const Step *s, real *restrict p, const real *restrict g,
        real *restrict m, real *restrict v, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		m[i] = real_fma(s->beta1, m[i], s->rest1 * g[i]);
		v[i] = real_fma(s->beta2, v[i], s->rest2 * g[i] * g[i]);
		real width = real_fma(real_sqrt(v[i]), s->scale, s->epsilon);
		p[i] = real_fma(-s->rate, m[i] / width, s->keep * p[i]);
	}
}

static void update_range(const void *self, int i, size_t begin, size_t end)
{
	const Adam *adam = self;
	const Var *p = adam->params->items[i];
	if (!adam->m[i])
		return;
	Step step = step_of(adam, p);
	update(&step, p->value.data + begin, p->grad.data + begin,
	        adam->m[i]->value.data + begin, adam->v[i]->value.data + begin,
	        end - begin);
}

void adam_step(Adam *adam)
{
	adam->steps->value.data[0] += 1;
	step_all("adam_step", adam->pool, adam->params, adam->count, update_range, adam);
}
