/* wrap: matmul_at matmul_from_at matmul_packed_at matmul_packed_from_at */
/* Each product, of a layer and of a gradient, is the student's. */
#include "tutorials/01-tensors/exercise.h"
#include "tensor/matmul.h"
#include "tutorials/lesson/mine.h"

#include <math.h>

void __real_matmul_at(Site site, Matrix out, Matrix a, Matrix b, MatmulMode mode);
void __wrap_matmul_at(Site site, Matrix out, Matrix a, Matrix b, MatmulMode mode);
void __real_matmul_from_at(Site site, Matrix out, Matrix start, Matrix a, Matrix b);
void __wrap_matmul_from_at(Site site, Matrix out, Matrix start, Matrix a, Matrix b);
void __real_matmul_packed_at(
        Site site, Matrix out, Matrix a, MatrixPacked b, MatmulMode mode);
void __wrap_matmul_packed_at(
        Site site, Matrix out, Matrix a, MatrixPacked b, MatmulMode mode);
void __real_matmul_packed_from_at(
        Site site, Matrix out, Matrix start, Matrix a, MatrixPacked b);
void __wrap_matmul_packed_from_at(
        Site site, Matrix out, Matrix start, Matrix a, MatrixPacked b);

static real *place(Matrix m, int i, int j)
{
	return m.data + (ptrdiff_t)i * m.row_stride + (ptrdiff_t)j * m.column_stride;
}

/* In double, and with a tolerance: a right sum in another order is right. */
static void check_element(Site site, Matrix out, Matrix a, Matrix b, int i, int j)
{
	double sum = 0, size = 0, found = (double)*place(out, i, j);
	for (int k = 0; k < a.columns; k++) {
		double term = (double)*place(a, i, k) * (double)*place(b, k, j);
		sum += term;
		size += fabs(term);
	}
	if (isfinite(size) && !mine_near(found, sum, size))
		error_stop(site, "MINE=1",
		        "your product (%d,%d) times (%d,%d) has %.6g at (%d,%d), "
		        "expected %.6g. make exercise CH=01 says why.",
		        a.rows, a.columns, b.rows, b.columns, found, i, j, sum);
}

/* Of a large product not all elements, so that its time stays the student's. */
static void check(Site site, Matrix out, Matrix a, Matrix b)
{
	enum { TERMS = 50000 };
	const int count = out.rows * out.columns, most = TERMS / (a.columns + 1) + 1;
	const int step = count / most + 1;
	for (int e = 0; e < count; e += step)
		check_element(site, out, a, b, e / out.columns, e % out.columns);
	if (count)
		check_element(site, out, a, b, out.rows - 1, out.columns - 1);
}

static bool is_plain(Matrix m)
{
	return m.row_stride == m.columns && m.column_stride == 1;
}

/* A new matrix in the arena. */
static Matrix student_product(Arena *arena, Site site, Matrix a, Matrix b)
{
	const size_t count = (size_t)a.rows * (size_t)b.columns;
	Matrix out = matrix_view(mine_room(arena, count), a.rows, b.columns, b.columns);
	const int a_strides[2] = { a.row_stride, a.column_stride };
	const int b_strides[2] = { b.row_stride, b.column_stride };
	if (is_plain(a) && is_plain(b))
		multiply(out.data, a.data, b.data, a.rows, a.columns, b.columns);
	else
		multiply_views(out.data, a.data, a_strides, b.data, b_strides, a.rows,
		        a.columns, b.columns);
	mine_room_check(site, "01", "your product", out.data, count);
	if (mine_check())
		check(site, out, a, b);
	return out;
}

/* out = start + a b; start may be out, or have no data. */
static void add_product(
        Arena *arena, Site site, Matrix out, Matrix start, Matrix a, Matrix b)
{
	Matrix product = student_product(arena, site, a, b);
	for (int i = 0; i < out.rows; i++)
		for (int j = 0; j < out.columns; j++)
			*place(out, i, j) = *place(product, i, j) +
			                    (start.data ? *place(start, i, j) : 0);
}

static Matrix start_of(Matrix out, MatmulMode mode)
{
	if (mode == MATMUL_SET)
		out.data = NULL;
	return out;
}

/* The sizes that multiply() is promised; for others the library has its message. */
static bool fit(Matrix out, Matrix start, int rows, int inner, int b_rows, int columns)
{
	return inner == b_rows && out.rows == rows && out.columns == columns &&
	       start.rows == rows && start.columns == columns;
}

void __wrap_matmul_at(Site site, Matrix out, Matrix a, Matrix b, MatmulMode mode)
{
	if (!fit(out, out, a.rows, a.columns, b.rows, b.columns)) {
		__real_matmul_at(site, out, a, b, mode);
		return;
	}
	Arena *arena = arena_new("mine");
	add_product(arena, site, out, start_of(out, mode), a, b);
	arena_free(arena);
}

void __wrap_matmul_from_at(Site site, Matrix out, Matrix start, Matrix a, Matrix b)
{
	if (!fit(out, start, a.rows, a.columns, b.rows, b.columns)) {
		__real_matmul_from_at(site, out, start, a, b);
		return;
	}
	Arena *arena = arena_new("mine");
	add_product(arena, site, out, start, a, b);
	arena_free(arena);
}

/* What was packed, in plain order again: 1 b = b. */
static Matrix unpacked(Arena *arena, Site site, MatrixPacked b)
{
	Matrix one = matrix_of(tensor_zeros(arena, SHAPE(b.rows, b.rows)));
	Matrix plain = matrix_of(tensor_new(arena, SHAPE(b.rows, b.columns)));
	for (int k = 0; k < b.rows; k++)
		*place(one, k, k) = 1;
	__real_matmul_packed_at(site, plain, one, b, MATMUL_SET);
	return plain;
}

void __wrap_matmul_packed_from_at(
        Site site, Matrix out, Matrix start, Matrix a, MatrixPacked b)
{
	if (!fit(out, start, a.rows, a.columns, b.rows, b.columns)) {
		__real_matmul_packed_from_at(site, out, start, a, b);
		return;
	}
	Arena *arena = arena_new("mine");
	add_product(arena, site, out, start, a, unpacked(arena, site, b));
	arena_free(arena);
}

void __wrap_matmul_packed_at(
        Site site, Matrix out, Matrix a, MatrixPacked b, MatmulMode mode)
{
	__wrap_matmul_packed_from_at(site, out, start_of(out, mode), a, b);
}
