/* A tile of the matrix product.
 *
 * A processor with two multiply-add units, each with a latency of 4 cycles and 16 lanes,
 * finishes 32 multiply-adds a cycle, if 8 independent ones are under way and their
 * operands are at hand. One element of out at a time would wait 4 cycles for every sum
 * and load 2 numbers for every multiply-add. A tile of R rows and 2 vectors of columns
 * keeps 2R sums in registers; a step of k loads 2 vectors of b and R numbers of a, and
 * does 2R multiply-adds on vectors:
 *
 *         b(k,j..)   b(k,j+16..)
 * a(0,k)    s00         s01           s_iv += a(i,k) * b(k, j + 16v ...)
 * a(1,k)    s10         s11
 *  ...
 *
 * R = 14 uses 28 + 2 + 1 of the 32 registers of AVX-512, and 16 loads feed 28
 * multiply-adds.
 *
 * Each lane of each sum is one element of out, and takes k in turn. Which elements share
 * a vector or a tile does not touch the order of any sum, so the bits are those of the
 * plain loops.
 *
 * The functions below are written once, for any number of rows and vectors; they are
 * inlined where both are constants, so that the compiler unrolls the loops and keeps
 * `sum` in registers. */
#include "tensor/matmul_tile.h"

#define MOST_ROWS 14 /* that compute_rows() has a case for */

_Static_assert(TILE_ROWS <= MOST_ROWS, "each height of a tile has its case");

/* a_row is tile->a_row, made a constant where it is 1. */
VECTOR_INLINE void compute(int rows, int vectors, const Tile *tile, size_t a_row)
{
	Tile t = *tile;
	Vector sum[MOST_ROWS][WIDE_VECTORS];
	UNROLL
	for (int i = 0; i < rows; i++) {
		UNROLL
		for (int v = 0; v < vectors; v++)
			sum[i][v] =
			        t.start ? vector_load(t.start + (size_t)i * t.start_row +
			                              v * LANES)
			                : vector_all(0);
	}
	/* Not `while`: gcc 12 keeps all sums in registers only if the loop is certain
	 * to run. */
	do {
		Vector b_k[WIDE_VECTORS];
		UNROLL
		for (int v = 0; v < vectors; v++)
			b_k[v] = vector_load(
			        t.b + (size_t)(v / 2) * t.b_panel + v % 2 * LANES);
		UNROLL
		for (int i = 0; i < rows; i++) {
			Vector a_ik = vector_all(t.a[(size_t)i * a_row]);
			UNROLL
			for (int v = 0; v < vectors; v++)
				sum[i][v] = vector_fma(a_ik, b_k[v], sum[i][v]);
		}
		t.a += t.a_step;
		t.b += t.b_step;
	} while (--t.depth);
	UNROLL
	for (int i = 0; i < rows; i++) {
		real *out_i = t.out + (size_t)i * t.out_row;
		UNROLL
		for (int v = 0; v < vectors; v++)
			vector_store(out_i + v * LANES, sum[i][v]);
	}
}

#define HEIGHT(rows)                                                                     \
	case rows:                                                                       \
		compute(rows, vectors, t, a_row);                                        \
		break

VECTOR_INLINE void compute_rows(int rows, int vectors, const Tile *t, size_t a_row)
{
	switch (rows) {
		HEIGHT(1);
		HEIGHT(2);
		HEIGHT(3);
		HEIGHT(4);
		HEIGHT(5);
		HEIGHT(6);
		HEIGHT(7);
		HEIGHT(8);
		HEIGHT(9);
		HEIGHT(10);
		HEIGHT(11);
		HEIGHT(12);
		HEIGHT(13);
		HEIGHT(14);
	}
}

/* Wide tiles are for few rows, where 2 vectors of columns would leave the processor
 * waiting. */
VECTOR_INLINE void compute_wide(int rows, int vectors, const Tile *t, size_t a_row)
{
	switch (rows) {
		HEIGHT(1);
		HEIGHT(2);
		HEIGHT(3);
	}
}

VECTOR_INLINE void compute_any(int rows, int vectors, const Tile *t, size_t a_row)
{
	if (vectors == WIDE_VECTORS)
		compute_wide(rows, WIDE_VECTORS, t, a_row);
	else if (vectors == 2)
		compute_rows(rows, 2, t, a_row);
	else
		compute_rows(rows, 1, t, a_row);
}

void matmul_tile(int rows, int vectors, const Tile *t)
{
	if (t->a_row == 1) /* one address for all rows */
		compute_any(rows, vectors, t, 1);
	else
		compute_any(rows, vectors, t, t->a_row);
}
