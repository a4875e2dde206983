/* plan.h: the rate over a whole run: a schedule (schedule.h) chosen by its name,
 * behind a warm-up. */
#ifndef OPTIM_PLAN_H
#define OPTIM_PLAN_H

#include "optim/schedule.h"
#include "tensor/error.h"

typedef struct PlanOptions {
	const char *name; /* of plan_table: "cosine" */
	int warmup;       /* steps */
	/* epochs from fall to fall (step), or without progress before one (plateau) */
	int every;
	double factor; /* what the rate falls by (step, plateau) */
} PlanOptions;

typedef struct Plan Plan;

typedef struct PlanKind {
	const char *name;
	/* laid out over all epochs: with another number of them, another plan */
	bool whole;
	double (*factor)(const Plan *plan, long t);
} PlanKind;

struct Plan {
	const PlanKind *kind;
	PlanOptions options;
	long epoch_steps, steps; /* of an epoch; of the whole run */
	Plateau plateau; /* all that a run changes here: what a checkpoint saves */
};

/* The table of plans, ended by an entry without a name. */
extern const PlanKind plan_table[];
const PlanKind *plan_find(const char *name); /* NULL if there is none of that name */

/* Whether the plan can be laid out; the error says what is wrong. */
bool plan_check(const PlanOptions *options, Error *error);

/* For a run of `epochs` epochs of `epoch_steps` steps. Stops where plan_check would
 * fail. */
Plan plan_new(const PlanOptions *options, int epochs, long epoch_steps);

/* The factor for the rate at step t = 0, 1, ... of the whole run. */
double plan_factor(const Plan *plan, long t);

/* Told after each epoch how well it went, larger is better. */
void plan_epoch(Plan *plan, double figure);

#endif
