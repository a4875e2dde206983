/* As the functions of elementary.c:
 *
 *     erf x  = 2/sqrt(pi) (x - x^3/(1! 3) + x^5/(2! 5) - ...)
 *     1 - erf x = e^-x^2 / sqrt(pi) / (x + (1/2) / (x + (2/2) / (x + (3/2) / ...)))  (Laplace 1805) */
#include "tensor/erf.h"

/* 1 - erf a for a >= 1. At 1, where it converges slowest, 200 levels give all digits. */
static double erfc_of_large(double a)
{
	double fraction = a;
	for (int k = 200; k >= 1; k--)
		fraction = a + 0.5 * k / fraction;
	return double_exp(-a * a) * 0x1.20dd750429b6dp-1 / fraction; /* 1 / sqrt(pi) */
}

double double_erf(double x)
{
	if (x != x)
		return __builtin_nan("");
	double a = __builtin_fabs(x);
	if (a >= 6) /* the rest is less than half a unit */
		return __builtin_copysign(1, x);
	if (a >= 1)
		return __builtin_copysign(1 - erfc_of_large(a), x);
	double square = x * x, series = 0; /* sum of (-x^2)^n / (n! (2n+1)) */
	for (int n = 20; n >= 0; n--)
		series = 1.0 / (2 * n + 1) - square / (n + 1) * series;
	/* x is taken out first, so that the errors of the series weigh little. */
	return x + x * __builtin_fma(0x1.20dd750429b6dp+0, series, -1); /* 2 / sqrt(pi) */
}
