/* half.h: numbers of 16 and 32 bits, which files of weights hold, as floats. Exact. */
#ifndef TENSOR_HALF_H
#define TENSOR_HALF_H

#include "tensor/real.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline float float_from_bits(uint32_t bits)
{
	float x;
	memcpy(&x, &bits, sizeof x);
	return x;
}

static inline uint32_t half_bits(const unsigned char *bytes) /* little-endian */
{
	return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8;
}

/* F16: 1 bit sign, 5 bits exponent (bias 15; a float's is 127), 10 bits fraction. Where
 * the exponent is 0, the number is fraction / 2^24: 1/2 with that in its last bits, less
 * 1/2. So no float on the way is a denormal, which the processor may take for 0. */
static inline float float_of_f16(const unsigned char *bytes)
{
#if defined(__F16C__) && defined(__FLT16_MAX__) /* one instruction does it */
	_Float16 x;
	memcpy(&x, bytes, sizeof x);
	return (float)x;
#else
	uint32_t half = half_bits(bytes), sign = (half & 0x8000) << 16;
	uint32_t rest = half & 0x7fff, fraction = half & 0x03ff;
	uint32_t bits = (rest << 13) + ((uint32_t)(127 - 15) << 23);
	if (rest >= 0x7c00) /* infinite, or NaN */
		return float_from_bits(sign | 0x7f800000u | fraction << 13);
	if (rest < 0x0400) {
		float small = float_from_bits(0x3f000000u | fraction) - 0.5f;
		return sign ? -small : small;
	}
	return float_from_bits(sign | bits);
#endif
}

/* BF16 is the upper half of a float. */
static inline float float_of_bf16(const unsigned char *bytes)
{
	return float_from_bits(half_bits(bytes) << 16);
}

/* `count` of them, wherever they lie. */
void reals_of_f32(real *out, const unsigned char *bytes, size_t count);
void reals_of_f16(real *out, const unsigned char *bytes, size_t count);
void reals_of_bf16(real *out, const unsigned char *bytes, size_t count);

#endif
