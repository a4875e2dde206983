/* Speed perturbation after Ko et al. (2015), who use 0.9, 1 and 1.1; here the speed is
 * drawn, as the level and the noise are. audio/augment.h has the formulas. */
#include "emotionnet/features/vary.h"

#include "audio/augment.h"

#include <math.h>

static const double NOISE_RANGE = 20; /* dB */

/* One stream for each choice, so that asking for another change leaves the others as
 * they were. */
enum { STREAM_SPEED, STREAM_GAIN, STREAM_RATIO, STREAM_NOISE };

static Rng stream(const VarySettings *settings, int utterance, int copy, int choice)
{
	Rng rng = rng_new(settings->seed);
	rng = rng_split(&rng, (uint64_t)utterance);
	rng = rng_split(&rng, (uint64_t)copy);
	return rng_split(&rng, (uint64_t)choice);
}

static double between(Rng rng, double least, double most)
{
	return least + (most - least) * rng_uniform_double(&rng);
}

bool vary_changes(const VarySettings *s)
{
	return s->noise > 0 || s->speed > 0 || s->gain > 0;
}

/* In hundredths, as augment_speed takes it. */
double vary_speed(const VarySettings *s, int utterance, int copy)
{
	Rng rng = stream(s, utterance, copy, STREAM_SPEED);
	return floor(100 * between(rng, 1 - s->speed, 1 + s->speed) + 0.5) / 100;
}

Clip vary(Arena *arena, Clip clip, const VarySettings *s, int utterance, int copy)
{
	if (s->speed > 0)
		clip = augment_speed(arena, clip, vary_speed(s, utterance, copy));
	if (s->gain > 0)
		clip = augment_gain(arena, clip,
		        between(stream(s, utterance, copy, STREAM_GAIN), -s->gain,
		                s->gain));
	if (s->noise > 0) {
		double ratio = between(stream(s, utterance, copy, STREAM_RATIO), s->noise,
		        s->noise + NOISE_RANGE);
		Rng noise = stream(s, utterance, copy, STREAM_NOISE);
		clip = augment_white_noise(arena, clip, ratio, &noise);
	}
	return clip;
}
