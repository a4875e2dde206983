#include "optim/weights.h"

void weights_copy(const Params *to, const Params *from)
{
	for (int i = 0; i < to->count; i++)
		tensor_copy(to->items[i]->value, from->items[i]->value);
}

Params weights_clone(Arena *arena, const Params *params)
{
	Params clone = params_new(arena);
	for (int i = 0; i < params->count; i++) {
		Tensor value = params->items[i]->value;
		params_add_buffer(
		        &clone, NULL, params->items[i]->name, value.ndim, value.shape);
	}
	weights_copy(&clone, params);
	return clone;
}
