#include "optim/optimiser.h"
#include "optim/adam.h"
#include "optim/rmsprop.h"
#include "optim/sgd.h"
#include "tests/support/optim.h"

/* Ten steps behind the common face, the rate falling. */
static Params steps_of(Arena *arena, const OptimiserOptions *options)
{
	Params *params = ARENA_NEW(arena, Params);
	*params = optim_params(arena);
	Optimiser optimiser = optimiser_new(arena, params, options, NULL);
	for (int step = 0; step < OPTIM_STEPS; step++) {
		optim_gradients(params, step);
		optimiser.step(optimiser.self, 0.1 / (step + 1));
	}
	return *params;
}

static void same(const Params *a, const Params *b)
{
	for (int i = 0; i < a->count; i++)
		ASSERT_TENSOR_SAME(a->items[i]->value, b->items[i]->value);
}

START_TEST(optimiser_adamw_is_adam_with_its_decay)
{
	Arena *arena = arena_new("test");
	Params params = optim_params(arena);
	Adam adam = adam_new(arena, &params, 0);
	adam.decay = 0.1;
	for (int step = 0; step < OPTIM_STEPS; step++) {
		optim_gradients(&params, step);
		adam.rate = 0.1 / (step + 1);
		adam_step(&adam);
	}
	Params found =
	        steps_of(arena, &(OptimiserOptions){ .name = "adamw", .decay = 0.1 });
	same(&found, &params);
	arena_free(arena);
}
END_TEST

START_TEST(optimiser_sgd_takes_momentum_nesterov_and_decay)
{
	Arena *arena = arena_new("test");
	Params params = optim_params(arena);
	Sgd sgd = sgd_new(arena, &params, 0, 0.9);
	sgd.nesterov = true;
	sgd.decay = 0.1;
	for (int step = 0; step < OPTIM_STEPS; step++) {
		optim_gradients(&params, step);
		sgd.rate = 0.1 / (step + 1);
		sgd_step(&sgd);
	}
	OptimiserOptions options = {
		.name = "sgd", .momentum = 0.9, .nesterov = true, .decay = 0.1
	};
	Params found = steps_of(arena, &options);
	same(&found, &params);
	arena_free(arena);
}
END_TEST

START_TEST(optimiser_rmsprop_takes_momentum_and_decay)
{
	Arena *arena = arena_new("test");
	Params params = optim_params(arena);
	Rmsprop rmsprop = rmsprop_new(arena, &params, 0);
	rmsprop.momentum = 0.5;
	rmsprop.decay = 0.1;
	for (int step = 0; step < OPTIM_STEPS; step++) {
		optim_gradients(&params, step);
		rmsprop.rate = 0.1 / (step + 1);
		rmsprop_step(&rmsprop);
	}
	OptimiserOptions options = { .name = "rmsprop", .momentum = 0.5, .decay = 0.1 };
	Params found = steps_of(arena, &options);
	same(&found, &params);
	arena_free(arena);
}
END_TEST

/* A second optimiser that is given the first one's tensors goes on as the first one
 * would have. */
START_TEST(optimiser_state_is_all_there_is)
{
	Arena *arena = arena_new("test");
	for (const OptimiserKind *kind = optimiser_table; kind->name; kind++) {
		OptimiserOptions options = {
			.name = kind->name,
			.momentum = kind->takes_momentum ? 0.9 : 0,
			.decay = kind->takes_decay ? 0.1 : 0,
		};
		Params whole = steps_of(arena, &options), params = optim_params(arena);
		Optimiser first = optimiser_new(arena, &params, &options, NULL);
		Optimiser second = optimiser_new(arena, &params, &options, NULL);
		ck_assert_int_gt(first.state->count, 0);
		for (int step = 0; step < OPTIM_STEPS; step++) {
			if (step == 4)
				for (int i = 0; i < first.state->count; i++)
					tensor_copy(second.state->items[i]->value,
					        first.state->items[i]->value);
			Optimiser *now = step < 4 ? &first : &second;
			optim_gradients(&params, step);
			now->step(now->self, 0.1 / (step + 1));
		}
		same(&params, &whole);
	}
	arena_free(arena);
}
END_TEST

START_TEST(optimiser_what_it_does_not_take_is_refused)
{
	static const struct {
		OptimiserOptions options;
		const char *expected;
	} all[] = {
		{ { .name = "adagrad" }, "expected adam, adamw, sgd or rmsprop" },
		{ { .name = "adam", .momentum = 0.9 },
		        "momentum is for sgd and rmsprop" },
		{ { .name = "adam", .decay = 0.1 }, "with one, it is adamw" },
		{ { .name = "adamw" }, "say how much" },
		{ { .name = "sgd", .nesterov = true }, "with a momentum above 0" },
		{ { .name = "rmsprop", .momentum = 0.9, .nesterov = true },
		        "nesterov is for sgd" },
	};
	Error error;
	Arena *arena = arena_new("test");
	Params params = optim_params(arena);
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		ck_assert(!optimiser_check(&all[i].options, &error));
		ASSERT_CONTAINS(error.text, all[i].expected);
		ASSERT_STOPS(all[i].expected,
		        optimiser_new(arena, &params, &all[i].options, NULL));
	}
	ck_assert(optimiser_check(&(OptimiserOptions){ .name = "adam" }, &error));
	arena_free(arena);
}
END_TEST

TEST_MAIN("optimiser", optimiser_adamw_is_adam_with_its_decay,
        optimiser_sgd_takes_momentum_nesterov_and_decay,
        optimiser_rmsprop_takes_momentum_and_decay, optimiser_state_is_all_there_is,
        optimiser_what_it_does_not_take_is_refused)
