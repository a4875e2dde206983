/* Warm-up 3: clipping.
 *
 * A gradient that is longer than `longest` is made shorter, in the same direction. This
 * function cuts each number by itself, and so turns the gradient. Mend it.
 *
 * hint: All numbers are multiplied by the same factor, longest / length. */
#include "tutorials/lesson/warmup.h"

#include <math.h>

static void shorten(double g[2], double longest)
{
	double length = sqrt(g[0] * g[0] + g[1] * g[1]);
	for (int i = 0; i < 2; i++)
		/* BEGIN SOLUTION */
		g[i] *= length > longest ? longest / length : 1;
	/* stub: g[i] = g[i] > longest ? longest + 0 * length : g[i]; */
	/* END SOLUTION */
}

WARMUP
{
	double g[2] = { 6, 8 }, h[2] = { 0.3, 0.4 };
	shorten(g, 5);
	shorten(h, 5);
	WARMUP_NUMBER("(6, 8) shortened to 5, first number", g[0], RIGHT(3),
	        WRONG(5, "Each number was cut by itself. (5, 5) points another way."),
	        WRONG(6, "It is still 10 long."),
	        WRONG(0.6, "It is 1 long now. It may be 5 long."));
	WARMUP_NUMBER("second number", g[1], RIGHT(4));
	WARMUP_NUMBER("(0.3, 0.4), first number", h[0], RIGHT(0.3),
	        WRONG(3, "A gradient that is short enough stays as it is."));
}
