/* axis.h: one dimension of a tensor, and what lies outside and inside of it.
 *
 * A row-major tensor cut at an axis is a block of outer x length x inner numbers: element (o,i,k)
 * lies at data[(o*length + i)*inner + k]. For axis 1 of (2,3,4): outer 2, length 3, inner 4. */
#ifndef AUTOGRAD_AXIS_H
#define AUTOGRAD_AXIS_H

#include "autograd/tape.h"

typedef struct Axis {
	int index; /* 0..ndim-1 */
	size_t outer, length, inner;
} Axis;

/* Axis `index` of x, a negative one counted from the end. Stops, in the name of `operation`, if x
 * has no such axis. */
Axis axis_of(Site site, const Tape *tape, const char *operation, const Var *x, int index);

#endif
