#include "optim/clip.h"
#include "tests/support/optim.h"

#include <math.h>

/* Gradients [3 0] and [4]: norm 5. */
static Params three_four(Arena *arena)
{
	Params params = params_new(arena);
	params_add(&params, NULL, "a", SHAPE(2))->grad.data[0] = 3;
	params_add(&params, NULL, "b", SHAPE(1))->grad.data[0] = 4;
	params_add(&params, NULL, "frozen", SHAPE(1));
	params_freeze(&params, "frozen");
	return params;
}

START_TEST(clip_above_the_limit_scales_all_gradients)
{
	Arena *arena = arena_new("test");
	Params params = three_four(arena);
	ASSERT_CLOSE(clip_norm(&params, 2.5), 5, 0, 1e-12);
	ASSERT_CLOSE(params.items[0]->grad.data[0], 1.5, 0, 1e-6);
	ASSERT_CLOSE(params.items[0]->grad.data[1], 0, 0, 0);
	ASSERT_CLOSE(params.items[1]->grad.data[0], 2, 0, 1e-6);
	ASSERT_CLOSE(clip_norm(&params, HUGE_VAL), 2.5, 0, 1e-6);
	arena_free(arena);
}
END_TEST

START_TEST(clip_up_to_the_limit_changes_nothing)
{
	Arena *arena = arena_new("test");
	Params params = three_four(arena);
	ASSERT_CLOSE(clip_norm(&params, 5), 5, 0, 1e-12);
	ASSERT_CLOSE(params.items[0]->grad.data[0], 3, 0, 0);
	ASSERT_CLOSE(params.items[1]->grad.data[0], 4, 0, 0);
	arena_free(arena);
}
END_TEST

START_TEST(clip_agrees_with_pytorch)
{
	Arena *arena = arena_new("test");
	Params params = optim_params(arena);
	optim_gradients(&params, 0);
	double norm = clip_norm(&params, 1.5);
	ASSERT_GOLDEN(tensor_full(arena, (real)norm, SCALAR), "optim.txt", "clip.norm");
	ASSERT_GOLDEN(params.items[0]->grad, "optim.txt", "clip.a");
	ASSERT_GOLDEN(params.items[1]->grad, "optim.txt", "clip.b");
	arena_free(arena);
}
END_TEST

/* Lane l of 16 takes elements l, 16 + l, ...; then 8 + 8, 4 + 4, 2 + 2, 1 + 1. */
START_TEST(clip_sum_has_the_order_that_is_promised)
{
	enum { N = 53 };
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Var *p = params_add(&params, NULL, "p", SHAPE(N));
	Rng rng = rng_new(1);
	double lane[16] = { 0 };
	for (int i = 0; i < N; i++) {
		p->grad.data[i] = (real)rng_normal(&rng);
		lane[i % 16] += (double)p->grad.data[i] * (double)p->grad.data[i];
	}
	for (int half = 8; half; half /= 2)
		for (int l = 0; l < half; l++)
			lane[l] += lane[l + half];
	double norm = clip_norm(&params, HUGE_VAL), expected = sqrt(lane[0]);
	ck_assert_mem_eq(&norm, &expected, sizeof norm);
	arena_free(arena);
}
END_TEST

START_TEST(clip_of_huge_gradients_does_not_overflow)
{
	Arena *arena = arena_new("test");
	Params params = three_four(arena);
	params.items[0]->grad.data[0] = (real)3e30;
	params.items[1]->grad.data[0] = (real)4e30;
	ASSERT_CLOSE(clip_norm(&params, 1), 5e30, 0, 1e-6);
	ASSERT_CLOSE(params.items[0]->grad.data[0], 0.6, 0, 1e-6);
	arena_free(arena);
}
END_TEST

START_TEST(clip_without_a_finite_norm_scales_nothing)
{
	Arena *arena = arena_new("test");
	Params params = three_four(arena);
	params.items[1]->grad.data[0] = (real)NAN;
	ck_assert(isnan(clip_norm(&params, 1)));
	ASSERT_CLOSE(params.items[0]->grad.data[0], 3, 0, 0);
	ASSERT_STOPS("clip_norm at tests/optim/test_clip.c:", clip_norm(&params, 0));
	ASSERT_STOPS("limit -1: expected more than 0", clip_norm(&params, -1));
	arena_free(arena);
}
END_TEST

TEST_MAIN("clip", clip_above_the_limit_scales_all_gradients,
        clip_up_to_the_limit_changes_nothing, clip_agrees_with_pytorch,
        clip_sum_has_the_order_that_is_promised, clip_of_huge_gradients_does_not_overflow,
        clip_without_a_finite_norm_scales_nothing)
