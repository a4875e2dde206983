#include "tests/support/harness.h"

#include <limits.h>

static real six[] = { 1, 2, 3, 4, 5, 6 };

START_TEST(view_keeps_the_numbers)
{
	Tensor x = tensor_view(six, SHAPE(2, 3));
	ck_assert_int_eq(x.ndim, 2);
	ck_assert_int_eq(x.shape[0], 2);
	ck_assert_int_eq(x.shape[1], 3);
	ck_assert_ptr_eq(x.data, six);
	ck_assert_uint_eq(tensor_count(x), 6);
	ck_assert_uint_eq(tensor_count(tensor_view(six, SCALAR)), 1);
	ck_assert_uint_eq(tensor_count(tensor_view(NULL, SHAPE(3, 0, 2))), 0);
}
END_TEST

START_TEST(view_bad_shape_stops)
{
	static const int many[] = { 1, 1, 1, 1, 1 };
	ASSERT_STOPS("tensor_view at tests/tensor/test_tensor.c:",
	        tensor_view(six, SHAPE(2, -3)));
	ASSERT_STOPS(
	        "shape (2,-3): dimension 1 is negative", tensor_view(six, SHAPE(2, -3)));
	ASSERT_STOPS("5 dimensions: a tensor has 0 to 4", tensor_view(six, 5, many));
	ASSERT_STOPS("-1 dimensions: a tensor has 0 to 4", tensor_view(six, -1, many));
}
END_TEST

/* Near INT_MAX, and far beyond what a size_t holds. */
START_TEST(view_too_many_elements_stops)
{
	Tensor most = tensor_view(NULL, SHAPE(INT_MAX));
	ck_assert_uint_eq(tensor_count(most), INT_MAX);
	ASSERT_STOPS(
	        "shape (65536,65536) has more than 2147483647 elements. Hint: a smaller batch, or shorter sequences.",
	        tensor_view(NULL, SHAPE(65536, 65536)));
	ASSERT_STOPS(
	        "more than 2147483647 elements", tensor_view(NULL, SHAPE(INT_MAX, 2)));
	ASSERT_STOPS("more than 2147483647 elements",
	        tensor_view(NULL, SHAPE(INT_MAX, INT_MAX, INT_MAX, INT_MAX)));
	Arena *arena = arena_new("test");
	ASSERT_STOPS("more than", tensor_new(arena, SHAPE(65536, 65536)));
	ASSERT_STOPS("more than", tensor_zeros(arena, SHAPE(65536, 65536)));
	ASSERT_STOPS("more than", tensor_full(arena, 1, SHAPE(65536, 65536)));
	arena_free(arena);
}
END_TEST

START_TEST(new_tensors_hold_what_they_say)
{
	Arena *arena = arena_new("test");
	Tensor zeros = tensor_zeros(arena, SHAPE(2, 3)),
	       ones = tensor_full(arena, 1, SHAPE(4));
	Tensor x = tensor_from(arena, six, 6, SHAPE(2, 3)), copy = tensor_clone(arena, x);
	for (int i = 0; i < 6; i++)
		ck_assert(zeros.data[i] == 0);
	for (int i = 0; i < 4; i++)
		ck_assert(ones.data[i] == 1);
	ASSERT_TENSOR_SAME(x, tensor_view(six, SHAPE(2, 3)));
	ASSERT_TENSOR_SAME(copy, x);
	ck_assert_ptr_ne(copy.data, x.data);
	Tensor like = tensor_like(arena, x);
	ck_assert(tensor_same_shape(like, x));
	ck_assert_ptr_ne(like.data, x.data);
	tensor_copy(like, x);
	ASSERT_TENSOR_SAME(like, x);
	tensor_fill(like, 7);
	ASSERT_TENSOR_SAME(like, tensor_full(arena, 7, SHAPE(2, 3)));
	ck_assert_int_eq(tensor_new(arena, SCALAR).ndim, 0);
	arena_free(arena);
}
END_TEST

START_TEST(empty_tensors_need_no_memory)
{
	Arena *arena = arena_new("test");
	Tensor none = tensor_from(arena, NULL, 0, SHAPE(0, 3));
	Tensor view = tensor_view(NULL, SHAPE(0, 3));
	tensor_copy(view, none);
	tensor_fill(view, 1);
	ck_assert_uint_eq(tensor_count(tensor_clone(arena, view)), 0);
	arena_free(arena);
}
END_TEST

START_TEST(from_and_copy_wrong_sizes_stop)
{
	Arena *arena = arena_new("test");
	ASSERT_STOPS("tensor_from at tests/tensor/test_tensor.c:",
	        tensor_from(arena, six, 6, SHAPE(2, 2)));
	ASSERT_STOPS("6 numbers do not fill a tensor of shape (2,2)",
	        tensor_from(arena, six, 6, SHAPE(2, 2)));
	ASSERT_STOPS("tensor_copy at tests/tensor/test_tensor.c:",
	        tensor_copy(
	                tensor_view(six, SHAPE(2, 3)), tensor_view(six, SHAPE(3, 2))));
	ASSERT_STOPS("shape (3,2) does not fit into shape (2,3)",
	        tensor_copy(
	                tensor_view(six, SHAPE(2, 3)), tensor_view(six, SHAPE(3, 2))));
	arena_free(arena);
}
END_TEST

START_TEST(same_shape_compares_rank_and_sizes)
{
	Tensor x = tensor_view(six, SHAPE(2, 3));
	ck_assert(tensor_same_shape(x, tensor_view(NULL, SHAPE(2, 3))));
	ck_assert(!tensor_same_shape(x, tensor_view(six, SHAPE(3, 2))));
	ck_assert(!tensor_same_shape(x, tensor_view(six, SHAPE(2, 3, 1))));
	ck_assert(tensor_same_shape(tensor_view(six, SCALAR), tensor_view(six, SCALAR)));
}
END_TEST

START_TEST(reshape_keeps_the_numbers)
{
	Tensor x = tensor_view(six, SHAPE(2, 3)), y = tensor_reshape(x, SHAPE(3, 2));
	ck_assert_str_eq(tensor_shape_text(y).text, "(3,2)");
	ck_assert_ptr_eq(y.data, six);
	y = tensor_reshape(x, SHAPE(-1));
	ck_assert_str_eq(tensor_shape_text(y).text, "(6)");
	y = tensor_reshape(x, SHAPE(3, -1, 1));
	ck_assert_str_eq(tensor_shape_text(y).text, "(3,2,1)");
	y = tensor_reshape(tensor_view(six, SHAPE(1, 1)), SCALAR);
	ck_assert_str_eq(tensor_shape_text(y).text, "()");
	y = tensor_reshape(tensor_view(NULL, SHAPE(0, 4)), SHAPE(2, -1));
	ck_assert_str_eq(tensor_shape_text(y).text, "(2,0)");
}
END_TEST

START_TEST(reshape_misfit_stops)
{
	Tensor x = tensor_view(six, SHAPE(2, 3));
	ASSERT_STOPS("tensor_reshape at tests/tensor/test_tensor.c:",
	        tensor_reshape(x, SHAPE(4, 2)));
	ASSERT_STOPS(
	        "shape (2,3): 6 numbers do not fill (4,2). Hint: a reshape keeps their number; one dimension may be -1, whatever is left.",
	        tensor_reshape(x, SHAPE(4, 2)));
	ASSERT_STOPS("do not fill (4,-1)", tensor_reshape(x, SHAPE(4, -1)));
	ASSERT_STOPS("do not fill (0,-1)", tensor_reshape(x, SHAPE(0, -1)));
	ASSERT_STOPS("do not fill (-1,65536,65536)",
	        tensor_reshape(x, SHAPE(-1, 65536, 65536)));
	ASSERT_STOPS("do not fill (-1,-1)", tensor_reshape(x, SHAPE(-1, -1)));
	ASSERT_STOPS("do not fill (-6,1)", tensor_reshape(x, SHAPE(-6, 1)));
	ASSERT_STOPS("5 dimensions", tensor_reshape(x, SHAPE(1, 1, 1, 2, 3)));
}
END_TEST

START_TEST(slice_and_row_are_views)
{
	Tensor x = tensor_view(six, SHAPE(3, 2));
	Tensor two = tensor_slice(x, 1, 3), row = tensor_row(x, 2);
	ck_assert_str_eq(tensor_shape_text(two).text, "(2,2)");
	ck_assert_ptr_eq(two.data, six + 2);
	ck_assert_str_eq(tensor_shape_text(row).text, "(2)");
	ck_assert_ptr_eq(row.data, six + 4);
	ck_assert_int_eq(tensor_row(row, 1).ndim, 0);
	ck_assert(tensor_row(row, 1).data[0] == 6);
	ck_assert_uint_eq(tensor_count(tensor_slice(x, 3, 3)), 0);
}
END_TEST

START_TEST(slice_and_row_outside_stop)
{
	Tensor x = tensor_view(six, SHAPE(3, 2)), scalar = tensor_view(six, SCALAR);
	ASSERT_STOPS(
	        "tensor_slice at tests/tensor/test_tensor.c:", tensor_slice(x, 1, 4));
	ASSERT_STOPS("rows 1 to 4 of shape (3,2): expected 0 <= begin <= end <= 3",
	        tensor_slice(x, 1, 4));
	ASSERT_STOPS("rows -1 to 2", tensor_slice(x, -1, 2));
	ASSERT_STOPS("rows 2 to 1", tensor_slice(x, 2, 1));
	ASSERT_STOPS("a scalar has no rows to slice", tensor_slice(scalar, 0, 0));
	ASSERT_STOPS("tensor_row at tests/tensor/test_tensor.c:", tensor_row(x, 3));
	ASSERT_STOPS("row 3 of shape (3,2): expected 0 <= row < 3", tensor_row(x, 3));
	ASSERT_STOPS("row -1 of shape", tensor_row(x, -1));
	ASSERT_STOPS("a scalar has no rows", tensor_row(scalar, 0));
}
END_TEST

START_TEST(shape_text_holds_the_longest)
{
	Tensor x = { .ndim = 4, .shape = { INT_MIN, INT_MIN, INT_MIN, INT_MIN } };
	ck_assert_str_eq(tensor_shape_text(x).text,
	        "(-2147483648,-2147483648,-2147483648,-2147483648)");
	ck_assert_str_eq(tensor_shape_text(tensor_view(six, SCALAR)).text, "()");
}
END_TEST

START_TEST(index_text_says_where_an_element_lies)
{
	Tensor x = tensor_view(six, SHAPE(3, 2));
	ck_assert_str_eq(tensor_index_text(x, 0).text, "[0,0]");
	ck_assert_str_eq(tensor_index_text(x, 5).text, "[2,1]");
	ck_assert_str_eq(tensor_index_text(tensor_view(six, SHAPE(6)), 4).text, "[4]");
	ck_assert_str_eq(tensor_index_text(tensor_view(six, SCALAR), 0).text, "");
}
END_TEST

TEST_MAIN("tensor", view_keeps_the_numbers, view_bad_shape_stops,
        view_too_many_elements_stops, new_tensors_hold_what_they_say,
        empty_tensors_need_no_memory, from_and_copy_wrong_sizes_stop,
        same_shape_compares_rank_and_sizes, reshape_keeps_the_numbers,
        reshape_misfit_stops, slice_and_row_are_views, slice_and_row_outside_stop,
        shape_text_holds_the_longest, index_text_says_where_an_element_lies)
