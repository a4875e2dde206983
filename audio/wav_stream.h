/* wav_stream.h: sound that is still coming in, from a pipe or a microphone: a WAV as wav.h reads
 * it, or plain samples of 16 bits, the lowest byte first. Which of the two it is, its first
 * four bytes decide. */
#ifndef AUDIO_WAV_STREAM_H
#define AUDIO_WAV_STREAM_H

#include "tensor/arena.h"
#include "tensor/error.h"
#include "tensor/real.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct WavStream WavStream;

/* In the arena. `rate` and `channels` (both positive) are those of plain samples; a WAV says
 * its own. `name`, which is kept, stands in messages. */
WavStream *wav_stream_new(Arena *arena, const char *name, int rate, int channels);

/* Takes `count` bytes, at most WAV_STREAM_MOST, and puts the samples that they complete, the
 * mean of the channels, into `out`, which has room for WAV_STREAM_SAMPLES. *made: how many.
 * Fails where a WAV cannot be read, its samples do not begin in the first WAV_STREAM_HEADER
 * bytes, or one of them is no number. What follows the data of a WAV is passed over. */
enum {
	WAV_STREAM_MOST = 4096,
	WAV_STREAM_HEADER = 1 << 16,
	WAV_STREAM_SAMPLES = WAV_STREAM_HEADER + WAV_STREAM_MOST,
};
bool wav_stream_push(WavStream *stream, real *out, int *made, const unsigned char *bytes,
        size_t count, Error *error);

/* No more comes. Fails where that leaves the beginning of a WAV without a frame. Else what is
 * left is less than a frame, or no sound at all. */
bool wav_stream_end(WavStream *stream, real *out, int *made, Error *error);

int wav_stream_rate(const WavStream *stream); /* 0: not known yet */
/* Whether it is known to be no WAV, so that rate and channels are those that were given. */
bool wav_stream_plain(const WavStream *stream);

#endif
