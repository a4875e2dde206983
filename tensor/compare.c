/* The comparisons of NumPy, as kernels of elementwise.h; > and >= are < and <= with the
 * operands exchanged. */
#include "tensor/compare.h"
#include "tensor/elementwise.h"

static void equal(real *out, const real *a, const real *b, size_t count)
{
	for (size_t i = 0; i < count; i++)
		out[i] = a[i] == b[i] ? 1 : 0;
}

void tensor_equal_at(Site site, Tensor out, Tensor a, Tensor b)
{
	elementwise_apply(site, "tensor_equal", equal, out, a, b);
}

static void not_equal(real *out, const real *a, const real *b, size_t count)
{
	for (size_t i = 0; i < count; i++)
		out[i] = a[i] != b[i] ? 1 : 0;
}

void tensor_not_equal_at(Site site, Tensor out, Tensor a, Tensor b)
{
	elementwise_apply(site, "tensor_not_equal", not_equal, out, a, b);
}

static void less(real *out, const real *a, const real *b, size_t count)
{
	for (size_t i = 0; i < count; i++)
		out[i] = a[i] < b[i] ? 1 : 0;
}

void tensor_less_at(Site site, Tensor out, Tensor a, Tensor b)
{
	elementwise_apply(site, "tensor_less", less, out, a, b);
}

static void less_equal(real *out, const real *a, const real *b, size_t count)
{
	for (size_t i = 0; i < count; i++)
		out[i] = a[i] <= b[i] ? 1 : 0;
}

void tensor_less_equal_at(Site site, Tensor out, Tensor a, Tensor b)
{
	elementwise_apply(site, "tensor_less_equal", less_equal, out, a, b);
}

void tensor_greater_at(Site site, Tensor out, Tensor a, Tensor b)
{
	elementwise_apply(site, "tensor_greater", less, out, b, a);
}

void tensor_greater_equal_at(Site site, Tensor out, Tensor a, Tensor b)
{
	elementwise_apply(site, "tensor_greater_equal", less_equal, out, b, a);
}
