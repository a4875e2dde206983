#include "optim/freeze.h"
#include "optim/adam.h"
#include "optim/sgd.h"
#include "tests/support/optim.h"

static bool matches(const char *pattern, const char *name)
{
	Group group = { .pattern = pattern, .rate = 7 };
	return groups_find((Groups){ &group, 1 }, name).rate > 6;
}

START_TEST(groups_patterns_match_names)
{
	ck_assert(matches("fc.weight", "fc.weight"));
	ck_assert(!matches("fc.weight", "fc.weights"));
	ck_assert(!matches("fc.weights", "fc.weight"));
	ck_assert(matches("*", "") && matches("**", "any"));
	ck_assert(matches("*.bias", "text.fc.bias"));
	ck_assert(!matches("*.bias", "text.fc.bias_hh_l0"));
	ck_assert(matches("text.*", "text.fc.bias"));
	ck_assert(!matches("text.*", "text"));
	ck_assert(matches("*.bias*", "lstm.bias_hh_l0"));
	ck_assert(matches("conv?.weight", "conv3.weight"));
	ck_assert(!matches("conv?.weight", "conv.weight"));
	ck_assert(matches("*a*b", "aXaYbYb"));
	ck_assert(!matches("*a*b", "aXaYbYc"));
	ck_assert(!matches("", "a") && matches("", ""));
}
END_TEST

START_TEST(groups_first_match_counts_and_no_match_is_one)
{
	const Group items[] = { { "text.*", .rate = 2 }, { "*.bias", .rate = 3 } };
	Groups groups = { items, 2 };
	ASSERT_CLOSE(groups_find(groups, "text.bias").rate, 2, 0, 0);
	ASSERT_CLOSE(groups_find(groups, "speech.bias").rate, 3, 0, 0);
	Group none = groups_find(groups, "speech.weight");
	ASSERT_CLOSE(none.rate, 1, 0, 0);
	ASSERT_CLOSE(none.decay, 1, 0, 0);
	ck_assert(!none.frozen);
}
END_TEST

START_TEST(groups_in_adam_agree_with_pytorch)
{
	const Group items[] = { { "a", .rate = 0.1, .decay = 1 },
		{ "b", .rate = 1, .decay = 0 } };
	Arena *arena = arena_new("test");
	Params params = optim_params(arena);
	Adam adam = adam_new(arena, &params, 0.01);
	adam.decay = 0.1;
	adam.groups = (Groups){ items, 2 };
	for (int step = 0; step < OPTIM_STEPS; step++) {
		optim_gradients(&params, step);
		adam_step(&adam);
		optim_agrees(&params, "groups", step);
	}
	arena_free(arena);
}
END_TEST

START_TEST(groups_freeze_takes_gradients_away)
{
	const Group items[] = { { "b", .rate = 1, .decay = 1, .frozen = true } };
	Arena *arena = arena_new("test");
	Params params = optim_params(arena);
	groups_freeze((Groups){ items, 1 }, &params);
	ck_assert_ptr_nonnull(params_find(&params, "a")->grad.data);
	ck_assert_ptr_null(params_find(&params, "b")->grad.data);
	arena_free(arena);
}
END_TEST

START_TEST(groups_freeze_misspelt_pattern_stops)
{
	const Group items[] = { { "*", .rate = 1 }, { "txt.*", .rate = 1 } };
	Arena *arena = arena_new("test");
	Params params = optim_params(arena);
	ASSERT_STOPS("groups_freeze at tests/optim/test_groups.c:",
	        groups_freeze((Groups){ items, 2 }, &params));
	ASSERT_STOPS(
	        "\"txt.*\" matches none of the 2 parameters. Hint: names are like \"a\"",
	        groups_freeze((Groups){ items, 2 }, &params));
	arena_free(arena);
}
END_TEST

START_TEST(groups_in_sgd_scale_rate_and_decay)
{
	const Group items[] = { { "b", .rate = 0.5, .decay = 2 } };
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Var *a = params_add(&params, NULL, "a", SHAPE(1));
	Var *b = params_add(&params, NULL, "b", SHAPE(1));
	a->value.data[0] = b->value.data[0] = 1;
	Sgd sgd = sgd_new(arena, &params, 0.1, 0);
	sgd.decay = 1;
	sgd.groups = (Groups){ items, 1 };
	sgd_step(&sgd);
	ASSERT_CLOSE(a->value.data[0], 1 - 0.1, 0, 1e-6);
	ASSERT_CLOSE(b->value.data[0], 1 - 0.05 * 2, 0, 1e-6);
	arena_free(arena);
}
END_TEST

TEST_MAIN("groups", groups_patterns_match_names,
        groups_first_match_counts_and_no_match_is_one, groups_in_adam_agree_with_pytorch,
        groups_freeze_takes_gradients_away, groups_freeze_misspelt_pattern_stops,
        groups_in_sgd_scale_rate_and_decay)
