/* sgd.h: stochastic gradient descent with momentum, PyTorch's optim.SGD. */
#ifndef OPTIM_SGD_H
#define OPTIM_SGD_H

#include "layers/params.h"
#include "optim/groups.h"
#include "tensor/threads.h"

typedef struct Sgd {
	double rate;     /* the settings may be changed between steps */
	double momentum; /* 0: none */
	double decay;    /* added to the gradient, times the parameter (L2); 0: none */
	bool nesterov;   /* look ahead along the velocity (Sutskever et al. 2013) */
	Groups groups;   /* none, unless it is set */
	/* whose threads share a step; NULL, unless it is set: the caller's alone */
	Pool *pool;
	const Params *params;
	int count;    /* of the parameters when the optimiser was made */
	Params state; /* "sgd.velocity.NAME" of each parameter: what a checkpoint saves */
	/* NULL where the parameter was frozen when the optimiser was made */
	Var **velocity;
} Sgd;

/* No decay, not Nesterov. `params` is kept; the state lives in `arena`. */
Sgd sgd_new(Arena *arena, const Params *params, double rate, double momentum);

/* One step along the gradients, which stay as they are; frozen parameters do too. Stops
 * if parameters were added since the optimiser was made. */
void sgd_step(Sgd *sgd);

#endif
