/* matmul_blocks.h: the matrix product in blocks that fit the caches. For matmul.c, which
 * has checked the sizes. */
#ifndef TENSOR_MATMUL_BLOCKS_H
#define TENSOR_MATMUL_BLOCKS_H

#include "tensor/matrix.h"

/* out = start + a b, with K >= 1; start without data is 0, and may be out itself.
 * `packed` is NULL, or has b as matmul_pack_panel left it; b's own data is not read
 * then. */
void matmul_blocks(Matrix out, Matrix start, Matrix a, Matrix b, const real *packed);

/* Copies b into the order in which it is read, one of its panels of columns at a time.
 * There must be room for matmul_packed_size numbers. */
int matmul_panels(int columns);
void matmul_pack_panel(real *packed, Matrix b, int panel);
size_t matmul_packed_size(int rows, int columns);

#endif
