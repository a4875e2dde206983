/* Runs are copied a vector at a time; what lies the other way goes through a square of
 * LANES x LANES numbers in registers. */
#include "tensor/matmul_pack.h"
#include "tensor/matmul_tile.h"

#include <stdint.h>
#include <string.h>

#ifdef REAL_IS_DOUBLE
typedef int64_t LaneNumbers __attribute__((vector_size(sizeof(Vector))));
#else
typedef int32_t LaneNumbers __attribute__((vector_size(sizeof(Vector))));
#endif

VECTOR_INLINE void copy(real *to, size_t step, const real *from, size_t from_stride,
        int rows, int vectors)
{
	for (int k = 0; k < rows; k++) {
		UNROLL
		for (int v = 0; v < vectors; v++)
			vector_store(to + v * LANES, vector_load(from + v * LANES));
		to += step;
		from += from_stride;
	}
}

static void copy_rows(real *to, size_t step, const real *from, size_t from_stride,
        int rows, int vectors)
{
	if (vectors == 1)
		copy(to, step, from, from_stride, rows, 1);
	else if (vectors == 2)
		copy(to, step, from, from_stride, rows, 2);
	else
		copy(to, step, from, from_stride, rows, vectors);
}

/* (a[from], b[from], a[from + 1], b[from + 1], ...) for half of the lanes. */
VECTOR_INLINE Vector vector_zip(Vector a, Vector b, int from)
{
#ifdef __clang__
	Vector zipped;
	for (int lane = 0; lane < LANES; lane++)
		zipped[lane] = lane % 2 ? b[from + lane / 2] : a[from + lane / 2];
	return zipped;
#else /* gcc sees no shuffle in such a loop */
	LaneNumbers source;
	for (int lane = 0; lane < LANES; lane++)
		source[lane] = from + lane / 2 + lane % 2 * LANES;
	return __builtin_shuffle(a, b, source);
#endif
}

/* Transposes as a perfect shuffle. Number the elements by the bits (row, lane). Zipping
 * row i with row i + LANES/2 moves the first bit of the row behind the last of the lane,
 * and what was the first bit of the lane ends the row: all bits move on by one place.
 * After log2(LANES) rounds row and lane have changed places. */
VECTOR_INLINE void transpose(
        real *to, size_t step, const real *from, size_t from_stride, int count)
{
	Vector x[LANES], zipped[LANES];
	for (int i = 0; i < LANES; i++)
		x[i] = i < count ? vector_load(from + (size_t)i * from_stride)
		                 : vector_all(0);
	UNROLL
	for (int round = 1; round < LANES; round *= 2) {
		UNROLL
		for (int i = 0; i < LANES / 2; i++) {
			zipped[2 * i] = vector_zip(x[i], x[i + LANES / 2], 0);
			zipped[2 * i + 1] = vector_zip(x[i], x[i + LANES / 2], LANES / 2);
		}
		UNROLL
		for (int i = 0; i < LANES; i++)
			x[i] = zipped[i];
	}
	UNROLL
	for (int k = 0; k < LANES; k++)
		vector_store(to + (size_t)k * step, x[k]);
}

void matmul_transpose(
        real *to, size_t step, const real *from, size_t from_stride, int count)
{
	if (count == LANES) /* made a constant: no test for each row */
		transpose(to, step, from, from_stride, LANES);
	else
		transpose(to, step, from, from_stride, count);
}

static const real *element(Matrix x, int k, int i)
{
	return x.data + (size_t)k * (size_t)x.row_stride +
	       (size_t)i * (size_t)x.column_stride;
}

static int at_most(int a, int most)
{
	return a < most ? a : most;
}

static void pack_rows(real *to, int step, Matrix x)
{
	int vectors = (x.columns + LANES - 1) / LANES, whole = x.rows;
	const real *end = element(x, x.rows - 1, x.columns);
	while (whole > 0 && end - element(x, whole - 1, 0) < vectors * LANES)
		whole--; /* here a vector would reach beyond the end */
	copy_rows(to, (size_t)step, x.data, (size_t)x.row_stride, whole, vectors);
	for (int k = whole; k < x.rows; k++)
		memcpy(to + k * step, element(x, k, 0), (size_t)x.columns * sizeof(real));
}

/* The last columns first, so that what a vector has too much is then written over. */
static void pack_transposed(real *to, int step, Matrix x)
{
	for (int k = 0; k < x.rows; k += LANES) {
		if (k > x.rows - LANES) /* the last block overlaps the one before */
			k = x.rows - LANES;
		for (int i = (x.columns - 1) / LANES * LANES; i >= 0; i -= LANES)
			matmul_transpose(to + k * step + i, (size_t)step,
			        element(x, k, i), (size_t)x.column_stride,
			        at_most(x.columns - i, LANES));
	}
}

void matmul_pack(real *to, int step, Matrix x)
{
	if (x.column_stride == 1)
		pack_rows(to, step, x);
	else if (x.rows >= LANES)
		pack_transposed(to, step, x);
	else
		for (int k = 0; k < x.rows; k++)
			for (int i = 0; i < x.columns; i++)
				to[k * step + i] = *element(x, k, i);
}
