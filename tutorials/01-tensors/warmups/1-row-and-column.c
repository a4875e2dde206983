/* Warm-up 1: from a place back to row and column.
 *
 * A table lies in memory row after row, `columns` numbers in each. At `place`, counted
 * from 0, lies one of its numbers. In which row is it, and in which column?
 *
 * hint: How often do `columns` numbers fit before it, and what is left? */
#include "tutorials/lesson/warmup.h"

static int row_of(int place, int columns)
{
	/* BEGIN SOLUTION */
	return place / columns;
	/* stub: return place - columns; */
	/* END SOLUTION */
}

static int column_of(int place, int columns)
{
	/* BEGIN SOLUTION */
	return place % columns;
	/* stub: return place - columns; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("row_of(10, 3)", row_of(10, 3), RIGHT(3),
	        WRONG(4,
	                "Rows are counted from 0: after 10 numbers three rows are full."),
	        WRONG(1, "That is the column: what is left after the whole rows."),
	        WRONG(2, "10 / 5 is 2. Each row has 3 numbers, not 5."));
	WARMUP_NUMBER("column_of(10, 3)", column_of(10, 3), RIGHT(1),
	        WRONG(2, "Columns are counted from 0."),
	        WRONG(3, "That is the row. The column is what is left."));
	WARMUP_NUMBER("row_of(6, 7)", row_of(6, 7), RIGHT(0),
	        WRONG(1, "The first 7 numbers are row 0, and place 6 is the last of "
	                 "them."));
	WARMUP_NUMBER("column_of(6, 7)", column_of(6, 7), RIGHT(6),
	        WRONG(0, "Place 7 would begin the next row; this is place 6."));
}
