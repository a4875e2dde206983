/* Warm-up 4: a derivative, measured from both sides.
 *
 * Return the two-sided measurement of the derivative of f at x: f a little to the right
 * minus f a little to the left, divided by the distance of the two places.
 *
 * hint: How far is x + h from x - h? */
#include "tutorials/lesson/warmup.h"

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
	WARMUP_NUMBER("measured(square, 3, 0.25)", measured(square, 3, 0.25), RIGHT(6),
	        WRONG(3, "Divide by the distance of the two places."),
	        WRONG(12, "The two places are 2 h apart, not h."),
	        WRONG(1.5, "Divide by 2 h, not by 2."),
	        WRONG(0.375, "a / 2 * h is (a / 2) * h in C. Write a / (2 * h)."),
	        WRONG(6.25, "That is one-sided: it begins at x. Begin at x - h."),
	        WRONG(5.75, "That is one-sided: it ends at x. End at x + h."),
	        WRONG(-4.5625,
	                "Write parentheses around the difference: / comes before -."),
	        WRONG(-6, "The sign: right minus left."));
	WARMUP_NUMBER("measured(cube, 1, 0.25)", measured(cube, 1, 0.25), RIGHT(3.0625),
	        WRONG(3, "That is the exact derivative, or the numbers of square."),
	        WRONG(2, "f is the function to measure. Here it is cube, not square."));
}
