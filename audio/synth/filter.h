/* filter.h: the vocal tract as resonators. */
#ifndef AUDIO_SYNTH_FILTER_H
#define AUDIO_SYNTH_FILTER_H

#include "audio/synth/track.h"

enum { TRACT_FORMANTS = 8, TRACT_PLACES = PHONE_NOISES - 1 };

typedef struct Resonator {
	double a, b, c; /* coefficients */
	double y1, y2;  /* the last two outputs (of the nose's zero: inputs) */
} Resonator;

typedef struct Tract {
	Resonator zero, nose, formant[TRACT_FORMANTS]; /* one after the other */
	Resonator place[TRACT_PLACES];                 /* F2..F6 again, side by side */
	double gain[PHONE_NOISES]; /* of the places, and of the way past them */
	const Phone *phone;        /* whose noise the gains make */
} Tract;

/* A tract of this length, over an adult male's; at rest. */
Tract tract_new(double length);

/* Sets what moves to a frame's, and the noise to a phoneme's; the tract sounds on from
 * where it was. */
void tract_set(Tract *tract, const SynthFrame *frame);
void tract_set_noise(Tract *tract, const Phone *phone);

/* Filters `count` samples: out = cascade(glottis) + parallel(noise). Overwrites
 * `glottis`. */
void tract_run(
        Tract *tract, double glottis[], const double noise[], int count, double out[]);

#endif
