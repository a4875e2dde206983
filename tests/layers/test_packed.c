#include "layers/packed.h"
#include "tests/support/harness.h"

/* The example of packed.h. */
START_TEST(packed_by_hand_stands_longest_first)
{
	Arena *arena = arena_new("test");
	Packed p = packed_new(arena, (const int[]){ 2, 4, 1 }, 3);
	ck_assert_int_eq(p.steps, 4);
	ck_assert_int_eq(p.rows, 7);
	const int order[] = { 1, 0, 2 }, active[] = { 3, 2, 1, 1 };
	const int offset[] = { 0, 3, 5, 6 };
	for (int r = 0; r < 3; r++)
		ck_assert_int_eq(p.order[r], order[r]);
	for (int t = 0; t < 4; t++) {
		ck_assert_int_eq(p.active[t], active[t]);
		ck_assert_int_eq(p.offset[t], offset[t]);
	}
	ck_assert_int_eq(packed_both(&p, 0, 1), 2);
	ck_assert_int_eq(packed_both(&p, 3, 2), 1);
	ck_assert_int_eq(packed_both(&p, 3, 4), 0);
	ck_assert_int_eq(packed_both(&p, 0, -1), 0);
	arena_free(arena);
}
END_TEST

START_TEST(packed_equal_lengths_keep_their_order)
{
	Arena *arena = arena_new("test");
	Packed p = packed_new(arena, (const int[]){ 3, 3, 5, 3 }, 4);
	const int order[] = { 2, 0, 1, 3 };
	for (int r = 0; r < 4; r++)
		ck_assert_int_eq(p.order[r], order[r]);
	ck_assert_int_eq(packed_new(arena, NULL, 0).rows, 0);
	arena_free(arena);
}
END_TEST

START_TEST(packed_gather_and_scatter_leave_padding_alone)
{
	Arena *arena = arena_new("test");
	Packed p = packed_new(arena, (const int[]){ 1, 2 }, 2);
	real x[] = { 1, 2, 9, 9, 3, 4, 5, 6 }; /* (2,2,2) */
	real rows[6];
	packed_gather(&p, rows, tensor_view(x, SHAPE(2, 2, 2)));
	const real expected[] = { 3, 4, 1, 2, 5, 6 };
	for (int i = 0; i < 6; i++)
		ck_assert(rows[i] == expected[i]);
	packed_scatter_add(&p, tensor_view(x, SHAPE(2, 2, 2)), rows);
	const real doubled[] = { 2, 4, 9, 9, 6, 8, 10, 12 };
	for (int i = 0; i < 8; i++)
		ck_assert(x[i] == doubled[i]);
	arena_free(arena);
}
END_TEST

START_TEST(packed_state_takes_its_columns)
{
	Arena *arena = arena_new("test");
	Packed p = packed_new(arena, (const int[]){ 1, 2 }, 2);
	real state[] = { 1, 2, 3, 4, 5, 6 }; /* (2,3) */
	real rows[4] = { 7, 7, 7, 7 };
	packed_state_gather(&p, rows, (Tensor){ .data = NULL }, 1, 2);
	for (int i = 0; i < 4; i++)
		ck_assert(rows[i] == 0);
	packed_state_gather(&p, rows, tensor_view(state, SHAPE(2, 3)), 1, 2);
	const real expected[] = { 5, 6, 2, 3 };
	for (int i = 0; i < 4; i++)
		ck_assert(rows[i] == expected[i]);
	packed_state_scatter_add(&p, tensor_view(state, SHAPE(2, 3)), 0, 2, rows);
	const real added[] = { 3, 5, 3, 9, 11, 6 };
	for (int i = 0; i < 6; i++)
		ck_assert(state[i] == added[i]);
	packed_state_scatter_add(&p, (Tensor){ .data = NULL }, 0, 2, rows);
	arena_free(arena);
}
END_TEST

TEST_MAIN("packed", packed_by_hand_stands_longest_first,
        packed_equal_lengths_keep_their_order,
        packed_gather_and_scatter_leave_padding_alone, packed_state_takes_its_columns)
