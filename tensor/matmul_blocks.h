/* matmul_blocks.h: the matrix product in blocks that fit the caches. For matmul.c, which has
 * checked the sizes. */
#ifndef TENSOR_MATMUL_BLOCKS_H
#define TENSOR_MATMUL_BLOCKS_H

#include "tensor/matmul.h"

/* out = (add ? out : 0) + a b. */
void matmul_blocks(Matrix out, Matrix a, Matrix b, bool add);

/* The same where b was packed by matmul_pack: `packed` has room for matmul_packed_size(b). */
void matmul_blocks_packed(Matrix out, Matrix a, const real *packed, bool add);
void matmul_pack(real *packed, Matrix b);
size_t matmul_packed_size(int rows, int columns);

#endif
