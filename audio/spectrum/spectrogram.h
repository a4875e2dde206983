/* spectrogram.h: how strong each frequency is, frame by frame. */
#ifndef AUDIO_SPECTRUM_SPECTROGRAM_H
#define AUDIO_SPECTRUM_SPECTROGRAM_H

#include "audio/spectrum/stft.h"

/* |X|^2 of each bin, (bins, 2, 16) -> (bins, 16). */
void stft_power(real *restrict power, const real *restrict spectrum, int bins);

/* The power spectrogram (frames, bins), in the arena. */
Tensor spectrogram_at(
        Site site, Arena *arena, const Clip *clip, const StftSettings *settings);
#define spectrogram(...) spectrogram_at(HERE, __VA_ARGS__)

#endif
