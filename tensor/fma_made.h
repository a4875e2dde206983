/* fma_made.h: a b + c of floats, rounded once, on machines that have no instruction for
 * it, such as WebAssembly (fma_wasm.h takes it there). The same bits as fmaf, in
 * rounding to nearest: tests/tensor/test_fma.c, and `make proof`.
 *
 * The product of two floats, 24 bits each, is exact in the 53 bits of a double. Adding c
 * rounds to a double, and the result is then rounded again, to a float. Two roundings
 * differ from one only where the first makes a tie of what was none: where the 29 bits
 * that a float has not are 1000...0. Floats up to FLT_MIN end at another bit, and are all
 * suspected, but 0: such a sum has few enough bits to be exact.
 *
 * For the suspects the sum is rounded to odd: where it is not exact, to that one of its
 * two neighbours whose last bit is 1. That is never a tie, so the second rounding is right
 * (Boldo & Melquiond, Emulation of a FMA and correctly rounded sums: proved algorithms
 * using rounding to odd, IEEE Transactions on Computers 57(4), 2008). */
#ifndef TENSOR_FMA_MADE_H
#define TENSOR_FMA_MADE_H

#include <stdint.h>
#include <string.h>

/* A tie of a double that becomes a float: its last 32 bits but the three first. */
enum { FMA_REST = 0x1fffffff, FMA_TIE = 0x10000000, FMA_LITTLE = 0x00800000 };

/* x + y, rounded to odd. The error of the sum is exact (Knuth, volume 2, 4.2.2). */
static inline double fma_sum_to_odd(double x, double y)
{
	double sum = x + y, part = sum - x;
	double error = (x - (sum - part)) + (y - part);
	int64_t bits;
	memcpy(&bits, &sum, sizeof bits);
	if ((error > 0 || error < 0) && !(bits & 1))
		bits += (error > 0) == (sum > 0) ? 1 : -1;
	memcpy(&sum, &bits, sizeof sum);
	return sum;
}

static inline float fma_made(float a, float b, float c)
{
	double product = (double)a * (double)b, sum = product + (double)c;
	float result = (float)sum;
	uint64_t long_bits;
	uint32_t bits;
	memcpy(&long_bits, &sum, sizeof long_bits);
	memcpy(&bits, &result, sizeof bits);
	if ((long_bits & FMA_REST) == FMA_TIE || (bits & 0x7fffffff) - 1 < FMA_LITTLE)
		return (float)fma_sum_to_odd(product, (double)c);
	return result;
}

/* Four at a time. Among random numbers a suspect is met once in a hundred million. */
typedef float FmaFour __attribute__((vector_size(16)));
typedef uint32_t FmaBits __attribute__((vector_size(16)));
typedef double FmaWide __attribute__((vector_size(32)));
typedef uint64_t FmaWideBits __attribute__((vector_size(32)));

static __attribute__((noinline, unused)) FmaFour fma_each(FmaFour a, FmaFour b, FmaFour c)
{
	for (int lane = 0; lane < 4; lane++)
		c[lane] = fma_made(a[lane], b[lane], c[lane]);
	return c;
}

/* Doubles to floats, and whether any bit is set: of each an instruction for four. */
#ifdef __wasm_simd128__
typedef double FmaTwo __attribute__((vector_size(16)));
typedef int64_t FmaWideHalf __attribute__((vector_size(16)));
typedef signed char FmaBytes __attribute__((vector_size(16)));

/* Two doubles as the first two of four floats. clang 14 forgets the instruction where it
 * knows what follows. */
static inline FmaWideHalf fma_demote(FmaTwo x)
{
	FmaWideHalf narrow;
	__asm__("local.get %1\n\tf32x4.demote_zero_f64x2\n\tlocal.set %0"
	        : "=r"(narrow)
	        : "r"(x));
	return narrow;
}

#define FMA_NARROW(sum)                                                                  \
	(FmaFour) __builtin_shufflevector(                                               \
	        fma_demote(__builtin_shufflevector(sum, sum, 0, 1)),                     \
	        fma_demote(__builtin_shufflevector(sum, sum, 2, 3)), 0, 2)
#define FMA_ANY(mask) __builtin_wasm_any_true_v128((FmaBytes)(mask))
#else
#define FMA_NARROW(sum) __builtin_convertvector(sum, FmaFour)
#define FMA_ANY(mask)   ((mask)[0] | (mask)[1] | (mask)[2] | (mask)[3])
#endif

static inline __attribute__((always_inline)) FmaFour fma_made_four(
        FmaFour a, FmaFour b, FmaFour c)
{
	FmaWide product =
	        __builtin_convertvector(a, FmaWide) * __builtin_convertvector(b, FmaWide);
	FmaWide sum = product + __builtin_convertvector(c, FmaWide);
	FmaFour result = FMA_NARROW(sum);
	FmaBits rest = __builtin_convertvector((FmaWideBits)sum, FmaBits) & FMA_REST;
	FmaBits size = ((FmaBits)result & 0x7fffffff) - 1;
	FmaBits suspect = (FmaBits)(rest == FMA_TIE) | (FmaBits)(size < FMA_LITTLE);
	if (FMA_ANY(suspect))
		return fma_each(a, b, c);
	return result;
}

#endif
