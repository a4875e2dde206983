/* cycles.h: how regular a voice is from one opening of the glottis to the next: jitter
 * (of the period), shimmer (of the loudness) and the ratio of harmonics to noise. */
#ifndef AUDIO_VOICE_CYCLES_H
#define AUDIO_VOICE_CYCLES_H

#include "audio/voice/pitch.h"

typedef struct VoiceQuality {
	int cycles;     /* that were found; with none, the rest is 0 */
	double jitter;  /* mean |T_i - T_(i-1)| / mean T */
	double shimmer; /* mean |20 log10(A_i / A_(i-1))|, dB */
	double hnr;     /* harmonics to noise, dB, mean over cycles */
} VoiceQuality;

VoiceQuality voice_quality(const Clip *clip, const PitchTrack *track);

#endif
