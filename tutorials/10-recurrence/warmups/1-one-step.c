/* Warm-up 1: run a recurrent network.
 *
 * One unit: at each step the new state is w times the old state plus u times the input
 * (without tanh, so that you can check it in your head). The state begins with 0. Return
 * the last state.
 *
 * hint: One variable is enough. It holds the old state until you replace it. */
#include "tutorials/lesson/warmup.h"

static double last_state(const double x[], int T, double u, double w)
{
	/* BEGIN SOLUTION */
	double state = 0;
	for (int t = 0; t < T; t++)
		state = w * state + u * x[t];
	return state;
	/* stub: return u * x[T - 1] + 0 * w; */
	/* END SOLUTION */
}

WARMUP
{
	const double x[4] = { 1, 0, 0, 3 }, y[4] = { 3, 0, 0, 1 };
	WARMUP_NUMBER("x = 1 0 0 3, u = 1, w = 0.5", last_state(x, 4, 1, 0.5),
	        RIGHT(3.125),
	        WRONG(3, "That is the last input alone. Nothing is handed on."),
	        WRONG(0.625, "The last step is missing: t goes up to T - 1."),
	        WRONG(4,
	                "That is a sum. The old state is multiplied by w at each step."));
	WARMUP_NUMBER("x = 3 0 0 1, u = 1, w = 0.5", last_state(y, 4, 1, 0.5),
	        RIGHT(1.375),
	        WRONG(1, "That is the last input alone. Nothing is handed on."),
	        WRONG(3.125, "Order matters: the first input has faded the most."));
	WARMUP_NUMBER("x = 1 0 0 3, u = 2, w = 1", last_state(x, 4, 2, 1), RIGHT(8),
	        WRONG(4, "u is missing."), WRONG(7, "u belongs to every input."));
}
