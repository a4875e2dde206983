/* The double functions. Speed is not asked of them (random numbers, mel scales, gradient
 * checks), so they are short instead: Taylor series and continued fractions, whose
 * coefficients everybody can check, after the argument has been reduced to where they
 * converge fast.
 *
 *     e^x    = 2^n e^r                   n = x / ln 2 rounded, |r| <= ln 2 / 2
 *     log x  = k ln 2 + 2 atanh s        x = 2^k m, s = (m-1) / (m+1), |s| < 0.172
 *     x^y    = e^(y log x)
 *     sin x  = +-sin r or +-cos r        n = x / (pi/2) rounded, r = x - n pi/2
 *     tanh x = x / (1 + x^2 / (3 + x^2 / (5 + ...)))              (Lambert 1761)
 *
 * Where one double is not enough, a number is kept as the unevaluated sum of two (Dekker,
 * "A floating-point technique for extending the available precision", 1971): x^y
 * multiplies the error of log x by y log x, up to 709, and near a multiple of pi all
 * leading digits of r cancel. */
#include "tensor/elementary.h"

#include <stdbool.h>

typedef struct Pair { /* the number high + low, |low| at most half a unit of high */
	double high, low;
} Pair;

static const double ln_2 = 0x1.62e42fefa39efp-1, ln_2_low = 0x1.abc9e3b39803fp-56;
static const double half_pi = 0x1.921fb54442d18p+0, half_pi_low = 0x1.1a62633145c07p-54,
                    half_pi_lowest = -0x1.f1976b7ed8fbcp-110;
static const double smallest = 0x1p-1022; /* of those that are not denormal */

static double not_a_number(void)
{
	return __builtin_nan("");
}

static double infinity(void)
{
	return __builtin_inf();
}

/* a + b without error (Knuth) */
static Pair sum(double a, double b)
{
	double high = a + b, b_part = high - a;
	return (Pair){ high, (a - (high - b_part)) + (b - b_part) };
}

/* a b without error */
static Pair product(double a, double b)
{
	double high = a * b;
	return (Pair){ high, __builtin_fma(a, b, -high) };
}

static Pair pair_add(Pair a, Pair b)
{
	Pair high = sum(a.high, b.high);
	return sum(high.high, high.low + (a.low + b.low));
}

static Pair pair_multiply(Pair a, Pair b)
{
	Pair high = product(a.high, b.high);
	return sum(high.high, high.low + (a.high * b.low + a.low * b.high));
}

/* 2^n, n from -1022 to 1023: the exponent field alone */
static double power_of_2(int n)
{
	uint64_t bits = (uint64_t)(n + 1023) << 52;
	double x;
	memcpy(&x, &bits, sizeof x);
	return x;
}

/* c[0] + c[1] x + c[2] x^2 + ... (Horner) */
static double polynomial(double x, int count, const double c[])
{
	double y = c[count - 1];
	for (int i = count - 2; i >= 0; i--)
		y = c[i] + x * y;
	return y;
}

/* e^x for |x| < 1000. 2^n is applied in two halves, each of which is a normal number. */
static double pair_exp(Pair x)
{
	static const double tail[] = { /* (e^r - 1 - r) / r^2: 1/k! from k = 2 */
		1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320,
		1.0 / 362880, 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600,
		1.0 / 6227020800, 1.0 / 87178291200
	};
	double n = __builtin_rint(x.high * 0x1.71547652b82fep+0); /* 1 / ln 2 */
	Pair r = sum(__builtin_fma(-n, ln_2, x.high), x.low - n * ln_2_low);
	double power =
	        1 + (r.high + (r.low + r.high * r.high * polynomial(r.high, 13, tail)));

	int half = (int)n / 2;
	double y = power * power_of_2(half) * power_of_2((int)n - half);
	return y < smallest ? 0 : y;
}

double double_exp(double x)
{
	if (x != x)
		return not_a_number();
	if (x > 710)
		return infinity();
	if (x < -709)
		return 0;
	return pair_exp((Pair){ x, 0 });
}

/* log x for a finite x >= `smallest`, to about 80 bits. */
static Pair pair_log(double x)
{
	static const double tail[] = { /* (atanh(s) / s - 1 - s^2/3) / s^4, in s^2 */
		1.0 / 5, 1.0 / 7, 1.0 / 9, 1.0 / 11, 1.0 / 13, 1.0 / 15, 1.0 / 17,
		1.0 / 19, 1.0 / 21, 1.0 / 23, 1.0 / 25
	};
	static const Pair third = { 0x1.5555555555555p-2, 0x1.5555555555555p-56 };
	/* Subtracting the bits of sqrt(1/2) leaves k in the exponent field. */
	const uint64_t root = 0x3fe6a09e667f3bcdu;
	uint64_t bits;
	memcpy(&bits, &x, sizeof bits);
	bits = bits - root + ((uint64_t)1023 << 52);
	double k = (double)((int)(bits >> 52) - 1023);
	bits = (bits & 0xfffffffffffffu) + root;
	double m;
	memcpy(&m, &bits, sizeof m);

	Pair below = sum(m, 1); /* s = (m-1) / (m+1), and what the division leaves over */
	double quotient = (m - 1) / below.high;
	double rest = __builtin_fma(-quotient, below.high, m - 1) - quotient * below.low;
	Pair s = { quotient, rest / below.high };

	Pair square = pair_multiply(s, s);
	double fifth = square.high * polynomial(square.high, 11, tail);
	Pair series = pair_add(third, (Pair){ fifth, 0 });
	Pair atanh = pair_add(s, pair_multiply(pair_multiply(s, square), series));

	Pair k_ln_2 = product(k, ln_2);
	k_ln_2.low += k * ln_2_low;
	return pair_add(k_ln_2, (Pair){ 2 * atanh.high, 2 * atanh.low });
}

double double_log(double x)
{
	if (x != x || x <= -smallest)
		return not_a_number();
	if (x < smallest)
		return -infinity();
	if (x == infinity())
		return x;
	return pair_log(x).high;
}

static double pow_of_positive(double x, double y)
{
	if (x == 1)
		return 1;
	if (__builtin_isinf(y))
		return (x > 1) == (y > 0) ? infinity() : 0;
	if (x < smallest || __builtin_isinf(x))
		return (x > 1) == (y > 0) ? infinity() : 0;
	Pair log_x = pair_log(x);
	double guess = y * log_x.high;
	if (guess > 710)
		return infinity();
	if (guess < -709)
		return 0;
	Pair power = product(y, log_x.high);
	power.low += y * log_x.low;
	return pair_exp(power);
}

double double_pow(double x, double y)
{
	if (x == 1 || y == 0)
		return 1;
	if (x != x || y != y)
		return not_a_number();
	bool negative = __builtin_signbit(x);
	if (!negative)
		return pow_of_positive(x, y);
	bool whole = y == __builtin_floor(y);
	bool odd = whole && y / 2 != __builtin_floor(y / 2);
	if (!whole && x <= -smallest && !__builtin_isinf(x))
		return not_a_number();
	double size = pow_of_positive(-x, y);
	return odd ? -size : size;
}

/* r in about [-pi/4, pi/4] with x = r + quadrant pi/2 (mod 2 pi). The first subtraction
 * is exact: both numbers are multiples of 2^-53, and so is the small difference. */
static Pair reduce_angle(double x, int *quadrant)
{
	double n = __builtin_rint(x * 0x1.45f306dc9c883p-1); /* 2 / pi */
	*quadrant = (int)n & 3;
	Pair r = { __builtin_fma(-n, half_pi, x), -n * half_pi_lowest };
	Pair second = product(-n, half_pi_low);
	return pair_add(r, second);
}

/* sin(high + low) = sin high + low cos high, up to low^2 */
static double sin_near_0(Pair r)
{
	static const double series[] = { -1.0 / 6, 1.0 / 120, -1.0 / 5040, 1.0 / 362880,
		-1.0 / 39916800, 1.0 / 6227020800, -1.0 / 1307674368000,
		1.0 / 355687428096000 };
	double square = r.high * r.high;
	double tail = r.high * square * polynomial(square, 8, series);
	return r.high + (tail + r.low * (1 - square / 2));
}

/* 1 - x^2/2 is rounded; what is lost is put back with the small terms. */
static double cos_near_0(Pair r)
{
	static const double series[] = { 1.0 / 24, -1.0 / 720, 1.0 / 40320,
		-1.0 / 3628800, 1.0 / 479001600, -1.0 / 87178291200,
		1.0 / 20922789888000 };
	double square = r.high * r.high, half = square / 2;
	double head = 1 - half;
	double tail = square * square * polynomial(square, 7, series);
	return head + ((1 - head - half) + (tail - r.high * r.low));
}

/* sin(x + shift pi/2) */
static double sin_shifted(double x, int shift)
{
	const double limit = 0x1p30;
	if (!(__builtin_fabs(x) <= limit))
		return not_a_number();
	int quadrant;
	Pair r = reduce_angle(x, &quadrant);
	quadrant = (quadrant + shift) & 3;
	double y = quadrant & 1 ? cos_near_0(r) : sin_near_0(r);
	return quadrant & 2 ? -y : y;
}

double double_sin(double x)
{
	return x == 0 ? x : sin_shifted(x, 0);
}

double double_cos(double x)
{
	return sin_shifted(x, 1);
}

double double_tanh(double x)
{
	if (x != x)
		return not_a_number();
	double a = __builtin_fabs(x);
	if (a > 0.6)
		return __builtin_copysign(1 - 2 / (double_exp(2 * a) + 1), x);
	double square = a * a, fraction = 19;
	for (int odd = 17; odd >= 3; odd -= 2)
		fraction = odd + square / fraction;
	/* a / (1 + square / fraction), written as a small correction to a */
	return __builtin_copysign(a - a * (square / (fraction + square)), x);
}

/* As real_sigmoid, where it is explained. */
double double_sigmoid(double x)
{
	if (x != x)
		return not_a_number();
	double p = double_exp(-__builtin_fabs(x));
	double total = 1 + p, lost = p - (total - 1), inverse = 1 / total;
	double numerator = x < 0 ? p : 1;
	double y = numerator * inverse;
	double rest = __builtin_fma(-y, total, numerator) - y * lost;
	return y + rest * inverse;
}
