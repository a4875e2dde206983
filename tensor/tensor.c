/* A Tensor is a shape over memory of somebody else. Whoever makes one checks the shape,
 * once; afterwards no product of its sizes can overflow. */
#include "tensor/tensor.h"

#include <limits.h>
#include <string.h>

/* The shape is checked before any size is multiplied, so that nothing can overflow. */
Tensor tensor_view_at(Site site, real *data, int ndim, const int shape[])
{
	if (ndim < 0 || ndim > TENSOR_MAX_DIMS)
		error_stop(site, "tensor_view", "%d dimensions: a tensor has 0 to %d",
		        ndim, TENSOR_MAX_DIMS);
	Tensor x = { .ndim = ndim, .data = data };
	for (int d = 0; d < ndim; d++)
		x.shape[d] = shape[d];
	size_t count = 1;
	for (int d = 0; d < ndim; d++) {
		if (shape[d] < 0)
			error_stop(site, "tensor_view",
			        "shape %s: dimension %d is negative",
			        tensor_shape_text(x).text, d);
		if (shape[d] && count > (size_t)INT_MAX / (size_t)shape[d])
			error_stop(site, "tensor_view",
			        "shape %s has more than %d elements. Hint: a smaller batch, or shorter sequences.",
			        tensor_shape_text(x).text, INT_MAX);
		count *= (size_t)shape[d];
	}
	return x;
}

Tensor tensor_new_at(Site site, Arena *arena, int ndim, const int shape[])
{
	Tensor x = tensor_view_at(site, NULL, ndim, shape);
	x.data = arena_alloc(arena, tensor_count(x) * sizeof(real));
	return x;
}

Tensor tensor_zeros_at(Site site, Arena *arena, int ndim, const int shape[])
{
	Tensor x = tensor_view_at(site, NULL, ndim, shape);
	x.data = arena_zeros(arena, tensor_count(x) * sizeof(real));
	return x;
}

Tensor tensor_full_at(Site site, Arena *arena, real value, int ndim, const int shape[])
{
	Tensor x = tensor_new_at(site, arena, ndim, shape);
	tensor_fill(x, value);
	return x;
}

Tensor tensor_from_at(Site site, Arena *arena, const real *numbers, size_t count,
        int ndim, const int shape[])
{
	Tensor x = tensor_new_at(site, arena, ndim, shape);
	if (tensor_count(x) != count)
		error_stop(site, "tensor_from",
		        "%zu numbers do not fill a tensor of shape %s", count,
		        tensor_shape_text(x).text);
	if (count) /* C forbids a NULL even where nothing is copied */
		memcpy(x.data, numbers, count * sizeof(real));
	return x;
}

Tensor tensor_clone(Arena *arena, Tensor x)
{
	Tensor copy = x;
	copy.data = arena_copy(arena, x.data, tensor_count(x) * sizeof(real));
	return copy;
}

Tensor tensor_like(Arena *arena, Tensor x)
{
	x.data = arena_alloc(arena, tensor_count(x) * sizeof(real));
	return x;
}

bool tensor_find_reshape(Tensor *view, Tensor x, int ndim, const int shape[], Error *why)
{
	if (ndim < 0 || ndim > TENSOR_MAX_DIMS)
		return error_set(why, "%d dimensions: a tensor has 0 to %d", ndim,
		        TENSOR_MAX_DIMS);
	Tensor asked = { .ndim = ndim, .data = x.data };
	size_t known = 1, count = tensor_count(x);
	int unknown = -1;
	bool fills = true;
	for (int d = 0; d < ndim; d++) {
		asked.shape[d] = shape[d];
		if (shape[d] >= 0 && known <= INT_MAX) /* beyond that it cannot fit */
			known *= (size_t)shape[d];
		else
			fills &= shape[d] == -1 && unknown < 0;
		if (shape[d] == -1)
			unknown = d;
	}
	fills &= unknown < 0 ? known == count : known && count % known == 0;
	if (!fills)
		return error_set(why,
		        "%zu numbers do not fill %s. Hint: a reshape keeps their number; one dimension may be -1, whatever is left.",
		        count, tensor_shape_text(asked).text);
	if (unknown >= 0)
		asked.shape[unknown] = (int)(count / known);
	*view = asked;
	return true;
}

Tensor tensor_reshape_at(Site site, Tensor x, int ndim, const int shape[])
{
	Tensor view;
	Error why;
	if (!tensor_find_reshape(&view, x, ndim, shape, &why))
		error_stop(site, "tensor_reshape", "shape %s: %s",
		        tensor_shape_text(x).text, why.text);
	return view;
}

Tensor tensor_slice_at(Site site, Tensor x, int begin, int end)
{
	if (x.ndim < 1)
		error_stop(site, "tensor_slice", "a scalar has no rows to slice");
	if (begin < 0 || end < begin || end > x.shape[0])
		error_stop(site, "tensor_slice",
		        "rows %d to %d of shape %s: expected 0 <= begin <= end <= %d",
		        begin, end, tensor_shape_text(x).text, x.shape[0]);
	size_t row = x.shape[0] ? tensor_count(x) / (size_t)x.shape[0] : 0;
	x.data += (size_t)begin * row;
	x.shape[0] = end - begin;
	return x;
}

Tensor tensor_row_at(Site site, Tensor x, int i)
{
	if (x.ndim < 1)
		error_stop(site, "tensor_row", "a scalar has no rows");
	if (i < 0 || i >= x.shape[0])
		error_stop(site, "tensor_row",
		        "row %d of shape %s: expected 0 <= row < %d", i,
		        tensor_shape_text(x).text, x.shape[0]);
	Tensor row = { .ndim = x.ndim - 1 };
	memcpy(row.shape, x.shape + 1, sizeof(int) * (size_t)row.ndim);
	row.data = x.data + (size_t)i * tensor_count(row);
	return row;
}

void tensor_fill(Tensor x, real value)
{
	size_t count = tensor_count(x);
	for (size_t i = 0; i < count; i++)
		x.data[i] = value;
}

void tensor_copy_at(Site site, Tensor out, Tensor x)
{
	if (!tensor_same_shape(out, x))
		error_stop(site, "tensor_copy", "shape %s does not fit into shape %s",
		        tensor_shape_text(x).text, tensor_shape_text(out).text);
	if (tensor_count(x))
		memmove(out.data, x.data, tensor_count(x) * sizeof(real));
}

ShapeText tensor_shape_text(Tensor x)
{
	ShapeText shape;
	int used = snprintf(shape.text, sizeof shape.text, "(");
	for (int d = 0; d < x.ndim && d < TENSOR_MAX_DIMS; d++)
		used += snprintf(shape.text + used, sizeof shape.text - (size_t)used,
		        "%s%d", d ? "," : "", x.shape[d]);
	snprintf(shape.text + used, sizeof shape.text - (size_t)used, ")");
	return shape;
}

ShapeText tensor_index_text(Tensor x, size_t i)
{
	ShapeText index = { "" };
	int used = 0;
	size_t inner = tensor_count(x);
	for (int d = 0; d < x.ndim; d++) {
		size_t size = (size_t)x.shape[d];
		inner /= size;
		used += snprintf(index.text + used, sizeof index.text - (size_t)used,
		        "%s%zu%s", d ? "," : "[", i / inner % size,
		        d + 1 == x.ndim ? "]" : "");
	}
	return index;
}
