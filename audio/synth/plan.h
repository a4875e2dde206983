/* plan.h: what is to be articulated and when: inside the synthesiser, between
 * its halves. */
#ifndef AUDIO_SYNTH_PLAN_H
#define AUDIO_SYNTH_PLAN_H

#include "audio/synth/synth.h"
#include "audio/synth/phones.h"

/* A stretch in which the tract aims at one place and the sources at one level. A stop is
 * up to three: closure, burst, aspiration; a diphthong two; most phonemes one. */
typedef struct SynthSegment {
	const Phone *phone;
	int word;             /* that it belongs to; -1: silence */
	double start, length; /* seconds */
	double formant[PHONE_FORMANTS], grip[PHONE_FORMANTS];
	double reach;                          /* seconds */
	double voicing, aspiration, frication; /* dB; 60 is a vowel's voice, 0 is off */
} SynthSegment;

/* A movement of the pitch: up at `start`, down at `end` (Fujisaki's accent command). */
typedef struct SynthAccent {
	double start, end; /* seconds */
	double height;     /* natural logarithm of the frequency's factor */
} SynthAccent;

struct SynthPlan {
	SynthSegment *segments;
	int count;
	SynthAccent *accents;
	int accent_count;
	int words;
	double voice_start, voice_end,
	        length; /* seconds: the speech, and the whole clip */
	SynthSpeaker speaker;
	SynthManner manner;
};

#endif
