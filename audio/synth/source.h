/* source.h: what excites the vocal tract: the glottis, and noise. */
#ifndef AUDIO_SYNTH_SOURCE_H
#define AUDIO_SYNTH_SOURCE_H

#include "audio/synth/track.h"

#include <stdint.h>

typedef struct Source {
	double phase, step; /* 0..1 through the period; its growth each sample */
	/* the share of the period that the glottis is open, and 1 over it */
	double open, per_open;
	double height;    /* of this pulse */
	double rate;      /* of this period, over the pitch that is wanted: jitter */
	double pole, low; /* of the tilt's low-pass, and its state */
	double breath;    /* noise at the open glottis, over the voice */
	double effort;    /* noise made in front, over a plain voice's */
	double jitter, shimmer;
	uint32_t bits; /* random ones, two samples' worth */
	bool half;     /* one of the two is left */
} Source;

Source source_new(const SynthPlan *plan);

/* The next `count` samples, amplitudes and pitch running straight from one frame to the
 * next: what is made at the glottis (voice and breath), and the noise made in front of
 * it. */
void source_run(Source *source, const SynthFrame *from, const SynthFrame *to, Rng *rng,
        int count, double glottis[], double noise[]);

#endif
