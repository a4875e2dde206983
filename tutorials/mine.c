/* MINE=1: the chapter's program with the product that you wrote in exercise 1. The linker sends every call of
 * matmul here (--wrap=matmul), the library's own too: each layer, each gradient. Where the shapes are wrong,
 * the library says so as always. */
#include "tensor/tensor.h"
#include "tutorials/01-tensors/exercise.h"

void __real_matmul(Site site, Matrix out, Matrix a, Matrix b, MatmulMode mode);
void __wrap_matmul(Site site, Matrix out, Matrix a, Matrix b, MatmulMode mode);

void __wrap_matmul(Site site, Matrix out, Matrix a, Matrix b, MatmulMode mode)
{
	if (a.columns != b.rows || out.rows != a.rows || out.columns != b.columns) {
		__real_matmul(site, out, a, b, mode);
	} else if (mode == MATMUL_SET) {
		multiply(out, a, b);
	} else {
		Arena *arena = arena_new("mine");
		Tensor product = tensor_new(arena, SHAPE(out.rows, out.columns));
		multiply(matrix_of(product), a, b);
		for (int i = 0; i < out.rows; i++)
			for (int j = 0; j < out.columns; j++)
				out.data[i * out.row_stride + j * out.column_stride] +=
				        product.data[i * out.columns + j];
		arena_free(arena);
	}
}
