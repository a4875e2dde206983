/* clip.h: sound in memory: one channel, samples in -1..1 (as a rule), at a rate in
 * hertz. */
#ifndef AUDIO_CLIP_H
#define AUDIO_CLIP_H

#include "tensor/real.h"

typedef struct Clip {
	/* `count` of them, owned by the arena that the clip was read into */
	real *samples;
	int count;
	int rate;         /* samples a second */
	int dead_channel; /* 1: it is the mean of channels, one of which is silent */
	int cut_short;    /* 1: what is there of a recording whose end is missing */
} Clip;

#endif
