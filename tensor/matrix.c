/* Views of what lies in memory, and the two small sums that need no product. */
#include "tensor/matrix.h"

#include <string.h>

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

void matrix_clear(Matrix out)
{
	for (int i = 0; i < out.rows; i++)
		memset(matrix_row(out, i), 0, (size_t)out.columns * sizeof(real));
}

void matrix_add_column_sums(real *restrict sums, Matrix a)
{
	for (int i = 0; i < a.rows; i++) {
		const real *restrict a_i = matrix_row(a, i);
		for (int j = 0; j < a.columns; j++)
			sums[j] += a_i[j];
	}
}
