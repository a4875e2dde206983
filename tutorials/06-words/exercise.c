/* Exercise 6: an embedding. 10 points.
 *
 * A table has V rows, one for each word of the vocabulary, of `width` numbers each. The
 * arrays of two dimensions lie row after row.
 *
 * 1. Forward. A text of `count` words is given by their ids. Row t of `out` is the row of
 *    the table that word t has:
 *
 *        out(t,e) = table(ids[t],e)
 *
 *    `out` may hold anything before.
 *
 * 2. Backward. d_out is the gradient of `out`. Each row of the table gets the gradients of
 *    all places where it was used: a word may stand in the text several times. They are
 *    added to what d_table holds, for other functions may have added to it before.
 *
 *    Id 0 is <pad>, which fills up short texts. It is no word and learns nothing: row 0 of
 *    d_table stays as it is. Words after a <pad> count.
 *
 * How many rows the table has, the functions need not know: every id is one of its rows. */
#include "tutorials/06-words/exercise.h"

void embedding_forward(
        float *out, const float *table, const int *ids, int count, int width)
{
	(void)out, (void)table, (void)ids; /* goes when you use them */
	(void)count, (void)width;
	/* BEGIN SOLUTION */
	for (int t = 0; t < count; t++)
		for (int e = 0; e < width; e++)
			out[t * width + e] = table[ids[t] * width + e];
	/* END SOLUTION */
}

void embedding_backward(
        float *d_table, const float *d_out, const int *ids, int count, int width)
{
	(void)d_table, (void)d_out, (void)ids; /* goes when you use them */
	(void)count, (void)width;
	/* BEGIN SOLUTION */
	for (int t = 0; t < count; t++) {
		if (ids[t] == 0)
			continue;
		for (int e = 0; e < width; e++)
			d_table[ids[t] * width + e] += d_out[t * width + e];
	}
	/* END SOLUTION */
}
