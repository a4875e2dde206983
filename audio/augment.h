/* augment.h: the same utterance said a little differently: more data for training, none
 * for testing.
 *
 * Every change draws from an Rng that is handed in, so that a run can be repeated.
 * Results are new, in the arena, except where said; the label stays what it was. */
#ifndef AUDIO_AUGMENT_H
#define AUDIO_AUGMENT_H

#include "audio/clip.h"
#include "tensor/rng.h"
#include "tensor/tensor.h"

/* White noise so many dB under the clip's power; a silent clip stays silent. */
Clip augment_white_noise(Arena *arena, Clip clip, double snr, Rng *rng);

/* A recorded noise of the same rate, from a place drawn at random, repeated as often as
 * needed. Stops if the rates differ or the noise has no sample. */
Clip augment_noise_at(
        Site site, Arena *arena, Clip clip, Clip noise, double snr, Rng *rng);
#define augment_noise(...) augment_noise_at(HERE, __VA_ARGS__)

/* Faster (factor > 1) and higher, as a tape played faster; 0.9 and 1.1 are usual (Ko et
 * al. 2015). Stops unless 0.25 <= factor <= 4. */
Clip augment_speed_at(Site site, Arena *arena, Clip clip, double factor);
#define augment_speed(...) augment_speed_at(HERE, __VA_ARGS__)

Clip augment_gain(Arena *arena, Clip clip, double decibel);

/* SpecAugment (Park et al. 2019): bars of a spectrogram are wiped out. */
typedef struct SpecAugment {
	int bands, band_width; /* bars along time: how many, and how wide at the most */
	int pauses, pause_length; /* bars across the bands, in frames */
	double longest_share;     /* of the frames, that one pause may take */
	real value; /* what is put in: 0 is the mean of normalised features */
} SpecAugment;

/* In place; frames (T, bands). The width of a bar is U[0,1) times the most, its start
 * U[0,1) times what is left, both cut to whole numbers. Stops if frames is not of rank
 * 2 or a number is negative. */
void spec_augment_at(Site site, Tensor frames, const SpecAugment *settings, Rng *rng);
#define spec_augment(...) spec_augment_at(HERE, __VA_ARGS__)

#endif
