/* largest.h: the largest number, and where it stands.
 *
 * Of several largest the first counts. A NaN is not lost: tensor_max gives it, as NumPy
 * does. But tensor_argmax never chooses a NaN, as long as there is a number (else it
 * gives the first element). All stop where there are no elements to choose from. */
#ifndef TENSOR_LARGEST_H
#define TENSOR_LARGEST_H

#include "tensor/tensor.h"

real tensor_max_at(Site site, Tensor x);
int tensor_argmax_at(Site site, Tensor x); /* into the flat data */
#define tensor_max(...)    tensor_max_at(HERE, __VA_ARGS__)
#define tensor_argmax(...) tensor_argmax_at(HERE, __VA_ARGS__)

/* Over one axis, as in reduce.h. `position` gets one place along the axis for each number
 * of the result. */
void tensor_max_axis_at(Site site, Tensor out, Tensor x, int axis);
void tensor_argmax_axis_at(Site site, int position[], Tensor x, int axis);
#define tensor_max_axis(...)    tensor_max_axis_at(HERE, __VA_ARGS__)
#define tensor_argmax_axis(...) tensor_argmax_axis_at(HERE, __VA_ARGS__)

#endif
