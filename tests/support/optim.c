#include "tests/support/optim.h"

static const char *const file = "optim.txt";

Params optim_params(Arena *arena)
{
	Params params = params_new(arena);
	params_add(&params, NULL, "a", SHAPE(3, 7));
	params_add(&params, NULL, "b", SHAPE(5));
	for (int i = 0; i < params.count; i++) {
		Var *p = params.items[i];
		const char *name = arena_format(arena, "start.%s", p->name);
		tensor_copy(p->value, golden_tensor(arena, file, name));
	}
	return params;
}

void optim_gradients(const Params *params, int step)
{
	for (int i = 0; i < params->count; i++) {
		Var *p = params->items[i];
		const char *name =
		        arena_format(params->arena, "gradient.%d.%s", step, p->name);
		if (p->grad.data)
			tensor_copy(p->grad, golden_tensor(params->arena, file, name));
	}
}

void optim_agrees(const Params *params, const char *name, int step)
{
	for (int i = 0; i < params->count; i++) {
		const Var *p = params->items[i];
		ASSERT_GOLDEN(p->value, file,
		        arena_format(params->arena, "%s.%d.%s", name, step, p->name));
	}
}
