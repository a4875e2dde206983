/* step.h: what every optimiser does around its arithmetic. */
#ifndef OPTIM_STEP_H
#define OPTIM_STEP_H

#include "layers/params.h"
#include "tensor/threads.h"

/* A buffer "NAME.PARAMETER" in `state`, all zero, for each parameter that has a gradient
 * now; NULL in the places of the others. */
Var **step_buffers(Params *state, const char *name, const Params *params);

/* Stops, in the name of `operation`, unless there are still `count` parameters: those
 * that were added since the optimiser was made have no state. */
void step_require(const char *operation, const Params *params, int count);

/* A tensor of `count` numbers is cut into parts 0..parts-1, so that several threads can
 * share a step: the part begins here, and ends where the next one begins. */
static inline size_t step_begin(size_t count, int part, int parts)
{
	return count * (size_t)part / (size_t)parts;
}

/* Numbers begin..end-1 of parameter i take their step. */
typedef void StepUpdate(const void *optimiser, int i, size_t begin, size_t end);

/* All numbers of all parameters that have a gradient take their step, shared out over the
 * threads of `pool`; NULL: in this one. The bits are the same for any number, as a
 * number's step depends on nothing but its own history. Stops as step_require does. */
void step_all(const char *operation, Pool *pool, const Params *params, int count,
        StepUpdate *update, const void *optimiser);

#endif
