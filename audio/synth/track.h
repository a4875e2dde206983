/* track.h: what the sources and resonators are set to, every 5 ms. */
#ifndef AUDIO_SYNTH_TRACK_H
#define AUDIO_SYNTH_TRACK_H

#include "audio/synth/plan.h"

enum { SYNTH_FRAME = 80 }; /* samples: 5 ms, Klatt's */

typedef struct SynthFrame {
	double formant[PHONE_FORMANTS], width[PHONE_FORMANTS]; /* Hz, this speaker's */
	double nasal;                          /* Hz, of the nose's zero; 270: no nose */
	double pitch;                          /* Hz */
	double voicing, aspiration, frication; /* amplitudes */
	const Phone *phone;                    /* whose noise is heard */
} SynthFrame;

/* One frame more than whole 5 ms in the clip. */
int synth_frames(const SynthPlan *plan);
SynthFrame *synth_track(Arena *arena, const SynthPlan *plan);

#endif
