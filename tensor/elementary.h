/* elementary.h: exp, log, tanh, sigmoid, sin, cos, pow with the same bits everywhere.
 *
 * libm's differ in the last bit from one C library, version and processor to the next.
 * These are straight-line arithmetic: IEEE operations and an explicit fused multiply-add,
 * nothing that a compiler may reorder. The real_ functions have no branch, so that a loop
 * over an array becomes vector instructions, and still every lane gets the bits of the
 * scalar call.
 *
 * All of them: error under 2 units in the last place (measured by the test against long
 * double). Denormals count as zero, arguments and results, as they do in the whole
 * library. NaN gives NaN, always the same one. What is not defined (log of -1) is NaN,
 * what is too large infinity. */
#ifndef TENSOR_ELEMENTARY_H
#define TENSOR_ELEMENTARY_H

#include "tensor/fma.h"
#include "tensor/real.h"

#include <stdint.h>
#include <string.h>

/* As double; rounded to float where they are used as one. */
#define PI    3.14159265358979323846
#define LN_2  0.69314718055994530942
#define LN_10 2.30258509299404568402

double double_exp(double x);
double double_log(double x); /* natural */
double double_sin(double x); /* |x| <= 2^30, beyond it NaN: the angle would be noise */
double double_cos(double x);
double double_pow(
        double x, double y); /* the special cases are those of C, annex F.10.4.4 */
double double_tanh(double x);
double double_sigmoid(double x); /* 1 / (1 + e^-x) */

/* The one that needs no making: IEEE rounds a square root correctly everywhere. */
static inline real real_sqrt(real x)
{
#ifdef REAL_IS_DOUBLE
	return __builtin_sqrt(x);
#else
	return __builtin_sqrtf(x);
#endif
}

#ifdef REAL_IS_DOUBLE

static inline real real_exp(real x)
{
	return double_exp(x);
}

static inline real real_log(real x)
{
	return double_log(x);
}

static inline real real_tanh(real x)
{
	return double_tanh(x);
}

static inline real real_sigmoid(real x)
{
	return double_sigmoid(x);
}

#else

/* How the float functions are made. The argument is brought into a short interval, a
 * polynomial approximates the function there, and the result is put together again. A
 * case that a scalar function would branch on is computed always and chosen at the end by
 * ?:, which a vector loop turns into a blend. The coefficients make the largest relative
 * error as small as it can be (minimax); tests/golden/minimax.py computes them. */

static inline uint32_t float_bits(float x)
{
	uint32_t bits;
	memcpy(&bits, &x, sizeof bits);
	return bits;
}

static inline float float_of_bits(uint32_t bits)
{
	float x;
	memcpy(&x, &bits, sizeof x);
	return x;
}

/* e^x = 2^n e^r with n = x / ln 2 rounded and |r| <= ln 2 / 2. Adding 1.5 * 2^23 leaves
 * no room for a fraction, so the sum rounds to an integer and has n in its lowest bits:
 * the shift puts them where the exponent of e^r is, and an integer addition multiplies by
 * 2^n. ln 2 is subtracted in two parts, since n times its rounding error would be
 * felt. Only for x of which e^x is a normal number; else anything. */
static inline real normal_exp(real x)
{
	const float round = 0x1.8p23f;
	float shifted = real_fma(x, 0x1.715476p0f, round); /* 1 / ln 2 */
	float n = shifted - round;
	float r = real_fma(n, -0x1.62e430p-1f, x);
	r = real_fma(n, 0x1.05c610p-29f, r);

	float q = 0x1.6a524ep-10f; /* (e^r - 1 - r) / r^2 */
	q = real_fma(q, r, 0x1.12396ep-7f);
	q = real_fma(q, r, 0x1.5558aap-5f);
	q = real_fma(q, r, 0x1.555492p-3f);
	q = real_fma(q, r, 0x1.fffffcp-2f);
	float power = real_fma(r * r, q, r) + 1.0f;

	return float_of_bits(float_bits(power) + (float_bits(shifted) << 23));
}

static inline real real_exp(real x)
{
	float y = normal_exp(x);
	y = x > 0x1.62e42ep6f ? __builtin_inff() : y; /* 128 ln 2: beyond the largest */
	y = x < -0x1.5d589ep6f ? 0.0f : y;            /* -126 ln 2: a denormal, or less */
	return x != x ? __builtin_nanf("") : y;
}

/* log x = k ln 2 + log(1 + f) with x = 2^k (1 + f) and 1 + f in [sqrt(1/2), sqrt 2), so
 * that k = 0 around 1 and nothing cancels. Subtracting the bits of sqrt(1/2) leaves k
 * in the exponent field. */
static inline real real_log(real x)
{
	const uint32_t root = 0x3f3504f3u; /* sqrt(1/2) */
	uint32_t bits = float_bits(x) - root + (127u << 23);
	float k = (float)((int32_t)(bits >> 23) - 127);
	float f = float_of_bits((bits & 0x7fffffu) + root) - 1.0f;

	float q = -0x1.38c9dep-4f; /* (log(1 + f) - f + f^2/2) / f^3 */
	q = real_fma(q, f, 0x1.055ec6p-3f);
	q = real_fma(q, f, -0x1.0d8242p-3f);
	q = real_fma(q, f, 0x1.22d92ep-3f);
	q = real_fma(q, f, -0x1.54728ap-3f);
	q = real_fma(q, f, 0x1.99a01cp-3f);
	q = real_fma(q, f, -0x1.000226p-2f);
	q = real_fma(q, f, 0x1.555554p-2f);
	float square = f * f;
	float tail = real_fma(k, -0x1.05c610p-29f, square * f * q);
	float y = real_fma(k, 0x1.62e430p-1f, real_fma(-0.5f, square, tail) + f);

	y = x > 0x1.fffffep127f ? x : y; /* infinity */
	y = x < 0x1p-126f ? -__builtin_inff() : y;
	y = x <= -0x1p-126f ? __builtin_nanf("") : y;
	return x != x ? __builtin_nanf("") : y;
}

/* Near 0 an odd polynomial; else 1 - 2 / (e^2|x| + 1), which cancels little once tanh
 * > 1/2. */
static inline real real_tanh(real x)
{
	float a = __builtin_fabsf(x), square = a * a;
	float q = -0x1.828776p-8f; /* (tanh a - a) / a^3, in a^2 */
	q = real_fma(q, square, 0x1.54c3c2p-6f);
	q = real_fma(q, square, -0x1.b89abap-5f);
	q = real_fma(q, square, 0x1.1109bep-3f);
	q = real_fma(q, square, -0x1.55553ep-2f);
	float small = real_fma(a * square, q, a);
	float most = a < 15.0f ? a : 15.0f; /* from there on it is 1, to the last bit */
	float large = 1.0f - 2.0f / (normal_exp(2.0f * most) + 1.0f);

	float y = __builtin_copysignf(a < 0.6f ? small : large, x);
	return x != x ? __builtin_nanf("") : y;
}

/* 1 / (1 + e^-x), and e^x / (1 + e^x) below 0, so that the power p is never more than 1.
 * What rounding took from the sum 1 + p is exactly `lost`; y is corrected by what the
 * division by the full sum leaves over. */
static inline real real_sigmoid(real x)
{
	float a = __builtin_fabsf(x), p = a > 0x1.5d589ep6f ? 0 : normal_exp(-a);
	float sum = 1.0f + p, lost = p - (sum - 1.0f), inverse = 1.0f / sum;
	float numerator = x < 0 ? p : 1.0f;
	float y = numerator * inverse;
	float rest = real_fma(-y, lost, real_fma(-y, sum, numerator));
	y = real_fma(rest, inverse, y);
	return x != x ? __builtin_nanf("") : y;
}

#endif

#endif
