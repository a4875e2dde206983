/* quantised.h: a matrix of weights that stays as its file holds it, in blocks of a few
 * bits a number (block_layout.h), and its products.
 *
 * A model of 135 million weights of 4 bits has 98 MB; as floats it would have 538 MB. To
 * make one word, each weight is read once and multiplied once, so the time is that of
 * reading: the fewer bytes, the faster. */
#ifndef TENSOR_QUANTISED_H
#define TENSOR_QUANTISED_H

#include "tensor/block_layout.h"
#include "tensor/matrix.h"
#include "tensor/threads.h"

typedef struct Quantised {
	const BlockLayout *layout;
	const unsigned char *data; /* rows one after another, each of whole blocks */
	int rows, columns;         /* columns: a multiple of layout->numbers */
} Quantised;

/* Rows row..row+rows-1 as numbers: rows * columns of them. */
void quantised_unpack(real *out, const Quantised *w, int row, int rows);

/* y (M,O) = start + x (M,I) W', for W (O,I): the same bits as matmul_from with W unpacked.
 * start and y as matmul_from's; x has column_stride 1. The rows of W are shared out over
 * the pool; NULL: this thread does all. Uses `scratch`, and gives it back. */
void quantised_product(
        Matrix y, Matrix start, Matrix x, const Quantised *w, Arena *scratch, Pool *pool);

/* The same for one row x, faster, with sums in another order: y_o = start_o +
 * real_dot(x, row o of W). start: one row, or without data. */
void quantised_product_row(
        Matrix y, Matrix start, Matrix x, const Quantised *w, Arena *scratch, Pool *pool);

/* dx (M,I) += dy (M,O) W, the same bits as matmul. */
void quantised_back(Matrix dx, Matrix dy, const Quantised *w, Arena *scratch);

#endif
