/* broadcast.h: which shapes go together, by NumPy's rule.
 *
 * Shapes are aligned at their last dimension. Two sizes fit where they are equal or one
 * of them is 1; a size of 1, and a dimension that only the other operand has, is
 * repeated:
 *
 *     a       (16,128)     (16,128)     (4,1,8)     ()
 *     b          (128)      (16,1)        (3,1)     (2,5)
 *     result  (16,128)     (16,128)     (4,3,8)     (2,5) */
#ifndef TENSOR_BROADCAST_H
#define TENSOR_BROADCAST_H

#include "tensor/tensor.h"

/* The shape of the result, data NULL. The first stops in the name of `operation`; the
 * second returns false, and `why` in words, for those who have better names for a and
 * b. */
Tensor tensor_broadcast_shape(Site site, const char *operation, Tensor a, Tensor b);
bool tensor_broadcast(Tensor *shape, Tensor a, Tensor b, Error *why);

#endif
