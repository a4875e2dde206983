/* Warm-up 3: only the winner learns.
 *
 * Forward: h is the largest of 0 and the answers y[0] ... y[count-1]. Backward: h has the
 * gradient d. Add what each answer gets to dy. If two answers are equal, the first one is
 * the winner.
 *
 * hint: First find the place of the largest answer. If it is above 0, one += is enough. */
#include "tutorials/lesson/warmup.h"

static void to_answers(double dy[], const double y[], int count, double d)
{
	/* BEGIN SOLUTION */
	int winner = -1;
	double best = 0;
	for (int t = 0; t < count; t++)
		if (y[t] > best) {
			best = y[t];
			winner = t;
		}
	if (winner >= 0)
		dy[winner] += d;
	/* stub: for (int t = 0; t < count; t++) */
	/* stub: 	dy[t] += y[t] > 0 ? d : 0; */
	/* END SOLUTION */
}

WARMUP
{
	const double y[4] = { 0.3, 0.9, -1, 0.9 }, low[2] = { -2, -1 };
	double dy[4] = { 0, 0, 0, 1 }, none[2] = { 0, 0 };
	to_answers(dy, y, 4, 5);
	WARMUP_NUMBER("dy[0]", dy[0], RIGHT(0),
	        WRONG(5, "That is relu alone. 0.3 is not the largest answer."),
	        WRONG(1.25, "The gradient is not shared: the largest gets all of it."));
	WARMUP_NUMBER("dy[1]", dy[1], RIGHT(5),
	        WRONG(0, "0.9 is the largest, and the first of two equal ones."),
	        WRONG(4.5, "The gradient is not multiplied by the answer."));
	WARMUP_NUMBER("dy[3], which was 1", dy[3], RIGHT(1),
	        WRONG(6, "Only the first of two equal answers is the winner."),
	        WRONG(0, "It is added to dy: what was there stays."));
	to_answers(none, low, 2, 5);
	WARMUP_NUMBER("dy[1], if all answers are below 0", none[1], RIGHT(0),
	        WRONG(5, "0 is larger than both answers: nothing goes back."));
}
