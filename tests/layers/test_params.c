#include "layers/params.h"
#include "tests/support/harness.h"

#include <string.h>

START_TEST(params_add_names_shapes_and_order)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Var *weight = params_add(&params, "text.fc", "weight", SHAPE(2, 3));
	Var *scale = params_add(&params, NULL, "scale", SCALAR);
	Var *bias = params_add(&params, "", "bias", SHAPE(2));
	ck_assert_int_eq(params.count, 3);
	ck_assert_str_eq(weight->name, "text.fc.weight");
	ck_assert_str_eq(scale->name, "scale");
	ck_assert_str_eq(bias->name, "bias");
	ck_assert_ptr_eq(params.items[1], scale);
	ASSERT_TENSOR_SAME(weight->value, tensor_zeros(arena, SHAPE(2, 3)));
	ASSERT_TENSOR_SAME(weight->grad, tensor_zeros(arena, SHAPE(2, 3)));
	ck_assert_uint_eq(params_size(&params), 6 + 1 + 2);
	ck_assert_ptr_eq(params_find(&params, "bias"), bias);
	ck_assert_ptr_null(params_find(&params, "weight"));
	arena_free(arena);
}
END_TEST

START_TEST(params_to_load_have_shapes_and_nothing_else)
{
	Arena *arena = arena_new("test");
	Params params = params_new_to_load(arena);
	Rng rng = rng_new(1);
	Var *weight = params_add(&params, "fc", "weight", SHAPE(2, 3));
	params_init_normal(&params, weight, 1, &rng);
	params_init_uniform(&params, weight, 1, &rng);
	params_init_constant(&params, weight, 1);
	ck_assert(!params_begin(&params));
	ck_assert_uint_eq(rng.position, 0);
	ck_assert_int_eq(weight->value.shape[1], 3);
	ck_assert_ptr_null(weight->value.data);
	ck_assert_ptr_null(weight->grad.data);
	ck_assert_uint_eq(params_size(&params), 0);
	arena_free(arena);
}
END_TEST

START_TEST(params_many_all_stay_where_they_are)
{
	enum { N = 1000 };
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Var *added[N];
	for (int i = 0; i < N; i++)
		added[i] =
		        params_add(&params, "p", arena_format(arena, "%d", i), SHAPE(1));
	ck_assert_int_eq(params.count, N);
	for (int i = 0; i < N; i++)
		ck_assert_ptr_eq(params.items[i], added[i]);
	arena_free(arena);
}
END_TEST

START_TEST(params_name_taken_stops)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	params_add(&params, "fc", "weight", SHAPE(2));
	ASSERT_STOPS("params_add at tests/layers/test_params.c:",
	        params_add(&params, "fc", "weight", SHAPE(2)));
	ASSERT_STOPS("the name \"fc.weight\" is taken",
	        params_add(&params, NULL, "fc.weight", SHAPE(3)));
	arena_free(arena);
}
END_TEST

START_TEST(params_replica_shares_values_and_owns_gradients)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Var *weight = params_add(&params, "fc", "weight", SHAPE(2));
	Var *frozen = params_add(&params, "fc", "frozen", SHAPE(2));
	Var *moments = params_add_buffer(&params, "fc", "moments", SHAPE(2));
	params_freeze(&params, "fc.f");

	Params replica = params_replica(arena, &params);
	Var *shared = params_add(&replica, "fc", "weight", SHAPE(2));
	Var *still = params_add(&replica, "fc", "frozen", SHAPE(2));
	Var *buffer = params_add_buffer(&replica, "fc", "moments", SHAPE(2));
	ck_assert_ptr_eq(shared->value.data, weight->value.data);
	ck_assert_ptr_ne(shared->grad.data, weight->grad.data);
	ck_assert_ptr_nonnull(shared->grad.data);
	ck_assert_ptr_eq(still->value.data, frozen->value.data);
	ck_assert_ptr_null(still->grad.data);
	ck_assert_ptr_eq(buffer->value.data, moments->value.data);

	Rng rng = rng_new(1);
	weight->value.data[0] = 7;
	params_init_uniform(&replica, shared, 1, &rng);
	params_init_normal(&replica, shared, 1, &rng);
	ASSERT_CLOSE(weight->value.data[0], 7, 0, 0);
	ck_assert_uint_eq(rng.position, 0);
	arena_free(arena);
}
END_TEST

START_TEST(params_replica_out_of_step_stops)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	params_add(&params, "fc", "weight", SHAPE(2, 3));
	Params replica = params_replica(arena, &params);
	ASSERT_STOPS("\"fc.bias\" (2): the original's parameter 0 is \"fc.weight\" (2,3)",
	        params_add(&replica, "fc", "bias", SHAPE(2)));
	ASSERT_STOPS("\"fc.weight\" (3,2): the original's parameter 0 is",
	        params_add(&replica, "fc", "weight", SHAPE(3, 2)));
	params_add(&replica, "fc", "weight", SHAPE(2, 3));
	ASSERT_STOPS("\"fc.bias\" (2): the original has only 1 parameters",
	        params_add(&replica, "fc", "bias", SHAPE(2)));
	arena_free(arena);
}
END_TEST

START_TEST(params_init_has_its_moments)
{
	enum { N = 100000 };
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Var *p = params_add(&params, NULL, "p", SHAPE(N));
	Rng rng = rng_new(1);
	params_init_uniform(&params, p, 2, &rng);
	double sum = 0, square = 0;
	for (int i = 0; i < N; i++) {
		double x = (double)p->value.data[i];
		ck_assert(x >= -2 && x < 2);
		sum += x / N;
		square += x * x / N;
	}
	ASSERT_CLOSE(sum, 0, 0.02, 0);
	ASSERT_CLOSE(square, 4.0 / 3, 0.02, 0);

	params_init_normal(&params, p, 3, &rng);
	sum = square = 0;
	for (int i = 0; i < N; i++) {
		double x = (double)p->value.data[i];
		sum += x / N;
		square += x * x / N;
	}
	ASSERT_CLOSE(sum, 0, 0.04, 0);
	ASSERT_CLOSE(square, 9, 0.2, 0);
	arena_free(arena);
}
END_TEST

START_TEST(params_freeze_takes_gradients_by_prefix)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	params_add(&params, "text", "weight", SHAPE(2));
	params_add(&params, "speech", "weight", SHAPE(3));
	params_freeze(&params, "text.");
	ck_assert_ptr_null(params.items[0]->grad.data);
	ck_assert_ptr_nonnull(params.items[1]->grad.data);
	ck_assert_uint_eq(params_size(&params), 3);
	params.items[1]->grad.data[2] = 5;
	params_zero_grad(&params);
	ASSERT_CLOSE(params.items[1]->grad.data[2], 0, 0, 0);
	arena_free(arena);
}
END_TEST

START_TEST(params_view_has_another_name_and_the_same_values)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena), list = params_new(arena);
	Var *weight = params_add(&params, "fc", "weight", SHAPE(2, 3));
	params_add_view(&list, "train", weight);
	params_add_view(&list, NULL, weight);
	ck_assert_str_eq(list.items[0]->name, "train.fc.weight");
	ck_assert_str_eq(list.items[1]->name, "fc.weight");
	ck_assert_ptr_null(list.items[0]->grad.data);
	weight->value.data[4] = 7;
	ASSERT_TENSOR_SAME(list.items[0]->value, weight->value);
	ASSERT_STOPS("\"fc.weight\" is taken", params_add_view(&list, NULL, weight));
	arena_free(arena);
}
END_TEST

TEST_MAIN("params", params_add_names_shapes_and_order,
        params_to_load_have_shapes_and_nothing_else, params_many_all_stay_where_they_are,
        params_name_taken_stops, params_replica_shares_values_and_owns_gradients,
        params_replica_out_of_step_stops, params_init_has_its_moments,
        params_freeze_takes_gradients_by_prefix,
        params_view_has_another_name_and_the_same_values)
