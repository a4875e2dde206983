/* wrap: matmul_at matmul_from_at */
/* Each product, of a layer and of a gradient, is the student's. */
#include "tutorials/01-tensors/exercise.h"
#include "tutorials/mine.h"

#include <math.h>

void __real_matmul_at(Site site, Matrix out, Matrix a, Matrix b, MatmulMode mode);
void __wrap_matmul_at(Site site, Matrix out, Matrix a, Matrix b, MatmulMode mode);
void __real_matmul_from_at(Site site, Matrix out, Matrix start, Matrix a, Matrix b);
void __wrap_matmul_from_at(Site site, Matrix out, Matrix start, Matrix a, Matrix b);

static void check(Site site, Matrix out, Matrix a, Matrix b)
{
	if (!mine_check())
		return;
	for (int i = 0; i < out.rows; i++)
		for (int j = 0; j < out.columns; j++) {
			double sum = 0, size = 0;
			for (int k = 0; k < a.columns; k++) {
				double term = (double)a.data[i * a.row_stride +
				                             k * a.column_stride] *
				              (double)b.data[k * b.row_stride +
				                             j * b.column_stride];
				sum += term;
				size += fabs(term);
			}
			double found =
			        (double)out
			                .data[i * out.row_stride + j * out.column_stride];
			if (fabs(found - sum) > 1e-6 + 1e-4 * size)
				error_stop(site, "MINE=1",
				        "your product (%d,%d) times (%d,%d) has %.6g at "
				        "(%d,%d), expected %.6g. make exercise CH=01 "
				        "says "
				        "why.",
				        a.rows, a.columns, b.rows, b.columns, found, i, j,
				        sum);
		}
}

static bool fit(Matrix out, Matrix a, Matrix b)
{
	return a.columns == b.rows && out.rows == a.rows && out.columns == b.columns;
}

/* out = start + a b; `start` may be `out`. */
static void add_product(Site site, Matrix out, Matrix start, Matrix a, Matrix b)
{
	Arena *arena = arena_new("mine");
	Matrix product = matrix_of(tensor_new(arena, SHAPE(out.rows, out.columns)));
	multiply(product, a, b);
	check(site, product, a, b);
	for (int i = 0; i < out.rows; i++)
		for (int j = 0; j < out.columns; j++)
			out.data[i * out.row_stride + j * out.column_stride] =
			        start.data[i * start.row_stride +
			                   j * start.column_stride] +
			        product.data[i * out.columns + j];
	arena_free(arena);
}

void __wrap_matmul_at(Site site, Matrix out, Matrix a, Matrix b, MatmulMode mode)
{
	if (!fit(out, a, b)) {
		__real_matmul_at(site, out, a, b, mode);
	} else if (mode == MATMUL_SET) {
		multiply(out, a, b);
		check(site, out, a, b);
	} else {
		add_product(site, out, out, a, b);
	}
}

void __wrap_matmul_from_at(Site site, Matrix out, Matrix start, Matrix a, Matrix b)
{
	if (!start.data)
		__wrap_matmul_at(site, out, a, b, MATMUL_SET);
	else if (fit(out, a, b) && start.rows == out.rows && start.columns == out.columns)
		add_product(site, out, start, a, b);
	else
		__real_matmul_from_at(site, out, start, a, b);
}
