/* largest.h: the largest along an axis, an operation as in ops.h. */
#ifndef AUTOGRAD_LARGEST_H
#define AUTOGRAD_LARGEST_H

#include "autograd/tape.h"

/* The axis is dropped, as in op_sum_axis; the gradient goes to the first largest. */
Var *op_max_axis_at(Site site, Tape *tape, Var *x, int axis);
#define op_max_axis(...) op_max_axis_at(HERE, __VA_ARGS__)

#endif
