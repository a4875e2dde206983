#include "autograd/fast/touched.h"
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

/* A table of which each step touches few rows, beside the same without that knowledge:
 * the same bits, whenever somebody looks. */
enum { ROWS = 5, WIDTH = 3 };

static Var *table(Params *params, bool sparse)
{
	Var *p = params_add(params, NULL, "table", SHAPE(ROWS, WIDTH));
	for (int i = 0; i < ROWS * WIDTH; i++)
		p->value.data[i] = (real)(i % 7) / 3;
	if (sparse)
		touched_begin(params->arena, p);
	return p;
}

static void change(Var *p, int row, int step)
{
	touched_clear(p);
	if (p->touched)
		touch(p->touched, row);
	for (int j = 0; j < WIDTH; j++)
		p->value.data[row * WIDTH + j] += (real)(step + j) / 11;
}

START_TEST(average_of_touched_rows_has_the_same_bits)
{
	Arena *arena = arena_new("test");
	Params dense = params_new(arena), sparse = params_new(arena);
	Var *p = table(&dense, false), *q = table(&sparse, true);
	Average all = average_new(arena, &dense, 0.7);
	Average few = average_new(arena, &sparse, 0.7);
	for (int step = 0; step < 40; step++) {
		int row = step * step % 4; /* the last is never touched */
		change(p, row, step);
		average_update(&all);
		touched_clear(q);
		touch(q->touched, row);
		average_before(&few);
		change(q, row, step);
		average_update(&few);
		if (step % 13 == 0)
			average_settle(&few);
	}
	average_swap(&all);
	average_swap(&few);
	ck_assert_mem_eq(p->value.data, q->value.data, ROWS * WIDTH * sizeof(real));
	average_swap(&all);
	average_swap(&few);
	ck_assert_mem_eq(p->value.data, q->value.data, ROWS * WIDTH * sizeof(real));
	arena_free(arena);
}
END_TEST

START_TEST(average_of_a_changed_row_that_is_owed_stops)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Var *p = table(&params, true);
	Average average = average_new(arena, &params, 0.7);
	change(p, 0, 1);
	average_update(&average);
	change(p, 1, 2);
	ASSERT_STOPS("row 1 of \"table\" has changed and is owed 1 updates",
	        average_update(&average));
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
        average_swap_twice_is_as_before, average_of_touched_rows_has_the_same_bits,
        average_of_a_changed_row_that_is_owed_stops, average_agrees_with_pytorch,
        average_wrong_decay_or_late_parameters_stop)
