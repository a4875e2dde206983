/* erf.h: the error function, made as elementary.h makes the others, with its promises. */
#ifndef TENSOR_ERF_H
#define TENSOR_ERF_H

#include "tensor/elementary.h"

double double_erf(double x);

#ifdef REAL_IS_DOUBLE

static inline real real_erf(real x)
{
	return double_erf(x);
}

#else

/* Near 0 an odd polynomial; else 1 - erfc, with a polynomial for log erfc. Beyond 4,
 * 1. */
static inline real real_erf(real x)
{
	float a = __builtin_fabsf(x), square = a * a;
	float q = 0x1.4fa924p-14f; /* erf a / a - 1, in a^2 */
	q = real_fma(q, square, -0x1.a61810p-11f);
	q = real_fma(q, square, 0x1.544b08p-8f);
	q = real_fma(q, square, -0x1.b80124p-6f);
	q = real_fma(q, square, 0x1.ce2d64p-4f);
	q = real_fma(q, square, -0x1.812740p-2f);
	q = real_fma(q, square, 0x1.06eba8p-3f);
	float small = real_fma(a, q, a);

	float p = 0x1.9fb45ap-13f; /* log(1 - erf a) */
	p = real_fma(p, a, -0x1.91cd74p-9f);
	p = real_fma(p, a, 0x1.6d9cf6p-6f);
	p = real_fma(p, a, -0x1.aa7326p-4f);
	p = real_fma(p, a, -0x1.4621bap-1f);
	p = real_fma(p, a, -0x1.20b752p0f);
	p = real_fma(p, a, -0x1.5d10f8p-13f);
	float large = a < 4.0f ? 1.0f - real_exp(p) : 1.0f;

	float y = __builtin_copysignf(a < 0.92f ? small : large, x);
	return x != x ? __builtin_nanf("") : y;
}

#endif

#endif
