/* Curves whose numbers can be worked by hand, and sounds whose numbers are known. */
#include "audio/functionals/functionals.h"
#include "audio/functionals/statistics.h"
#include "tests/audio/signals.h"
#include "tests/support/harness.h"

#include <string.h>

static const double nothing = (double)NAN;

START_TEST(statistics_of_a_few_values_are_those_worked_by_hand)
{
	Arena *arena = arena_new("test");
	const double values[] = { 1, 2, nothing, 4, 9 };
	double s[STATISTICS];
	statistics(s, arena, values, 5, 0.5);
	ASSERT_CLOSE(s[STATISTIC_MEAN], 4, 1e-12, 0);
	ASSERT_CLOSE(s[STATISTIC_DEVIATION], sqrt((9 + 4 + 0 + 25) / 4.0), 1e-12, 0);
	ASSERT_CLOSE(s[STATISTIC_P5], 1.15, 1e-12, 0); /* 0.05 * 3 from 1 to 2 */
	ASSERT_CLOSE(s[STATISTIC_P50], 3, 1e-12, 0);
	ASSERT_CLOSE(s[STATISTIC_P95], 9 - 0.15 * 5, 1e-12, 0);
	/* times 0 0.5 1.5 2 about 1: (-1)(-3) + (-0.5)(-2) + 0.5 * 0 + 1 * 5 = 9; 2.5 */
	ASSERT_CLOSE(s[STATISTIC_SLOPE], 9 / 2.5, 1e-12, 0);
	arena_free(arena);
}
END_TEST

START_TEST(statistics_of_one_value_and_of_none)
{
	Arena *arena = arena_new("test");
	double s[STATISTICS];
	statistics(s, arena, (const double[]){ nothing, 7 }, 2, 0.01);
	ck_assert(s[STATISTIC_MEAN] == 7 && s[STATISTIC_P5] == 7);
	ck_assert(s[STATISTIC_DEVIATION] == 0 && s[STATISTIC_SLOPE] == 0);
	for (int count = 0; count < 2; count++) {
		statistics(s, arena, &nothing, count, 0.01);
		for (int i = 0; i < STATISTICS; i++)
			ck_assert_msg(isnan(s[i]), "%s", statistic_name((Statistic)i));
	}
	arena_free(arena);
}
END_TEST

START_TEST(differences_are_slopes_where_five_values_are_there)
{
	const double values[] = { 0, 1, 4, 9, 16, 25, nothing, 0, 0 };
	double d[9];
	differences(d, values, 9, 0.1);
	for (int t = 0; t < 9; t++) /* of t^2 the slope is 2 t, per step */
		if (t == 2 || t == 3)
			ASSERT_CLOSE(d[t], 20 * t, 1e-9, 0);
		else
			ck_assert_msg(isnan(d[t]), "%d", t);
	double rise, fall;
	rise_and_fall(&rise, &fall, (const double[]){ 2, -1, nothing, 4, 0 }, 5);
	ck_assert(rise == 3 && fall == -1);
	rise_and_fall(&rise, &fall, &nothing, 1);
	ck_assert(rise == 0 && fall == 0);
}
END_TEST

START_TEST(functionals_have_names_that_differ)
{
	Arena *arena = arena_new("test");
	int count = functionals_count();
	const char **names = ARENA_ARRAY(arena, const char *, (size_t)count);
	ck_assert_int_ge(count, 300);
	ck_assert_int_le(count, 1000);
	for (int i = 0; i < count; i++) {
		names[i] = functionals_name(arena, i);
		ck_assert_int_ge((int)strlen(names[i]), 3);
		for (int k = 0; k < i; k++)
			ck_assert_msg(strcmp(names[i], names[k]), "%s", names[i]);
	}
	ck_assert_str_eq(functionals_version(arena), functionals_version(arena));
	arena_free(arena);
}
END_TEST

static double number(const real *values, const char *name)
{
	Arena *arena = arena_new("names");
	int found = -1;
	for (int i = 0; i < functionals_count(); i++)
		if (!strcmp(functionals_name(arena, i), name))
			found = i;
	arena_free(arena);
	ck_assert_msg(found >= 0, "no functional is called %s", name);
	return (double)values[found];
}

static real *measured(Arena *arena, const Clip *clip)
{
	real *values = ARENA_ARRAY(arena, real, (size_t)functionals_count());
	functionals(values, arena, functionals_plan(arena), clip);
	return values;
}

/* Harmonics of a pitch that rises an octave a second from 110 Hz, as loud from beginning to
 * end. */
START_TEST(functionals_of_a_rising_tone_tell_its_pitch)
{
	Arena *arena = arena_new("test");
	Clip clip = signal_new(arena, SIGNAL_RATE);
	double phase = 0;
	for (int n = 0; n < clip.count; n++) {
		phase += 2 * PI * 110 * pow(2, (double)n / SIGNAL_RATE) / SIGNAL_RATE;
		for (int h = 1; h < 8; h++)
			clip.samples[n] += (real)(0.1 / h * sin(h * phase));
	}
	const real *v = measured(arena, &clip);
	ASSERT_CLOSE(number(v, "pitch.p50"), 0.5, 0.02, 0);
	ASSERT_CLOSE(number(v, "pitch.mean"), 0.5, 0.02, 0);
	ASSERT_CLOSE(number(v, "pitch.slope"), 1, 0.02, 0);
	ASSERT_CLOSE(number(v, "pitch.rise"), 1, 0.02, 0);
	ASSERT_CLOSE(number(v, "pitch.fall"), 0, 0.02, 0);
	ASSERT_CLOSE(number(v, "voicing.p50"), 1, 0.02, 0);
	ASSERT_CLOSE(number(v, "voice.voiced.share"), 1, 0.05, 0);
	ASSERT_CLOSE(number(v, "level.slope"), 0, 0.5, 0);
	ASSERT_CLOSE(number(v, "duration"), 0, 1e-6, 0);
	arena_free(arena);
}
END_TEST

/* White noise that grows by 20 dB a second: every band does. */
START_TEST(functionals_of_growing_noise_tell_its_growth)
{
	Arena *arena = arena_new("test");
	Clip clip = signal_noise(arena, SIGNAL_RATE);
	for (int n = 0; n < clip.count; n++)
		clip.samples[n] *= (real)pow(10, (double)n / SIGNAL_RATE - 1);
	const real *v = measured(arena, &clip);
	ASSERT_CLOSE(number(v, "level.slope"), 20, 0.5, 0);
	ASSERT_CLOSE(number(v, "mel13.slope"), log(100), 0.7, 0);
	ASSERT_CLOSE(number(v, "mel26.slope"), log(100), 0.3, 0);
	ASSERT_CLOSE(number(v, "mfcc4.slope"), 0, 1.5, 0);
	ck_assert(isnan(number(v, "pitch.mean")));
	ck_assert(number(v, "voicing.mean") < 0.6);
	arena_free(arena);
}
END_TEST

START_TEST(functionals_of_silence_and_of_little_are_numbers_or_nan)
{
	Arena *arena = arena_new("test");
	static const int counts[] = { 1, 399, 400, 533, 535, 1000, SIGNAL_RATE };
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
		Clip clip = signal_new(arena, counts[i]);
		const real *v = measured(arena, &clip);
		for (int k = 0; k < functionals_count(); k++)
			ck_assert_msg(!isinf(v[k]), "%s of %d zeros",
			        functionals_name(arena, k), counts[i]);
		ck_assert(isnan(number(v, "mel1.mean")) == (counts[i] < 400));
		ck_assert(isfinite(number(v, "duration")));
	}
	Clip slow = signal_new(arena, 8000);
	slow.rate = 8000;
	ASSERT_STOPS("a clip at 8000 samples a second, expected 16000",
	        measured(arena, &slow));
	arena_free(arena);
}
END_TEST

TEST_MAIN("functionals", statistics_of_a_few_values_are_those_worked_by_hand,
        statistics_of_one_value_and_of_none,
        differences_are_slopes_where_five_values_are_there,
        functionals_have_names_that_differ, functionals_of_a_rising_tone_tell_its_pitch,
        functionals_of_growing_noise_tell_its_growth,
        functionals_of_silence_and_of_little_are_numbers_or_nan)
