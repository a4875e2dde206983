#include "optim/average.h"
#include "tensor/elementwise.h"
#include "tests/support/optim.h"

static Params one_number(Arena *arena, real value)
{
	Params params = params_new(arena);
	params_add(&params, NULL, "p", SHAPE(1))->value.data[0] = value;
	return params;
}

/* From 1; updates with 2 and 4. decay 0.5 is above (1+n)/(10+n) = 0.1, 2/11, so these
 * count:
 * 0.1 * 1 + 0.9 * 2 = 1.9, then 2/11 * 1.9 + 9/11 * 4. */
START_TEST(average_early_updates_by_hand)
{
	Arena *arena = arena_new("test");
	Params params = one_number(arena, 1);
	Average average = average_new(arena, &params, 0.5);
	Var *mean = params_find(&average.state, "average.p");
	ASSERT_CLOSE(mean->value.data[0], 1, 0, 0);
	params.items[0]->value.data[0] = 2;
	average_update(&average);
	ASSERT_CLOSE(mean->value.data[0], 1.9, 0, 1e-6);
	params.items[0]->value.data[0] = 4;
	average_update(&average);
	ASSERT_CLOSE(mean->value.data[0], 2.0 / 11 * 1.9 + 9.0 / 11 * 4, 0, 1e-6);
	ASSERT_CLOSE(average.updates->value.data[0], 2, 0, 0);
	arena_free(arena);
}
END_TEST

/* Later the decay is what was asked for: with 0.2, reached at once. */
START_TEST(average_later_updates_keep_the_decay)
{
	Arena *arena = arena_new("test");
	Params params = one_number(arena, 0);
	Average average = average_new(arena, &params, 0.2);
	average.updates->value.data[0] = 100;
	params.items[0]->value.data[0] = 10;
	average_update(&average);
	ASSERT_CLOSE(average.state.items[0]->value.data[0], 8, 0, 1e-6);
	arena_free(arena);
}
END_TEST

START_TEST(average_swap_twice_is_as_before)
{
	Arena *arena = arena_new("test");
	Params params = one_number(arena, 3);
	Average average = average_new(arena, &params, 0.9);
	params.items[0]->value.data[0] = 5;
	average_swap(&average);
	ASSERT_CLOSE(params.items[0]->value.data[0], 3, 0, 0);
	average_swap(&average);
	ASSERT_CLOSE(params.items[0]->value.data[0], 5, 0, 0);
	ASSERT_CLOSE(average.state.items[0]->value.data[0], 3, 0, 0);
	arena_free(arena);
}
END_TEST

START_TEST(average_agrees_with_pytorch)
{
	Arena *arena = arena_new("test");
	Params params = optim_params(arena);
	Average average = average_new(arena, &params, 0.5);
	Tensor a = params_find(&params, "a")->value;
	for (int step = 0; step < OPTIM_STEPS; step++) {
		optim_gradients(&params, step);
		tensor_sub(a, a, params_find(&params, "a")->grad);
		average_update(&average);
		ASSERT_GOLDEN(params_find(&average.state, "average.a")->value,
		        "optim.txt", arena_format(arena, "average.%d", step));
	}
	arena_free(arena);
}
END_TEST

START_TEST(average_wrong_decay_or_late_parameters_stop)
{
	Arena *arena = arena_new("test");
	Params params = one_number(arena, 3);
	ASSERT_STOPS("average_new at tests/optim/test_average.c:",
	        average_new(arena, &params, 1));
	ASSERT_STOPS(
	        "decay -1: expected 0 <= decay < 1", average_new(arena, &params, -1));
	Average average = average_new(arena, &params, 0.9);
	params_add(&params, NULL, "late", SHAPE(1));
	ASSERT_STOPS("average_update at", average_update(&average));
	ASSERT_STOPS("average_swap at", average_swap(&average));
	arena_free(arena);
}
END_TEST

TEST_MAIN("average", average_early_updates_by_hand, average_later_updates_keep_the_decay,
        average_swap_twice_is_as_before, average_agrees_with_pytorch,
        average_wrong_decay_or_late_parameters_stop)
