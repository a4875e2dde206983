/* pitch.h: how high a voice is, frame by frame: YIN. */
#ifndef AUDIO_VOICE_PITCH_H
#define AUDIO_VOICE_PITCH_H

#include "audio/clip.h"
#include "tensor/arena.h"
#include "tensor/error.h"

typedef struct PitchSettings {
	double low, high; /* hertz that are looked for */
	double hop;       /* seconds from frame to frame */
	/* of the aperiodicity (0..1), under which a frame counts as voiced */
	double threshold;
	double silence; /* dB under the loudest frame, beyond which none does */
} PitchSettings;

PitchSettings pitch_defaults(void); /* 60 to 500 Hz, 10 ms, 0.2, 35 dB */

typedef struct PitchTrack {
	int count;            /* frames */
	double hop;           /* seconds; frame t begins at t hop */
	double *hertz;        /* 0 where not voiced */
	double *aperiodicity; /* d' at the period: 0 periodic, 1 noise */
	double *level;        /* dB of full scale, -100 at the least */
} PitchTrack;

/* In the arena. A clip too short for a frame (two longest periods) has none. Stops unless
 * 0 < low < high
 * <= rate/4 and hop > 0. */
PitchTrack pitch_track_at(
        Site site, Arena *arena, const Clip *clip, const PitchSettings *settings);
#define pitch_track(...) pitch_track_at(HERE, __VA_ARGS__)

/* One frame alone, for what measures as the sound comes in: pitch_samples() samples of it, in
 * which the period is looked for; `work` is room for as many numbers. Whether it is too quiet
 * for a voice is left to the caller, who knows how loud the rest is. */
typedef struct PitchFrame {
	double hertz; /* 0: not voiced */
	double aperiodicity, level;
} PitchFrame;
int pitch_samples(const PitchSettings *settings, int rate);
PitchFrame pitch_look(
        const PitchSettings *settings, int rate, const real *samples, double *work);

#endif
