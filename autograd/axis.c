#include "autograd/axis.h"

Axis axis_of(Site site, const Tape *tape, const char *operation, const Var *x, int index)
{
	int ndim = x->value.ndim;
	if (ndim == 0)
		tape_stop(site, tape, operation, "axis %d of %s: a scalar has no axis",
		        index, var_text("x", x).text);
	if (index < -ndim || index >= ndim)
		tape_stop(site, tape, operation,
		        "axis %d of %s: expected %d to %d. Hint: axes count from 0; -1 "
		        "is the last.",
		        index, var_text("x", x).text, -ndim, ndim - 1);
	Axis axis = { .index = index < 0 ? index + ndim : index, .outer = 1, .inner = 1 };
	const int *shape = x->value.shape;
	axis.length = (size_t)shape[axis.index];
	for (int d = 0; d < axis.index; d++)
		axis.outer *= (size_t)shape[d];
	for (int d = axis.index + 1; d < ndim; d++)
		axis.inner *= (size_t)shape[d];
	return axis;
}
