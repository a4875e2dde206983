/* What is stressed. Content words carry a pitch accent, others none. In an utterance of
 * kind stress the deciding word is emphatic, and so is one other content word that says
 * nothing: whoever only counts emphatic words, or only looks for one, does not learn
 * which of the two emotion words it was.
 *
 * Noise. White noise, uniform in -1..1, has power 1/3; the low-pass y' = p y + (1-p) x
 * leaves
 * (1-p)/(1+p) of it. So for a power P the gain is sqrt(3 P (1+p)/(1-p)). */
#include "emotionnet/stage/speech.h"
#include "emotionnet/stage/lexicon.h"
#include "tensor/elementary.h"

#include <stdio.h>
#include <string.h>

enum { MOST_WORDS = 40 };

static const double PAUSE = 0.12; /* seconds, at a comma or colon */
static const double ROOM = -62;   /* dB of full scale: a quiet one */
static const double COLOUR = 0.8; /* p: the noise falls off above 600 Hz */
static const double FULL = 0.98;  /* of full scale: nothing is louder */

/* --- what is spoken ----------------------------------------------------------------- */

static void emphasise(const StageItem *item, SynthWord words[], const int plain[],
        int plain_count, Rng *rng)
{
	if (item->truth.stressed < 0)
		return;
	words[item->sentence.emotion_word[item->truth.stressed]].stress = 2;
	if (plain_count)
		words[plain[rng_below(rng, plain_count)]].stress = 2;
}

static int speak(const StageItem *item, SynthWord words[MOST_WORDS], Rng *rng)
{
	int count = 0, plain[MOST_WORDS], plain_count = 0;
	for (const char *p = item->sentence.spoken; *p;) {
		int length = (int)strcspn(p, " "), letters = (int)strcspn(p, ",.: ");
		const StageEntry *entry = stage_lookup(p, letters);
		if (!entry || count == MOST_WORDS)
			error_stop(HERE, "stage",
			        "\"%.*s\" is not in the lexicon, or is word %d", letters,
			        p, count);
		bool emotion = count == item->sentence.emotion_word[0] ||
		               count == item->sentence.emotion_word[1];
		if (entry->content && !emotion)
			plain[plain_count++] = count;
		words[count++] = (SynthWord){ .phones = entry->phones,
			.stress = entry->content ? 1 : 0,
			.pause = letters < length ? PAUSE : 0 };
		p += length;
		p += strspn(p, " ");
	}
	emphasise(item, words, plain, plain_count, rng);
	return count;
}

static SynthPlan *plan(Arena *arena, const StageItem *item)
{
	Rng rng = rng_split(&item->rng, FOR_MANNER),
	    loose = rng_split(&item->rng, FOR_PLAN);
	SynthManner manner = stage_manner(item->truth.manner, &item->speaker, &rng);
	SynthWord words[MOST_WORDS];
	int count = speak(item, words, &rng);
	return synth_plan(arena, words, count, &item->speaker.voice, &manner, &loose);
}

StageTimes stage_times(Arena *arena, const StageItem *item)
{
	const SynthPlan *planned = plan(arena, item);
	SynthSpan *spans = ARENA_ARRAY(arena, SynthSpan, MOST_WORDS);
	synth_spans(planned, spans);
	return (StageTimes){ spans, item->sentence.words,
		(double)synth_samples(planned) / SYNTH_RATE };
}

const char *stage_word_times(Arena *arena, const StageItem *item)
{
	Arena *scratch = arena_new("word times");
	StageTimes times = stage_times(scratch, item);
	char text[MOST_WORDS * 32] = "";
	size_t used = 0;
	for (int w = 0; w < times.count; w++)
		used += (size_t)snprintf(text + used, sizeof text - used, "%s%.3f-%.3f",
		        w ? " " : "", times.words[w].start, times.words[w].end);
	arena_free(scratch);
	return arena_string(arena, text);
}

/* --- sound -------------------------------------------------------------------------- */

static double from_decibel(double decibel)
{
	return double_pow(10, decibel / 10);
}

static double power_of(const Clip *clip)
{
	double power = 0;
	for (int i = 0; i < clip->count; i++)
		power += (double)clip->samples[i] * (double)clip->samples[i];
	return power / clip->count;
}

static void add_noise(Clip *clip, double power, Rng *rng)
{
	double gain = __builtin_sqrt(3 * power * (1 + COLOUR) / (1 - COLOUR));
	double low = 0, peak = 0;
	for (int i = 0; i < clip->count; i++) {
		double white = 2 * (double)rng_u32(rng) * 0x1p-32 - 1;
		low = COLOUR * low + (1 - COLOUR) * white;
		double x = (double)clip->samples[i] + gain * low;
		peak = __builtin_fabs(x) > peak ? __builtin_fabs(x) : peak;
		clip->samples[i] = (real)(float)x;
	}
	double fit = peak > FULL ? FULL / peak : 1;
	for (int i = 0; i < clip->count; i++)
		clip->samples[i] = (real)(float)(fit * (double)clip->samples[i]);
}

Clip stage_speech(Arena *arena, const StageItem *item, double snr)
{
	Rng rng = rng_split(&item->rng, FOR_SOUND),
	    noise = rng_split(&item->rng, FOR_NOISE);
	Clip clip = synth_render(arena, plan(arena, item), &rng);
	double street = power_of(&clip) * from_decibel(-snr);
	add_noise(&clip, item->truth.bad_sound ? street : from_decibel(ROOM), &noise);
	return clip;
}
