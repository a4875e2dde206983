/* vary.h: more training from the same clips: copies that sound a little different, and
 * the same anew in every run, on any number of threads: what a copy is made of depends on
 * the seed, the utterance and its own number alone. Validation and test are never
 * varied. */
#ifndef EMOTIONNET_FEATURES_VARY_H
#define EMOTIONNET_FEATURES_VARY_H

#include "audio/clip.h"
#include "tensor/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct VarySettings {
	int copies;   /* of each training clip, besides itself; 0: none */
	double noise; /* white noise at this to this + 20 dB under the voice; 0: none */
	/* from 1 - speed to 1 + speed times as fast, pitch and all; 0: as it is */
	double speed;
	double gain; /* up to so many dB louder or softer; 0: as it is */
	uint64_t seed;
} VarySettings;

bool vary_changes(const VarySettings *settings); /* a copy would differ at all */

/* How much faster copy 1, 2, ... of an utterance is. */
double vary_speed(const VarySettings *settings, int utterance, int copy);

/* The copy, in the arena: speed first, then the level, then noise. */
Clip vary(Arena *arena, Clip clip, const VarySettings *settings, int utterance, int copy);

#endif
