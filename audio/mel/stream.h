/* stream.h: log-mel frames while the sound is still coming in.
 *
 * Samples are pushed in blocks of any size; each frame comes out with the push that
 * brings its last sample, and has the bits it would have in mel_run over the whole
 * recording. The latency is so one window, mel_stream_latency() samples, and nothing
 * else: no future is looked into. */
#ifndef AUDIO_MEL_STREAM_H
#define AUDIO_MEL_STREAM_H

#include "audio/mel/mel.h"

typedef struct MelStream MelStream;

/* In the arena; the plan is kept. Stops unless its frames are not centred (STFT_WHOLE)
 * and top_db is 0: both would need what has not been said yet. */
MelStream *mel_stream_new_at(Site site, Arena *arena, const MelPlan *plan);
#define mel_stream_new(...) mel_stream_new_at(HERE, __VA_ARGS__)

int mel_stream_latency(const MelStream *stream); /* samples: the window */

/* The frames that `count` more samples complete, (frames, bands) in `arena`; there may
 * be none. */
Tensor mel_stream_push(MelStream *stream, Arena *arena, const real *samples, int count);

/* Forgets what has come: the next sample is the first of another recording. */
void mel_stream_restart(MelStream *stream);

#endif
