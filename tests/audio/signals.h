/* signals.h: sounds that tests/golden/make_audio.py makes in the same way. Rounded to
 * float, so that a build in double has the same. */
#ifndef TESTS_AUDIO_SIGNALS_H
#define TESTS_AUDIO_SIGNALS_H

#include "audio/clip.h"
#include "tensor/elementary.h"
#include "tensor/arena.h"

#include <math.h>
#include <stdint.h>

enum { SIGNAL_RATE = 16000 };

static inline Clip signal_new(Arena *arena, int count)
{
	return (Clip){ .samples = ARENA_ARRAY(arena, real, (size_t)count),
		.count = count,
		.rate = SIGNAL_RATE };
}

static inline Clip signal_tone(Arena *arena, int count)
{
	Clip clip = signal_new(arena, count);
	for (int n = 0; n < count; n++)
		clip.samples[n] =
		        (real)(float)(0.5 * sin(2 * PI * 440 * n / SIGNAL_RATE));
	return clip;
}

static inline double signal_random(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return (*state >> 9) / 4194304.0 - 1;
}

static inline Clip signal_noise(Arena *arena, int count)
{
	Clip clip = signal_new(arena, count);
	uint32_t state = 1;
	for (int n = 0; n < count; n++)
		clip.samples[n] = (real)(float)(signal_random(&state) * 0.1);
	return clip;
}

static inline Clip signal_tone_in_noise(Arena *arena, int count)
{
	Clip clip = signal_tone(arena, count), noise = signal_noise(arena, count);
	for (int n = 0; n < count; n++)
		clip.samples[n] = (real)(float)((double)clip.samples[n] +
		                                0.1 * (double)noise.samples[n]);
	return clip;
}

/* Thirty harmonics of a gliding pitch, and a little noise. */
static inline Clip signal_voice(Arena *arena, int count)
{
	Clip clip = signal_new(arena, count);
	uint32_t state = 1;
	for (int n = 0; n < count; n++) {
		double t = (double)n / SIGNAL_RATE,
		       phase = 2 * PI * (120 * t + 200 * t * t);
		double sum = 0;
		for (int h = 1; h <= 30; h++)
			sum += cos(h * phase) / h;
		clip.samples[n] =
		        (real)(0.1 * sum + 0.01 * (signal_random(&state) * 0.1));
	}
	return clip;
}

#endif
