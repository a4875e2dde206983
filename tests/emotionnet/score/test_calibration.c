#include "emotionnet/score/calibration.h"
#include "tests/support/harness.h"

#include <math.h>

/* Three utterances of two classes. The largest p: 0.8 (right), 0.6 (wrong), 0.8
 * (wrong). */
static const float three[] = { 0.8f, 0.2f, 0.6f, 0.4f, 0.2f, 0.8f };
static const int labels[] = { 0, 1, 0 };

START_TEST(calibration_of_three_is_as_by_hand)
{
	Calibration c = calibration_of(three, labels, 3, 2);
	/* NLL: -(ln .8 + ln .4 + ln .2) / 3 */
	ASSERT_CLOSE(c.nll, -(log(0.8) + log(0.4) + log(0.2)) / 3, 1e-7, 0);
	/* Brier: (.04 + .04) + (.36 + .36) + (.64 + .64), a third */
	ASSERT_CLOSE(c.brier, 2.08 / 3, 1e-7, 0);
	/* .6 ends bin 8, (8/15, 9/15]; as a float it is a little more and falls into bin
	 * 9. The two .8, a little more than 12/15, share bin 12: accuracy 1/2,
	 * confidence .8. */
	ck_assert_int_eq(c.bins[9].count, 1);
	ck_assert_int_eq(c.bins[12].count, 2);
	ASSERT_CLOSE(c.bins[12].accuracy, 0.5, 1e-9, 0);
	ASSERT_CLOSE(c.bins[12].confidence, 0.8, 1e-7, 0);
	ASSERT_CLOSE(c.ece, 1.0 / 3 * 0.6 + 2.0 / 3 * 0.3, 1e-7, 0);
}
END_TEST

START_TEST(calibration_of_a_sure_and_right_classifier_is_perfect)
{
	const float sure[] = { 1, 0, 0, 1 };
	const int right[] = { 0, 1 };
	Calibration c = calibration_of(sure, right, 2, 2);
	ck_assert(c.nll == 0 && c.brier == 0 && c.ece == 0);
	ck_assert_int_eq(c.bins[CALIBRATION_BINS - 1].count, 2);
}
END_TEST

START_TEST(calibration_of_a_sure_mistake_is_finite)
{
	const float sure[] = { 1, 0 };
	const int wrong[] = { 1 };
	Calibration c = calibration_of(sure, wrong, 1, 2);
	ASSERT_CLOSE(c.nll, 126 * log(2), 1e-6, 0);
	ck_assert(c.brier == 2 && c.ece == 1);
}
END_TEST

START_TEST(calibration_of_nothing_is_zero)
{
	Calibration c = calibration_of(NULL, NULL, 0, 2);
	ck_assert(c.nll == 0 && c.brier == 0 && c.ece == 0);
	ck_assert(calibration_temperature(NULL, NULL, 0, 2) == 1);
}
END_TEST

START_TEST(calibration_soften_divides_logits)
{
	/* odds 9:1 at T = 2: 3:1 */
	const float p[] = { 0.9f, 0.1f };
	float q[2];
	calibration_soften(q, p, 2, 2);
	ASSERT_CLOSE(q[0], 0.75, 1e-7, 0);
	ASSERT_CLOSE(q[1], 0.25, 1e-7, 0);
	calibration_soften(q, p, 2, 1);
	ASSERT_CLOSE(q[0], 0.9, 1e-7, 0);
}
END_TEST

/* Of four answers with odds 9:1, three are right. The best odds are 3:1, which is T =
 * 2. */
START_TEST(calibration_temperature_is_as_by_hand)
{
	const float p[] = { 0.9f, 0.1f, 0.9f, 0.1f, 0.9f, 0.1f, 0.9f, 0.1f };
	const int y[] = { 0, 0, 0, 1 };
	ASSERT_CLOSE(calibration_temperature(p, y, 4, 2), 2, 1e-5, 0);
}
END_TEST

START_TEST(calibration_temperature_never_raises_the_nll)
{
	double t = calibration_temperature(three, labels, 3, 2);
	float soft[6];
	for (int i = 0; i < 3; i++)
		calibration_soften(soft + 2 * i, three + 2 * i, 2, t);
	Calibration before = calibration_of(three, labels, 3, 2);
	Calibration after = calibration_of(soft, labels, 3, 2);
	ck_assert(after.nll < before.nll);
	/* Right as often as by chance or less: the flattest answers are best. */
	ASSERT_CLOSE(t, 100, 0.1, 0);
}
END_TEST

START_TEST(calibration_label_outside_stops)
{
	const int bad[] = { 0, 2, 0 };
	ASSERT_STOPS("label 2 of utterance 1: classes are 0 to 1",
	        calibration_of(three, bad, 3, 2));
}
END_TEST

TEST_MAIN("calibration", calibration_of_three_is_as_by_hand,
        calibration_of_a_sure_and_right_classifier_is_perfect,
        calibration_of_a_sure_mistake_is_finite, calibration_of_nothing_is_zero,
        calibration_soften_divides_logits, calibration_temperature_is_as_by_hand,
        calibration_temperature_never_raises_the_nll, calibration_label_outside_stops)
