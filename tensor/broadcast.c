/* The rule of NumPy: shapes are compared from their last dimension; two sizes fit where
 * they are equal or one of them is 1, and what is missing in front counts as 1. */
#include "tensor/broadcast.h"

#include <limits.h>

/* The size of the dimension that is `back` before the end; 1 where there is none. */
static int size_from_end(Tensor x, int back)
{
	return back < x.ndim ? x.shape[x.ndim - 1 - back] : 1;
}

/* The first dimension, from the end, that does not fit; -1 if all do. */
static int misfit(Tensor a, Tensor b)
{
	for (int back = 0; back < a.ndim && back < b.ndim; back++) {
		int n = size_from_end(a, back), m = size_from_end(b, back);
		if (n != m && n != 1 && m != 1)
			return back;
	}
	return -1;
}

/* A lower-rank operand often lacks ones at its end: (16,128) and (16) want (16,1). */
static ShapeText hint_of_ones(Tensor shorter, Tensor longer)
{
	while (shorter.ndim < longer.ndim) {
		shorter.shape[shorter.ndim++] = 1;
		if (misfit(shorter, longer) < 0)
			return tensor_shape_text(shorter);
	}
	return (ShapeText){ "" };
}

static bool explain_misfit(Tensor a, Tensor b, int back, Error *why)
{
	bool a_shorter = a.ndim < b.ndim;
	ShapeText ones = a_shorter ? hint_of_ones(a, b) : hint_of_ones(b, a);
	error_set(why,
	        "sizes %d and %d of dimension %d, counted from the end, differ. Shapes are aligned at their last dimension; two sizes must be equal, or one of them 1.",
	        size_from_end(a, back), size_from_end(b, back), -1 - back);
	if (why && ones.text[0])
		error_set(why, "%s Hint: reshape %s to %s.", why->text,
		        tensor_shape_text(a_shorter ? a : b).text, ones.text);
	return false;
}

bool tensor_broadcast(Tensor *shape, Tensor a, Tensor b, Error *why)
{
	int back = misfit(a, b);
	if (back >= 0)
		return explain_misfit(a, b, back, why);
	Tensor result = { .ndim = a.ndim > b.ndim ? a.ndim : b.ndim };
	size_t count = 1;
	for (int d = 0; d < result.ndim; d++) {
		int n = size_from_end(a, result.ndim - 1 - d);
		int m = size_from_end(b, result.ndim - 1 - d);
		result.shape[d] = n == 1 ? m : n;
		if (result.shape[d] && count > (size_t)INT_MAX / (size_t)result.shape[d])
			return error_set(why,
			        "the result would have more than %d elements", INT_MAX);
		count *= (size_t)result.shape[d];
	}
	*shape = result;
	return true;
}

Tensor tensor_broadcast_shape(Site site, const char *operation, Tensor a, Tensor b)
{
	Tensor shape;
	Error why;
	if (!tensor_broadcast(&shape, a, b, &why))
		error_stop(site, operation, "a %s and b %s: %s",
		        tensor_shape_text(a).text, tensor_shape_text(b).text, why.text);
	return shape;
}
