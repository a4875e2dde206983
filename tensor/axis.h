/* axis.h: one dimension of a tensor, and what lies outside and inside of it.
 *
 * A row-major tensor cut at an axis is a block of outer x length x inner numbers: element
 * (o,i,k) lies at data[(o*length + i)*inner + k]. For axis 1 of (2,3,4): outer 2,
 * length 3, inner 4. */
#ifndef TENSOR_AXIS_H
#define TENSOR_AXIS_H

#include "tensor/tensor.h"

typedef struct Axis {
	int index; /* 0..ndim-1 */
	size_t outer, length, inner;
} Axis;

/* Axis `index` of x, a negative one counted from the end. The first stops, in the name of
 * `operation`, if x has no such axis; the second returns false, and `why` in words. */
Axis tensor_axis(Site site, const char *operation, Tensor x, int index);
bool tensor_find_axis(Axis *axis, Tensor x, int index, Error *why);

/* The shape of x without the axis, data NULL. */
Tensor tensor_drop_axis(Tensor x, Axis axis);

/* The same, where `out` is to have the shape of x without it: stops if it has not. */
Axis tensor_axis_dropped(
        Site site, const char *operation, Tensor out, Tensor x, int index);
void tensor_axis_require(
        Site site, const char *operation, Tensor x, Axis axis); /* length > 0 */

#endif
