/* complex.h: complex numbers, VECTOR_LANES of them side by side: what the transforms are
 * written in.
 *
 * A complex row is FFT_LANES real parts, then as many imaginary parts. */
#ifndef AUDIO_SPECTRUM_COMPLEX_H
#define AUDIO_SPECTRUM_COMPLEX_H

#include "audio/spectrum/passes.h"
#include "tensor/vector.h"

enum { COMPLEX_ROW = 2 * FFT_LANES }; /* numbers in a complex row */

typedef struct Complex {
	Vector re, im;
} Complex;

VECTOR_INLINE Complex complex_load(const real *row)
{
	return (Complex){ vector_load(row), vector_load(row + FFT_LANES) };
}

VECTOR_INLINE void complex_store(real *row, Complex a)
{
	vector_store(row, a.re);
	vector_store(row + FFT_LANES, a.im);
}

VECTOR_INLINE Complex complex_add(Complex a, Complex b)
{
	return (Complex){ a.re + b.re, a.im + b.im };
}

VECTOR_INLINE Complex complex_sub(Complex a, Complex b)
{
	return (Complex){ a.re - b.re, a.im - b.im };
}

/* -i a: a quarter turn clockwise */
VECTOR_INLINE Complex complex_turn(Complex a)
{
	return (Complex){ a.im, -a.re };
}

/* f a */
VECTOR_INLINE Complex complex_scale(real f, Complex a)
{
	Vector factor = vector_all(f);
	return (Complex){ factor * a.re, factor * a.im };
}

/* a + f b */
VECTOR_INLINE Complex complex_add_scaled(Complex a, real f, Complex b)
{
	Vector factor = vector_all(f);
	return (Complex){ vector_fma(factor, b.re, a.re),
		vector_fma(factor, b.im, a.im) };
}

/* a w, with one w = w[0] + i w[1] for all lanes */
VECTOR_INLINE Complex complex_mul(Complex a, const real *w)
{
	Vector re = vector_all(w[0]), im = vector_all(w[1]);
	return (Complex){ vector_fma(a.re, re, -(a.im * im)),
		vector_fma(a.re, im, a.im * re) };
}

#endif
