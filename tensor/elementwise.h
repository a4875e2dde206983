/* elementwise.h: + - * /, element by element, broadcast as in NumPy (broadcast.h).
 *
 * `out` must have exactly the shape of the result. It may be one of the operands, if that
 * has this shape too. Shapes that do not fit stop with a message that names both, the
 * dimension, the rule and a hint. */
#ifndef TENSOR_ELEMENTWISE_H
#define TENSOR_ELEMENTWISE_H

#include "tensor/broadcast.h"

void tensor_add_at(Site site, Tensor out, Tensor a, Tensor b); /* a + b */
void tensor_sub_at(Site site, Tensor out, Tensor a, Tensor b); /* a - b */
void tensor_mul_at(Site site, Tensor out, Tensor a, Tensor b); /* a b */
void tensor_div_at(Site site, Tensor out, Tensor a, Tensor b); /* a / b */
#define tensor_add(...) tensor_add_at(HERE, __VA_ARGS__)
#define tensor_sub(...) tensor_sub_at(HERE, __VA_ARGS__)
#define tensor_mul(...) tensor_mul_at(HERE, __VA_ARGS__)
#define tensor_div(...) tensor_div_at(HERE, __VA_ARGS__)

/* out[i] = a[i] op b[i]. An operation is such a loop over plain arrays, which
 * elementwise_apply runs wherever broadcasting wants it; `operation` is for messages. */
typedef void ElementwiseKernel(real *out, const real *a, const real *b, size_t count);
void elementwise_apply(Site site, const char *operation, ElementwiseKernel *kernel,
        Tensor out, Tensor a, Tensor b);

/* The reverse, which gradients need: out += x, summed over all that broadcasting `out` to
 * the shape of x repeats. Element by element of x in order, or by real_sum (reduce.h)
 * where it is the end of x that was repeated. Stops if `out` does not broadcast to
 * exactly x's shape. */
void tensor_sum_to_at(Site site, Tensor out, Tensor x);
#define tensor_sum_to(...) tensor_sum_to_at(HERE, __VA_ARGS__)

#endif
