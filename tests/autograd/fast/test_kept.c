#include "autograd/fast/kept.h"
#include "tensor/threads.h"
#include "tests/support/harness.h"

#include <stdatomic.h>
#include <string.h>

static atomic_int made; /* parts, by times() */

enum { COUNT = 3 };

/* The numbers of the weight, `how` times as large, each a part of its own. */
static void times(real *to, const Recipe *recipe, int part)
{
	to[part] = (real)recipe->how * recipe->weight.data[part];
	atomic_fetch_add(&made, 1);
}

static const real *made_of(Kept *kept, Arena *arena, Matrix weight, int how)
{
	return kept_made(kept, arena, (Recipe){ times, weight, how, COUNT, COUNT });
}

START_TEST(kept_makes_each_once_and_anew_when_refreshed)
{
	Arena *arena = arena_new("test");
	Kept *kept = kept_new(arena);
	real numbers[COUNT + 1] = { 1, 2, 3, 4 };
	Matrix first = matrix_view(numbers, 1, COUNT, COUNT);
	Matrix second = matrix_view(numbers + 1, 1, COUNT, COUNT);
	atomic_store(&made, 0);
	const real *twice = made_of(kept, arena, first, 2);
	const real *thrice = made_of(kept, arena, first, 3);
	const real *other = made_of(kept, arena, second, 2);
	ck_assert_ptr_eq(made_of(kept, arena, first, 2), twice);
	ck_assert_int_eq(made, 3 * COUNT);
	ASSERT_CLOSE(twice[2], 6, 0, 0);
	ASSERT_CLOSE(thrice[2], 9, 0, 0);
	ASSERT_CLOSE(other[2], 8, 0, 0);

	/* what is made of what was made comes after it */
	const real *of_other =
	        made_of(kept, arena, matrix_view(twice, 1, COUNT, COUNT), 5);
	ck_assert_int_eq(made, 4 * COUNT);
	numbers[2] = 10;
	Pool *pool = pool_new(2);
	kept_refresh(kept, pool);
	pool_free(pool);
	ck_assert_int_eq(made, 8 * COUNT);
	ck_assert_ptr_eq(made_of(kept, arena, first, 2), twice);
	ASSERT_CLOSE(twice[2], 20, 0, 0);
	ASSERT_CLOSE(of_other[2], 100, 0, 0);
	ck_assert_int_eq(made, 8 * COUNT);
	arena_free(arena);
}
END_TEST

START_TEST(kept_none_makes_anew)
{
	Arena *arena = arena_new("test");
	real numbers[COUNT] = { 1, 2, 3 };
	Matrix weight = matrix_view(numbers, 1, COUNT, COUNT);
	const real *a = made_of(NULL, arena, weight, 2);
	const real *b = made_of(NULL, arena, weight, 2);
	ck_assert_ptr_ne(a, b);
	ck_assert_mem_eq(a, b, COUNT * sizeof(real));
	arena_free(arena);
}
END_TEST

START_TEST(kept_pack_gives_the_same_product)
{
	enum { M = 3, K = 5, N = 37 };
	Arena *arena = arena_new("test");
	Tensor a = tensor_new(arena, SHAPE(M, K)), b = tensor_new(arena, SHAPE(N, K));
	Tensor plain = tensor_new(arena, SHAPE(M, N)),
	       packed = tensor_new(arena, SHAPE(M, N));
	for (int i = 0; i < M * K; i++)
		a.data[i] = (real)i - 7;
	for (int i = 0; i < N * K; i++)
		b.data[i] = (real)(i % 11) / 3;
	Matrix turned = matrix_transpose(matrix_of(b));
	matmul_plain(matrix_of(plain), matrix_of(a), turned, MATMUL_SET);
	Kept *kept = kept_new(arena);
	MatrixPacked once = kept_pack(kept, arena, turned),
	             again = kept_pack(kept, arena, turned);
	ck_assert_ptr_eq(once.data, again.data);
	matmul_packed(matrix_of(packed), matrix_of(a), again, MATMUL_SET);
	ASSERT_TENSOR_SAME(packed, plain);
	arena_free(arena);
}
END_TEST

typedef struct Shared {
	Kept *kept;
	Matrix weight;
	const real *got[64];
} Shared;

static void ask(void *context, int index, int worker)
{
	(void)worker;
	Shared *shared = context;
	Arena *arena = arena_new("test");
	shared->got[index] = made_of(shared->kept, arena, shared->weight, 1 + index % 4);
	arena_free(arena);
}

START_TEST(kept_threads_make_each_part_once)
{
	Arena *arena = arena_new("test");
	real numbers[COUNT] = { 1, 2, 3 };
	Shared shared = { .kept = kept_new(arena),
		.weight = matrix_view(numbers, 1, COUNT, COUNT) };
	Pool *pool = pool_new(4);
	atomic_store(&made, 0);
	pool_run(pool, 64, ask, &shared);
	ck_assert_int_eq(made, 4 * COUNT);
	for (int i = 0; i < 64; i++)
		for (int j = 0; j < COUNT; j++)
			ASSERT_CLOSE(shared.got[i][j], (j + 1) * (1 + i % 4), 0, 0);
	pool_free(pool);
	arena_free(arena);
}
END_TEST

TEST_MAIN("kept", kept_makes_each_once_and_anew_when_refreshed, kept_none_makes_anew,
        kept_pack_gives_the_same_product, kept_threads_make_each_part_once)
