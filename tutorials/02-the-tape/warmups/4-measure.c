/* Warm-up 4: a derivative, measured from both sides.
 *
 * Return the two-sided measurement of the derivative of f at x: the loss a little to the right
 * minus the loss a little to the left, divided by the distance of the two places.
 *
 * hint: How far is x + h from x - h? */
#include "tutorials/warmup.h"

static double square(double x)
{
	return x * x;
}

static double cube(double x)
{
	return x * x * x;
}

static double measured(double (*f)(double), double x, double h)
{
	/* BEGIN SOLUTION */
	return (f(x + h) - f(x - h)) / (2 * h);
	/* stub: return 0 * f(x) * h; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("measured(square, 3, 0.5)", measured(square, 3, 0.5), RIGHT(6),
	        WRONG(12, "The two places are 2 h apart, not h."),
	        WRONG(6.5, "That is one-sided: it begins at x. Begin at x - h."),
	        WRONG(5.5, "That is one-sided: it ends at x. End at x + h."),
	        WRONG(-6, "The sign: right minus left."),
	        WRONG(3, "Multiply 2 by h in the divisor: a / 2 * h is (a / 2) * h."
	                 " Also: with h = 0.5 it is half of what it should be."));
	WARMUP_NUMBER("measured(square, 3, 0.25)", measured(square, 3, 0.25), RIGHT(6),
	        WRONG(1.5,
	                "Write parentheses: / 2 * h divides by 2 and multiplies by h."),
	        WRONG(3, "Divide by 2 h: the distance of the two places."));
	WARMUP_NUMBER("measured(cube, 1, 0.5)", measured(cube, 1, 0.5), RIGHT(3.25),
	        WRONG(3,
	                "That is the exact derivative. Here a measured one is asked for, and "
	                "h = 0.5 is large."));
}
