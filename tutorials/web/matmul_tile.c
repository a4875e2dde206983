/* A tile of the matrix product for a machine that makes its multiply-add of doubles: in
 * place of tensor/matmul_tile.c, more than twice as fast there, with the same bits.
 *
 * A product of floats is exact as a double, and its sum with another number nearly always
 * becomes the right float (tensor/fma_made.h). Here each sum stays a double, and after
 * every step is cut to the digits of a float. What may be wrong then is not asked at
 * every step but noted; a tile that has such a note is computed again, by fma_made_four.
 *
 * To cut: add just under half of a float's last digit to the bits, and clear the bits
 * that a float has not. Three kinds of sums must not be cut so:
 *   - ties: their last 29 bits are all 1 after the addition, and no other's are;
 *   - floats that are less than FLT_MIN, but not 0: they have fewer digits;
 *   - those of 2^127 and more, which may become infinite, and what is not a number.
 * The bits before they are cleared, moved 3 to the left, show each as a large number. Seen
 * as two of 32 bits, the lower one is TIE for a tie, its maximum. The upper one begins
 * with the exponent modulo 512. All sums are kept times SCALE, which makes that 0 for
 * FLT_MIN and for 0, 252 for 2^126, and 253 to 511 for what must not be cut: a product
 * is 0 or at least 2^-298. So the largest that is seen tells. */
#include "tensor/matmul_tile.h"

#include "tensor/fma_made.h"

#include <stdbool.h>

#define SCALE 0x1p-385
#define TIE   0xfffffff8u
#define BAD   (253u << 23)

/* So many rows and pairs of columns fit the 16 registers of a small processor. */
enum { DOWN = 2, ACROSS = 4 };

typedef double Pair __attribute__((vector_size(16)));
typedef uint64_t PairBits __attribute__((vector_size(16)));

VECTOR_INLINE Pair pair_at(const real *from)
{
	real x[2];
	memcpy(x, from, sizeof x);
	return (Pair){ (double)x[0], (double)x[1] };
}

VECTOR_INLINE FmaBits larger(FmaBits x, FmaBits y)
{
	FmaBits first = (FmaBits)(x > y);
	return (x & first) | (y & ~first);
}

/* Returns whether every sum could be cut; else out is as it was. a_row is tile->a_row, made
 * a constant where it is 1. */
VECTOR_INLINE bool compute(int rows, int pairs, const Tile *tile, size_t a_row)
{
	Tile t = *tile;
	Pair sum[DOWN][ACROSS];
	FmaBits largest = { 0 };
	UNROLL
	for (int i = 0; i < rows; i++) {
		UNROLL
		for (int v = 0; v < pairs; v++)
			sum[i][v] = t.start ? SCALE * pair_at(t.start + 2 * v +
			                                      (size_t)i * t.start_row)
			                    : (Pair){ 0 };
	}
	do {
		Pair b_k[ACROSS];
		UNROLL
		for (int v = 0; v < pairs; v++)
			b_k[v] = pair_at(t.b + 2 * v);
		UNROLL
		for (int i = 0; i < rows; i++) {
			double a_ik = (double)t.a[(size_t)i * a_row] * SCALE;
			UNROLL
			for (int v = 0; v < pairs; v++) {
				Pair exact = a_ik * b_k[v];
				PairBits bits = (PairBits)(exact + sum[i][v]);
				bits += FMA_REST / 2;
				largest = larger(largest, (FmaBits)(bits << 3));
				sum[i][v] = (Pair)(bits & ~(uint64_t)FMA_REST);
			}
		}
		t.a += t.a_step;
		t.b += t.b_step;
	} while (--t.depth);
	if (largest[0] >= TIE || largest[1] >= BAD || largest[2] >= TIE ||
	        largest[3] >= BAD)
		return false;
	UNROLL
	for (int i = 0; i < rows; i++) {
		real *out = t.out + (size_t)i * t.out_row;
		UNROLL
		for (int v = 0; v < pairs; v++) {
			out[2 * v] = (real)(sum[i][v][0] / SCALE);
			out[2 * v + 1] = (real)(sum[i][v][1] / SCALE);
		}
	}
	return true;
}

static __attribute__((noinline)) void compute_again(int rows, int pairs, Tile t)
{
	for (int i = 0; i < rows; i++)
		for (int j = 0; j < 2 * pairs; j += 4) {
			const real *a = t.a + (size_t)i * t.a_row, *b = t.b + j;
			FmaFour sum = { 0 }, b_k;
			if (t.start)
				memcpy(&sum, t.start + (size_t)i * t.start_row + j,
				        sizeof sum);
			for (int k = 0; k < t.depth; k++) {
				memcpy(&b_k, b + (size_t)k * t.b_step, sizeof b_k);
				FmaFour a_ik = a[(size_t)k * t.a_step] - (FmaFour){ 0 };
				sum = fma_made_four(a_ik, b_k, sum);
			}
			memcpy(t.out + (size_t)i * t.out_row + j, &sum, sizeof sum);
		}
}

VECTOR_INLINE void part(int rows, int pairs, const Tile *tile, size_t a_row)
{
	if (!compute(rows, pairs, tile, a_row))
		compute_again(rows, pairs, *tile);
}

VECTOR_INLINE void compute_parts(int rows, int columns, const Tile *tile, size_t a_row)
{
	for (int i = 0; i < rows; i += DOWN) {
		for (int j = 0; j < columns; j += 2 * ACROSS) {
			Tile t = *tile;
			t.a += (size_t)i * a_row;
			t.b += (size_t)(j / PANEL) * t.b_panel + (size_t)(j % PANEL);
			t.out += (size_t)i * t.out_row + (size_t)j;
			if (t.start)
				t.start += (size_t)i * t.start_row + (size_t)j;
			bool one = i + 1 == rows, narrow = columns < 2 * ACROSS;
			if (one && narrow)
				part(1, ACROSS / 2, &t, a_row);
			else if (one)
				part(1, ACROSS, &t, a_row);
			else if (narrow)
				part(DOWN, ACROSS / 2, &t, a_row);
			else
				part(DOWN, ACROSS, &t, a_row);
		}
	}
}

void matmul_tile(int rows, int vectors, const Tile *tile)
{
	if (tile->a_row == 1) /* one address for all rows */
		compute_parts(rows, vectors * LANES, tile, 1);
	else
		compute_parts(rows, vectors * LANES, tile, tile->a_row);
}
