/* Each number of a parameter is updated by itself, so a step can be cut anywhere: every
 * thread has one share of each parameter, and the bits do not depend on how many there
 * are. */
#include "optim/step.h"
#include "autograd/fast/touched.h"

Var **step_buffers(Params *state, const char *name, const Params *params)
{
	Var **buffers = ARENA_ARRAY(state->arena, Var *, (size_t)params->count);
	for (int i = 0; i < params->count; i++) {
		const Var *p = params->items[i];
		if (p->grad.data)
			buffers[i] = params_add_buffer(
			        state, name, p->name, p->value.ndim, p->value.shape);
	}
	return buffers;
}

void step_require(const char *operation, const Params *params, int count)
{
	if (params->count != count)
		error_stop(HERE, operation,
		        "made for %d parameters, and now there are %d. Hint: build the whole model before its optimiser.",
		        count, params->count);
}

typedef struct All {
	const Params *params;
	StepUpdate *update;
	const void *optimiser;
	int shares;
} All;

static void step_share(void *context, int share, int worker)
{
	(void)worker;
	const All *all = context;
	for (int i = 0; i < all->params->count; i++) {
		const Var *p = all->params->items[i];
		for (int k = 0; k < touched_pieces(p); k++) {
			size_t count, at = touched_piece(p, k, &count);
			all->update(all->optimiser, i,
			        at + step_begin(count, share, all->shares),
			        at + step_begin(count, share + 1, all->shares));
		}
	}
}

void step_all(const char *operation, Pool *pool, const Params *params, int count,
        StepUpdate *update, const void *optimiser)
{
	step_require(operation, params, count);
	All all = { params, update, optimiser, pool_threads(pool) };
	pool_run(pool, all.shares, step_share, &all);
}
