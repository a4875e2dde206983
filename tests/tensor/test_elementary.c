#include "tensor/elementary.h"
#include "tensor/erf.h"
#include "tests/support/harness.h"

#include <float.h>
#include <math.h>
#include <stdint.h>

/* The error of `actual` in units of the last place of a number with `digits` bits. */
static double units(double actual, long double expected, int digits)
{
	int exponent;
	frexpl(expected, &exponent);
	long double unit = ldexpl(1, exponent - digits);
	return (double)(fabsl((long double)actual - expected) / unit);
}

static const double infinity = HUGE_VAL;
static const double not_a_number = __builtin_nan("");

/* A double holds it without denormals. */
static bool normal(long double x)
{
	return fabsl(x) >= (long double)DBL_MIN && fabsl(x) <= (long double)DBL_MAX;
}

typedef double Function(double);
typedef long double Reference(long double);

static long double sigmoidl(long double x)
{
	return 1 / (1 + expl(-x));
}

/* The worst error of f over `count` points spread through [from, to]. */
static void check_accuracy(
        const char *name, Function *f, Reference *g, double from, double to)
{
	enum { COUNT = 50021 };
	double worst = 0, worst_x = 0;
	for (int i = 0; i < COUNT; i++) {
		double x = from + (to - from) * (i + 0.37) / COUNT;
		long double expected = g((long double)x);
		if (!normal(expected))
			continue;
		double error = units(f(x), expected, DBL_MANT_DIG);
		if (!(error <= worst)) {
			worst = error;
			worst_x = x;
		}
	}
	ck_assert_msg(
	        worst < 2, "%s(%.17g) is wrong by %.2f units", name, worst_x, worst);
}

START_TEST(double_functions_are_within_2_units)
{
	check_accuracy("exp", double_exp, expl, -1, 1);
	check_accuracy("exp", double_exp, expl, -708.5, 709.8);
	check_accuracy("log", double_log, logl, 0.5, 2);
	check_accuracy("log", double_log, logl, 0.999, 1.001);
	check_accuracy("log", double_log, logl, 0, 1e9);
	check_accuracy("sin", double_sin, sinl, -4, 4);
	check_accuracy("sin", double_sin, sinl, -1e6, 1e6);
	check_accuracy("sin", double_sin, sinl, -0x1p30, 0x1p30);
	check_accuracy("cos", double_cos, cosl, -4, 4);
	check_accuracy("cos", double_cos, cosl, -1e6, 1e6);
	check_accuracy("cos", double_cos, cosl, -0x1p30, 0x1p30);
	check_accuracy("tanh", double_tanh, tanhl, -1, 1);
	check_accuracy("tanh", double_tanh, tanhl, -25, 25);
	check_accuracy("sigmoid", double_sigmoid, sigmoidl, -10, 10);
	check_accuracy("sigmoid", double_sigmoid, sigmoidl, -720, 50);
	check_accuracy("erf", double_erf, erfl, -1, 1);
	check_accuracy("erf", double_erf, erfl, -7, 7);
}
END_TEST

/* Where x is the double nearest to a multiple of pi/2, nearly all digits of it cancel. */
START_TEST(double_sin_near_multiples_of_pi_keeps_its_digits)
{
	for (int n = 1; n < 50000; n++) {
		double x = 1.5707963267948966 * n;
		double sin_error =
		        units(double_sin(x), sinl((long double)x), DBL_MANT_DIG);
		double cos_error =
		        units(double_cos(x), cosl((long double)x), DBL_MANT_DIG);
		ck_assert_msg(sin_error < 2 && cos_error < 2, "x %.17g: %g %g", x,
		        sin_error, cos_error);
	}
}
END_TEST

START_TEST(double_pow_is_within_2_units)
{
	for (int i = 0; i < 100003; i++) {
		double x = exp((i % 331 - 165) * 0.37 + i * 1e-6),
		       y = (i % 97 - 48) * 0.41;
		if (i % 3 == 0) { /* the largest factor on the error of the logarithm */
			x = 0.9 + 0.2 * (i % 1013) / 1013;
			y = (i % 997 - 498) * 11.3;
		}
		long double expected = powl((long double)x, (long double)y);
		if (!normal(expected))
			continue;
		double error = units(double_pow(x, y), expected, DBL_MANT_DIG);
		ck_assert_msg(error < 2, "pow(%.17g, %.17g) is wrong by %.2f units", x, y,
		        error);
	}
}
END_TEST

static void check_same(const char *what, double x, double actual, double expected)
{
	bool same = isnan(expected) ? isnan(actual)
	                            : !memcmp(&actual, &expected, sizeof actual);
	ck_assert_msg(
	        same, "%s of %g is %.17g, expected %.17g", what, x, actual, expected);
}

START_TEST(double_functions_know_the_special_values)
{
	check_same("exp", 0, double_exp(0), 1);
	check_same("exp", 710, double_exp(709.79), infinity);
	check_same("exp", 1e300, double_exp(1e300), infinity);
	check_same("exp", -1e300, double_exp(-1e300), 0);
	check_same("exp", infinity, double_exp(infinity), infinity);
	check_same("exp", -infinity, double_exp(-infinity), 0);
	check_same("exp", not_a_number, double_exp(not_a_number), not_a_number);
	check_same("a denormal exp", -708.4, double_exp(-708.4), 0);
	check_same("log", 1, double_log(1), 0);
	check_same("log", 0, double_log(0), -infinity);
	check_same("log", -0.0, double_log(-0.0), -infinity);
	check_same("log", 1e-320, double_log(1e-320), -infinity);
	check_same("log", -1, double_log(-1), not_a_number);
	check_same("log", infinity, double_log(infinity), infinity);
	check_same("log", not_a_number, double_log(not_a_number), not_a_number);
	check_same("sin", -0.0, double_sin(-0.0), -0.0);
	check_same("sin", infinity, double_sin(infinity), not_a_number);
	check_same("sin", 2e9, double_sin(2e9), not_a_number);
	check_same("cos", 0, double_cos(0), 1);
	check_same("cos", not_a_number, double_cos(not_a_number), not_a_number);
	check_same("tanh", -0.0, double_tanh(-0.0), -0.0);
	check_same("tanh", -infinity, double_tanh(-infinity), -1);
	check_same("tanh", not_a_number, double_tanh(not_a_number), not_a_number);
	check_same("sigmoid", 0, double_sigmoid(0), 0.5);
	check_same("sigmoid", -infinity, double_sigmoid(-infinity), 0);
	check_same("sigmoid", infinity, double_sigmoid(infinity), 1);
	check_same("sigmoid", not_a_number, double_sigmoid(not_a_number), not_a_number);
	check_same("erf", -0.0, double_erf(-0.0), -0.0);
	check_same("erf", infinity, double_erf(infinity), 1);
	check_same("erf", not_a_number, double_erf(not_a_number), not_a_number);
}
END_TEST

START_TEST(double_pow_follows_annex_f)
{
	const double values[] = { 0.0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1.5, -1.5,
		infinity, -infinity, not_a_number, 1e300, -1e300, 0x1p53 + 2, 0x1p53 - 1,
		-0x1p53 - 2, 1e-300 };
	enum { COUNT = sizeof values / sizeof values[0] };
	for (int i = 0; i < COUNT; i++)
		for (int j = 0; j < COUNT; j++) {
			double x = values[i], y = values[j];
			double actual = double_pow(x, y), expected = pow(x, y);
			bool close = isnan(expected) ? isnan(actual)
			             : isinf(expected) || expected == 0
			                     ? actual == expected
			                     : units(actual, (long double)expected,
			                               DBL_MANT_DIG) < 2;
			ck_assert_msg(close, "pow(%g, %g) is %.17g, expected %.17g", x, y,
			        actual, expected);
			if (!isnan(expected))
				ck_assert_int_eq(
				        signbit(actual) != 0, signbit(expected) != 0);
		}
}
END_TEST

static real exp_of(real x)
{
	return real_exp(x);
}

static real log_of(real x)
{
	return real_log(x);
}

static real tanh_of(real x)
{
	return real_tanh(x);
}

static real sigmoid_of(real x)
{
	return real_sigmoid(x);
}

static real erf_of(real x)
{
	return real_erf(x);
}

typedef struct Pointwise {
	const char *name;
	real (*ours)(real);
	Reference *libm;
	void (*loop)(real out[], const real x[], int count);
} Pointwise;

#define LOOP(f)                                                                          \
	static void f##_loop(real out[], const real x[], int count)                      \
	{                                                                                \
		for (int i = 0; i < count; i++)                                          \
			out[i] = real_##f(x[i]);                                         \
	}
LOOP(exp)
LOOP(log)
LOOP(tanh)
LOOP(sigmoid)
LOOP(erf)

static const Pointwise functions[] = {
	{ "exp", exp_of, expl, exp_loop },
	{ "log", log_of, logl, log_loop },
	{ "tanh", tanh_of, tanhl, tanh_loop },
	{ "sigmoid", sigmoid_of, sigmoidl, sigmoid_loop },
	{ "erf", erf_of, erfl, erf_loop },
};
enum { FUNCTIONS = sizeof functions / sizeof functions[0] };

static const real specials[] = { 0, (real)-0.0, 1, -1, (real)HUGE_VAL, (real)-HUGE_VAL,
	(real)__builtin_nan(""), (real)1e-30, (real)-1e-30, 88, 89, -87, -88, 1000, -1000,
	(real)1e30, (real)-1e30, (real)0.6, (real)-0.92, 4, -4 };
enum { SPECIALS = sizeof specials / sizeof specials[0] };

#ifdef REAL_IS_DOUBLE
enum { DIGITS = DBL_MANT_DIG };
static const real unit = (real)DBL_EPSILON;
static const long double largest = (long double)DBL_MAX, least = (long double)DBL_MIN;
#else
enum { DIGITS = FLT_MANT_DIG };
static const real unit = FLT_EPSILON;
static const long double largest = (long double)FLT_MAX, least = (long double)FLT_MIN;
#endif

START_TEST(real_functions_know_the_special_values)
{
	for (int k = 0; k < FUNCTIONS; k++)
		for (int i = 0; i < SPECIALS; i++) {
			const Pointwise *f = &functions[k];
			double x = (double)specials[i],
			       actual = (double)f->ours(specials[i]);
			long double expected = f->libm((long double)specials[i]);
			if (fabsl(expected) > largest)
				check_same(f->name, x, actual,
				        infinity * (expected > 0 ? 1 : -1));
			else if (fabsl(expected) < least)
				check_same(f->name, x, actual,
				        copysign(0, (double)expected));
			else if (isnan(expected))
				check_same(f->name, x, actual, not_a_number);
			else
				ck_assert_msg(units(actual, expected, DIGITS) < 2,
				        "%s of %g is %.17g", f->name, x, actual);
		}
}
END_TEST

/* The last numbers before overflow and underflow: logarithms of the limits. */
START_TEST(real_exp_is_right_at_the_limits)
{
	real top = (real)logl(largest), bottom = (real)logl(least);
	ck_assert(isfinite(exp_of(top * (1 - 2 * unit))));
	ck_assert(isinf(exp_of(top * (1 + 2 * unit))));
	ck_assert(exp_of(bottom * (1 - 2 * unit)) > 0);
	ck_assert(exp_of(bottom * (1 + 2 * unit)) == 0);
}
END_TEST

/* Numbers of every magnitude and sign: SAMPLES of them, evenly spread over all bit
 * patterns. */
enum { SAMPLES = 1000003 };

static real sample(uint32_t i)
{
	real x;
#ifdef REAL_IS_DOUBLE
	uint64_t bits = i * (UINT64_MAX / SAMPLES);
#else
	uint32_t bits = i * (UINT32_MAX / SAMPLES);
#endif
	memcpy(&x, &bits, sizeof x);
	return x;
}

START_TEST(real_functions_are_within_2_units)
{
	for (int k = 0; k < FUNCTIONS; k++) {
		const Pointwise *f = &functions[k];
		double worst = 0, worst_x = 0;
		for (uint32_t i = 0; i < SAMPLES; i++) {
			real x = sample(i);
			long double expected = f->libm((long double)x);
			if (!(fabsl(expected) >= least && fabsl(expected) <= largest) ||
			        fabsl((long double)x) < least)
				continue;
			double error = units((double)f->ours(x), expected, DIGITS);
			if (!(error <= worst)) {
				worst = error;
				worst_x = (double)x;
			}
		}
		ck_assert_msg(worst < 2, "%s(%.17g) is wrong by %.2f units", f->name,
		        worst_x, worst);
	}
}
END_TEST

START_TEST(real_loops_give_the_bits_of_the_scalar)
{
	enum { COUNT = 4096 };
	static real x[COUNT], out[COUNT];
	for (uint32_t i = 0; i < COUNT; i++)
		x[i] = sample(i * (SAMPLES / COUNT));
	memcpy(x, specials, sizeof specials);
	for (int k = 0; k < FUNCTIONS; k++) {
		functions[k].loop(out, x, COUNT);
		for (int i = 0; i < COUNT; i++) {
			volatile real alone = x[i];
			real expected = functions[k].ours(alone);
			ck_assert_msg(!memcmp(&out[i], &expected, sizeof(real)),
			        "%s(%.17g)", functions[k].name, (double)x[i]);
		}
	}
}
END_TEST

/* FNV-1a over the results: the same in every build, on every machine. */
static uint64_t hash(uint64_t h, const void *data, size_t size)
{
	const unsigned char *bytes = data;
	for (size_t i = 0; i < size; i++)
		h = (h ^ bytes[i]) * 1099511628211u;
	return h;
}

START_TEST(real_functions_have_the_same_bits_everywhere)
{
	uint64_t h = 14695981039346656037u;
	for (int k = 0; k < FUNCTIONS; k++)
		for (uint32_t i = 0; i < SAMPLES; i++) {
			real y = functions[k].ours(sample(i));
			h = hash(h, &y, sizeof y);
		}
	ck_assert_uint_eq(
	        h, sizeof(real) == 4 ? 7626624755437780798u : 14802089416885451163u);
}
END_TEST

START_TEST(double_functions_have_the_same_bits_everywhere)
{
	static Function *const all[] = { double_exp, double_log, double_sin, double_cos,
		double_tanh, double_sigmoid, double_erf };
	uint64_t h = 14695981039346656037u;
	for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
		for (int i = -20000; i < 20000; i++) {
			double y = all[k](i * 0.0371), z = double_pow(i * 0.01, y);
			h = hash(hash(h, &y, sizeof y), &z, sizeof z);
		}
	ck_assert_uint_eq(h, 8464970595217727215u);
}
END_TEST

TEST_MAIN("elementary", double_functions_are_within_2_units,
        double_sin_near_multiples_of_pi_keeps_its_digits, double_pow_is_within_2_units,
        double_functions_know_the_special_values, double_pow_follows_annex_f,
        real_functions_know_the_special_values, real_loops_give_the_bits_of_the_scalar,
        real_functions_have_the_same_bits_everywhere,
        double_functions_have_the_same_bits_everywhere, real_functions_are_within_2_units,
        real_exp_is_right_at_the_limits)
