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

static const real *before(Arena *arena, Tensor x)
{
	return tensor_clone(arena, x).data;
}

static void step_of_sgd(const Sgd *sgd, const Var *p, Var *velocity)
{
	const int n = (int)tensor_count(p->value);
	const real *g = p->grad.data;
	Arena *arena = arena_new("mine");
	const real *w = before(arena, p->value), *v = before(arena, velocity->value);
	sgd_update(p->value.data, velocity->value.data, g, n, (real)sgd->rate,
	        (real)sgd->momentum);
	const int checked = mine_check() ? n : 1;
	for (int i = 0; i < checked; i++)
		require("sgd_update", p, i, p->value.data[i],
		        (double)w[i] - sgd->rate * (sgd->momentum * (double)v[i] +
		                                           (double)g[i]));
	arena_free(arena);
}

/* Where Adam moves a number from w. */
static double adam_moves(const Adam *adam, double w, double g, double m, double v)
{
	const double step = (double)adam->steps->value.data[0];
	const double mean = adam->beta1 * m + (1 - adam->beta1) * g;
	const double square = adam->beta2 * v + (1 - adam->beta2) * g * g;
	const double width = sqrt(square / (1 - pow(adam->beta2, step)));
	return w -
	       adam->rate * mean / (1 - pow(adam->beta1, step)) / (width + adam->epsilon);
}

static void step_of_adam(const Adam *adam, const Var *p, Var *mean, Var *square)
{
	const int n = (int)tensor_count(p->value);
	const real *g = p->grad.data;
	Arena *arena = arena_new("mine");
	const real *w = before(arena, p->value), *m = before(arena, mean->value);
	const real *v = before(arena, square->value);
	adam_update(p->value.data, mean->value.data, square->value.data, g, n,
	        (int)adam->steps->value.data[0], (real)adam->rate, (real)adam->beta1,
	        (real)adam->beta2, (real)adam->epsilon);
	const int checked = mine_check() ? n : 1;
	for (int i = 0; i < checked; i++) {
		require("adam_update", p, i, p->value.data[i],
		        adam_moves(adam, (double)w[i], (double)g[i], (double)m[i],
		                (double)v[i]));
		mine_require(HERE, "04", "your adam_update's m", (size_t)i,
		        (double)mean->value.data[i],
		        adam->beta1 * (double)m[i] + (1 - adam->beta1) * (double)g[i],
		        fabs((double)m[i]) + fabs((double)g[i]));
	}
	arena_free(arena);
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
