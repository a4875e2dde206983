/* Matrices copied and added, turned over where they lie the other way: see transpose.h.
 * A square of LANES x LANES numbers is read by rows, transposed in registers, and written
 * by rows again, so that every cache line is used whole. */
#include "tensor/transpose.h"
#include "tensor/matmul_pack.h"
#include "tensor/matmul_tile.h"

#include <string.h>

static void validate(Site site, const char *operation, Matrix out, Matrix a)
{
	if (out.rows != a.rows || out.columns != a.columns)
		error_stop(site, operation, "(%d,%d) does not fit into (%d,%d)", a.rows,
		        a.columns, out.rows, out.columns);
	if (out.column_stride != 1)
		error_stop(site, operation,
		        "out must not be transposed (its column stride is %d)",
		        out.column_stride);
}

static void put_row(real *restrict out, const real *restrict row, int columns, bool add)
{
	if (!add)
		memcpy(out, row, (size_t)columns * sizeof(real));
	else
		for (int j = 0; j < columns; j++)
			out[j] += row[j];
}

/* LANES rows of out, the rows of `block` being LANES apart. */
static void put_block(Matrix out, const real *block, bool add)
{
	for (int k = 0; k < LANES; k++)
		if (out.columns == LANES) /* made a constant: whole vectors */
			put_row(matrix_row(out, k), block + k * LANES, LANES, add);
		else
			put_row(matrix_row(out, k), block + k * LANES, out.columns, add);
}

/* Rows i..i+LANES-1 of out, where `a` has each column in one piece (row_stride 1). */
static void put_turned(Matrix out, Matrix a, int i, bool add)
{
	_Alignas(Vector) real block[LANES * LANES];
	out.data = matrix_row(out, i);
	for (int left = out.columns; left > 0; left -= LANES) {
		out.columns = left < LANES ? left : LANES;
		matmul_transpose(
		        block, LANES, a.data + i, (size_t)a.column_stride, out.columns);
		put_block(out, block, add);
		out.data += LANES;
		a.data += (size_t)LANES * (size_t)a.column_stride;
	}
}

/* One row, whatever the strides. */
static void put_elements(Matrix out, Matrix a, int i, bool add)
{
	real *out_i = matrix_row(out, i);
	const real *a_i = matrix_row(a, i);
	for (int j = 0; j < out.columns; j++) {
		real a_ij = a_i[(size_t)j * (size_t)a.column_stride];
		out_i[j] = add ? out_i[j] + a_ij : a_ij;
	}
}

static void put(Matrix out, Matrix a, bool add)
{
	int i = 0;
	if (a.column_stride == 1)
		for (; i < out.rows; i++)
			put_row(matrix_row(out, i), matrix_row(a, i), out.columns, add);
	for (; i + LANES <= out.rows && a.row_stride == 1; i += LANES)
		put_turned(out, a, i, add);
	for (; i < out.rows; i++)
		put_elements(out, a, i, add);
}

void matrix_copy_at(Site site, Matrix out, Matrix a)
{
	validate(site, "matrix_copy", out, a);
	put(out, a, false);
}

void matrix_add_at(Site site, Matrix out, Matrix a)
{
	validate(site, "matrix_add", out, a);
	put(out, a, true);
}
