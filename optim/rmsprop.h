/* rmsprop.h: each number's step divided by the size its gradient usually has (Hinton
 * 2012, lecture 6e), PyTorch's optim.RMSprop. */
#ifndef OPTIM_RMSPROP_H
#define OPTIM_RMSPROP_H

#include "layers/params.h"
#include "optim/groups.h"
#include "tensor/threads.h"

typedef struct Rmsprop {
	double rate; /* the settings may be changed between steps */
	double memory, epsilon;
	double momentum; /* 0: none */
	double decay;    /* added to the gradient, times the parameter (L2); 0: none */
	Groups groups;   /* none, unless it is set */
	/* whose threads share a step; NULL, unless it is set: the caller's alone */
	Pool *pool;
	const Params *params;
	int count;    /* of the parameters when the optimiser was made */
	Params state; /* "rmsprop.v.NAME", "rmsprop.velocity.NAME": for a checkpoint */
	Var **v, **velocity; /* NULL where the parameter was frozen then */
} Rmsprop;

/* memory 0.99, epsilon 1e-8, no momentum, no decay. `params` is kept; the state lives
 * in `arena`. */
Rmsprop rmsprop_new(Arena *arena, const Params *params, double rate);

/* One step along the gradients, which stay as they are; frozen parameters do too. Stops
 * if parameters were added since the optimiser was made. */
void rmsprop_step(Rmsprop *rmsprop);

#endif
