/* reduce.h: sums, means, softmax.
 *
 * The order of every sum is fixed and part of the contract: numbers that lie side by side
 * are summed by real_sum, numbers that lie apart are added one after the other. So the
 * bits depend neither on the machine's vector width nor on the number of threads.
 *
 * An axis counts from 0, a negative one from the end (-1 is the last); the result is the
 * shape of x without it. `out` must have that shape, and must not overlap x. NaN in,
 * NaN out. */
#ifndef TENSOR_REDUCE_H
#define TENSOR_REDUCE_H

#include "tensor/tensor.h"

/* The one sum of contiguous numbers: number i goes to lane i modulo 16, and the lanes are
 * then added pairwise, 8 apart, 4 apart, 2, 1. Zeros at the end change nothing. 0 for
 * no numbers. */
real real_sum(const real *x, size_t count);
real real_dot(const real *x, const real *y, size_t count); /* of x_i y_i, in that order */
/* The largest of one number or more; a NaN loses against every number. */
real real_largest(const real *x, size_t count);

/* Whether none of them is infinite or NaN. */
bool real_finite(const real *x, size_t count);
bool tensor_finite(Tensor x);

/* Over everything. The mean stops where x has no elements. */
real tensor_sum(Tensor x);
real tensor_mean_at(Site site, Tensor x);
#define tensor_mean(...) tensor_mean_at(HERE, __VA_ARGS__)

/* Over one axis. */
void tensor_sum_axis_at(Site site, Tensor out, Tensor x, int axis);
void tensor_mean_axis_at(Site site, Tensor out, Tensor x, int axis);
#define tensor_sum_axis(...)  tensor_sum_axis_at(HERE, __VA_ARGS__)
#define tensor_mean_axis(...) tensor_mean_axis_at(HERE, __VA_ARGS__)

/* Over the last axis (x has at least one), each row by itself:
 *     softmax      e^x_i / sum_j e^x_j      log-softmax  x_i - log sum_j e^x_j
 * The largest is subtracted first, so nothing overflows. -inf is a number that does not
 * count (probability 0); a row of nothing else is NaN. Both may work in place: out and x
 * the same. */
void tensor_softmax_at(Site site, Tensor out, Tensor x);
void tensor_log_softmax_at(Site site, Tensor out, Tensor x);
#define tensor_softmax(...)     tensor_softmax_at(HERE, __VA_ARGS__)
#define tensor_log_softmax(...) tensor_log_softmax_at(HERE, __VA_ARGS__)

#endif
