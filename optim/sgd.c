/* With parameter p, gradient g, rate a, momentum u, decay d and velocity v, zero at first:
 *
 *     g' = g + d p
 *     v  = u v + g'
 *     p  = p - a v              or, with Nesterov's momentum,  p - a (g' + u v)
 *
 * Polyak 1964; Nesterov as Sutskever et al. 2013 put it. As in PyTorch, the rate stands outside the
 * velocity, so that changing it does not change what was gathered. */
#include "optim/sgd.h"
#include "tensor/fma.h"

Sgd sgd_new(Arena *arena, const Params *params, double rate, double momentum)
{
	Sgd sgd = {
		.rate = rate,
		.momentum = momentum,
		.params = params,
		.count = params->count,
		.state = params_new(arena),
		.velocity = ARENA_ARRAY(arena, Var *, (size_t)params->count),
	};
	for (int i = 0; i < params->count; i++) {
		const Var *p = params->items[i];
		if (p->grad.data)
			sgd.velocity[i] = params_add_buffer(&sgd.state, "sgd.velocity",
			        p->name, p->value.ndim, p->value.shape);
	}
	return sgd;
}

static void update(const Sgd *sgd, real *p, const real *g, real *v, size_t count)
{
	real rate = (real)sgd->rate, momentum = (real)sgd->momentum;
	real decay = (real)sgd->decay;
	real ahead = sgd->nesterov ? momentum : 1; /* p moves by ahead v + own g' */
	real own = sgd->nesterov ? 1 : 0;
	for (size_t i = 0; i < count; i++) {
		real slope = real_fma(decay, p[i], g[i]);
		v[i] = real_fma(momentum, v[i], slope);
		p[i] = real_fma(-rate, real_fma(ahead, v[i], own * slope), p[i]);
	}
}

void sgd_step_part(const Sgd *sgd, int part, int parts)
{
	if (sgd->params->count != sgd->count)
		error_stop(HERE, "sgd_step",
		        "made for %d parameters, and now there are %d. Hint: build the "
		        "whole model before its optimiser.",
		        sgd->count, sgd->params->count);
	for (int i = 0; i < sgd->count; i++) {
		const Var *p = sgd->params->items[i];
		if (!p->grad.data || !sgd->velocity[i])
			continue;
		size_t count = tensor_count(p->value);
		size_t begin = count * (size_t)part / (size_t)parts;
		size_t end = count * ((size_t)part + 1) / (size_t)parts;
		update(sgd, p->value.data + begin, p->grad.data + begin,
		        sgd->velocity[i]->value.data + begin, end - begin);
	}
}

void sgd_step(Sgd *sgd)
{
	sgd_step_part(sgd, 0, 1);
}
