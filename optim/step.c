#include "optim/step.h"

void step_require(const char *operation, const Params *params, int count)
{
	if (params->count != count)
		error_stop(HERE, operation,
		        "made for %d parameters, and now there are %d. Hint: build the "
		        "whole model before its optimiser.",
		        count, params->count);
}
