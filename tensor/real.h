/* real.h: the number that everything is computed in: float, or double where gradients are
 * checked against finite differences (-DREAL_IS_DOUBLE). Write constants as (real)0.5, so
 * that both builds compile without a warning. */
#ifndef TENSOR_REAL_H
#define TENSOR_REAL_H

#ifdef REAL_IS_DOUBLE
typedef double real;
#else
typedef float real;
#endif

#endif
