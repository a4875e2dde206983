/* The product of matrices: the sizes are checked here, then matmul_blocks.c does the
 * work. matmul_plain is the definition that every faster way must agree with, bit for
 * bit:
 *
 *     out_ij = start_ij + a_i0 b_0j + a_i1 b_1j + ...      in this order, each step one
 *                                                          fused multiply-add */
#include "tensor/matmul.h"
#include "tensor/fma.h"
#include "tensor/matmul_blocks.h"
#include "tensor/transpose.h"

static void validate(Site site, const char *operation, Matrix out, Matrix a, Matrix b)
{
	if (a.columns != b.rows)
		error_stop(site, operation,
		        "(%d,%d) times (%d,%d): inner sizes %d and %d differ. Hint: matrix_transpose() swaps rows and columns without a copy.",
		        a.rows, a.columns, b.rows, b.columns, a.columns, b.rows);
	if (out.rows != a.rows || out.columns != b.columns)
		error_stop(site, operation,
		        "(%d,%d) times (%d,%d) is (%d,%d), but out is (%d,%d)", a.rows,
		        a.columns, b.rows, b.columns, a.rows, b.columns, out.rows,
		        out.columns);
	if ((a.row_stride != 1 && a.column_stride != 1) ||
	        (b.row_stride != 1 && b.column_stride != 1))
		error_stop(site, operation,
		        "a has strides %d and %d, b %d and %d: one of the two must be 1",
		        a.row_stride, a.column_stride, b.row_stride, b.column_stride);
	if (out.column_stride != 1)
		error_stop(site, operation,
		        "out must not be transposed (its column stride is %d)",
		        out.column_stride);
}

void matmul_plain_at(Site site, Matrix out, Matrix a, Matrix b, MatmulMode mode)
{
	validate(site, "matmul_plain", out, a, b);
	for (int i = 0; i < out.rows; i++) {
		real *out_i = matrix_row(out, i);
		const real *a_i = matrix_row(a, i);
		for (int j = 0; j < out.columns; j++) {
			const real *b_j = b.data + (size_t)j * (size_t)b.column_stride;
			real sum = mode == MATMUL_ADD ? out_i[j] : 0;
			for (int k = 0; k < a.columns; k++)
				sum = real_fma(a_i[(size_t)k * (size_t)a.column_stride],
				        b_j[(size_t)k * (size_t)b.row_stride], sum);
			out_i[j] = sum;
		}
	}
}

/* What the sums begin with: nothing, or what out holds. */
static Matrix start_of(Matrix out, MatmulMode mode)
{
	if (mode == MATMUL_SET)
		out.data = NULL;
	return out;
}

/* All sizes fit. Of b only the shape is looked at, where it is packed. */
static void product(Matrix out, Matrix start, Matrix a, Matrix b, const real *packed)
{
	if (a.columns > 0)
		matmul_blocks(out, start, a, b, packed);
	else if (!start.data) /* the sum over no terms */
		matrix_clear(out);
	else if (start.data != out.data)
		matrix_copy(out, start);
}

void matmul_at(Site site, Matrix out, Matrix a, Matrix b, MatmulMode mode)
{
	validate(site, "matmul", out, a, b);
	product(out, start_of(out, mode), a, b, NULL);
}

static void validate_start(Site site, const char *operation, Matrix out, Matrix start)
{
	if (start.rows != out.rows || start.columns != out.columns ||
	        start.column_stride != 1)
		error_stop(site, operation,
		        "the start is (%d,%d) with a column stride of %d: expected (%d,%d), as out is, and 1",
		        start.rows, start.columns, start.column_stride, out.rows,
		        out.columns);
}

void matmul_from_at(Site site, Matrix out, Matrix start, Matrix a, Matrix b)
{
	validate(site, "matmul_from", out, a, b);
	validate_start(site, "matmul_from", out, start);
	product(out, start, a, b, NULL);
}

size_t matrix_packed_size(Matrix b)
{
	return matmul_packed_size(b.rows, b.columns);
}

int matrix_panels(Matrix b)
{
	return matmul_panels(b.columns);
}

void matrix_pack_panel(real *memory, Matrix b, int panel)
{
	matmul_pack_panel(memory, b, panel);
}

MatrixPacked matrix_pack(Arena *arena, Matrix b)
{
	real *memory = arena_alloc(arena, matrix_packed_size(b) * sizeof(real));
	for (int panel = 0; panel < matrix_panels(b); panel++)
		matrix_pack_panel(memory, b, panel);
	return (MatrixPacked){ .data = memory, .rows = b.rows, .columns = b.columns };
}

static Matrix shape_of(MatrixPacked b)
{
	return matrix_view(NULL, b.rows, b.columns, b.columns);
}

void matmul_packed_at(Site site, Matrix out, Matrix a, MatrixPacked b, MatmulMode mode)
{
	validate(site, "matmul_packed", out, a, shape_of(b));
	product(out, start_of(out, mode), a, shape_of(b), b.data);
}

void matmul_packed_from_at(Site site, Matrix out, Matrix start, Matrix a, MatrixPacked b)
{
	validate(site, "matmul_packed_from", out, a, shape_of(b));
	validate_start(site, "matmul_packed_from", out, start);
	product(out, start, a, shape_of(b), b.data);
}
