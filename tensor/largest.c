/* One walk finds the place, and the number is read from there. */
#include "tensor/largest.h"
#include "tensor/axis.h"

/* The first largest of `count` numbers that lie `step` apart; the first NaN if there
 * is one. */
static size_t first_largest(const real *x, size_t count, size_t step)
{
	size_t best = 0;
	for (size_t i = 0; i < count; i++) {
		real x_i = x[i * step], largest = x[best * step];
		if (x_i != x_i)
			return i;
		if (x_i > largest)
			best = i;
	}
	return best;
}

static size_t first_of_all(Site site, const char *operation, Tensor x)
{
	if (!tensor_count(x))
		error_stop(site, operation, "x %s has no elements",
		        tensor_shape_text(x).text);
	return first_largest(x.data, tensor_count(x), 1);
}

int tensor_argmax_at(Site site, Tensor x)
{
	return (int)first_of_all(site, "tensor_argmax", x);
}

real tensor_max_at(Site site, Tensor x)
{
	return x.data[first_of_all(site, "tensor_max", x)];
}

void tensor_max_axis_at(Site site, Tensor out, Tensor x, int index)
{
	Axis axis = tensor_axis_dropped(site, "tensor_max_axis", out, x, index);
	tensor_axis_require(site, "tensor_max_axis", x, axis);
	for (size_t o = 0; o < axis.outer; o++)
		for (size_t k = 0; k < axis.inner; k++) {
			const real *x_ok = x.data + o * axis.length * axis.inner + k;
			size_t i = first_largest(x_ok, axis.length, axis.inner);
			out.data[o * axis.inner + k] = x_ok[i * axis.inner];
		}
}

void tensor_argmax_axis_at(Site site, int position[], Tensor x, int index)
{
	Axis axis = tensor_axis(site, "tensor_argmax_axis", x, index);
	tensor_axis_require(site, "tensor_argmax_axis", x, axis);
	for (size_t o = 0; o < axis.outer; o++)
		for (size_t k = 0; k < axis.inner; k++) {
			const real *x_ok = x.data + o * axis.length * axis.inner + k;
			position[o * axis.inner + k] =
			        (int)first_largest(x_ok, axis.length, axis.inner);
		}
}
