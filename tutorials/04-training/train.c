/* One run: first weights, then for each mini-batch the gradient, clipping, the rate of the
 * schedule, and a step of the optimiser. The steps are the library's: with them one
 * compares what one will use. */
#include "tutorials/04-training/train.h"
#include "layers/params.h"
#include "optim/optimiser.h"
#include "tensor/elementary.h"

#include <math.h>
#include <string.h>

/* --- the optimiser ---------------------------------------------------------------------- */

struct Stepper {
	Params params;
	Var *all; /* one parameter that holds them all */
	Optimiser optimiser;
};

Stepper *stepper_new(Arena *arena, const char *optimiser, int count)
{
	Stepper *stepper = ARENA_NEW(arena, Stepper);
	stepper->params = params_new(arena);
	stepper->all = params_add(&stepper->params, NULL, "parameters", SHAPE(count));
	const bool momentum = !strcmp(optimiser, "momentum");
	const OptimiserOptions options = { .name = momentum ? "sgd" : optimiser,
		.momentum = momentum ? 0.9 : 0 };
	stepper->optimiser = optimiser_new(arena, &stepper->params, &options, NULL);
	return stepper;
}

float *stepper_parameters(const Stepper *stepper)
{
	return stepper->all->value.data;
}

float *stepper_gradients(const Stepper *stepper)
{
	return stepper->all->grad.data;
}

void stepper_step(Stepper *stepper, float rate)
{
	stepper->optimiser.step(stepper->optimiser.self, (double)rate);
}

/* --- rate and length -------------------------------------------------------------------- */

/* [rate] */
float rate_at(float highest, int step, int steps)
{
	const float pi = 3.14159265f;
	int warm = steps / 10; /* the first tenth */
	if (step < warm)
		return highest * (float)(step + 1) / (float)warm;
	float done = (float)(step - warm) / (float)(steps - warm);
	return highest * 0.5f * (1 + (float)double_cos((double)(pi * done)));
}
/* [/rate] */

/* [clip] */
float clip(float *g, int count, float longest)
{
	float sum = 0;
	for (int i = 0; i < count; i++)
		sum += g[i] * g[i];
	float length = sqrtf(sum);
	for (int i = 0; i < count && length > longest; i++)
		g[i] *= longest / length;
	return length;
}
/* [/clip] */

/* --- a run ------------------------------------------------------------------------------ */

typedef struct Run {
	Deep *net;
	Stepper *stepper;
	Rng order;
	int step, steps;
} Run;

static Run run_new(Arena *arena, const Plan *plan, int count, uint64_t seed)
{
	Run run = { .net = ARENA_NEW(arena, Deep), .order = rng_new(seed) };
	*run.net = (Deep){ .layers = plan->layers,
		.activation = plan->activation,
		.count = deep_count(plan->layers) };
	run.stepper = stepper_new(arena, plan->optimiser, run.net->count);
	run.net->p = stepper_parameters(run.stepper);
	run.net->g = stepper_gradients(run.stepper);
	deep_start(run.net, plan->start, seed);
	run.steps = plan->epochs * ((count + plan->batch - 1) / plan->batch);
	return run;
}

Deep *deep_new(Arena *arena, const Plan *plan, uint64_t seed)
{
	return run_new(arena, plan, 1, seed).net;
}

/* [epoch] */
static void epoch(Run *run, const Plan *plan, Sentences set)
{
	int order[1000];
	Deep *net = run->net;
	rng_permutation(&run->order, set.count, order);
	for (int begin = 0; begin < set.count; begin += plan->batch) {
		int end = begin + plan->batch;
		end = end < set.count ? end : set.count;
		for (int i = 0; i < net->count; i++)
			net->g[i] = 0;
		for (int i = begin; i < end; i++)
			deep_backward(
			        net, &set.items[order[i]], 1 / (float)(end - begin));
		if (plan->clip > 0)
			clip(net->g, net->count, plan->clip);
		float rate = plan->rate;
		if (plan->schedule)
			rate = rate_at(plan->rate, run->step, run->steps);
		stepper_step(run->stepper, rate);
		run->step++;
	}
}
/* [/epoch] */

Result train(
        Arena *arena, const Plan *plan, const Sets *sets, uint64_t seed, real *losses)
{
	Arena *own = arena_child(arena, "run");
	Run run = run_new(own, plan, sets->train.count, seed);
	Result result = { 0 };
	double last = deep_loss(run.net, sets->train, NULL);
	for (int e = 0; e <= plan->epochs; e++) {
		if (e > 0)
			epoch(&run, plan, sets->train);
		if (e > 0 && (losses || e == plan->epochs))
			last = deep_loss(run.net, sets->train, NULL);
		if (losses)
			losses[e] = (real)last;
	}
	result.validation = deep_loss(run.net, sets->validation, NULL);
	deep_loss(run.net, sets->test, &result.accuracy);
	arena_free(own);
	return result;
}
