/* delta.h: how fast each feature rises or falls, per frame: the slope of a line through
 * its neighbourhood. (T, F) -> (T, F), in the arena; the delta of the delta is the
 * acceleration. */
#ifndef AUDIO_MEL_DELTA_H
#define AUDIO_MEL_DELTA_H

#include "tensor/tensor.h"

/* `reach` frames to either side; before the first frame stands the first, after the last
 * the last. What Kaldi, HTK and torchaudio do (reach 2). Stops if reach < 1 or x is
 * not (T, F). */
Tensor delta_repeated_at(Site site, Arena *arena, Tensor x, int reach);
#define delta_repeated(...) delta_repeated_at(HERE, __VA_ARGS__)

/* The same inside; the first `reach` frames have the slope of the line through the first
 * 2 reach + 1, the last that of the last. What librosa does (reach 4). With fewer frames
 * than that, which librosa refuses, the slope is that of the line through all of them;
 * of one frame, 0. */
Tensor delta_fitted_at(Site site, Arena *arena, Tensor x, int reach);
#define delta_fitted(...) delta_fitted_at(HERE, __VA_ARGS__)

#endif
