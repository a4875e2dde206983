/* optimiser.h: any of the optimisers behind one face, chosen by its name. */
#ifndef OPTIM_OPTIMISER_H
#define OPTIM_OPTIMISER_H

#include "layers/params.h"
#include "tensor/error.h"
#include "tensor/threads.h"

typedef struct OptimiserOptions {
	const char *name; /* of optimiser_table: "adam" */
	double momentum;  /* sgd, rmsprop */
	bool nesterov;    /* sgd */
	double decay;     /* all but adam; of adamw it must be given */
} OptimiserOptions;

typedef struct Optimiser {
	void *self;
	void (*step)(void *self, double rate); /* along the gradients, which stay */
	const Params *state;                   /* what a checkpoint saves */
} Optimiser;

typedef struct OptimiserKind {
	const char *name;
	bool takes_momentum, takes_nesterov, takes_decay;
	Optimiser (*make)(Arena *arena, const Params *params,
	        const OptimiserOptions *options, Pool *pool);
} OptimiserKind;

/* The table of optimisers, ended by an entry without a name. */
extern const OptimiserKind optimiser_table[];

/* Whether there is such an optimiser, and it takes what is asked of it; the error says
 * what to do. */
bool optimiser_check(const OptimiserOptions *options, Error *error);

/* `params` is kept; the state lives in `arena`. A step is shared out over the threads of
 * `pool`, if it is not NULL. Stops where optimiser_check would fail. */
Optimiser optimiser_new(
        Arena *arena, const Params *params, const OptimiserOptions *options, Pool *pool);

#endif
