/* Warm-up 3: how to repeat by strides.
 *
 * Element (i,j) of a view is data[i * strides[0] + j * strides[1]]. Here data is three
 * numbers in a row. Write the strides with which one sees them
 *
 *     as four equal rows (4,3)          as four equal columns (3,4)
 *         1 2 3                             1 1 1 1
 *         1 2 3                             2 2 2 2
 *         1 2 3                             3 3 3 3
 *         1 2 3
 *
 * hint: A stride of 0 stays where it is. In which direction do the numbers stay the same? */
#include "tutorials/warmup.h"

/* BEGIN SOLUTION */
static const int rows_strides[2] = { 0, 1 };
static const int columns_strides[2] = { 1, 0 };
/* stub: static const int rows_strides[2] = { 3, 1 }; */
/* stub: static const int columns_strides[2] = { 3, 1 }; */
/* END SOLUTION */

/* The numbers of a view as one number: 123 123 ... as 123123... Beyond data it is 9. */
static double seen(int rows, int columns, const int strides[2])
{
	static const int data[3] = { 1, 2, 3 };
	double digits = 0;
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
	WARMUP_NUMBER("the four rows, read one after the other", seen(4, 3, rows_strides),
	        RIGHT(123123123123.0),
	        WRONG(123999999999.0,
	                "With a row stride of 3 the second row begins behind the data. Only three numbers are there."),
	        WRONG(111222333999.0,
	                "That is the stride of the columns. From a row to the next nothing changes, so the row stride is 0."),
	        WRONG(111111111111.0,
	                "With two strides of 0 it stays at the first number."));
	WARMUP_NUMBER("the four columns, read row after row", seen(3, 4, columns_strides),
	        RIGHT(111122223333.0),
	        WRONG(123912391239.0,
	                "That repeats rows. Here the numbers stay the same from a column to the next."),
	        WRONG(123999999999.0,
	                "With strides (3,1) the numbers would have to lie row after row."),
	        WRONG(111111111111.0,
	                "With two strides of 0 it stays at the first number."));
}
