/* Every optimiser behind one set of functions, and a table of them by name. */
#include "optim/optimiser.h"

#include "optim/adam.h"
#include "optim/rmsprop.h"
#include "optim/sgd.h"

#include <stdio.h>
#include <string.h>

/* ---- each behind the common face --------------------------------------------------- */

static void take_adam_step(void *self, double rate)
{
	Adam *adam = self;
	adam->rate = rate;
	adam_step(adam);
}

static Optimiser make_adam(
        Arena *arena, const Params *params, const OptimiserOptions *options, Pool *pool)
{
	Adam *adam = ARENA_NEW(arena, Adam);
	*adam = adam_new(arena, params, 0);
	adam->decay = options->decay;
	adam->pool = pool;
	return (Optimiser){ adam, take_adam_step, &adam->state };
}

static void take_sgd_step(void *self, double rate)
{
	Sgd *sgd = self;
	sgd->rate = rate;
	sgd_step(sgd);
}

static Optimiser make_sgd(
        Arena *arena, const Params *params, const OptimiserOptions *options, Pool *pool)
{
	Sgd *sgd = ARENA_NEW(arena, Sgd);
	*sgd = sgd_new(arena, params, 0, options->momentum);
	sgd->nesterov = options->nesterov;
	sgd->decay = options->decay;
	sgd->pool = pool;
	return (Optimiser){ sgd, take_sgd_step, &sgd->state };
}

static void take_rmsprop_step(void *self, double rate)
{
	Rmsprop *rmsprop = self;
	rmsprop->rate = rate;
	rmsprop_step(rmsprop);
}

static Optimiser make_rmsprop(
        Arena *arena, const Params *params, const OptimiserOptions *options, Pool *pool)
{
	Rmsprop *rmsprop = ARENA_NEW(arena, Rmsprop);
	*rmsprop = rmsprop_new(arena, params, 0);
	rmsprop->momentum = options->momentum;
	rmsprop->decay = options->decay;
	rmsprop->pool = pool;
	return (Optimiser){ rmsprop, take_rmsprop_step, &rmsprop->state };
}

/* ---- the table --------------------------------------------------------------------- */

const OptimiserKind optimiser_table[] = {
	{ .name = "adam", .make = make_adam },
	{ .name = "adamw", .takes_decay = true, .make = make_adam },
	{ .name = "sgd",
	        .takes_momentum = true,
	        .takes_nesterov = true,
	        .takes_decay = true,
	        .make = make_sgd },
	{ .name = "rmsprop",
	        .takes_momentum = true,
	        .takes_decay = true,
	        .make = make_rmsprop },
	{ 0 },
};

static const OptimiserKind *find(const char *name)
{
	for (const OptimiserKind *kind = optimiser_table; kind->name; kind++)
		if (!strcmp(kind->name, name))
			return kind;
	return NULL;
}

bool optimiser_check(const OptimiserOptions *options, Error *error)
{
	const OptimiserKind *kind = find(options->name);
	if (!kind)
		return error_set(error,
		        "optimiser \"%s\" is not known: expected adam, adamw, sgd or rmsprop",
		        options->name);
	if (options->momentum != 0 && !kind->takes_momentum)
		return error_set(error,
		        "%s has a momentum of its own: momentum is for sgd and rmsprop",
		        kind->name);
	if (options->nesterov && !(kind->takes_nesterov && options->momentum > 0))
		return error_set(error, "nesterov is for sgd with a momentum above 0");
	if (options->decay != 0 && !kind->takes_decay)
		return error_set(
		        error, "%s has no decay: with one, it is adamw", kind->name);
	if (options->decay == 0 && !strcmp(kind->name, "adamw"))
		return error_set(error,
		        "adamw is adam with a decay: say how much (PyTorch takes 0.01)");
	return true;
}

Optimiser optimiser_new(
        Arena *arena, const Params *params, const OptimiserOptions *options, Pool *pool)
{
	Error error;
	if (!optimiser_check(options, &error))
		error_stop(HERE, "optimiser_new", "%s", error.text);
	return find(options->name)->make(arena, params, options, pool);
}
