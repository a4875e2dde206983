/* matmul_pack.h: copies in the order in which a tile reads them. For matmul_blocks.c,
 * which says when one pays, and for transpose.c. They are made of whole vectors, and
 * turned over in registers: speed alone, for whoever wants to read it. */
#ifndef TENSOR_MATMUL_PACK_H
#define TENSOR_MATMUL_PACK_H

#include "tensor/matrix.h"

/* to[k*step + i] = x(k,i), so that a tile finds what it needs for one k side by side.
 * Whole vectors are written: beyond the columns there are other numbers, up to LANES - 1
 * after the last row. No element of out is made of them. */
void matmul_pack(real *to, int step, Matrix x);

/* to[k*step + i] = from[i*from_stride + k] for k < LANES and i < count <= LANES; zeros up
 * to i < LANES. */
void matmul_transpose(
        real *to, size_t step, const real *from, size_t from_stride, int count);

#endif
