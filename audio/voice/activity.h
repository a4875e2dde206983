/* activity.h: where in a clip somebody speaks, by energy alone. */
#ifndef AUDIO_VOICE_ACTIVITY_H
#define AUDIO_VOICE_ACTIVITY_H

#include "audio/clip.h"
#include "tensor/arena.h"

typedef struct ActivitySettings {
	double range;      /* dB under the loudest frame, above which speech begins */
	double hysteresis; /* dB under that, below which it ends */
	double pause;      /* seconds: shorter gaps do not end it */
	double shortest;   /* seconds: shorter bursts are no speech */
} ActivitySettings;

ActivitySettings activity_defaults(void); /* 30 dB, 6 dB, 0.15 s, 0.06 s */

typedef struct Stretch {
	int begin, end; /* samples begin..end-1 */
} Stretch;

typedef struct Activity {
	int count;
	Stretch *stretches; /* in order, not touching; in the arena */
} Activity;

/* Of `count` samples, at least one: decibels of full scale, -120 at the least. */
double activity_level(const real *samples, int count);

/* Of silence, none; where nothing is quieter than the range, one over the whole clip. */
Activity activity_find(Arena *arena, const Clip *clip, const ActivitySettings *settings);

/* The clip from its first stretch to its last and `margin` seconds more to either side;
 * the same samples, not copied. A clip without speech comes back whole. */
Clip trim_silence(
        Arena *scratch, Clip clip, const ActivitySettings *settings, double margin);

#endif
