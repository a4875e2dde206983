#include "tutorials/09-speech/vary.h"
#include "tensor/elementary.h"

#include <math.h>

static Clip clip_new(Arena *arena, int count, int rate)
{
	return (Clip){ .samples = ARENA_ARRAY(arena, real, (size_t)count),
		.count = count,
		.rate = rate };
}

/* [noise] */
Clip with_noise(Arena *arena, const Clip *voice, double decibels, Rng *rng)
{
	Clip out = clip_new(arena, voice->count, voice->rate);
	float power = 0;
	for (int i = 0; i < voice->count; i++)
		power += voice->samples[i] * voice->samples[i] / (float)voice->count;
	/* numbers drawn from -1 to 1 have power 1/3 */
	float size = sqrtf(3 * power / (float)double_pow(10, decibels / 10));
	for (int i = 0; i < voice->count; i++)
		out.samples[i] = voice->samples[i] + size * (2 * rng_uniform(rng) - 1);
	return out;
}
/* [/noise] */

/* [faster] */
Clip faster(Arena *arena, const Clip *voice, double factor)
{
	Clip out = clip_new(arena, (int)((voice->count - 1) / factor), voice->rate);
	for (int i = 0; i < out.count; i++) {
		double place = i * factor; /* between two samples */
		int left = (int)place;
		float part = (float)(place - left);
		out.samples[i] = (1 - part) * voice->samples[left] +
		                 part * voice->samples[left + 1];
	}
	return out;
}
/* [/faster] */

void louder(Heard *heard, float decibels)
{
	for (int t = 0; t < heard->T; t++)
		for (int f = 0; f < BANDS; f++)
			heard->x[t][f] += decibels;
}

/* [masks] */
static void wipe(Heard *heard, int t0, int t1, int f0, int f1)
{
	for (int t = t0; t < t1; t++)
		for (int f = f0; f < f1; f++)
			heard->x[t][f] = 0; /* the mean, in normalised frames */
}

void mask_bars(Heard *heard, Rng *rng)
{
	for (int bar = 0; bar < 2; bar++) {
		int wide = rng_below(rng, 5), low = rng_below(rng, BANDS - wide);
		wipe(heard, 0, heard->T, low, low + wide);
		int most = heard->T / 5 < 15 ? heard->T / 5 : 15;
		int length = rng_below(rng, most),
		    begin = rng_below(rng, heard->T - length);
		wipe(heard, begin, begin + length, 0, BANDS);
	}
}
/* [/masks] */
