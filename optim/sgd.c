/* With parameter p, gradient g, rate a, momentum u, decay d and velocity v, zero at
 * first:
 *
 *     g' = g + d p
 *     v  = u v + g'
 *     p  = p - a v              or, with Nesterov's momentum,  p - a (g' + u v)
 *
 * Polyak 1964; Nesterov as Sutskever et al. 2013 put it. As in PyTorch, the rate stands
 * outside the velocity, so that changing it does not change what was gathered. */
#include "optim/sgd.h"
#include "optim/step.h"
#include "tensor/fma.h"

Sgd sgd_new(Arena *arena, const Params *params, double rate, double momentum)
{
	Sgd sgd = {
		.rate = rate,
		.momentum = momentum,
		.params = params,
		.count = params->count,
		.state = params_new(arena),
	};
	sgd.velocity = step_buffers(&sgd.state, "sgd.velocity", params);
	return sgd;
}

/* p moves by ahead v + own g'. */
typedef struct Step {
	real rate, decay, momentum, ahead, own;
} Step;

static Step step_of(const Sgd *sgd, const Var *p)
{
	Group group = groups_find(sgd->groups, p->name);
	return (Step){
		.rate = (real)(sgd->rate * group.rate),
		.decay = (real)(sgd->decay * group.decay),
		.momentum = (real)sgd->momentum,
		.ahead = sgd->nesterov ? (real)sgd->momentum : 1,
		.own = sgd->nesterov ? 1 : 0,
	};
}

static void update(const Step *s, real *restrict p, const real *restrict g,
        real *restrict v, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		real slope = real_fma(s->decay, p[i], g[i]);
		v[i] = real_fma(s->momentum, v[i], slope);
		p[i] = real_fma(-s->rate, real_fma(s->ahead, v[i], s->own * slope), p[i]);
	}
}

static void update_range(const void *self, int i, size_t begin, size_t end)
{
	const Sgd *sgd = self;
	const Var *p = sgd->params->items[i];
	if (!sgd->velocity[i])
		return;
	Step step = step_of(sgd, p);
	update(&step, p->value.data + begin, p->grad.data + begin,
	        sgd->velocity[i]->value.data + begin, end - begin);
}

void sgd_step(Sgd *sgd)
{
	step_all("sgd_step", sgd->pool, sgd->params, sgd->count, update_range, sgd);
}
