/* shown.h: the spectrogram of all sound as it comes, turns or not, for whoever wants to look:
 * mel bands before they are normalised. */
#ifndef EMOTIONNET_LIVE_SHOWN_H
#define EMOTIONNET_LIVE_SHOWN_H

#include "audio/mel/mel.h"

typedef struct Shown Shown;

/* In the arena: bands as a model hears them (`settings`), but for what would need the future.
 * The next sample is number `at` of the sound. At most `most` frames are kept. */
Shown *shown_new(Arena *arena, const MelSettings *settings, long long at, int most);

void shown_push(Shown *shown, const real *samples, int count); /* at FRAMES_RATE */

/* The frames since it was last asked, (frames,bands); *first: the sample that they begin
 * with. Lives until the next call. */
Tensor shown_take(Shown *shown, long long *first);

#endif
