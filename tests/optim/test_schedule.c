#include "optim/schedule.h"
#include "tests/support/golden.h"

enum { STEPS = 20 };

static void agrees(const double rates[], const char *name)
{
	Arena *arena = arena_new("test");
	Tensor found = tensor_new(arena, SHAPE(STEPS));
	for (int t = 0; t < STEPS; t++)
		found.data[t] = (real)rates[t];
	ASSERT_GOLDEN(found, "optim.txt", name);
	arena_free(arena);
}

START_TEST(schedules_agree_with_pytorch)
{
	double step[STEPS], cosine[STEPS], warmup[STEPS], cycle[STEPS];
	for (int t = 0; t < STEPS; t++) {
		step[t] = schedule_step(t, 3, 0.5);
		cosine[t] = schedule_cosine(t, STEPS, 0.1);
		warmup[t] = schedule_warmup(t, 8);
		cycle[t] = schedule_one_cycle(t, STEPS, 0.3);
	}
	agrees(step, "schedule.step");
	agrees(cosine, "schedule.cosine");
	agrees(warmup, "schedule.warmup");
	agrees(cycle, "schedule.one_cycle");
}
END_TEST

START_TEST(schedules_at_their_ends)
{
	ASSERT_CLOSE(schedule_cosine(0, 10, 0.2), 1, 0, 1e-12);
	ASSERT_CLOSE(schedule_cosine(10, 10, 0.2), 0.2, 0, 1e-12);
	ASSERT_CLOSE(schedule_cosine(99, 10, 0.2), 0.2, 0, 1e-12);
	ASSERT_CLOSE(schedule_cosine(5, 10, 0), 0.5, 0, 1e-12);
	ASSERT_CLOSE(schedule_warmup(0, 0), 1, 0, 0);
	ASSERT_CLOSE(schedule_warmup(0, 4), 0.25, 0, 0);
	ASSERT_CLOSE(schedule_warmup(3, 4), 1, 0, 0);
	ASSERT_CLOSE(schedule_warmup(99, 4), 1, 0, 0);
	ASSERT_CLOSE(schedule_one_cycle(99, 10, 0.3), 1.0 / 250000, 0, 1e-12);
	ASSERT_CLOSE(schedule_one_cycle(1, 2, 0.01), 1.0 / 250000, 0, 1e-12);
	ASSERT_CLOSE(schedule_step(0, 1, 0.1), 1, 0, 0);
}
END_TEST

START_TEST(plateau_agrees_with_pytorch)
{
	Arena *arena = arena_new("test");
	Tensor figures = golden_tensor(arena, "optim.txt", "plateau.figures");
	Tensor rates = tensor_new(arena, figures.ndim, figures.shape);
	Plateau plateau = plateau_new(0.5, 2);
	for (size_t t = 0; t < tensor_count(figures); t++)
		rates.data[t] = (real)plateau_epoch(&plateau, (double)figures.data[t]);
	ASSERT_GOLDEN(rates, "optim.txt", "plateau.rates");
	arena_free(arena);
}
END_TEST

/* Losses that improve are figures below zero that rise. */
START_TEST(plateau_first_figure_is_the_best_so_far_whatever_it_is)
{
	Plateau plateau = plateau_new(0.5, 0);
	ASSERT_CLOSE(plateau_epoch(&plateau, -100), 1, 0, 0);
	ASSERT_CLOSE(plateau_epoch(&plateau, -99), 1, 0, 0);
	ASSERT_CLOSE(plateau_epoch(&plateau, -99), 0.5, 0, 0);
}
END_TEST

TEST_MAIN("schedule", schedules_agree_with_pytorch, schedules_at_their_ends,
        plateau_agrees_with_pytorch,
        plateau_first_figure_is_the_best_so_far_whatever_it_is)
