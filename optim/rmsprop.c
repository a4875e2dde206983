/* With parameter p, gradient g, rate a, memory q, momentum u, decay d, and v and w zero
 * at first:
 *
 *     g' = g + d p
 *     v  = q v + (1 - q) g'^2           mean of the square
 *     w  = u w + g' / (sqrt(v) + epsilon)
 *     p  = p - a w
 *
 * Unlike Adam's, v is not corrected for having started at 0, so that first steps are
 * large. */
#include "optim/rmsprop.h"
#include "optim/step.h"
#include "tensor/elementary.h"
#include "tensor/fma.h"

Rmsprop rmsprop_new(Arena *arena, const Params *params, double rate)
{
	Rmsprop rmsprop = {
		.rate = rate,
		.memory = 0.99,
		.epsilon = 1e-8,
		.params = params,
		.count = params->count,
		.state = params_new(arena),
	};
	rmsprop.v = step_buffers(&rmsprop.state, "rmsprop.v", params);
	rmsprop.velocity = step_buffers(&rmsprop.state, "rmsprop.velocity", params);
	return rmsprop;
}

typedef struct Step {
	real rate, decay, memory, rest, momentum, epsilon; /* rest = 1 - memory */
} Step;

static Step step_of(const Rmsprop *rmsprop, const Var *p)
{
	Group group = groups_find(rmsprop->groups, p->name);
	return (Step){
		.rate = (real)(rmsprop->rate * group.rate),
		.decay = (real)(rmsprop->decay * group.decay),
		.memory = (real)rmsprop->memory,
		.rest = (real)(1 - rmsprop->memory),
		.momentum = (real)rmsprop->momentum,
		.epsilon = (real)rmsprop->epsilon,
	};
}

static void update(const Step *s, real *restrict p, const real *restrict g,
        real *restrict v, real *restrict w, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		real slope = real_fma(s->decay, p[i], g[i]);
		v[i] = real_fma(s->memory, v[i], s->rest * slope * slope);
		w[i] = real_fma(
		        s->momentum, w[i], slope / (real_sqrt(v[i]) + s->epsilon));
		p[i] = real_fma(-s->rate, w[i], p[i]);
	}
}

static void update_range(const void *self, int i, size_t begin, size_t end)
{
	const Rmsprop *rmsprop = self;
	const Var *p = rmsprop->params->items[i];
	if (!rmsprop->v[i])
		return;
	Step step = step_of(rmsprop, p);
	update(&step, p->value.data + begin, p->grad.data + begin,
	        rmsprop->v[i]->value.data + begin,
	        rmsprop->velocity[i]->value.data + begin, end - begin);
}

void rmsprop_step(Rmsprop *rmsprop)
{
	step_all("rmsprop_step", rmsprop->pool, rmsprop->params, rmsprop->count,
	        update_range, rmsprop);
}
