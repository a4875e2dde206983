/* vector.h: several numbers in one register, and one instruction for all of them.
 *
 * A Vector is as wide as the processor's registers. Where sums are kept a lane each, the
 * number of lanes is part of the result, and it is SIXTEEN, on every machine: SIXTEEN /
 * VECTOR_LANES vectors after each other. What goes lane by lane gives the same bits at
 * any width. */
#ifndef TENSOR_VECTOR_H
#define TENSOR_VECTOR_H

#include "tensor/fma.h"
#include "tensor/real.h"

#include <string.h>

enum { SIXTEEN = 16 };

#if defined(__AVX512F__)
enum { VECTOR_LANES = 64 / (int)sizeof(real) };
#elif defined(__AVX__)
enum { VECTOR_LANES = 32 / (int)sizeof(real) };
#else
enum { VECTOR_LANES = 16 / (int)sizeof(real) };
#endif

typedef real Vector __attribute__((vector_size(VECTOR_LANES * sizeof(real))));

#define VECTOR_INLINE static inline __attribute__((always_inline))

VECTOR_INLINE Vector vector_load(const real *from) /* need not be aligned */
{
	Vector x;
	memcpy(&x, from, sizeof x);
	return x;
}

VECTOR_INLINE void vector_store(real *to, Vector x)
{
	memcpy(to, &x, sizeof x);
}

/* The same number in every lane. Subtracting zero changes no number, -0 included, and is
 * the form that compilers make a single broadcast of. */
VECTOR_INLINE Vector vector_all(real value)
{
	return value - (Vector){ 0 };
}

/* a b + c, rounded once. The compiler makes one instruction of the loop. */
VECTOR_INLINE Vector vector_fma(Vector a, Vector b, Vector c)
{
#ifdef __wasm__
	return fma_wasm_four(a, b, c);
#else
	for (int lane = 0; lane < VECTOR_LANES; lane++)
		c[lane] = real_fma(a[lane], b[lane], c[lane]);
	return c;
#endif
}

#endif
