/* Warm-up 4: the cell.
 *
 * The gates are given: f (forget), i (input), g (what is new) and o (output), all between
 * 0 and 1 but g, which is between -1 and 1. Set the new cell *c, and return h. Do not
 * forget tanh: it is tanh() of math.h.
 *
 * hint: c is f times the old cell plus i times g. h shows a part of tanh of the new cell. */
#include "tutorials/lesson/warmup.h"

#include <math.h>

static double update(double *c, double f, double i, double g, double o)
{
	/* BEGIN SOLUTION */
	*c = f * *c + i * g;
	return o * tanh(*c);
	/* stub: *c = i * *c + f * g; */
	/* stub: return o * *c; */
	/* END SOLUTION */
}

WARMUP
{
	double c = 2, d = 2, e = 0;
	double h = update(&c, 1, 0, -1, 0);
	WARMUP_NUMBER("c, if all is kept and nothing let in", c, RIGHT(2),
	        WRONG(-1, "f and i are exchanged: f keeps the old."),
	        WRONG(1, "i is 0: nothing of the new is let in."));
	WARMUP_NUMBER("h, if the output gate is closed", h, RIGHT(0));
	update(&d, 0.5, 0.25, -1, 1);
	WARMUP_NUMBER("c = 2, f = 0.5, i = 0.25, g = -1: the new c", d, RIGHT(0.75),
	        WRONG(0, "f and i are exchanged: f keeps the old."),
	        WRONG(1.25, "g is negative: it takes away."),
	        WRONG(-0.25, "The old cell is missing."));
	h = update(&e, 1, 1, 0.5, 1);
	WARMUP_NUMBER("c = 0, f = 1, i = 1, g = 0.5, o = 1: h", h, RIGHT(0.46211715726),
	        WRONG(0.5, "h shows tanh of the cell."),
	        WRONG(0, "h is made of the new c."));
}
