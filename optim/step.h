/* step.h: what every optimiser does around its arithmetic. */
#ifndef OPTIM_STEP_H
#define OPTIM_STEP_H

#include "layers/params.h"

/* Stops, in the name of `operation`, unless there are still `count` parameters: those that were added
 * since the optimiser was made have no state. */
void step_require(const char *operation, const Params *params, int count);

/* A tensor of `count` numbers is cut into parts 0..parts-1, so that several threads can share a step:
 * the part begins here, and ends where the next one begins. */
static inline size_t step_begin(size_t count, int part, int parts)
{
	return count * (size_t)part / (size_t)parts;
}

#endif
