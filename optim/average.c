/* a <- d a + (1 - d) w after every step: Polyak & Juditsky 1992, with the exponential
 * weights of later practice. At first d is min(d, (1 + n)/(10 + n)), as in TensorFlow, so
 * that the average does not remember its first values for long. */
#include "optim/average.h"
#include "optim/step.h"
#include "tensor/fma.h"

Average average_new_at(Site site, Arena *arena, const Params *params, double decay)
{
	if (!(decay >= 0 && decay < 1))
		error_stop(
		        site, "average_new", "decay %g: expected 0 <= decay < 1", decay);
	Average average = {
		.decay = decay,
		.params = params,
		.count = params->count,
		.state = params_new(arena),
	};
	for (int i = 0; i < params->count; i++) {
		const Var *p = params->items[i];
		Var *copy = params_add_buffer_at(site, &average.state, "average", p->name,
		        p->value.ndim, p->value.shape);
		tensor_copy_at(site, copy->value, p->value);
	}
	average.updates =
	        params_add_buffer_at(site, &average.state, "average", "updates", SCALAR);
	return average;
}

void average_update(Average *average)
{
	step_require("average_update", average->params, average->count);
	double n = (double)average->updates->value.data[0];
	double early = (1 + n) / (10 + n);
	double decay = early < average->decay ? early : average->decay;
	real keep = (real)decay, take = (real)(1 - decay);
	for (int i = 0; i < average->count; i++) {
		const real *p = average->params->items[i]->value.data;
		Tensor mean = average->state.items[i]->value;
		for (size_t j = 0; j < tensor_count(mean); j++)
			mean.data[j] = real_fma(keep, mean.data[j], take * p[j]);
	}
	average->updates->value.data[0] += 1;
}

void average_swap(Average *average)
{
	step_require("average_swap", average->params, average->count);
	for (int i = 0; i < average->count; i++) {
		real *p = average->params->items[i]->value.data;
		Tensor mean = average->state.items[i]->value;
		for (size_t j = 0; j < tensor_count(mean); j++) {
			real other = p[j];
			p[j] = mean.data[j];
			mean.data[j] = other;
		}
	}
}
