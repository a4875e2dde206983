/* Warm-up 2: transpose into new memory. Mend the bug.
 *
 * out (columns,rows) is the transpose of x (rows,columns): out[j][i] = x[i][j]. Here the
 * numbers are really moved. Reading is right, writing is not.
 *
 * hint: How many numbers does one row of out have? */
#include "tutorials/lesson/warmup.h"

static void transpose(float *out, const float *x, int rows, int columns)
{
	for (int i = 0; i < rows; i++)
		for (int j = 0; j < columns; j++)
			/* BEGIN SOLUTION */
			out[j * rows + i] = x[i * columns + j];
	/* stub: out[j * columns + i] = x[i * columns + j]; */
	/* END SOLUTION */
}

WARMUP
{
	const float x[6] = { 1, 2, 3, 4, 5, 6 }; /* (2,3) */
	float out[16] = { 0 };                   /* (3,2), and some more */
	transpose(out, x, 2, 3);
	WARMUP_NUMBER("out[0][1], which is out[1]", out[1], RIGHT(4),
	        WRONG(2, "Nothing was moved. The first row of out is the first column "
	                 "of x: 1, 4."),
	        WRONG(0, "Nothing was written there."));
	WARMUP_NUMBER("out[1][0], which is out[2]", out[2], RIGHT(2),
	        WRONG(3, "Nothing was moved: out is x."),
	        WRONG(0, "Nothing was written there. A row of out has 2 numbers, so row "
	                 "1 begins at 2."));
	WARMUP_NUMBER("out[2][1], which is out[5]", out[5], RIGHT(6),
	        WRONG(0, "Nothing was written there."));
	WARMUP_NUMBER("out[6], beyond the end", out[6], RIGHT(0),
	        WRONG(3,
	                "Row 2 of out was written at 6. Each row of out has 2 numbers."));
}
