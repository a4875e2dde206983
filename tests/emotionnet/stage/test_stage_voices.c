#include "emotionnet/stage/voices.h"
#include "tests/support/harness.h"

#include <math.h>

enum { SPEAKERS = 8 };

/* What can be measured of a manner, means over speakers of the same words, all voiced:
 * "my wheel, nearly roaming". */
typedef struct Measured {
	double pitch;    /* semitones above the speaker's */
	double duration; /* seconds */
	double level;    /* dB of full scale */
	/* dB, of the difference of neighbouring samples over the samples */
	double brightness;
} Measured;

static const SynthWord words[] = {
	{ "M AY1", 0, 0 },
	{ "W IY1 L", 1, 0 },
	{ "N IH1 R L IY0", 1, 0 },
	{ "R OW1 M IH0 NG", 1, 0 },
};

/* Twelve times the mean of log2 of the pitch of voiced stretches of 50 ms, found where
 * they resemble themselves most. */
static double mean_pitch(Clip clip, double expected)
{
	double sum = 0;
	int count = 0;
	for (int from = 1600; from + 1600 < clip.count; from += 400) {
		int best = 0, low = (int)(SYNTH_RATE / (expected * 1.9));
		double most = 0.6;
		for (int lag = low; lag <= SYNTH_RATE / (expected / 1.7) && lag < 700;
		        lag++) {
			double product = 0, a = 0, b = 1e-9;
			for (int i = from; i < from + 800; i++) {
				double x = (double)clip.samples[i],
				       y = (double)clip.samples[i + lag];
				product += x * y;
				a += x * x;
				b += y * y;
			}
			if (a / 800 > 1e-5 && product / sqrt(a * b) > most) {
				most = product / sqrt(a * b);
				best = lag;
			}
		}
		if (best) {
			sum += log2((double)SYNTH_RATE / best);
			count++;
		}
	}
	return count ? 12 * sum / count : 0;
}

static Measured measure(StageEmotion emotion)
{
	Arena *arena = arena_new("test");
	Rng speakers = rng_new(7);
	Measured m = { 0 };
	for (int s = 0; s < SPEAKERS; s++) {
		StageSpeaker speaker = stage_speaker(&speakers, s);
		Rng rng = rng_new((uint64_t)s + 100);
		SynthManner manner = stage_manner(emotion, &speaker, &rng);
		SynthPlan *plan =
		        synth_plan(arena, words, 4, &speaker.voice, &manner, &rng);
		Clip clip = synth_render(arena, plan, &rng);
		double power = 0, rough = 0,
		       expected = speaker.voice.pitch * exp2(manner.pitch / 12);
		for (int i = 1; i < clip.count; i++) {
			double x = (double)clip.samples[i],
			       d = x - (double)clip.samples[i - 1];
			power += x * x;
			rough += d * d;
		}
		m.pitch += (mean_pitch(clip, expected) - 12 * log2(speaker.voice.pitch)) /
		           SPEAKERS;
		m.duration += (double)clip.count / clip.rate / SPEAKERS;
		m.level += 10 * log10(power / clip.count) / SPEAKERS;
		m.brightness += 10 * log10(rough / power) / SPEAKERS;
	}
	arena_free(arena);
	return m;
}

START_TEST(joy_is_high_fast_and_loud)
{
	Measured plain = measure(STAGE_NEUTRAL), joy = measure(STAGE_JOY);
	ASSERT_CLOSE(joy.pitch - plain.pitch, 6, 1.5, 0);
	ck_assert(joy.duration < 0.92 * plain.duration);
	ck_assert(joy.level > plain.level + 2);
	ck_assert(joy.brightness > plain.brightness);
}
END_TEST

START_TEST(sadness_is_low_slow_soft_and_dull)
{
	Measured plain = measure(STAGE_NEUTRAL), sad = measure(STAGE_SADNESS);
	ASSERT_CLOSE(sad.pitch - plain.pitch, -3, 1.5, 0);
	ck_assert(sad.duration > 1.2 * plain.duration);
	ck_assert(sad.level < plain.level - 4);
	ck_assert(sad.brightness < plain.brightness);
}
END_TEST

START_TEST(anger_is_loudest_and_bright)
{
	Measured plain = measure(STAGE_NEUTRAL), anger = measure(STAGE_ANGER);
	ck_assert(anger.level > plain.level + 5);
	ck_assert(anger.level > measure(STAGE_JOY).level);
	ck_assert(anger.pitch > plain.pitch + 2);
	ck_assert(anger.duration < 0.92 * plain.duration);
	ck_assert(anger.brightness > plain.brightness + 1);
}
END_TEST

START_TEST(fear_is_highest_and_fastest)
{
	Measured plain = measure(STAGE_NEUTRAL), fear = measure(STAGE_FEAR);
	ck_assert(fear.pitch > measure(STAGE_JOY).pitch + 1);
	ck_assert(fear.duration < 0.85 * plain.duration);
	ck_assert(fear.level < plain.level);
}
END_TEST

START_TEST(irony_is_lower_slower_louder)
{
	Measured plain = measure(STAGE_NEUTRAL), ironic = measure(STAGE_IRONIC);
	ck_assert(ironic.pitch < plain.pitch - 2);
	ck_assert(ironic.duration > 1.2 * plain.duration);
	ck_assert(ironic.level > plain.level + 2);
}
END_TEST

START_TEST(speakers_differ_and_stay_themselves)
{
	Rng speakers = rng_new(7);
	StageSpeaker man = stage_speaker(&speakers, 0),
	             woman = stage_speaker(&speakers, 1);
	ck_assert(!man.woman && woman.woman);
	ck_assert(woman.voice.pitch > 1.3 * man.voice.pitch);
	ck_assert(woman.voice.tract < man.voice.tract);
	StageSpeaker again = stage_speaker(&speakers, 0);
	ck_assert_mem_eq(&man.voice, &again.voice, sizeof man.voice);
	ck_assert(stage_speaker(&speakers, 2).expressiveness != man.expressiveness);
}
END_TEST

TEST_MAIN("stage_voices", joy_is_high_fast_and_loud, sadness_is_low_slow_soft_and_dull,
        anger_is_loudest_and_bright, fear_is_highest_and_fastest,
        irony_is_lower_slower_louder, speakers_differ_and_stay_themselves)
