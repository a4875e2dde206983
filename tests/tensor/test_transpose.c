#include "tensor/rng.h"
#include "tensor/transpose.h"
#include "tests/support/harness.h"

static Matrix random_matrix(Arena *arena, int rows, int columns)
{
	Tensor x = tensor_new(arena, SHAPE(rows, columns));
	Rng rng = rng_new(1);
	for (size_t i = 0; i < tensor_count(x); i++)
		x.data[i] = rng_uniform(&rng);
	return matrix_of(x);
}

static real element(Matrix a, int i, int j)
{
	return a.data[(size_t)i * (size_t)a.row_stride +
	              (size_t)j * (size_t)a.column_stride];
}

/* Every remainder of the blocks, in a wider out whose other columns stay as they were. */
START_TEST(transpose_copies_and_adds_every_size)
{
	Arena *arena = arena_new("test");
	const int sizes[] = { 1, 3, 8, 15, 16, 17, 33 };
	for (int m = 0; m < 7; m++)
		for (int n = 0; n < 14; n++) {
			int rows = sizes[m], columns = sizes[n / 2];
			Matrix a = n % 2 ? random_matrix(arena, rows, columns)
			                 : matrix_transpose(
			                           random_matrix(arena, columns, rows));
			Tensor out = tensor_full(arena, 7, SHAPE(rows, columns + 1));
			Matrix part = matrix_view(out.data, rows, columns, columns + 1);
			matrix_copy(part, a);
			matrix_add(part, a);
			for (int i = 0; i < rows; i++) {
				for (int j = 0; j < columns; j++)
					ck_assert(element(part, i, j) ==
					          2 * element(a, i, j));
				ck_assert(element(part, i, columns) == 7);
			}
		}
	arena_free(arena);
}
END_TEST

START_TEST(transpose_wrong_sizes_stop)
{
	Arena *arena = arena_new("test");
	Matrix a = random_matrix(arena, 2, 3), b = random_matrix(arena, 3, 2);
	ASSERT_STOPS("matrix_copy at tests/tensor/test_transpose.c:", matrix_copy(a, b));
	ASSERT_STOPS("(3,2) does not fit into (2,3)", matrix_copy(a, b));
	ASSERT_STOPS("matrix_add", matrix_add(a, b));
	ASSERT_STOPS("out must not be transposed", matrix_add(matrix_transpose(a), b));
	arena_free(arena);
}
END_TEST

TEST_MAIN("transpose", transpose_copies_and_adds_every_size, transpose_wrong_sizes_stop)
