#include "optim/adam.h"
#include "tests/support/optim.h"

/* The first step: m / (1 - b1) is g and v / (1 - b2) is g^2, so p moves by the rate times
 * the sign of g, whatever its size; with decay 0.5 it first shrinks to 1 - 0.1 * 0.5
 * of itself. */
START_TEST(adam_first_step_by_hand)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Var *p = params_add(&params, NULL, "p", SHAPE(3));
	const real gradient[] = { 100, (real)-1e-3, 0 };
	for (int i = 0; i < 3; i++) {
		p->value.data[i] = 1;
		p->grad.data[i] = gradient[i];
	}
	Adam adam = adam_new(arena, &params, 0.1);
	adam.decay = 0.5;
	adam_step(&adam);
	ASSERT_CLOSE(p->value.data[0], 0.95 - 0.1, 0, 1e-5);
	ASSERT_CLOSE(p->value.data[1], 0.95 + 0.1, 0, 1e-5);
	ASSERT_CLOSE(p->value.data[2], 0.95, 0, 1e-6);
	ASSERT_CLOSE(adam.steps->value.data[0], 1, 0, 0);
	ASSERT_CLOSE(params_find(&adam.state, "adam.m.p")->value.data[0], 10, 0, 1e-6);
	ASSERT_CLOSE(params_find(&adam.state, "adam.v.p")->value.data[0], 10, 0, 1e-6);
	ck_assert_ptr_eq(params_find(&adam.state, "adam.steps"), adam.steps);
	arena_free(arena);
}
END_TEST

START_TEST(adam_ten_steps_agree_with_pytorch)
{
	static const struct {
		const char *name;
		double rate, beta1, beta2, epsilon, decay;
	} cases[] = {
		{ "adam", 0.01, 0.9, 0.999, 1e-8, 0 },
		{ "adam.settings", 0.05, 0.8, 0.95, 1e-3, 0 },
		{ "adamw", 0.01, 0.9, 0.999, 1e-8, 0.1 },
	};
	Arena *arena = arena_new("test");
	for (int i = 0; i < 3; i++) {
		Params params = optim_params(arena);
		Adam adam = adam_new(arena, &params, cases[i].rate);
		adam.beta1 = cases[i].beta1;
		adam.beta2 = cases[i].beta2;
		adam.epsilon = cases[i].epsilon;
		adam.decay = cases[i].decay;
		for (int step = 0; step < OPTIM_STEPS; step++) {
			optim_gradients(&params, step);
			adam_step(&adam);
			optim_agrees(&params, cases[i].name, step);
		}
	}
	arena_free(arena);
}
END_TEST

START_TEST(adam_threads_give_same_bits)
{
	Arena *arena = arena_new("test");
	Params whole = optim_params(arena), cut = optim_params(arena);
	Adam a = adam_new(arena, &whole, 0.01), b = adam_new(arena, &cut, 0.01);
	b.pool = pool_new(3);
	for (int step = 0; step < OPTIM_STEPS; step++) {
		optim_gradients(&whole, step);
		optim_gradients(&cut, step);
		adam_step(&a);
		adam_step(&b);
	}
	for (int i = 0; i < whole.count; i++)
		ASSERT_TENSOR_SAME(cut.items[i]->value, whole.items[i]->value);
	pool_free(b.pool);
	arena_free(arena);
}
END_TEST

/* What a checkpoint needs is all in `state`: an optimiser that is given it goes on in
 * the same bits. */
START_TEST(adam_state_copied_goes_on_in_same_bits)
{
	Arena *arena = arena_new("test");
	Params whole = optim_params(arena), resumed = optim_params(arena);
	Adam a = adam_new(arena, &whole, 0.01);
	for (int step = 0; step < 5; step++) {
		optim_gradients(&whole, step);
		adam_step(&a);
	}
	Adam b = adam_new(arena, &resumed, 0.01);
	for (int i = 0; i < whole.count; i++)
		tensor_copy(resumed.items[i]->value, whole.items[i]->value);
	for (int i = 0; i < a.state.count; i++)
		tensor_copy(b.state.items[i]->value, a.state.items[i]->value);
	for (int step = 5; step < OPTIM_STEPS; step++) {
		optim_gradients(&whole, step);
		optim_gradients(&resumed, step);
		adam_step(&a);
		adam_step(&b);
	}
	for (int i = 0; i < whole.count; i++)
		ASSERT_TENSOR_SAME(resumed.items[i]->value, whole.items[i]->value);
	arena_free(arena);
}
END_TEST

START_TEST(adam_frozen_parameters_stay)
{
	Arena *arena = arena_new("test");
	Params params = optim_params(arena);
	params_freeze(&params, "a");
	Tensor before = tensor_clone(arena, params.items[0]->value);
	Adam adam = adam_new(arena, &params, 0.1);
	optim_gradients(&params, 0);
	adam_step(&adam);
	ASSERT_TENSOR_SAME(params.items[0]->value, before);
	ck_assert_int_eq(adam.state.count, 3);
	arena_free(arena);
}
END_TEST

START_TEST(adam_parameters_added_later_stop)
{
	Arena *arena = arena_new("test");
	Params params = optim_params(arena);
	Adam adam = adam_new(arena, &params, 0.1);
	params_add(&params, NULL, "late", SHAPE(1));
	ASSERT_STOPS("made for 2 parameters, and now there are 3", adam_step(&adam));
	arena_free(arena);
}
END_TEST

TEST_MAIN("adam", adam_first_step_by_hand, adam_ten_steps_agree_with_pytorch,
        adam_threads_give_same_bits, adam_state_copied_goes_on_in_same_bits,
        adam_frozen_parameters_stay, adam_parameters_added_later_stop)
