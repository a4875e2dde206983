/* Any axis of a row-major tensor splits its numbers into outer x length x inner: the
 * numbers along the axis stand `inner` apart. One loop over the three then serves every
 * axis. */
#include "tensor/axis.h"

bool tensor_find_axis(Axis *axis, Tensor x, int index, Error *why)
{
	if (x.ndim == 0)
		return error_set(why, "a scalar has no axis");
	if (index < -x.ndim || index >= x.ndim)
		return error_set(why,
		        "expected %d to %d. Hint: axes count from 0; -1 is the last.",
		        -x.ndim, x.ndim - 1);
	*axis = (Axis){
		.index = index < 0 ? index + x.ndim : index, .outer = 1, .inner = 1
	};
	axis->length = (size_t)x.shape[axis->index];
	for (int d = 0; d < axis->index; d++)
		axis->outer *= (size_t)x.shape[d];
	for (int d = axis->index + 1; d < x.ndim; d++)
		axis->inner *= (size_t)x.shape[d];
	return true;
}

Axis tensor_axis(Site site, const char *operation, Tensor x, int index)
{
	Axis axis;
	Error why;
	if (!tensor_find_axis(&axis, x, index, &why))
		error_stop(site, operation, "axis %d of %s: %s", index,
		        tensor_shape_text(x).text, why.text);
	return axis;
}

Tensor tensor_drop_axis(Tensor x, Axis axis)
{
	Tensor shape = { .ndim = x.ndim - 1 };
	for (int d = 0; d < shape.ndim; d++)
		shape.shape[d] = x.shape[d < axis.index ? d : d + 1];
	return shape;
}

Axis tensor_axis_dropped(
        Site site, const char *operation, Tensor out, Tensor x, int index)
{
	Axis axis = tensor_axis(site, operation, x, index);
	Tensor shape = tensor_drop_axis(x, axis);
	if (!tensor_same_shape(out, shape))
		error_stop(site, operation, "x %s without axis %d is %s, but out is %s",
		        tensor_shape_text(x).text, axis.index,
		        tensor_shape_text(shape).text, tensor_shape_text(out).text);
	return axis;
}

void tensor_axis_require(Site site, const char *operation, Tensor x, Axis axis)
{
	if (!axis.length)
		error_stop(site, operation, "axis %d of %s has no elements", axis.index,
		        tensor_shape_text(x).text);
}
