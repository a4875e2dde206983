#include "emotionnet/score/membership.h"
#include "tests/support/harness.h"

static const char *const names[] = { "a", "a", "b", "b" };

START_TEST(membership_of_four_by_hand)
{
	Arena *arena = arena_new("test");
	/* of 2 x 2 pairs: .1 < .2, .1 < .3, .3 > .2, .3 = .3 */
	const double in[] = { 0.1, 0.3 }, out[] = { 0.2, 0.3 };
	Losses inside = { 2, in, names }, outside = { 2, out, names };
	Membership m = membership_of(arena, &inside, &outside);
	ASSERT_CLOSE(m.auc, 2.5 / 4, 1e-12, 0);
	ASSERT_CLOSE(m.loss_inside, 0.2, 1e-12, 0);
	ASSERT_CLOSE(m.loss_outside, 0.25, 1e-12, 0);
	ck_assert_int_eq(m.inside, 2);
	arena_free(arena);
}
END_TEST

START_TEST(membership_of_sides_apart_is_one_in_every_draw)
{
	Arena *arena = arena_new("test");
	const double low[] = { 0.1, 0.2, 0.3, 0.4 }, high[] = { 1, 2, 3, 4 };
	Losses a = { 4, low, names }, b = { 4, high, names };
	Membership m = membership_of(arena, &a, &b), back = membership_of(arena, &b, &a);
	ASSERT_CLOSE(m.auc, 1, 0, 0);
	ASSERT_CLOSE(m.interval.low, 1, 0, 0);
	ASSERT_CLOSE(back.auc, 0, 0, 0);
	ASSERT_CLOSE(back.interval.high, 0, 0, 0);
	arena_free(arena);
}
END_TEST

/* Whole speakers are drawn: those of "a" are told, those of "b" are not. */
START_TEST(membership_interval_is_over_speakers)
{
	Arena *arena = arena_new("test");
	const double in[] = { 0.1, 0.1, 0.9, 0.9 }, out[] = { 0.5, 0.5, 0.5, 0.5 };
	Losses inside = { 4, in, names }, outside = { 4, out, names };
	Membership m = membership_of(arena, &inside, &outside);
	ASSERT_CLOSE(m.auc, 0.5, 1e-12, 0);
	ASSERT_CLOSE(m.interval.low, 0, 0, 0); /* twice "b": one draw in four */
	ASSERT_CLOSE(m.interval.high, 1, 0, 0);
	arena_free(arena);
}
END_TEST

START_TEST(membership_of_one_side_is_not_measured)
{
	Arena *arena = arena_new("test");
	const double in[] = { 0.1 };
	Losses inside = { 1, in, names }, none = { 0, NULL, NULL };
	ck_assert_int_eq(membership_of(arena, &inside, &none).outside, 0);
	ck_assert_int_eq(membership_of(arena, &none, &inside).outside, 0);
	arena_free(arena);
}
END_TEST

TEST_MAIN("membership", membership_of_four_by_hand,
        membership_of_sides_apart_is_one_in_every_draw,
        membership_interval_is_over_speakers, membership_of_one_side_is_not_measured)
