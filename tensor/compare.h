/* compare.h: = != < <= > >=, element by element, broadcast as elementwise.h does. */
#ifndef TENSOR_COMPARE_H
#define TENSOR_COMPARE_H

#include "tensor/tensor.h"

/* 1 where it holds, else 0. A NaN is unequal to everything and neither less nor
 * greater. */
void tensor_equal_at(Site site, Tensor out, Tensor a, Tensor b);
void tensor_not_equal_at(Site site, Tensor out, Tensor a, Tensor b);
void tensor_less_at(Site site, Tensor out, Tensor a, Tensor b);
void tensor_less_equal_at(Site site, Tensor out, Tensor a, Tensor b);
void tensor_greater_at(Site site, Tensor out, Tensor a, Tensor b);
void tensor_greater_equal_at(Site site, Tensor out, Tensor a, Tensor b);
#define tensor_equal(...)         tensor_equal_at(HERE, __VA_ARGS__)
#define tensor_not_equal(...)     tensor_not_equal_at(HERE, __VA_ARGS__)
#define tensor_less(...)          tensor_less_at(HERE, __VA_ARGS__)
#define tensor_less_equal(...)    tensor_less_equal_at(HERE, __VA_ARGS__)
#define tensor_greater(...)       tensor_greater_at(HERE, __VA_ARGS__)
#define tensor_greater_equal(...) tensor_greater_equal_at(HERE, __VA_ARGS__)

#endif
