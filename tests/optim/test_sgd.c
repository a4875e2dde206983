#include "optim/sgd.h"
#include "tests/support/optim.h"

/* p = 1, g = 0.5, rate 0.1, momentum 0.5: v = 0.5, p = 0.95; then v = 0.75, p = 0.875. */
START_TEST(sgd_two_steps_by_hand)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Var *p = params_add(&params, NULL, "p", SHAPE(1));
	p->value.data[0] = 1;
	p->grad.data[0] = (real)0.5;
	Sgd sgd = sgd_new(arena, &params, 0.1, 0.5);
	sgd_step(&sgd);
	ASSERT_CLOSE(p->value.data[0], 0.95, 0, 1e-6);
	sgd_step(&sgd);
	ASSERT_CLOSE(p->value.data[0], 0.875, 0, 1e-6);
	ASSERT_CLOSE(p->grad.data[0], 0.5, 0, 0);
	ck_assert_str_eq(sgd.state.items[0]->name, "sgd.velocity.p");
	ASSERT_CLOSE(sgd.state.items[0]->value.data[0], 0.75, 0, 1e-6);
	arena_free(arena);
}
END_TEST

START_TEST(sgd_ten_steps_agree_with_pytorch)
{
	static const struct {
		const char *name;
		double momentum, decay;
		bool nesterov;
	} cases[] = {
		{ "sgd", 0, 0, false },
		{ "sgd.momentum", 0.9, 0, false },
		{ "sgd.nesterov", 0.9, 0.01, true },
	};
	Arena *arena = arena_new("test");
	for (int i = 0; i < 3; i++) {
		Params params = optim_params(arena);
		Sgd sgd = sgd_new(arena, &params, 0.1, cases[i].momentum);
		sgd.decay = cases[i].decay;
		sgd.nesterov = cases[i].nesterov;
		for (int step = 0; step < OPTIM_STEPS; step++) {
			optim_gradients(&params, step);
			sgd_step(&sgd);
			optim_agrees(&params, cases[i].name, step);
		}
	}
	arena_free(arena);
}
END_TEST

START_TEST(sgd_threads_give_same_bits)
{
	Arena *arena = arena_new("test");
	Params whole = optim_params(arena), cut = optim_params(arena);
	Sgd a = sgd_new(arena, &whole, 0.1, 0.9), b = sgd_new(arena, &cut, 0.1, 0.9);
	b.pool = pool_new(4);
	for (int step = 0; step < OPTIM_STEPS; step++) {
		optim_gradients(&whole, step);
		optim_gradients(&cut, step);
		sgd_step(&a);
		sgd_step(&b);
	}
	for (int i = 0; i < whole.count; i++)
		ASSERT_TENSOR_SAME(cut.items[i]->value, whole.items[i]->value);
	pool_free(b.pool);
	arena_free(arena);
}
END_TEST

START_TEST(sgd_frozen_parameters_stay)
{
	Arena *arena = arena_new("test");
	Params params = optim_params(arena);
	params_freeze(&params, "a");
	Tensor before = tensor_clone(arena, params.items[0]->value);
	Sgd sgd = sgd_new(arena, &params, 0.1, 0.9);
	optim_gradients(&params, 0);
	sgd_step(&sgd);
	ASSERT_TENSOR_SAME(params.items[0]->value, before);
	ck_assert_int_eq(sgd.state.count, 1);
	params_freeze(&params, "b");
	before = tensor_clone(arena, params.items[1]->value);
	sgd_step(&sgd);
	ASSERT_TENSOR_SAME(params.items[1]->value, before);
	arena_free(arena);
}
END_TEST

START_TEST(sgd_parameters_added_later_stop)
{
	Arena *arena = arena_new("test");
	Params params = optim_params(arena);
	Sgd sgd = sgd_new(arena, &params, 0.1, 0);
	params_add(&params, NULL, "late", SHAPE(1));
	ASSERT_STOPS("made for 2 parameters, and now there are 3", sgd_step(&sgd));
	arena_free(arena);
}
END_TEST

TEST_MAIN("sgd", sgd_two_steps_by_hand, sgd_ten_steps_agree_with_pytorch,
        sgd_threads_give_same_bits, sgd_frozen_parameters_stay,
        sgd_parameters_added_later_stop)
