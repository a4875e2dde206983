/* png_filter.h: what a filter of PNG expects a byte to be, for those who write and read it: by
 * the byte of the pixel before (a), that of the row above (b), and the one before that (c). */
#ifndef TENSOR_PLOT_PNG_FILTER_H
#define TENSOR_PLOT_PNG_FILTER_H

#include <stdlib.h>

/* Of a, b, c the one nearest to a + b - c. */
static inline int png_paeth(int a, int b, int c)
{
	int to_a = abs(b - c), to_b = abs(a - c), to_c = abs(a + b - 2 * c);
	return to_a <= to_b && to_a <= to_c ? a : to_b <= to_c ? b : c;
}

/* What filter 0 to 4 takes off a byte. */
static inline int png_predicted(int filter, int a, int b, int c)
{
	switch (filter) {
	case 1:
		return a;
	case 2:
		return b;
	case 3:
		return (a + b) / 2;
	case 4:
		return png_paeth(a, b, c);
	default:
		return 0;
	}
}

#endif
