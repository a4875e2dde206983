/* mfcc.h: mel-frequency cepstral coefficients: the shape of each frame's mel spectrum in
 * a few numbers that hardly depend on each other. */
#ifndef AUDIO_MEL_MFCC_H
#define AUDIO_MEL_MFCC_H

#include "tensor/tensor.h"

/* The first `count` coefficients of each frame of a log-mel spectrogram, (frames, bands)
 * -> (frames, count), in the arena. Coefficient n is multiplied by 1 + lifter/2 sin(pi n
 * / lifter), Kaldi's and HTK's way to bring them to one size; lifter 0: not. Stops
 * unless 1 <= count <= bands. */
Tensor mfcc_at(Site site, Arena *arena, Tensor logmel, int count, double lifter);
#define mfcc(...) mfcc_at(HERE, __VA_ARGS__)

/* The same in two steps, as mel.h has them: the table once, then clip by clip. */
typedef struct MfccPlan MfccPlan;
const MfccPlan *mfcc_plan_at(
        Site site, Arena *arena, int bands, int count, double lifter);
Tensor mfcc_run_at(Site site, const MfccPlan *plan, Arena *arena, Tensor logmel);
#define mfcc_plan(...) mfcc_plan_at(HERE, __VA_ARGS__)
#define mfcc_run(...)  mfcc_run_at(HERE, __VA_ARGS__)

#endif
