/* Warm-up 4: recall and precision are two things.
 *
 * table[truth][answer] is a confusion matrix of two classes. Return the recall of class c: of those that
 * are of class c, the part that was found.
 *
 * hint: Those that are of class c stand in one row. */
#include "tutorials/lesson/warmup.h"

static double recall(double table[2][2], int c)
{
	/* BEGIN SOLUTION */
	return table[c][c] / (table[c][0] + table[c][1]);
	/* stub: return table[c][c] / (table[0][c] + table[1][c]); */
	/* END SOLUTION */
}

WARMUP
{
	double table[2][2] = { { 81, 9 }, { 8, 2 } };
	WARMUP_NUMBER("recall of class 0", recall(table, 0), RIGHT_WITHIN(0.9, 1e-3),
	        WRONG_WITHIN(0.9101, 1e-3,
	                "You divide by a column: those that were answered 0. "
	                "That is the precision."),
	        WRONG_WITHIN(0.81, 1e-3,
	                "You divide by all 100. Divide by those of class 0."));
	WARMUP_NUMBER("recall of class 1", recall(table, 1), RIGHT_WITHIN(0.2, 1e-3),
	        WRONG_WITHIN(
	                0.1818, 1e-3, "You divide by a column: that is the precision."),
	        WRONG_WITHIN(0.02, 1e-3,
	                "You divide by all 100. Divide by those of class 1."));
}
