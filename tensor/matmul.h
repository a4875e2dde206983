/* matmul.h: the matrix product, the one kernel that nearly all time goes into.
 *
 * The order of summation is part of the contract, so that the bits are the same
 * everywhere: out(i,j) starts from 0, or from what it held, and takes k = 0, 1, 2, ... in
 * turn by a fused multiply-add. Blocking, packing and vector width change which
 * elements are computed together, never that order. */
#ifndef TENSOR_MATMUL_H
#define TENSOR_MATMUL_H

#include "tensor/matrix.h"

typedef enum MatmulMode {
	MATMUL_SET, /* out = a b */
	MATMUL_ADD, /* out += a b */
} MatmulMode;

/* (M,K) (K,N) -> (M,N). `out` must have column_stride 1 and must not overlap a or b.
 * Stops if the sizes do not fit. matmul_plain is the definition: three loops; matmul
 * gives the same bits. */
void matmul_at(Site site, Matrix out, Matrix a, Matrix b, MatmulMode mode);
void matmul_plain_at(Site site, Matrix out, Matrix a, Matrix b, MatmulMode mode);
#define matmul(...)       matmul_at(HERE, __VA_ARGS__)
#define matmul_plain(...) matmul_plain_at(HERE, __VA_ARGS__)

/* out = start + a b, in the same order: each sum begins with start(i,j), or 0 where start
 * has no data. Its column_stride is 1, and its rows may be one and the same: a bias
 * has a row_stride of 0. */
void matmul_from_at(Site site, Matrix out, Matrix start, Matrix a, Matrix b);
#define matmul_from(...) matmul_from_at(HERE, __VA_ARGS__)

/* A matrix copied into the order in which matmul_packed reads it: worth while for one
 * that is used several times, as the weights of a recurrent layer in every step. It is a
 * snapshot: pack again when the weights have changed. */
typedef struct MatrixPacked {
	const real *data;
	int rows, columns;
} MatrixPacked;

MatrixPacked matrix_pack(Arena *arena, Matrix b); /* lives as long as the arena */
/* The same in memory that is there, of matrix_packed_size numbers: panels
 * 0..matrix_panels-1 of columns, each by itself, in any order. */
size_t matrix_packed_size(Matrix b);
int matrix_panels(Matrix b);
void matrix_pack_panel(real *memory, Matrix b, int panel);

/* (M,K) (K,N) -> (M,N), the same bits as matmul; as matmul_from. */
void matmul_packed_at(Site site, Matrix out, Matrix a, MatrixPacked b, MatmulMode mode);
void matmul_packed_from_at(Site site, Matrix out, Matrix start, Matrix a, MatrixPacked b);
#define matmul_packed(...)      matmul_packed_at(HERE, __VA_ARGS__)
#define matmul_packed_from(...) matmul_packed_from_at(HERE, __VA_ARGS__)

#endif
