#include "tests/support/golden.h"

START_TEST(golden_tensor_has_shape_and_numbers)
{
	Arena *arena = arena_new("test");
	real expected[] = { 1, (real)-2.5, 3, 4, (real)1e-7, (real)(1.0 / 3) };
	ASSERT_TENSOR_CLOSE(golden_tensor(arena, "sample.txt", "sample.matrix"),
	        tensor_view(expected, SHAPE(2, 3)), 0, 1e-8);
	ASSERT_GOLDEN(
	        tensor_full(arena, (real)0.25, SCALAR), "sample.txt", "sample.scalar");
	const int *ids = golden_ints(arena, "sample.txt", "sample.ids");
	ck_assert_int_eq(ids[0], 3);
	ck_assert_int_eq(ids[1], 0);
	ck_assert_int_eq(ids[2], 2);
	arena_free(arena);
}
END_TEST

TEST_MAIN("golden", golden_tensor_has_shape_and_numbers)
