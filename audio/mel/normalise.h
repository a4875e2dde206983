/* normalise.h: features at a common level: mean 0 and deviation 1, feature by feature.
 *
 * Over what the mean is taken decides what is forgotten: over the utterance, the
 * speaker's level and the microphone's colour; over the speaker, what is his or hers and
 * not the emotion's; over the corpus, nothing, and the numbers are only of a good size. A
 * running mean knows the past only: what a stream can do. Statistics of a corpus are
 * taken over its training split, never the test's. */
#ifndef AUDIO_MEL_NORMALISE_H
#define AUDIO_MEL_NORMALISE_H

#include "tensor/tensor.h"

/* Mean and spread of each feature over all frames added so far. */
typedef struct Moments {
	int features;
	double frames;
	double *mean, *squares; /* sum of squared distances from the mean */
} Moments;

Moments moments_new(Arena *arena, int features);

/* frames (T, features). Stops if they have another number of features. */
void moments_add_at(Site site, Moments *moments, Tensor frames);
#define moments_add(...) moments_add_at(HERE, __VA_ARGS__)

/* 1 for a feature that does not vary, or of which fewer than two frames were seen. */
double moments_deviation(const Moments *moments, int feature);

/* x = (x - mean) / deviation, in place. */
void moments_apply_at(Site site, const Moments *moments, Tensor frames);
#define moments_apply(...) moments_apply_at(HERE, __VA_ARGS__)

/* By the frames' own moments, in place. `scratch` is given back what was used. */
void normalise_utterance_at(Site site, Tensor frames, Arena *scratch);
#define normalise_utterance(...) normalise_utterance_at(HERE, __VA_ARGS__)

/* Frame after frame, each by the moments of those up to itself, in place. Older frames
 * count less and less: by e^-1 after `memory` frames. `moments` goes on where the last
 * call ended; begin with moments_new. A stream cut in any way gives the same bits. */
void normalise_running_at(Site site, Moments *moments, Tensor frames, double memory);
#define normalise_running(...) normalise_running_at(HERE, __VA_ARGS__)

#endif
