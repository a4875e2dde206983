/* What printf prints, in every way that a warm-up may use: the same in a page as by cc. */
#include "tutorials/lesson/warmup.h"

#include <math.h>

WARMUP
{
	static const double values[] = { 0, 1, 0.5, 1.5, 2.5, 0.1, 123456, 1234567,
		16777216, 1e-5, 0.0001234567, 0.10536051565782628, 999999.5, 9.9999995,
		1.0 / 3, 1 / 1048576.0 };
	static const char *const formats[] = { "%.0f", "%f", "%.2f", "%g", "%.6g", "%.3g",
		"%e", "%.1e", "%8.3f|", "%-10.4g|", "%+.3f", "%010.2f", "%.15g",
		"%.17g" };
	for (size_t v = 0; v < sizeof values / sizeof values[0]; v++)
		for (size_t f = 0; f < sizeof formats / sizeof formats[0]; f++) {
			printf(formats[f], values[v]);
			printf(" ");
			printf(formats[f], -values[v]);
			printf("\n");
		}
	double many[20000]; /* a warm-up has room for large arrays */
	for (int i = 0; i < 20000; i++)
		many[i] = i;
	printf("%g\n", many[19999]);
	printf("%d %5d|%-5d|%05d %+d %i %u %x %c %s %.2s|%6s|%-6s|%%\n", 3, 42, 42, -42,
	        7, -1, 9U, 255U, 'a', "abc", "abcdef", "xy", "xy");
	printf("%ld %lld %.3d|%*d|%.*f %f %g\n", 5L, -123456789012LL, 7, 6, 3, 2, 3.14159,
	        (double)INFINITY, -(double)INFINITY);
}
