/* One walk finds the place, and the number is read from there; another looks for a NaN. */
#include "tensor/largest.h"
#include "tensor/axis.h"

static bool is_nan(real x)
{
	return x != x;
}

/* The first largest of `count` numbers that lie `step` apart. */
static size_t first_largest(const real *x, size_t count, size_t step)
{
	size_t best = 0;
	for (size_t i = 0; i < count; i++) {
		real x_i = x[i * step], largest = x[best * step];
		if (x_i > largest || (is_nan(largest) && !is_nan(x_i)))
			best = i;
	}
	return best;
}

static real largest_of(const real *x, size_t count, size_t step)
{
	for (size_t i = 0; i < count; i++)
		if (is_nan(x[i * step]))
			return x[i * step];
	return x[first_largest(x, count, step) * step];
}

static void require_elements(Site site, const char *operation, Tensor x)
{
	if (!tensor_count(x))
		error_stop(site, operation, "x %s has no elements",
		        tensor_shape_text(x).text);
}

int tensor_argmax_at(Site site, Tensor x)
{
	require_elements(site, "tensor_argmax", x);
	return (int)first_largest(x.data, tensor_count(x), 1);
}

real tensor_max_at(Site site, Tensor x)
{
	require_elements(site, "tensor_max", x);
	return largest_of(x.data, tensor_count(x), 1);
}

void tensor_max_axis_at(Site site, Tensor out, Tensor x, int index)
{
	Axis axis = tensor_axis_dropped(site, "tensor_max_axis", out, x, index);
	tensor_axis_require(site, "tensor_max_axis", x, axis);
	for (size_t o = 0; o < axis.outer; o++)
		for (size_t k = 0; k < axis.inner; k++) {
			const real *x_ok = x.data + o * axis.length * axis.inner + k;
			out.data[o * axis.inner + k] =
			        largest_of(x_ok, axis.length, axis.inner);
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
