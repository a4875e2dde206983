#include "tensor/matmul.h"
#include "tensor/rng.h"
#include "tensor/transpose.h"
#include "tests/support/harness.h"

#include <string.h>

/* Where random matrices come from, and where they lie. */
typedef struct Source {
	Arena *arena;
	Rng rng;
} Source;

static Source source_new(uint64_t seed)
{
	return (Source){ .arena = arena_new("test"), .rng = rng_new(seed) };
}

static Matrix random_matrix(Source *source, int rows, int columns, int row_stride)
{
	size_t count = (size_t)(rows - 1) * (size_t)row_stride + (size_t)columns;
	real *data =
	        arena_alloc(source->arena, (rows && columns ? count : 0) * sizeof(real));
	for (size_t i = 0; rows && columns && i < count; i++)
		data[i] = rng_uniform(&source->rng) - (real)0.5;
	return matrix_view(data, rows, columns, row_stride);
}

/* A (rows,columns) matrix as it may come: transposed or not, its rows apart or (an
 * input's) overlapping. */
static Matrix random_layout(Source *source, int rows, int columns)
{
	bool transposed = rng_below(&source->rng, 2);
	int long_side = transposed ? rows : columns;
	int stride = long_side + rng_below(&source->rng, 3) * 7;
	if (rng_below(&source->rng, 4) == 0 && long_side > 1)
		stride = 1 + rng_below(&source->rng, long_side);
	return transposed ? matrix_transpose(random_matrix(source, columns, rows, stride))
	                  : random_matrix(source, rows, columns, stride);
}

static Matrix copy_of(Source *source, Matrix a)
{
	size_t count = (size_t)(a.rows - 1) * (size_t)a.row_stride + (size_t)a.columns;
	a.data = arena_copy(source->arena, a.data, count * sizeof(real));
	return a;
}

/* The numbers between the rows count too: nothing may be written there. */
static void check_same(Matrix out, Matrix expected, const char *what, Matrix a, Matrix b)
{
	size_t count =
	        (size_t)(out.rows - 1) * (size_t)out.row_stride + (size_t)out.columns;
	for (size_t i = 0; i < count; i++)
		if (memcmp(&out.data[i], &expected.data[i], sizeof(real)))
			ck_abort_msg(
			        "%s: (%d,%d) strides %d %d times (%d,%d) strides %d %d: out[%zu] is %.9g, matmul_plain has %.9g",
			        what, a.rows, a.columns, a.row_stride, a.column_stride,
			        b.rows, b.columns, b.row_stride, b.column_stride, i,
			        (double)out.data[i], (double)expected.data[i]);
}

/* matmul_from and matmul_packed_from against a copy of the start and matmul_plain; all
 * rows may be one. */
static void check_start(Source *source, Matrix start, Matrix a, Matrix b)
{
	if (rng_below(&source->rng, 2))
		start.row_stride = 0;
	if (rng_below(&source->rng, 4) == 0)
		start.data = NULL;
	Matrix out = random_matrix(source, a.rows, b.columns, b.columns + 3);
	Matrix expected = copy_of(source, out), again = copy_of(source, out);
	if (start.data)
		matrix_copy(expected, start);
	matmul_plain(expected, a, b, start.data ? MATMUL_ADD : MATMUL_SET);
	matmul_from(out, start, a, b);
	check_same(out, expected, "matmul_from", a, b);
	matmul_packed_from(again, start, a, matrix_pack(source->arena, b));
	check_same(again, expected, "matmul_packed_from", a, b);
}

/* matmul and matmul_packed against matmul_plain, both modes. */
static void check_product(Source *source, Matrix a, Matrix b)
{
	int stride = b.columns + rng_below(&source->rng, 2) * 5;
	Matrix before = random_matrix(source, a.rows, b.columns, stride);
	for (int mode = MATMUL_SET; mode <= MATMUL_ADD; mode++) {
		Matrix out = copy_of(source, before), expected = copy_of(source, before);
		matmul_plain(expected, a, b, (MatmulMode)mode);
		matmul(out, a, b, (MatmulMode)mode);
		check_same(out, expected, "matmul", a, b);
		Matrix again = copy_of(source, before);
		matmul_packed(again, a, matrix_pack(source->arena, b), (MatmulMode)mode);
		check_same(again, expected, "matmul_packed", a, b);
	}
	check_start(source, before, a, b);
	arena_reset(source->arena);
}

START_TEST(matmul_small_gives_known_values)
{
	const real a[] = { 1, 2, 3, 4, 5, 6 };    /* (2,3) */
	const real b[] = { 7, 8, 9, 10, 11, 12 }; /* (3,2) */
	real out[] = { 100, 100, 100, 100 };
	Matrix o = matrix_view(out, 2, 2, 2);
	matmul(o, matrix_view(a, 2, 3, 3), matrix_view(b, 3, 2, 2), MATMUL_ADD);
	const double expected[] = { 158, 164, 239, 254 };
	for (int i = 0; i < 4; i++)
		ASSERT_CLOSE(out[i], expected[i], 0, 0);
	matmul(o, matrix_transpose(matrix_view(b, 3, 2, 2)),
	        matrix_transpose(matrix_view(a, 2, 3, 3)), MATMUL_SET);
	const double transposed[] = { 58, 139, 64, 154 };
	for (int i = 0; i < 4; i++)
		ASSERT_CLOSE(out[i], transposed[i], 0, 0);
}
END_TEST

START_TEST(matmul_every_small_shape_same_bits_as_plain)
{
	Source source = source_new(1);
	for (int m = 1; m <= 35; m++)
		for (int n = 1; n <= 70; n += m < 6 ? 1 : 9)
			check_product(&source, random_layout(&source, m, 5),
			        random_layout(&source, 5, n));
	arena_free(source.arena);
}
END_TEST

START_TEST(matmul_random_shapes_same_bits_as_plain)
{
	Source source = source_new(2);
	for (int trial = 0; trial < 25; trial++) {
		int m = 1 + rng_below(&source.rng, 150),
		    k = 1 + rng_below(&source.rng, 300),
		    n = 1 + rng_below(&source.rng, 300);
		check_product(&source, random_layout(&source, m, k),
		        random_layout(&source, k, n));
	}
	arena_free(source.arena);
}
END_TEST

/* Several blocks of k and of columns. */
START_TEST(matmul_many_blocks_same_bits_as_plain)
{
	static const int shapes[][3] = { { 1, 1030, 700 }, { 8, 700, 1025 },
		{ 17, 513, 257 }, { 100, 600, 300 }, { 97, 256, 130 }, { 3, 2000, 129 } };
	Source source = source_new(3);
	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
		for (int layout = 0; layout < 4; layout++) {
			int m = shapes[i][0], k = shapes[i][1], n = shapes[i][2];
			Matrix a = layout & 1 ? matrix_transpose(
			                                random_matrix(&source, k, m, m))
			                      : random_matrix(&source, m, k, k);
			Matrix b = layout & 2 ? matrix_transpose(
			                                random_matrix(&source, n, k, k))
			                      : random_matrix(&source, k, n, n);
			check_product(&source, a, b);
		}
	arena_free(source.arena);
}
END_TEST

/* A convolution of width 5 over 40 features: each row is 5 steps, the next begins one
 * step later. */
START_TEST(matmul_overlapping_rows_is_a_convolution)
{
	Source source = source_new(4);
	Matrix x = random_matrix(&source, 200, 40, 40);
	Matrix windows = matrix_view(x.data, 196, 200, 40);
	check_product(&source, windows, random_matrix(&source, 200, 64, 64));
	x = random_matrix(&source, 200, 40, 40);
	windows = matrix_view(x.data, 196, 200, 40);
	check_product(
	        &source, matrix_transpose(random_matrix(&source, 196, 64, 64)), windows);
	arena_free(source.arena);
}
END_TEST

START_TEST(matmul_no_terms_is_zero)
{
	real out[] = { 1, 2, 3, 4 };
	Matrix o = matrix_view(out, 2, 2, 2);
	Matrix a = matrix_view(NULL, 2, 0, 0), b = matrix_view(NULL, 0, 2, 2);
	matmul(o, a, b, MATMUL_ADD);
	ASSERT_CLOSE(out[3], 4, 0, 0);
	matmul(o, a, b, MATMUL_SET);
	for (int i = 0; i < 4; i++)
		ASSERT_CLOSE(out[i], 0, 0, 0);
	out[2] = 5;
	Arena *arena = arena_new("test");
	matmul_packed(o, a, matrix_pack(arena, b), MATMUL_SET);
	ASSERT_CLOSE(out[2], 0, 0, 0);
	const real start[] = { 5, 6 };
	matmul_from(matrix_view(out, 2, 2, 2), matrix_view(start, 2, 2, 0), a, b);
	ASSERT_CLOSE(out[2], 5, 0, 0);
	ASSERT_CLOSE(out[3], 6, 0, 0);
	arena_free(arena);
}
END_TEST

START_TEST(matmul_no_rows_or_columns_does_nothing)
{
	real out[] = { 7 }, x[] = { 1, 2, 3 };
	matmul(matrix_view(out, 0, 1, 1), matrix_view(x, 0, 3, 3),
	        matrix_view(x, 3, 1, 1), MATMUL_SET);
	matmul(matrix_view(out, 1, 0, 0), matrix_view(x, 1, 3, 3),
	        matrix_view(x, 3, 0, 0), MATMUL_SET);
	ASSERT_CLOSE(out[0], 7, 0, 0);
}
END_TEST

START_TEST(matmul_infinity_and_nan_pass_through)
{
	real a[] = { 0, 1 }, b[] = { (real)__builtin_inf(), 2 }, out[1];
	matmul(matrix_view(out, 1, 1, 1), matrix_view(a, 1, 2, 2),
	        matrix_view(b, 2, 1, 1), MATMUL_SET);
	ck_assert_double_nan((double)out[0]);
	a[0] = 3;
	matmul(matrix_view(out, 1, 1, 1), matrix_view(a, 1, 2, 2),
	        matrix_view(b, 2, 1, 1), MATMUL_SET);
	ck_assert_double_infinite((double)out[0]);
}
END_TEST

START_TEST(matmul_inner_mismatch_stops)
{
	real x[64] = { 0 };
	Matrix o = matrix_view(x, 2, 2, 2), a = matrix_view(x, 2, 3, 3),
	       b = matrix_view(x, 4, 2, 2);
	ASSERT_STOPS(
	        "matmul at tests/tensor/test_matmul.c:", matmul(o, a, b, MATMUL_SET));
	ASSERT_STOPS("(2,3) times (4,2): inner sizes 3 and 4 differ",
	        matmul(o, a, b, MATMUL_SET));
	ASSERT_STOPS("matmul_plain at", matmul_plain(o, a, b, MATMUL_SET));
	Arena *arena = arena_new("test");
	MatrixPacked packed = matrix_pack(arena, b);
	ASSERT_STOPS("matmul_packed at", matmul_packed(o, a, packed, MATMUL_SET));
	ASSERT_STOPS("matmul_from at", matmul_from(o, o, a, b));
	ASSERT_STOPS("matmul_packed_from at", matmul_packed_from(o, o, a, packed));
	arena_free(arena);
}
END_TEST

START_TEST(matmul_wrong_out_stops)
{
	real x[64] = { 0 };
	Matrix a = matrix_view(x, 2, 3, 3), b = matrix_view(x, 3, 4, 4),
	       o = matrix_view(x + 32, 4, 2, 2);
	ASSERT_STOPS("(2,3) times (3,4) is (2,4), but out is (4,2)",
	        matmul(o, a, b, MATMUL_SET));
	ASSERT_STOPS("out must not be transposed (its column stride is 2)",
	        matmul(matrix_transpose(o), a, b, MATMUL_SET));
	ASSERT_STOPS("the start is (4,2) with a column stride of 1: expected (2,4)",
	        matmul_from(matrix_view(x + 32, 2, 4, 4), o, a, b));
}
END_TEST

START_TEST(matmul_two_strides_stops)
{
	real x[64] = { 0 };
	Matrix a = {
		.data = x, .rows = 2, .columns = 2, .row_stride = 4, .column_stride = 2
	};
	Matrix o = matrix_view(x + 32, 2, 2, 2);
	ASSERT_STOPS("a has strides 4 and 2, b 2 and 1", matmul(o, a, o, MATMUL_SET));
	ASSERT_STOPS("a has strides 2 and 1, b 4 and 2", matmul(o, o, a, MATMUL_SET));
}
END_TEST

START_TEST(matrix_of_takes_the_last_dimension_as_columns)
{
	real x[24] = { 0 };
	Matrix a = matrix_of(tensor_view(x, SHAPE(2, 3, 4)));
	ck_assert(a.rows == 6 && a.columns == 4 && a.row_stride == 4 &&
	          a.column_stride == 1);
	a = matrix_of(tensor_view(x, SHAPE(24)));
	ck_assert(a.rows == 1 && a.columns == 24);
	a = matrix_of(tensor_view(x, SCALAR));
	ck_assert(a.rows == 1 && a.columns == 1);
}
END_TEST

TEST_MAIN("matmul", matmul_small_gives_known_values,
        matmul_every_small_shape_same_bits_as_plain,
        matmul_random_shapes_same_bits_as_plain, matmul_many_blocks_same_bits_as_plain,
        matmul_overlapping_rows_is_a_convolution, matmul_no_terms_is_zero,
        matmul_no_rows_or_columns_does_nothing, matmul_infinity_and_nan_pass_through,
        matmul_inner_mismatch_stops, matmul_wrong_out_stops, matmul_two_strides_stops,
        matrix_of_takes_the_last_dimension_as_columns)
