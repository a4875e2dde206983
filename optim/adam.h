/* adam.h: Adam (Kingma & Ba 2015), PyTorch's optim.Adam; with decay, optim.AdamW. */
#ifndef OPTIM_ADAM_H
#define OPTIM_ADAM_H

#include "layers/params.h"
#include "optim/groups.h"
#include "tensor/threads.h"

typedef struct Adam {
	double rate; /* the settings may be changed between steps */
	double beta1, beta2, epsilon;
	/* decoupled from the gradient (Loshchilov & Hutter 2019); 0: none */
	double decay;
	Groups groups; /* none, unless it is set */
	/* whose threads share a step; NULL, unless it is set: the caller's alone */
	Pool *pool;
	const Params *params;
	int count; /* of the parameters when the optimiser was made */
	Params state; /* "adam.m.NAME", "adam.v.NAME", "adam.steps": what a checkpoint saves */
	Var **m,
	        **v; /* NULL where the parameter was frozen when the optimiser was made */
	Var *steps;  /* () how many there were: a whole number */
} Adam;

/* beta1 0.9, beta2 0.999, epsilon 1e-8, no decay. `params` is kept; the state lives in
 * `arena`. */
Adam adam_new(Arena *arena, const Params *params, double rate);

/* One step along the gradients, which stay as they are; frozen parameters do too. Stops
 * if parameters were added since the optimiser was made. */
void adam_step(Adam *adam);

#endif
