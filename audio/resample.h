/* resample.h: the same sound at another number of samples a second.
 *
 * Nothing is shifted in time: sample n of the result stands at n / rate seconds. Up to
 * 0.9 of the lower of the two Nyquist frequencies the level keeps within 0.1 dB; what
 * would come back mirrored
 * (aliases going down, images going up) lies under -80 dB. The test measures both. */
#ifndef AUDIO_RESAMPLE_H
#define AUDIO_RESAMPLE_H

#include "audio/clip.h"
#include "tensor/arena.h"
#include "tensor/error.h"

/* ceil(count * rate / clip.rate) samples in the arena; at the clip's own rate the clip
 * itself, not copied. Stops if the rate is not positive, or the result would not fit
 * in an int. */
Clip resample_at(Site site, Arena *arena, Clip clip, int rate);
#define resample(...) resample_at(HERE, __VA_ARGS__)

#endif
