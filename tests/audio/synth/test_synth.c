#include "audio/synth/synth.h"
#include "tensor/elementary.h"
#include "tests/support/harness.h"

#include <math.h>
#include <string.h>

static const SynthSpeaker man = {
	.pitch = 120, .tract = 1, .rate = 1, .breathiness = 0.1
};
static const SynthManner plain = { .range = 1, .rate = 1, .ending = -3, .jitter = 0.005 };

/* "My sister called." */
static const SynthWord sentence[] = {
	{ "M AY1", 0, 0 },
	{ "S IH1 S T ER0", 1, 0.1 },
	{ "K AO1 L D", 1, 0 },
};

static Clip speak(Arena *arena, const SynthWord *words, int count,
        const SynthSpeaker *speaker, const SynthManner *manner)
{
	Rng rng = rng_new(1);
	return synth_render(
	        arena, synth_plan(arena, words, count, speaker, manner, &rng), &rng);
}

static double power(Clip clip)
{
	double sum = 0;
	for (int i = 0; i < clip.count; i++)
		sum += (double)clip.samples[i] * (double)clip.samples[i];
	return sum / clip.count;
}

/* How much the middle 100 ms resemble what comes `lag` samples later: 1 is entirely. */
static double likeness(Clip clip, int lag)
{
	int from = clip.count / 2 - 800;
	double product = 0, a = 0, b = 0;
	for (int i = from; i < from + 1600; i++) {
		double x = (double)clip.samples[i], y = (double)clip.samples[i + lag];
		product += x * y;
		a += x * x;
		b += y * y;
	}
	return product / sqrt(a * b + 1e-12);
}

/* The pitch: the shortest lag at a peak of likeness that is nearly as high as the
 * highest. */
static double pitch_of(Clip clip)
{
	enum { SHORTEST = SYNTH_RATE / 350, LONGEST = SYNTH_RATE / 70 };
	double at[LONGEST + 2], most = 0;
	for (int lag = SHORTEST - 1; lag <= LONGEST + 1; lag++) {
		at[lag] = likeness(clip, lag);
		most = at[lag] > most ? at[lag] : most;
	}
	for (int lag = SHORTEST; lag <= LONGEST; lag++)
		if (at[lag] > 0.8 * most && at[lag] >= at[lag - 1] &&
		        at[lag] >= at[lag + 1])
			return (double)SYNTH_RATE / lag;
	return 0;
}

/* Power near a frequency: of the middle 200 ms, seen through a Hann window. */
static double band(Clip clip, double low, double high)
{
	enum { N = 3200 };
	int from = clip.count / 2 - N / 2;
	double sum = 0;
	for (double f = low; f <= high; f += 10) {
		double re = 0, im = 0;
		for (int i = 0; i < N; i++) {
			double w = 0.5 - 0.5 * cos(6.283185307 * i / N);
			double x = w * (double)clip.samples[from + i];
			re += x * cos(6.283185307 * f * i / SYNTH_RATE);
			im += x * sin(6.283185307 * f * i / SYNTH_RATE);
		}
		sum += re * re + im * im;
	}
	return sum;
}

/* FNV-1a over the samples as 16-bit integers. */
static uint32_t hash(Clip clip)
{
	uint32_t h = 2166136261u;
	for (int i = 0; i < clip.count; i++) {
		int16_t s = (int16_t)floor((double)clip.samples[i] * 32767 + 0.5);
		h = (h ^ (uint16_t)s) * 16777619u;
	}
	return h;
}

START_TEST(synth_sentence_has_known_bits)
{
	Arena *arena = arena_new("test");
	Clip clip = speak(arena, sentence, 3, &man, &plain);
	ck_assert_int_eq(clip.rate, 16000);
	ck_assert_int_eq(clip.count, 23027);
	ck_assert_uint_eq(hash(clip), 3814828601u);
	arena_free(arena);
}
END_TEST

START_TEST(synth_same_stream_repeats)
{
	Arena *arena = arena_new("test");
	Clip a = speak(arena, sentence, 3, &man, &plain);
	Clip b = speak(arena, sentence, 3, &man, &plain);
	ck_assert_int_eq(a.count, b.count);
	ck_assert_mem_eq(a.samples, b.samples, (size_t)a.count * sizeof(real));
	arena_free(arena);
}
END_TEST

START_TEST(synth_spans_rise_within_clip)
{
	Arena *arena = arena_new("test");
	Rng rng = rng_new(1);
	SynthPlan *plan = synth_plan(arena, sentence, 3, &man, &plain, &rng);
	SynthSpan spans[3];
	synth_spans(plan, spans);
	double before = 0;
	for (int w = 0; w < 3; w++) {
		ck_assert(spans[w].start >= before);
		ck_assert(spans[w].end > spans[w].start);
		before = spans[w].end;
	}
	ASSERT_CLOSE(spans[2].start - spans[1].end, 0.1, 1e-9, 0); /* the pause */
	ck_assert(before < (double)synth_samples(plan) / SYNTH_RATE);
	arena_free(arena);
}
END_TEST

/* The sound of a word lies where its span says: before the first and after the last there
 * is next to nothing, and within the pause as well. */
START_TEST(synth_sound_lies_within_spans)
{
	Arena *arena = arena_new("test");
	Rng rng = rng_new(1);
	SynthPlan *plan = synth_plan(arena, sentence, 3, &man, &plain, &rng);
	SynthSpan spans[3];
	synth_spans(plan, spans);
	Clip clip = synth_render(arena, plan, &rng);
	double inside = 0, pause = 0;
	for (int i = 0; i < clip.count; i++) {
		double t = (double)i / SYNTH_RATE, x = fabs((double)clip.samples[i]);
		if (t < spans[0].start - 0.01)
			ck_assert(x < 1e-3);
		if (t > spans[1].end + 0.02 && t < spans[2].start - 0.01)
			pause = x > pause ? x : pause;
		if (t > spans[1].start && t < spans[1].end)
			inside = x > inside ? x : inside;
	}
	ck_assert(inside > 0.05);
	ck_assert(pause < 0.1 * inside);
	arena_free(arena);
}
END_TEST

START_TEST(synth_pitch_follows_setting)
{
	Arena *arena = arena_new("test");
	const SynthWord vowel = { "AA1", 0, 0 };
	const double pitches[] = { 90, 120, 160, 220, 280 };
	for (int i = 0; i < 5; i++) {
		SynthSpeaker speaker = man;
		SynthManner flat = { .range = 0, .rate = 0.5 };
		speaker.pitch = pitches[i];
		Clip clip = speak(arena, &vowel, 1, &speaker, &flat);
		ASSERT_CLOSE(pitch_of(clip), pitches[i], 0, 0.02);
		flat.pitch = 3; /* semitones: a factor of 2^(1/4) */
		clip = speak(arena, &vowel, 1, &speaker, &flat);
		ASSERT_CLOSE(pitch_of(clip), pitches[i] * 1.189207, 0, 0.02);
	}
	arena_free(arena);
}
END_TEST

/* Klatt's targets for the adult male: /iy/ 310 and 2020, /aa/ 700 and 1220 Hz. */
START_TEST(synth_vowels_have_their_formants)
{
	Arena *arena = arena_new("test");
	const SynthWord iy = { "IY1", 0, 0 }, aa = { "AA1", 0, 0 };
	SynthManner slow = { .rate = 0.4 };
	Clip i = speak(arena, &iy, 1, &man, &slow), a = speak(arena, &aa, 1, &man, &slow);
	ck_assert(band(i, 200, 420) > 10 * band(i, 600, 820));
	ck_assert(band(i, 1900, 2200) > 10 * band(i, 1100, 1400));
	ck_assert(band(a, 600, 820) > 2 * band(a, 200, 420));
	ck_assert(band(a, 1100, 1400) > 10 * band(a, 1900, 2200));
	arena_free(arena);
}
END_TEST

START_TEST(synth_fricatives_are_high_and_voiceless)
{
	Arena *arena = arena_new("test");
	const SynthWord s = { "S", 1, 0 }, sh = { "SH", 1, 0 };
	SynthManner slow = { .rate = 0.25 };
	Clip a = speak(arena, &s, 1, &man, &slow), b = speak(arena, &sh, 1, &man, &slow);
	ck_assert(band(a, 4500, 5500) > 10 * band(a, 100, 1100));
	ck_assert(band(b, 2300, 3300) > 10 * band(b, 100, 1100));
	ck_assert(band(b, 2300, 3300) / band(b, 4500, 5500) >
	          3 * band(a, 2300, 3300) / band(a, 4500, 5500));
	arena_free(arena);
}
END_TEST

START_TEST(synth_rate_halved_doubles_duration)
{
	Arena *arena = arena_new("test");
	Rng a = rng_new(1), b = rng_new(1);
	SynthManner slow = plain;
	slow.rate = 0.5;
	SynthSpan fast[3], doubled[3];
	synth_spans(synth_plan(arena, sentence, 3, &man, &plain, &a), fast);
	synth_spans(synth_plan(arena, sentence, 3, &man, &slow, &b), doubled);
	ASSERT_CLOSE(doubled[2].end - doubled[0].start, 2 * (fast[2].end - fast[0].start),
	        1e-9, 0);
	arena_free(arena);
}
END_TEST

/* "sister" stressed is longer and higher than unstressed. */
START_TEST(synth_stress_lengthens_the_word)
{
	Arena *arena = arena_new("test");
	Rng a = rng_new(1), b = rng_new(1);
	SynthWord stressed[3];
	memcpy(stressed, sentence, sizeof stressed);
	stressed[1].stress = 2;
	SynthSpan plainly[3], strongly[3];
	synth_spans(synth_plan(arena, sentence, 3, &man, &plain, &a), plainly);
	synth_spans(synth_plan(arena, stressed, 3, &man, &plain, &b), strongly);
	ck_assert(strongly[1].end - strongly[1].start >
	          1.1 * (plainly[1].end - plainly[1].start));
	ASSERT_CLOSE(strongly[0].end, plainly[0].end, 1e-9, 0);
	arena_free(arena);
}
END_TEST

START_TEST(synth_intensity_is_in_decibels)
{
	Arena *arena = arena_new("test");
	SynthManner soft = plain, loud = plain;
	loud.intensity = 6;
	ASSERT_CLOSE(
	        10 * log10(power(speak(arena, sentence, 3, &man, &soft))), -26, 0.01, 0);
	ASSERT_CLOSE(
	        10 * log10(power(speak(arena, sentence, 3, &man, &loud))), -20, 0.01, 0);
	arena_free(arena);
}
END_TEST

START_TEST(synth_too_loud_does_not_clip)
{
	Arena *arena = arena_new("test");
	SynthManner shout = plain;
	shout.intensity = 40;
	Clip clip = speak(arena, sentence, 3, &man, &shout);
	real high = 0, low = 0;
	for (int i = 0; i < clip.count; i++) {
		high = clip.samples[i] > high ? clip.samples[i] : high;
		low = clip.samples[i] < low ? clip.samples[i] : low;
	}
	ASSERT_CLOSE(fmax((double)high, -(double)low), 0.98, 1e-6, 0);
	arena_free(arena);
}
END_TEST

START_TEST(synth_unknown_phoneme_stops)
{
	Arena *arena = arena_new("test");
	Rng rng = rng_new(1);
	const SynthWord word = { "S QX1 T", 0, 0 }, empty = { "", 0, 0 };
	ASSERT_STOPS("phoneme \"QX1\": expected one of ARPAbet",
	        synth_plan(arena, &word, 1, &man, &plain, &rng));
	ASSERT_STOPS("word 0 has no phonemes",
	        synth_plan(arena, &empty, 1, &man, &plain, &rng));
	ASSERT_STOPS("0 words: expected at least one",
	        synth_plan(arena, &word, 0, &man, &plain, &rng));
	arena_free(arena);
}
END_TEST

TEST_MAIN("synth", synth_sentence_has_known_bits, synth_same_stream_repeats,
        synth_spans_rise_within_clip, synth_sound_lies_within_spans,
        synth_pitch_follows_setting, synth_vowels_have_their_formants,
        synth_fricatives_are_high_and_voiceless, synth_rate_halved_doubles_duration,
        synth_stress_lengthens_the_word, synth_intensity_is_in_decibels,
        synth_too_loud_does_not_clip, synth_unknown_phoneme_stops)
