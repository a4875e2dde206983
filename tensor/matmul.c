#include "tensor/matmul.h"
#include "tensor/fma.h"

#include <limits.h>

Matrix matrix_of(Tensor x)
{
	int columns = x.ndim ? x.shape[x.ndim - 1] : 1;
	int rows = 1;
	for (int d = 0; d + 1 < x.ndim; d++)
		rows *= x.shape[d];
	return matrix_view(x.data, rows, columns, columns);
}

Matrix matrix_transpose(Matrix a)
{
	return (Matrix){
		.data = a.data,
		.rows = a.columns,
		.columns = a.rows,
		.row_stride = a.column_stride,
		.column_stride = a.row_stride,
	};
}

Matrix matrix_view(const real *data, int rows, int columns, int row_stride)
{
	return (Matrix){
		.data = (real *)data, /* const is the caller's promise: see Matrix */
		.rows = rows,
		.columns = columns,
		.row_stride = row_stride,
		.column_stride = 1,
	};
}

static void validate(Site site, const char *operation, Matrix out, Matrix a, Matrix b)
{
	if (a.columns != b.rows)
		error_stop(site, operation,
		        "(%d,%d) times (%d,%d): inner sizes %d and %d differ. Hint: "
		        "matrix_transpose() swaps rows and columns without a copy.",
		        a.rows, a.columns, b.rows, b.columns, a.columns, b.rows);
	if (out.rows != a.rows || out.columns != b.columns)
		error_stop(site, operation,
		        "(%d,%d) times (%d,%d) is (%d,%d), but out is (%d,%d)", a.rows,
		        a.columns, b.rows, b.columns, a.rows, b.columns, out.rows,
		        out.columns);
	if (out.column_stride != 1)
		error_stop(site, operation,
		        "out must not be transposed (its column stride is %d)",
		        out.column_stride);
}

void(matmul_plain)(Site site, Matrix out, Matrix a, Matrix b, MatmulMode mode)
{
	validate(site, "matmul_plain", out, a, b);
	for (int i = 0; i < out.rows; i++) {
		real *out_i = out.data + (size_t)i * (size_t)out.row_stride;
		const real *a_i = a.data + (size_t)i * (size_t)a.row_stride;
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

/* Row by row: out_i += a(i,k) b_k, each element still in the order k = 0, 1, 2, ... */
void(matmul)(Site site, Matrix out, Matrix a, Matrix b, MatmulMode mode)
{
	validate(site, "matmul", out, a, b);
	(matmul_plain)(site, out, a, b, mode);
}
