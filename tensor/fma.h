/* fma.h: a*b + c, rounded once. Written out wherever it is wanted: the build forbids the
 * compiler to fuse or not to fuse by itself (-ffp-contract=off), so the bits do not
 * depend on it. */
#ifndef TENSOR_FMA_H
#define TENSOR_FMA_H

#include "tensor/real.h"

#ifdef __wasm__
#include "tensor/fma_wasm.h" /* it has no such instruction for all machines */
#endif

static inline real real_fma(real a, real b, real c)
{
#ifdef REAL_IS_DOUBLE
	return __builtin_fma(a, b, c);
#elif defined(__wasm__)
	return fma_wasm(a, b, c);
#else
	return __builtin_fmaf(a, b, c);
#endif
}

#endif
