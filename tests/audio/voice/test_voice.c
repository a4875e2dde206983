/* Signals whose description is known, because they were made from it. */
#include "audio/voice/voice.h"
#include "tests/audio/signals.h"
#include "tests/support/harness.h"

#include <string.h>

enum { HARMONICS = 24 };

/* Harmonics of a pitch that begins at `hertz` and rises by `slope` semitones a second,
 * each with its amplitude. */
static Clip voice(Arena *arena, double seconds, double hertz, double slope,
        const double amplitudes[HARMONICS])
{
	Clip clip = signal_new(arena, (int)(seconds * SIGNAL_RATE));
	double phase = 0;
	for (int n = 0; n < clip.count; n++) {
		double t = (double)n / SIGNAL_RATE, sum = 0;
		for (int h = 0; h < HARMONICS; h++)
			sum += amplitudes[h] * sin((h + 1) * phase);
		clip.samples[n] = (real)sum;
		phase += 2 * PI * hertz * pow(2, slope * t / 12) / SIGNAL_RATE;
	}
	return clip;
}

/* Falling by `tilt` dB a kHz. */
static Clip tilted(Arena *arena, double seconds, double hertz, double slope, double tilt)
{
	double amplitudes[HARMONICS];
	for (int h = 0; h < HARMONICS; h++)
		amplitudes[h] = 0.1 * pow(10, -tilt * (h + 1) * hertz / 1000 / 20);
	return voice(arena, seconds, hertz, slope, amplitudes);
}

static void scale(Clip *clip, double begin, double end, double decibels)
{
	for (int n = (int)(begin * SIGNAL_RATE); n < (int)(end * SIGNAL_RATE); n++)
		clip->samples[n] *= (real)pow(10, decibels / 20);
}

START_TEST(voice_melody_is_the_one_it_was_given)
{
	Arena *arena = arena_new("test");
	const double slopes[] = { 6, 0, -4 };
	for (int i = 0; i < 3; i++) {
		double v[VOICE_FEATURES];
		Clip clip = tilted(arena, 1.5, 150, slopes[i], 20);
		voice_describe(v, arena, &clip);
		double middle = 150 * pow(2, slopes[i] * 0.75 / 12);
		ASSERT_CLOSE(v[VOICE_PITCH_LEVEL], middle, 0, 0.01);
		ASSERT_CLOSE(v[VOICE_PITCH_SLOPE], slopes[i], 0.05, 0);
		ASSERT_CLOSE(
		        v[VOICE_PITCH_RANGE], 0.6 * 1.5 * fabs(slopes[i]), 0.05, 0.05);
	}
	arena_free(arena);
}
END_TEST

/* Two halves, each flat: the melody within the stretches does not rise, though the
 * clip's does. */
START_TEST(voice_slope_is_within_stretches)
{
	Arena *arena = arena_new("test");
	double v[VOICE_FEATURES];
	Clip low = tilted(arena, 1.2, 120, 0, 20), high = tilted(arena, 0.5, 200, 0, 20);
	scale(&low, 0.5, 1.2, -200);
	memcpy(low.samples + 11200, high.samples, 8000 * sizeof(real));
	voice_describe(v, arena, &low);
	ASSERT_CLOSE(v[VOICE_PITCH_SLOPE], 0, 0.6, 0);
	ASSERT_CLOSE(v[VOICE_PITCH_RANGE], 12 * log2(200.0 / 120), 0.3, 0);
	arena_free(arena);
}
END_TEST

START_TEST(voice_energy_is_its_level_and_range)
{
	Arena *arena = arena_new("test");
	double v[VOICE_FEATURES];
	const double sine[HARMONICS] = { 0.1 * 1.4142135623730951 }; /* -20 dB */
	Clip clip = voice(arena, 2, 200, 0, sine);
	scale(&clip, 1, 2, -10);
	voice_describe(v, arena, &clip);
	ASSERT_CLOSE(v[VOICE_ENERGY_LEVEL], -25, 0.15, 0);
	ASSERT_CLOSE(v[VOICE_ENERGY_RANGE], 10, 0.05, 0);
	arena_free(arena);
}
END_TEST

/* Five syllables of 0.2 s with 0.2 s between them and silence around: 1.8 s of speech. */
START_TEST(voice_rhythm_is_counted_and_measured)
{
	Arena *arena = arena_new("test");
	double v[VOICE_FEATURES];
	Clip clip = tilted(arena, 2.8, 150, 0, 20);
	scale(&clip, 0, 0.5, -200);
	for (int i = 0; i < 4; i++)
		scale(&clip, 0.7 + 0.4 * i, 0.9 + 0.4 * i, -200);
	scale(&clip, 2.3, 2.8, -200);
	voice_describe(v, arena, &clip);
	ASSERT_CLOSE(v[VOICE_VOICED_RATE], 5 / 1.8, 0.05, 0);
	ASSERT_CLOSE(v[VOICE_VOICED_LENGTH], 0.2, 0.03, 0);
	ASSERT_CLOSE(v[VOICE_VOICED_SHARE], 1, 0.12, 0);
	ASSERT_CLOSE(v[VOICE_PAUSE_SHARE], 0.8 / 1.8, 0.02, 0);
	ASSERT_CLOSE(v[VOICE_PAUSE_LENGTH], 0.2, 0.011, 0);
	Clip whole = tilted(arena, 1, 150, 0, 20);
	voice_describe(v, arena, &whole);
	ASSERT_CLOSE(v[VOICE_VOICED_RATE], 1, 0.02, 0);
	ck_assert(v[VOICE_PAUSE_SHARE] == 0 && v[VOICE_PAUSE_LENGTH] == 0);
	arena_free(arena);
}
END_TEST

/* Harmonics of 200 Hz up to 4800: with none at the edges of the bands, the ratios are
 * those of the amplitudes, and the slopes those of the line they lie on. */
START_TEST(voice_spectrum_has_the_tilt_it_was_given)
{
	Arena *arena = arena_new("test");
	const double tilts[] = { 10, 5, 3 };
	for (int i = 0; i < 3; i++) {
		double v[VOICE_FEATURES], amplitudes[HARMONICS];
		double low = 0, high = 0;
		for (int h = 0; h < HARMONICS; h++) {
			double hertz = 200.0 * (h + 1);
			amplitudes[h] = 0.1 * pow(10, -tilts[i] * hertz / 1000 / 20);
			if (h == 4 || h == 9) /* 1000 and 2000 Hz */
				amplitudes[h] = 0;
			*(hertz < 1000 ? &low : &high) += amplitudes[h] * amplitudes[h];
		}
		Clip clip = voice(arena, 1, 200, 0, amplitudes);
		voice_describe(v, arena, &clip);
		ASSERT_CLOSE(v[VOICE_ALPHA], 10 * log10(low / high), 0.1, 0);
		ASSERT_CLOSE(v[VOICE_HAMMARBERG], tilts[i] * 2, 0.1, 0);
		Clip line = tilted(arena, 1, 100, 0, tilts[i]);
		voice_describe(v, arena, &line);
		ASSERT_CLOSE(v[VOICE_SLOPE_MIDDLE], -tilts[i], 1, 0);
	}
	arena_free(arena);
}
END_TEST

/* What the harmonics add to the slope, they add to both. */
START_TEST(voice_slopes_differ_as_the_tilts_do)
{
	Arena *arena = arena_new("test");
	double gentle[VOICE_FEATURES], steep[VOICE_FEATURES];
	Clip a = tilted(arena, 1, 80, 0, 10), b = tilted(arena, 1, 80, 0, 40);
	voice_describe(gentle, arena, &a);
	voice_describe(steep, arena, &b);
	ASSERT_CLOSE(steep[VOICE_SLOPE_MIDDLE] - gentle[VOICE_SLOPE_MIDDLE], -30, 2, 0);
	ASSERT_CLOSE(steep[VOICE_SLOPE_LOW] - gentle[VOICE_SLOPE_LOW], -30, 4, 0);
	arena_free(arena);
}
END_TEST

/* A steady voice is periodic: no flux, no jitter, no noise. Noise brings all three. */
START_TEST(voice_noise_brings_flux_and_takes_harmonicity)
{
	Arena *arena = arena_new("test");
	double clean[VOICE_FEATURES], noisy[VOICE_FEATURES];
	Clip clip = tilted(arena, 1, 200, 0, 10);
	voice_describe(clean, arena, &clip);
	ck_assert_double_lt(clean[VOICE_FLUX], 1e-3);
	ck_assert_double_lt(clean[VOICE_JITTER], 0.1);
	ck_assert_double_lt(clean[VOICE_SHIMMER], 0.05);
	ck_assert_double_gt(clean[VOICE_HNR], 30);
	uint32_t state = 5;
	double power = 0;
	for (int n = 0; n < clip.count; n++)
		power += (double)clip.samples[n] * (double)clip.samples[n] / clip.count;
	for (int n = 0; n < clip.count; n++) /* 15 dB under it; uniform: a third */
		clip.samples[n] +=
		        (real)(sqrt(power / pow(10, 1.5) * 3) * signal_random(&state));
	voice_describe(noisy, arena, &clip);
	ASSERT_CLOSE(noisy[VOICE_HNR], 15, 1.5, 0);
	ck_assert_double_gt(noisy[VOICE_FLUX], 10 * clean[VOICE_FLUX]);
	ck_assert_double_lt(noisy[VOICE_FLUX], 2);
	arena_free(arena);
}
END_TEST

START_TEST(voice_louder_changes_the_energy_alone)
{
	Arena *arena = arena_new("test");
	double soft[VOICE_FEATURES], loud[VOICE_FEATURES];
	Clip clip = signal_voice(arena, 16000);
	voice_describe(soft, arena, &clip);
	for (int n = 0; n < clip.count; n++)
		clip.samples[n] *= 2;
	voice_describe(loud, arena, &clip);
	ASSERT_CLOSE(
	        loud[VOICE_ENERGY_LEVEL] - soft[VOICE_ENERGY_LEVEL], 6.0206, 1e-4, 0);
	for (int i = 0; i < VOICE_FEATURES; i++)
		if (i != VOICE_ENERGY_LEVEL)
			ASSERT_CLOSE(loud[i], soft[i], 1e-5, 1e-5);
	arena_free(arena);
}
END_TEST

START_TEST(voice_without_voice_is_not_a_number)
{
	Arena *arena = arena_new("test");
	double v[VOICE_FEATURES];
	Clip silence = signal_new(arena, 16000), noise = signal_noise(arena, 16000);
	voice_describe(v, arena, &silence);
	for (int i = 0; i < VOICE_FEATURES; i++)
		ck_assert_msg(isnan(v[i]), "%s of silence: %g",
		        voice_label((VoiceFeature)i).name, v[i]);
	noise.count = 20;
	voice_describe(v, arena, &noise);
	for (int i = 0; i < VOICE_FEATURES; i++)
		ck_assert(isnan(v[i]));
	noise.count = 0;
	voice_describe(v, arena, &noise);
	ck_assert(isnan(v[0]));
	noise.rate = 4000;
	ASSERT_STOPS("a rate of 4000, expected 8000", voice_describe(v, arena, &noise));
	arena_free(arena);
}
END_TEST

/* The same speech at other rates, also one that a hop of 10 ms does not divide. */
START_TEST(voice_rate_hardly_matters)
{
	Arena *arena = arena_new("test");
	double v[VOICE_FEATURES];
	const int rates[] = { 11025, 22050, 44100 };
	for (int i = 0; i < 3; i++) {
		Clip clip = signal_new(arena, rates[i] * 2);
		clip.rate = rates[i];
		for (int n = 0; n < clip.count; n++)
			for (int h = 1; h <= 20; h++)
				clip.samples[n] +=
				        (real)(0.1 / h *
				                sin(2 * PI * h * 180 * n / rates[i]));
		voice_describe(v, arena, &clip);
		ASSERT_CLOSE(v[VOICE_PITCH_LEVEL], 180, 0.5, 0);
		double low = 0, high = 0;
		for (int h = 1; h <= 20; h++)
			*(h < 6 ? &low : &high) += 1.0 / h / h;
		ASSERT_CLOSE(v[VOICE_ALPHA], 10 * log10(low / high), 0.2, 0);
	}
	arena_free(arena);
}
END_TEST

TEST_MAIN("voice", voice_melody_is_the_one_it_was_given, voice_slope_is_within_stretches,
        voice_energy_is_its_level_and_range, voice_rhythm_is_counted_and_measured,
        voice_spectrum_has_the_tilt_it_was_given, voice_slopes_differ_as_the_tilts_do,
        voice_noise_brings_flux_and_takes_harmonicity,
        voice_louder_changes_the_energy_alone, voice_without_voice_is_not_a_number,
        voice_rate_hardly_matters)
