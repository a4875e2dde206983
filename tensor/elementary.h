/* elementary.h: exp, log, tanh, sigmoid, erf, sin, cos, pow with the same bits everywhere.
 *
 * libm's differ in the last bit from one C library, version and processor to the next. These are
 * straight-line arithmetic: IEEE operations and an explicit fused multiply-add, nothing that a
 * compiler may reorder. The real_ functions have no branch, so that a loop over an array becomes
 * vector instructions, and still every lane gets the bits of the scalar call. */
#ifndef TENSOR_ELEMENTARY_H
#define TENSOR_ELEMENTARY_H

#include "tensor/real.h"

double double_exp(double x);
double double_log(double x);
double double_sin(double x);
double double_cos(double x);
double double_pow(double x, double y);

#endif
