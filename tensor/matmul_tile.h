/* matmul_tile.h: the innermost part of the matrix product: a few rows and columns of
 * `out`, held in registers while k runs. matmul_blocks.c cuts a product into such
 * tiles; nobody else needs this. */
#ifndef TENSOR_MATMUL_TILE_H
#define TENSOR_MATMUL_TILE_H

#include "tensor/vector.h"

#include <stddef.h>

/* How large a tile the processor's registers hold: TILE_ROWS * 2 sums, 2 vectors of b and
 * 1 of a must fit (x86: 32 or 16 registers, Arm: 32). A wide tile has 8 vectors of
 * columns instead of 2, and WIDE_ROWS rows at most. */
#if defined(__AVX512F__)
enum { TILE_ROWS = 14, WIDE_ROWS = 3 };
#elif defined(__AVX__)
enum { TILE_ROWS = 6, WIDE_ROWS = 1 };
#elif defined(__aarch64__)
enum { TILE_ROWS = 12, WIDE_ROWS = 2 };
#else /* WebAssembly, with 16 or more */
enum { TILE_ROWS = 4, WIDE_ROWS = 1 };
#endif

enum {
	LANES = VECTOR_LANES,
	PANEL = 2 * LANES, /* columns of b that a tile takes at once */
	WIDE_VECTORS = 8,
};

/* Unrolls the loop that follows, whose length is a constant once its function is inlined:
 * only then is each element of an array of vectors a register. */
#ifdef __clang__
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

/* out(i,j) = start(i,j) + a(i,0) b(0,j) + a(i,1) b(1,j) + ..., `depth` terms in this
 * order. b is read in panels of PANEL columns. From one panel to the next are b_panel
 * numbers: PANEL where b is read as it lies, and depth * PANEL in a packed copy, where
 * each panel is one piece of memory. */
typedef struct Tile {
	int depth;         /* at least 1 */
	const real *a;     /* a(i,k) = a[i*a_row + k*a_step] */
	const real *b;     /* b(k,j) = b[j/PANEL*b_panel + k*b_step + j%PANEL] */
	real *out;         /* out(i,j) = out[i*out_row + j] */
	const real *start; /* start(i,j) = start[i*start_row + j]; NULL: 0 */
	size_t a_row, a_step, b_step, b_panel, out_row, start_row;
} Tile;

/* `rows` x `vectors` * LANES elements: rows <= TILE_ROWS and 1 or 2 vectors, or rows <=
 * WIDE_ROWS and WIDE_VECTORS vectors. */
void matmul_tile(int rows, int vectors, const Tile *tile);

#endif
