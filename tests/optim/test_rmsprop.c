#include "optim/rmsprop.h"
#include "tests/support/optim.h"

/* The first step: v = 0.01 g^2, so p moves by 10 times the rate against the sign of g. */
START_TEST(rmsprop_first_step_by_hand)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Var *p = params_add(&params, NULL, "p", SHAPE(2));
	p->grad.data[0] = 100;
	p->grad.data[1] = (real)-0.5;
	Rmsprop rmsprop = rmsprop_new(arena, &params, 0.01);
	rmsprop_step(&rmsprop);
	ASSERT_CLOSE(p->value.data[0], -0.1, 0, 1e-5);
	ASSERT_CLOSE(p->value.data[1], 0.1, 0, 1e-5);
	ASSERT_CLOSE(
	        params_find(&rmsprop.state, "rmsprop.v.p")->value.data[0], 100, 0, 1e-6);
	arena_free(arena);
}
END_TEST

START_TEST(rmsprop_ten_steps_agree_with_pytorch)
{
	Arena *arena = arena_new("test");
	for (int i = 0; i < 2; i++) {
		Params params = optim_params(arena);
		Rmsprop rmsprop = rmsprop_new(arena, &params, 0.01);
		if (i == 1) {
			rmsprop.memory = 0.9;
			rmsprop.epsilon = 1e-3;
			rmsprop.momentum = 0.8;
			rmsprop.decay = 0.1;
		}
		for (int step = 0; step < OPTIM_STEPS; step++) {
			optim_gradients(&params, step);
			rmsprop_step(&rmsprop);
			optim_agrees(&params, i ? "rmsprop.settings" : "rmsprop", step);
		}
	}
	arena_free(arena);
}
END_TEST

START_TEST(rmsprop_threads_give_same_bits)
{
	Arena *arena = arena_new("test");
	Params whole = optim_params(arena), cut = optim_params(arena);
	Rmsprop a = rmsprop_new(arena, &whole, 0.01);
	Rmsprop b = rmsprop_new(arena, &cut, 0.01);
	b.pool = pool_new(5);
	for (int step = 0; step < OPTIM_STEPS; step++) {
		optim_gradients(&whole, step);
		optim_gradients(&cut, step);
		rmsprop_step(&a);
		rmsprop_step(&b);
	}
	for (int i = 0; i < whole.count; i++)
		ASSERT_TENSOR_SAME(cut.items[i]->value, whole.items[i]->value);
	pool_free(b.pool);
	arena_free(arena);
}
END_TEST

START_TEST(rmsprop_frozen_or_late_parameters)
{
	Arena *arena = arena_new("test");
	Params params = optim_params(arena);
	params_freeze(&params, "a");
	Tensor before = tensor_clone(arena, params.items[0]->value);
	Rmsprop rmsprop = rmsprop_new(arena, &params, 0.1);
	optim_gradients(&params, 0);
	rmsprop_step(&rmsprop);
	ASSERT_TENSOR_SAME(params.items[0]->value, before);
	params_add(&params, NULL, "late", SHAPE(1));
	ASSERT_STOPS("rmsprop_step at", rmsprop_step(&rmsprop));
	arena_free(arena);
}
END_TEST

TEST_MAIN("rmsprop", rmsprop_first_step_by_hand, rmsprop_ten_steps_agree_with_pytorch,
        rmsprop_threads_give_same_bits, rmsprop_frozen_or_late_parameters)
