/* shape.h: how the power of each frame is spread over frequency, in five numbers. Their
 * formulas stand in voice.h, which takes means of them. */
#ifndef AUDIO_VOICE_SHAPE_H
#define AUDIO_VOICE_SHAPE_H

#include "audio/voice/pitch.h"

typedef enum ShapeFeature {
	SHAPE_SLOPE_LOW,    /* dB/kHz, 0 to 500 Hz */
	SHAPE_SLOPE_MIDDLE, /* dB/kHz, 500 to 1500 Hz */
	SHAPE_ALPHA,        /* dB, below over above 1 kHz */
	SHAPE_HAMMARBERG,   /* dB, peak below over peak above 2 kHz */
	SHAPE_FLUX, /* 0..2, change from the frame before; NaN for the first frame */
	SHAPE_FEATURES
} ShapeFeature;
typedef double Shape[SHAPE_FEATURES];

/* Of the frames of a pitch track of this clip, each at the very samples that its pitch
 * comes from; in the arena. */
Shape *shape_track_at(Site site, Arena *arena, const Clip *clip, const PitchTrack *track);
#define shape_track(...) shape_track_at(HERE, __VA_ARGS__)

int shape_width(int rate); /* samples of a frame: 1/30 s */

#endif
