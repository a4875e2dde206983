/* A schedule of optim/schedule.h by its name, with the warm-up before it: the learning
 * rate of step t is the first rate times warm-up(t) times schedule(t). */
#include "optim/plan.h"

#include <stddef.h>
#include <string.h>

#define RISE 0.3 /* of one-cycle: the share of the steps that go up, as in PyTorch */

static double constant(const Plan *plan, long t)
{
	(void)plan;
	(void)t;
	return 1;
}

static double step(const Plan *plan, long t)
{
	const PlanOptions *options = &plan->options;
	return schedule_step(t, options->every * plan->epoch_steps, options->factor);
}

static double cosine(const Plan *plan, long t)
{
	return schedule_cosine(t, plan->steps, 0);
}

static double one_cycle(const Plan *plan, long t)
{
	return schedule_one_cycle(t, plan->steps, RISE);
}

static double plateau(const Plan *plan, long t)
{
	(void)t;
	return plan->plateau.rate;
}

const PlanKind plan_table[] = {
	{ "constant", false, constant },
	{ "step", false, step },
	{ "cosine", true, cosine },
	{ "one-cycle", true, one_cycle },
	{ "plateau", false, plateau },
	{ 0 },
};

const PlanKind *plan_find(const char *name)
{
	for (const PlanKind *kind = plan_table; kind->name; kind++)
		if (!strcmp(kind->name, name))
			return kind;
	return NULL;
}

bool plan_check(const PlanOptions *options, Error *error)
{
	if (!plan_find(options->name))
		return error_set(error,
		        "schedule \"%s\" is not known: expected constant, step, cosine, one-cycle or plateau",
		        options->name);
	if (options->every < 1)
		return error_set(error,
		        "schedule %s, every %d epochs: expected 1 or more", options->name,
		        options->every);
	return true;
}

Plan plan_new(const PlanOptions *options, int epochs, long epoch_steps)
{
	Error error;
	if (!plan_check(options, &error))
		error_stop(HERE, "plan_new", "%s", error.text);
	return (Plan){
		.kind = plan_find(options->name),
		.options = *options,
		.epoch_steps = epoch_steps,
		.steps = epochs * epoch_steps,
		.plateau = plateau_new(options->factor, options->every),
	};
}

double plan_factor(const Plan *plan, long t)
{
	return plan->kind->factor(plan, t) * schedule_warmup(t, plan->options.warmup);
}

void plan_epoch(Plan *plan, double figure)
{
	plateau_epoch(&plan->plateau, figure);
}
