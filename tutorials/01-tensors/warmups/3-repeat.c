/* Warm-up 3: how to repeat by strides.
 *
 * Element (i,j) of a view is data[i * strides[0] + j * strides[1]]. Here data is three
 * numbers in a row. Write the strides with which one sees them
 *
 *     as two equal rows (2,3)          as two equal columns (3,2)
 *         1 2 3                            1 1
 *         1 2 3                            2 2
 *                                          3 3
 *
 * hint: A stride of 0 stays in place. In which direction are the numbers the same? */
#include "tutorials/lesson/warmup.h"

/* BEGIN SOLUTION */
static const int rows_strides[2] = { 0, 1 };
static const int columns_strides[2] = { 1, 0 };
/* stub: static const int rows_strides[2] = { 3, 1 }; */
/* stub: static const int columns_strides[2] = { 3, 1 }; */
/* END SOLUTION */

/* The numbers of a view, row after row, as the digits of one number. Beyond data: 9. */
static int seen(int rows, int columns, const int strides[2])
{
	static const int data[3] = { 1, 2, 3 };
	int digits = 0;
	for (int i = 0; i < rows; i++)
		for (int j = 0; j < columns; j++) {
			int place = i * strides[0] + j * strides[1];
			digits =
			        digits * 10 + (place >= 0 && place < 3 ? data[place] : 9);
		}
	return digits;
}

WARMUP
{
	WARMUP_NUMBER("the two rows, one after the other", seen(2, 3, rows_strides),
	        RIGHT(123123),
	        WRONG(123999,
	                "With a row stride of 3 the second row begins behind the data. "
	                "Only three numbers are there."),
	        WRONG(111222, "That is for the columns. From a row to the next nothing "
	                      "changes: the row stride is 0."),
	        WRONG(123239,
	                "The second row begins one number later. It has to begin where "
	                "the first did."),
	        WRONG(111111, "With two strides of 0 it stays at the first number."));
	WARMUP_NUMBER("the two columns, row after row", seen(3, 2, columns_strides),
	        RIGHT(112233),
	        WRONG(121212, "That repeats a row. Here the numbers stay the same from a "
	                      "column to the next."),
	        WRONG(129999,
	                "With strides (3,1) the numbers would have to lie row after "
	                "row."),
	        WRONG(122339,
	                "From a column to the next it moves on. It has to stay where "
	                "it is."),
	        WRONG(111111, "With two strides of 0 it stays at the first number."));
}
