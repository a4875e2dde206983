/* vary.h: augmentation: the same utterance, changed a little. */
#ifndef TUTORIALS_SPEECH_VARY_H
#define TUTORIALS_SPEECH_VARY_H

#include "tensor/rng.h"
#include "tutorials/09-speech/spoken.h"

/* Noise, so many decibels weaker than the voice. In the arena. */
Clip with_noise(Arena *arena, const Clip *voice, double decibels, Rng *rng);
/* As a tape that is played faster: shorter and higher. */
Clip faster(Arena *arena, const Clip *voice, double factor);
/* Frames of a recording that is so many decibels louder. */
void louder(Heard *heard, float decibels);

/* SpecAugment on normalised frames: two bars along time and two across the bands. */
void mask_bars(Heard *heard, Rng *rng);

#endif
