/* wrap: sgd_step adam_step */
/* Every step of SGD and Adam is the student's, but where weight decay, Nesterov's momentum
 * or rates for groups of parameters are asked for. */
#include "optim/adam.h"
#include "optim/sgd.h"
#include "tutorials/04-training/exercise.h"
#include "tutorials/lesson/mine.h"

#include <math.h>

void __real_sgd_step(Sgd *sgd);
void __wrap_sgd_step(Sgd *sgd);
void __real_adam_step(Adam *adam);
void __wrap_adam_step(Adam *adam);

/* A training that diverges is right to have no number. */
static void require(const char *what, const Var *p, int i, real found, double expected)
{
	if (isfinite(expected) && !mine_near((double)found, expected, fabs(expected)))
		error_stop(HERE, "MINE=1",
		        "your %s moves number %d of %s to %.6g, expected %.6g. make exercise CH=04 says why.",
		        what, i, p->name, (double)found, expected);
}

/* The first number, before the step and after it: enough to notice a wrong step. */
static void step_of_sgd(const Sgd *sgd, const Var *p, Var *velocity)
{
	int n = (int)tensor_count(p->value);
	double w = (double)p->value.data[0], v = (double)velocity->value.data[0];
	double g = (double)p->grad.data[0];
	sgd_update(p->value.data, velocity->value.data, p->grad.data, n, (real)sgd->rate,
	        (real)sgd->momentum);
	if (mine_check())
		require("sgd_update", p, 0, p->value.data[0],
		        w - sgd->rate * (sgd->momentum * v + g));
}

static void step_of_adam(const Adam *adam, const Var *p, Var *m, Var *v)
{
	int n = (int)tensor_count(p->value), step = (int)adam->steps->value.data[0];
	double w = (double)p->value.data[0], g = (double)p->grad.data[0];
	double mean = adam->beta1 * (double)m->value.data[0] + (1 - adam->beta1) * g;
	double square =
	        adam->beta2 * (double)v->value.data[0] + (1 - adam->beta2) * g * g;
	adam_update(p->value.data, m->value.data, v->value.data, p->grad.data, n, step,
	        (real)adam->rate, (real)adam->beta1, (real)adam->beta2,
	        (real)adam->epsilon);
	mean /= 1 - pow(adam->beta1, step);
	square /= 1 - pow(adam->beta2, step);
	if (mine_check())
		require("adam_update", p, 0, p->value.data[0],
		        w - adam->rate * mean / (sqrt(square) + adam->epsilon));
}

void __wrap_sgd_step(Sgd *sgd)
{
	if (sgd->nesterov || sgd->decay != 0 || sgd->groups.count) {
		__real_sgd_step(sgd);
		return;
	}
	for (int i = 0; i < sgd->params->count; i++)
		if (sgd->params->items[i]->grad.data && sgd->velocity[i])
			step_of_sgd(sgd, sgd->params->items[i], sgd->velocity[i]);
}

void __wrap_adam_step(Adam *adam)
{
	if (adam->decay != 0 || adam->groups.count) {
		__real_adam_step(adam);
		return;
	}
	adam->steps->value.data[0] += 1;
	for (int i = 0; i < adam->params->count; i++)
		if (adam->params->items[i]->grad.data && adam->m[i])
			step_of_adam(
			        adam, adam->params->items[i], adam->m[i], adam->v[i]);
}
