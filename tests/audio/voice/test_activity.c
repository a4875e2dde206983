#include "audio/voice/activity.h"
#include "tests/audio/signals.h"
#include "tests/support/harness.h"

/* Faint noise with tones from `begin` to `end` seconds. */
static void speak(Clip *clip, double begin, double end, double level)
{
	for (int n = (int)(begin * SIGNAL_RATE); n < (int)(end * SIGNAL_RATE); n++)
		clip->samples[n] += (real)(level * sin(2 * PI * 200 * n / SIGNAL_RATE));
}

static Clip quiet(Arena *arena, double seconds)
{
	Clip clip = signal_noise(arena, (int)(seconds * SIGNAL_RATE));
	for (int n = 0; n < clip.count; n++)
		clip.samples[n] *= (real)0.001;
	return clip;
}

static Activity find(Arena *arena, const Clip *clip)
{
	ActivitySettings settings = activity_defaults();
	return activity_find(arena, clip, &settings);
}

START_TEST(activity_finds_what_is_said_and_forgives_short_gaps)
{
	Arena *arena = arena_new("test");
	Clip clip = quiet(arena, 2);
	speak(&clip, 0.30, 0.50, 0.5);
	speak(&clip, 0.60, 0.80, 0.1); /* 0.1 s later: the same stretch */
	speak(&clip, 1.20, 1.50, 0.5);
	speak(&clip, 1.80, 1.82, 0.5); /* a click */
	Activity activity = find(arena, &clip);
	ck_assert_int_eq(activity.count, 2);
	ASSERT_CLOSE(activity.stretches[0].begin, 4800, 0, 0);
	ASSERT_CLOSE(activity.stretches[0].end, 12800, 0, 0);
	ASSERT_CLOSE(activity.stretches[1].begin, 19200, 0, 0);
	ASSERT_CLOSE(activity.stretches[1].end, 24000, 0, 0);
	arena_free(arena);
}
END_TEST

/* -28 dB begins it; -33 dB goes on with it, but does not begin it. */
START_TEST(activity_begins_higher_than_it_ends)
{
	Arena *arena = arena_new("test");
	Clip clip = quiet(arena, 3);
	speak(&clip, 0.2, 0.5, 0.5);
	speak(&clip, 1.0, 1.3, 0.5 * 0.0224);
	speak(&clip, 1.6, 1.9, 0.5 * 0.0398);
	speak(&clip, 1.9, 2.4, 0.5 * 0.0224);
	Activity activity = find(arena, &clip);
	ck_assert_int_eq(activity.count, 2);
	ASSERT_CLOSE(activity.stretches[1].begin, 25600, 0, 0);
	ASSERT_CLOSE(activity.stretches[1].end, 38400, 0, 0);
	arena_free(arena);
}
END_TEST

START_TEST(activity_of_silence_is_none_and_of_a_steady_tone_all)
{
	Arena *arena = arena_new("test");
	Clip silence = signal_new(arena, 5000), tone = signal_tone(arena, 5001);
	ck_assert_int_eq(find(arena, &silence).count, 0);
	Activity activity = find(arena, &tone);
	ck_assert_int_eq(activity.count, 1);
	ck_assert_int_eq(activity.stretches[0].begin, 0);
	ck_assert_int_eq(activity.stretches[0].end, 5001);
	silence.count = 0;
	ck_assert_int_eq(find(arena, &silence).count, 0);
	arena_free(arena);
}
END_TEST

START_TEST(trim_silence_keeps_the_margin_and_the_clip)
{
	Arena *arena = arena_new("test");
	ActivitySettings settings = activity_defaults();
	Clip clip = quiet(arena, 2);
	speak(&clip, 0.5, 1.0, 0.5);
	Clip trimmed = trim_silence(arena, clip, &settings, 0.1);
	ck_assert_ptr_eq(trimmed.samples, clip.samples + 6400);
	ck_assert_int_eq(trimmed.count, 11200);
	trimmed = trim_silence(arena, clip, &settings, 5);
	ck_assert_int_eq(trimmed.count, clip.count);
	Clip silence = signal_new(arena, 5000);
	ck_assert_int_eq(trim_silence(arena, silence, &settings, 0.1).count, 5000);
	arena_free(arena);
}
END_TEST

TEST_MAIN("activity", activity_finds_what_is_said_and_forgives_short_gaps,
        activity_begins_higher_than_it_ends,
        activity_of_silence_is_none_and_of_a_steady_tone_all,
        trim_silence_keeps_the_margin_and_the_clip)
