/* a <- d a + (1 - d) w after every step: Polyak & Juditsky 1992, with the exponential
 * weights of later practice. At first d is min(d, (1 + n)/(10 + n)), as in TensorFlow, so
 * that the average does not remember its first values for long. */
#include "optim/average.h"
#include "autograd/fast/touched.h"
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
		.owed = ARENA_ARRAY(arena, int *, (size_t)params->count),
	};
	for (int i = 0; i < params->count; i++) {
		const Var *p = params->items[i];
		Var *copy = params_add_buffer_at(site, &average.state, "average", p->name,
		        p->value.ndim, p->value.shape);
		tensor_copy_at(site, copy->value, p->value);
		if (p->touched)
			average.owed[i] =
			        ARENA_ARRAY(arena, int, (size_t)p->value.shape[0]);
	}
	average.updates =
	        params_add_buffer_at(site, &average.state, "average", "updates", SCALAR);
	return average;
}

/* The n-th update, from 0, of some numbers of a parameter. */
static void update(const Average *average, double n, int i, size_t at, size_t count)
{
	double early = (1 + n) / (10 + n);
	double decay = early < average->decay ? early : average->decay;
	real keep = (real)decay, take = (real)(1 - decay);
	const real *p = average->params->items[i]->value.data + at;
	real *mean = average->state.items[i]->value.data + at;
	for (size_t j = 0; j < count; j++)
		mean[j] = real_fma(keep, mean[j], take * p[j]);
}

/* All updates that a row is owed. */
static void settle_row(const Average *average, int i, int row)
{
	const Var *p = average->params->items[i];
	size_t width = tensor_count(p->value) / (size_t)p->value.shape[0];
	double done = (double)average->updates->value.data[0];
	for (int *owed = &average->owed[i][row]; *owed > 0; --*owed)
		update(average, done - *owed, i, (size_t)row * width, width);
}

void average_before(Average *average)
{
	for (int i = 0; i < average->count; i++) {
		const Touched *touched = average->params->items[i]->touched;
		for (int k = 0; average->owed[i] && k < touched->count; k++)
			settle_row(average, i, touched->rows[k]);
	}
}

static void update_rows(const Average *average, double n, int i)
{
	const Var *p = average->params->items[i];
	size_t width = tensor_count(p->value) / (size_t)p->value.shape[0];
	int *owed = average->owed[i];
	for (int row = 0; row < p->value.shape[0]; row++) {
		if (!p->touched->known[row])
			owed[row]++;
		else if (!owed[row])
			update(average, n, i, (size_t)row * width, width);
		else
			error_stop(HERE, "average_update",
			        "row %d of \"%s\" has changed and is owed %d updates. Hint: average_before(), before the optimiser's step",
			        row, p->name, owed[row]);
	}
}

void average_update(Average *average)
{
	step_require("average_update", average->params, average->count);
	double n = (double)average->updates->value.data[0];
	for (int i = 0; i < average->count; i++)
		if (average->owed[i])
			update_rows(average, n, i);
		else
			update(average, n, i, 0,
			        tensor_count(average->params->items[i]->value));
	average->updates->value.data[0] += 1;
}

void average_settle(Average *average)
{
	for (int i = 0; i < average->count; i++)
		for (int row = 0; average->owed[i] &&
		                  row < average->params->items[i]->value.shape[0];
		        row++)
			settle_row(average, i, row);
}

void average_swap(Average *average)
{
	step_require("average_swap", average->params, average->count);
	average_settle(average);
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
