/* synth.h: speech from phonemes, by rule: a source (the glottis, or noise at a narrow
 * place) and a filter (the resonances of the vocal tract). Nothing is recorded, so every
 * quality of the voice can be set, which is what a corpus of known emotions needs. Good
 * enough to follow the words; nobody will take it for a person.
 *
 * Two steps, each a file or two:
 *
 *     words --synth_plan--> segments with their times --synth_render--> samples
 *             (Klatt 1979)                              (Klatt 1980)
 *
 * Pure functions of their arguments: any thread, the same bits everywhere. */
#ifndef AUDIO_SYNTH_SYNTH_H
#define AUDIO_SYNTH_SYNTH_H

#include "audio/clip.h"
#include "tensor/arena.h"
#include "tensor/error.h"
#include "tensor/rng.h"

enum { SYNTH_RATE = 16000 }; /* samples a second */

/* Who speaks. */
typedef struct SynthSpeaker {
	double pitch; /* Hz, the mean of a neutral sentence */
	double tract; /* length of the vocal tract over an adult male's, 17 cm */
	double rate;  /* speed of articulation, 1: the durations of the phoneme table */
	double breathiness; /* 0 (clear) .. 1 (whispery) */
} SynthSpeaker;

/* How it is said. All zero, but range and rate 1, is the speaker's plain voice. */
typedef struct SynthManner {
	double pitch;  /* semitones above the speaker's mean */
	double range;  /* factor on every movement of the pitch */
	double ending; /* semitones that the last syllable rises (falls if negative) */
	double rate;   /* factor on the speed */
	/* dB above -26 dB of full scale (root mean square of the clip) */
	double intensity;
	double tilt;        /* dB taken off at 3 kHz: negative is bright, pressed */
	double breathiness; /* added to the speaker's */
	double jitter;      /* standard deviation of a period, over its mean */
	double shimmer;     /* standard deviation of a pulse's height, dB */
	double tremor;      /* semitones that the pitch trembles, at 6 Hz */
	double spread;      /* lips: factor - 1 on the formants; 0.05 is a smile */
} SynthManner;

/* A word to be spoken. */
typedef struct SynthWord {
	const char
	        *phones; /* ARPAbet as in CMUdict, stress on the vowels: "HH AE1 P IY0" */
	double stress;   /* pitch accent: 0 none, 1 a content word's, 2 emphatic */
	double pause;    /* seconds of silence after it */
} SynthWord;

typedef struct SynthSpan {
	double start, end; /* seconds from the start of the clip */
} SynthSpan;

typedef struct SynthPlan SynthPlan; /* audio/synth/plan.h */

/* Lays the words out in time, in the arena. Stops if a phoneme is not in the table or
 * there is no word. `rng` gives the small variations of duration. */
SynthPlan *synth_plan_at(Site site, Arena *arena, const SynthWord *words, int count,
        const SynthSpeaker *speaker, const SynthManner *manner, Rng *rng);
#define synth_plan(...) synth_plan_at(HERE, __VA_ARGS__)

/* When each word is heard: `spans` has room for as many as were planned. The spans rise,
 * do not overlap, and lie within the clip. */
void synth_spans(const SynthPlan *plan, SynthSpan spans[]);
int synth_samples(const SynthPlan *plan); /* length of the clip that synth_render makes */

/* The sound, in the arena: 16 kHz, every sample within -1..1. `rng` gives the noise,
 * jitter, shimmer. */
Clip synth_render(Arena *arena, const SynthPlan *plan, Rng *rng);

#endif
