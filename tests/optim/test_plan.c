#include "optim/plan.h"
#include "tests/support/harness.h"

enum { EPOCHS = 4, EPOCH_STEPS = 5 };

static Plan plan_of(const char *name, int warmup)
{
	PlanOptions options = {
		.name = name, .warmup = warmup, .every = 2, .factor = 0.1
	};
	return plan_new(&options, EPOCHS, EPOCH_STEPS);
}

START_TEST(plan_without_warmup_is_the_schedule)
{
	Plan constant = plan_of("constant", 0), step = plan_of("step", 0);
	Plan cosine = plan_of("cosine", 0), cycle = plan_of("one-cycle", 0);
	for (long t = 0; t < EPOCHS * EPOCH_STEPS; t++) {
		ASSERT_CLOSE(plan_factor(&constant, t), 1, 0, 0);
		ASSERT_CLOSE(plan_factor(&step, t), t < 10 ? 1 : 0.1, 0, 0);
		ASSERT_CLOSE(plan_factor(&cosine, t), schedule_cosine(t, 20, 0), 0, 0);
		ASSERT_CLOSE(
		        plan_factor(&cycle, t), schedule_one_cycle(t, 20, 0.3), 0, 0);
	}
}
END_TEST

START_TEST(plan_warmup_stands_before_every_schedule)
{
	for (const PlanKind *kind = plan_table; kind->name; kind++) {
		Plan plan = plan_of(kind->name, 4), without = plan_of(kind->name, 0);
		ASSERT_CLOSE(plan_factor(&plan, 0), plan_factor(&without, 0) / 4, 0, 0);
		ASSERT_CLOSE(plan_factor(&plan, 3), plan_factor(&without, 3), 0, 0);
		ASSERT_CLOSE(plan_factor(&plan, 9), plan_factor(&without, 9), 0, 0);
	}
}
END_TEST

/* Two epochs without progress are borne, the third is not. */
START_TEST(plan_plateau_falls_when_told_of_no_progress)
{
	Plan plan = plan_of("plateau", 0), other = plan_of("constant", 0);
	const double figures[] = { 0.5, 0.6, 0.6, 0.5, 0.6 };
	for (int i = 0; i < 5; i++) {
		ASSERT_CLOSE(plan_factor(&plan, i), 1, 0, 0);
		plan_epoch(&plan, figures[i]);
		plan_epoch(&other, figures[i]);
	}
	ASSERT_CLOSE(plan_factor(&plan, 25), 0.1, 0, 0);
	ASSERT_CLOSE(plan_factor(&other, 25), 1, 0, 0);
}
END_TEST

START_TEST(plan_unknown_name_is_refused)
{
	Error error;
	PlanOptions options = { .name = "linear" };
	ck_assert(!plan_check(&options, &error));
	ASSERT_CONTAINS(
	        error.text, "expected constant, step, cosine, one-cycle or plateau");
	ASSERT_STOPS("\"linear\" is not known", plan_new(&options, 1, 1));
	options = (PlanOptions){ .name = "step" };
	ck_assert(!plan_check(&options, &error));
	ASSERT_CONTAINS(error.text, "every 0 epochs: expected 1 or more");
}
END_TEST

TEST_MAIN("plan", plan_without_warmup_is_the_schedule,
        plan_warmup_stands_before_every_schedule,
        plan_plateau_falls_when_told_of_no_progress, plan_unknown_name_is_refused)
