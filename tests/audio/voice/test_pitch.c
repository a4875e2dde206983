#include "audio/voice/pitch.h"
#include "audio/voice/cycles.h"
#include "tests/audio/signals.h"
#include "tests/support/harness.h"

/* A pulse train whose n-th period (seconds) and amplitude are given: each pulse rings
 * like a formant of 800 Hz that has died away before the next. */
static Clip pulses(
        Arena *arena, double seconds, double (*period)(int), double (*level)(int))
{
	Clip clip = signal_new(arena, (int)(seconds * SIGNAL_RATE));
	double at = 0.001;
	for (int i = 0; at < seconds - 0.012; i++) {
		for (int n = (int)ceil(at * SIGNAL_RATE); n < (at + 0.012) * SIGNAL_RATE;
		        n++) {
			double t = (double)n / SIGNAL_RATE - at;
			clip.samples[n] +=
			        (real)(level(i) * exp(-500 * t) * sin(2 * PI * 800 * t));
		}
		at += period(i);
	}
	return clip;
}

static double steady(int i)
{
	(void)i;
	return 0.01;
}

static double trembling(int i) /* half a percent longer, then shorter */
{
	return i % 2 ? 0.01005 : 0.00995;
}

static double even(int i)
{
	(void)i;
	return 0.5;
}

static double uneven(int i) /* 1 dB louder, 1 dB softer */
{
	return i % 2 ? 0.5 * pow(10, 0.05) : 0.5;
}

static PitchTrack track_of(Arena *arena, const Clip *clip)
{
	PitchSettings settings = pitch_defaults();
	return pitch_track(arena, clip, &settings);
}

START_TEST(pitch_of_tones_is_their_frequency)
{
	Arena *arena = arena_new("test");
	const double hertz[] = { 62, 100, 123.4, 220, 333.3, 495 };
	for (size_t i = 0; i < sizeof hertz / sizeof hertz[0]; i++) {
		Clip clip = signal_new(arena, 8000);
		for (int n = 0; n < clip.count; n++)
			clip.samples[n] =
			        (real)(0.3 * sin(2 * PI * hertz[i] * n / SIGNAL_RATE) +
			                0.2 * sin(4 * PI * hertz[i] * n / SIGNAL_RATE));
		PitchTrack track = track_of(arena, &clip);
		ck_assert_int_ge(track.count, 40);
		for (int t = 0; t < track.count; t++)
			ASSERT_CLOSE(track.hertz[t], hertz[i], 0, 0.005);
	}
	arena_free(arena);
}
END_TEST

START_TEST(pitch_follows_a_glide)
{
	Arena *arena = arena_new("test");
	Clip clip = signal_voice(arena, 16000); /* 120 Hz + 400 Hz a second */
	PitchTrack track = track_of(arena, &clip);
	/* A frame compares its first 16.7 ms with what follows a period later. */
	for (int t = 5; t < 60; t++) {
		double middle = t * 0.01 + 0.5 / 60;
		ASSERT_CLOSE(track.hertz[t], 120 + 400 * middle, 0, 0.03);
	}
	arena_free(arena);
}
END_TEST

START_TEST(pitch_of_noise_and_silence_is_none)
{
	Arena *arena = arena_new("test");
	Clip noise = signal_noise(arena, 16000), silence = signal_new(arena, 16000);
	PitchTrack track = track_of(arena, &noise);
	int voiced = 0;
	for (int t = 0; t < track.count; t++)
		voiced += track.hertz[t] > 0;
	ck_assert_int_le(voiced, track.count / 50);
	track = track_of(arena, &silence);
	for (int t = 0; t < track.count; t++)
		ck_assert(track.hertz[t] == 0 && track.level[t] <= -99);
	silence.count = 100;
	ck_assert_int_eq(track_of(arena, &silence).count, 0);
	/* Too faint beside the rest of the clip to be taken for voice. */
	Clip fading = signal_tone(arena, 16000);
	for (int n = 8000; n < 16000; n++)
		fading.samples[n] *= (real)0.001;
	track = track_of(arena, &fading);
	ck_assert(track.hertz[20] > 430 && track.hertz[80] == 0);
	arena_free(arena);
}
END_TEST

START_TEST(pitch_impossible_range_stops)
{
	Arena *arena = arena_new("test");
	Clip clip = signal_noise(arena, 1000);
	PitchSettings s = pitch_defaults();
	s.high = 50;
	ASSERT_STOPS("60 to 50 Hz", pitch_track(arena, &clip, &s));
	arena_free(arena);
}
END_TEST

static VoiceQuality quality_of(Arena *arena, Clip clip)
{
	PitchTrack track = track_of(arena, &clip);
	return voice_quality(&clip, &track);
}

START_TEST(cycles_of_a_steady_voice_have_no_jitter)
{
	Arena *arena = arena_new("test");
	VoiceQuality q = quality_of(arena, pulses(arena, 1, steady, even));
	ck_assert_int_ge(q.cycles, 90);
	ASSERT_CLOSE(q.jitter, 0, 1e-3, 0);
	ASSERT_CLOSE(q.shimmer, 0, 0.05, 0);
	ck_assert_double_ge(q.hnr, 30);
	arena_free(arena);
}
END_TEST

/* Periods 0.995 and 1.005 of the mean in turn: |difference| / mean = 0.01. */
START_TEST(cycles_of_a_trembling_voice_have_its_jitter)
{
	Arena *arena = arena_new("test");
	VoiceQuality q = quality_of(arena, pulses(arena, 1, trembling, even));
	ASSERT_CLOSE(q.jitter, 0.01, 0.001, 0);
	arena_free(arena);
}
END_TEST

START_TEST(cycles_of_an_uneven_voice_have_its_shimmer)
{
	Arena *arena = arena_new("test");
	VoiceQuality q = quality_of(arena, pulses(arena, 1, steady, uneven));
	ASSERT_CLOSE(q.shimmer, 1, 0.1, 0);
	ASSERT_CLOSE(q.jitter, 0, 2e-3, 0);
	arena_free(arena);
}
END_TEST

/* Harmonics with white noise 15 dB and 10 dB under them. */
START_TEST(cycles_of_a_noisy_voice_have_its_ratio)
{
	Arena *arena = arena_new("test");
	const double ratios[] = { 15, 10 };
	for (int i = 0; i < 2; i++) {
		Clip clip = pulses(arena, 2, steady, even);
		double power = 0;
		for (int n = 0; n < clip.count; n++)
			power += (double)clip.samples[n] * (double)clip.samples[n] /
			         clip.count;
		double level =
		        sqrt(power / pow(10, ratios[i] / 10) * 3); /* uniform noise */
		uint32_t state = 7;
		for (int n = 0; n < clip.count; n++)
			clip.samples[n] += (real)(level * signal_random(&state));
		ASSERT_CLOSE(quality_of(arena, clip).hnr, ratios[i], 1.5, 0);
	}
	arena_free(arena);
}
END_TEST

START_TEST(cycles_of_silence_are_none)
{
	Arena *arena = arena_new("test");
	VoiceQuality q = quality_of(arena, signal_new(arena, 16000));
	ck_assert_int_eq(q.cycles, 0);
	ck_assert(q.jitter == 0 && q.shimmer == 0 && q.hnr == 0);
	arena_free(arena);
}
END_TEST

TEST_MAIN("pitch", pitch_of_tones_is_their_frequency, pitch_follows_a_glide,
        pitch_of_noise_and_silence_is_none, pitch_impossible_range_stops,
        cycles_of_a_steady_voice_have_no_jitter,
        cycles_of_a_trembling_voice_have_its_jitter,
        cycles_of_an_uneven_voice_have_its_shimmer,
        cycles_of_a_noisy_voice_have_its_ratio, cycles_of_silence_are_none)
