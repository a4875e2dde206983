/* A list in the order of the calls: a replica is built by the same calls as its original,
 * so the n-th parameter of one is the n-th of the other. */
#include "layers/params.h"
#include "autograd/fast/touched.h"

#include <limits.h>
#include <string.h>

Params params_new(Arena *arena)
{
	return (Params){ .arena = arena };
}

Params params_new_to_load(Arena *arena)
{
	return (Params){ .arena = arena, .to_load = true };
}

bool params_begin(const Params *params)
{
	return !params->original && !params->to_load;
}

Params params_replica(Arena *arena, const Params *original)
{
	return (Params){ .arena = arena, .original = original };
}

const char *params_name(const Params *params, const char *prefix, const char *name)
{
	if (!prefix || !prefix[0])
		return arena_string(params->arena, name);
	return arena_format(params->arena, "%s.%s", prefix, name);
}

static void append(Params *params, Var *parameter)
{
	params->items = arena_grow(params->arena, params->items, params->count,
	        &params->capacity, sizeof parameter);
	params->items[params->count++] = parameter;
}

/* The original's next parameter; it must be the one that is asked for now. */
static const Var *next_of_original(
        Site site, const Params *replica, const char *name, Tensor shape)
{
	const Params *original = replica->original;
	if (replica->count >= original->count)
		error_stop(site, "params_add",
		        "\"%s\" %s: the original has only %d parameters. Hint: build the replica by the same calls as the original.",
		        name, tensor_shape_text(shape).text, original->count);
	const Var *next = original->items[replica->count];
	if (strcmp(next->name, name) != 0 || !tensor_same_shape(next->value, shape))
		error_stop(site, "params_add",
		        "\"%s\" %s: the original's parameter %d is \"%s\" %s. Hint: build the replica by the same calls as the original.",
		        name, tensor_shape_text(shape).text, replica->count, next->name,
		        tensor_shape_text(next->value).text);
	return next;
}

/* The new parameter, with no memory for its value nor its gradient. */
static Var *add_name(Site site, Params *params, const char *prefix, const char *name,
        int ndim, const int shape[])
{
	const char *full = params_name(params, prefix, name);
	if (params_find(params, full))
		error_stop(site, "params_add",
		        "the name \"%s\" is taken. Hint: give each layer a name of its own.",
		        full);
	Var *parameter = ARENA_NEW(params->arena, Var);
	parameter->name = full;
	parameter->value = tensor_view_at(site, NULL, ndim, shape);
	parameter->grad = parameter->value;
	return parameter;
}

/* The new parameter, with no memory for its gradient yet. */
static Var *add(Site site, Params *params, const char *prefix, const char *name, int ndim,
        const int shape[])
{
	static const int nothing[] = { 0 };
	double count = 1;
	for (int d = 0; d < ndim; d++)
		count *= shape[d];
	/* What no file can hold is no caller's mistake, but the file's: with an empty
	 * shape, the load refuses it. */
	if (params->to_load && count > INT_MAX)
		shape = nothing, ndim = 1;
	Var *parameter = add_name(site, params, prefix, name, ndim, shape);
	if (params->original) {
		const Var *next =
		        next_of_original(site, params, parameter->name, parameter->value);
		parameter->value.data = next->value.data;
		parameter->stored = next->stored;
	} else if (!params->to_load) {
		parameter->value = tensor_zeros_at(site, params->arena, ndim, shape);
	}
	append(params, parameter);
	return parameter;
}

Var *params_add_at(Site site, Params *params, const char *prefix, const char *name,
        int ndim, const int shape[])
{
	Var *parameter = add(site, params, prefix, name, ndim, shape);
	const Params *original = params->original;
	bool frozen = params->to_load ||
	              (original && !original->items[params->count - 1]->grad.data);
	if (!frozen)
		parameter->grad = tensor_zeros_at(site, params->arena, ndim, shape);
	return parameter;
}

Var *params_add_buffer_at(Site site, Params *params, const char *prefix, const char *name,
        int ndim, const int shape[])
{
	return add(site, params, prefix, name, ndim, shape);
}

void params_add_view_at(Site site, Params *params, const char *prefix, const Var *of)
{
	Var *view =
	        add_name(site, params, prefix, of->name, of->value.ndim, of->value.shape);
	view->value = of->value;
	append(params, view);
}

void params_init_uniform(const Params *params, Var *parameter, real bound, Rng *rng)
{
	if (!params_begin(params))
		return;
	size_t count = tensor_count(parameter->value);
	for (size_t i = 0; i < count; i++)
		parameter->value.data[i] = (2 * rng_uniform(rng) - 1) * bound;
}

void params_init_normal(const Params *params, Var *parameter, real deviation, Rng *rng)
{
	if (!params_begin(params))
		return;
	size_t count = tensor_count(parameter->value);
	for (size_t i = 0; i < count; i++)
		parameter->value.data[i] = (real)rng_normal(rng) * deviation;
}

void params_init_constant(const Params *params, Var *parameter, real value)
{
	if (params_begin(params))
		tensor_fill(parameter->value, value);
}

Var *params_find(const Params *params, const char *name)
{
	for (int i = 0; i < params->count; i++)
		if (strcmp(params->items[i]->name, name) == 0)
			return params->items[i];
	return NULL;
}

size_t params_size(const Params *params)
{
	size_t size = 0;
	for (int i = 0; i < params->count; i++)
		if (params->items[i]->grad.data)
			size += tensor_count(params->items[i]->value);
	return size;
}

size_t params_bytes(const Params *params)
{
	size_t bytes = 0;
	for (int i = 0; i < params->count; i++)
		bytes += tensor_count(params->items[i]->value) * sizeof(real);
	return bytes;
}

void params_zero_grad(const Params *params)
{
	for (int i = 0; i < params->count; i++)
		touched_clear(params->items[i]);
}

void params_freeze(Params *params, const char *prefix)
{
	size_t length = strlen(prefix);
	for (int i = 0; i < params->count; i++)
		if (strncmp(params->items[i]->name, prefix, length) == 0)
			params->items[i]->grad.data = NULL;
}
