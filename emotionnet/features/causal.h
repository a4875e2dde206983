/* causal.h: frames as a stream can have them: log-mel, and pitch beside it, that look into no
 * future.
 *
 * frames_of_clip measures a frame's pitch around its middle, takes its height above the mean
 * of the whole clip, and calls quiet what is so beside the loudest of the clip. Here the pitch
 * is measured in the samples that end with the frame, and mean and loudest are those so far. A
 * clip at once (causal_frames) and a stream in blocks of any size (FrameStream) give the same
 * bits. */
#ifndef EMOTIONNET_FEATURES_CAUSAL_H
#define EMOTIONNET_FEATURES_CAUSAL_H

#include "audio/mel/normalise.h"
#include "audio/mel/stream.h"
#include "audio/voice/pitch.h"
#include "emotionnet/features/frames.h"

/* (T,frames_width) of a clip at FRAMES_RATE, not normalised, in the arena. */
Tensor causal_frames(Arena *arena, const Clip *clip, const FrameSettings *settings);

/* Normalises them in place by the frames so far (NORMALISE_RUNNING). The first are few, so mean
 * and deviation lean to those of the training split (1/deviation is `scale`), as if some seconds
 * of it had come before. `scratch` is given back what was used. */
void causal_normalise(Arena *scratch, Tensor frames, const FrameSettings *settings,
        const real *mean, const real *scale);

/* What the frames of a clip so far come to, as functionals do of a whole one: of each number of
 * a frame CAUSAL_STATISTICS, and the share of the frames that are voiced. NaN where there is
 * nothing to measure. */
enum { CAUSAL_STATISTICS = 5 };
#define CAUSAL_VERSION "causal 1"
int causal_whole(const FrameSettings *settings); /* how many numbers */
const char *causal_whole_name(Arena *arena, const FrameSettings *settings, int index);
/* (1,causal_whole) of plain frames, in the arena. */
Tensor causal_statistics(Arena *arena, Tensor frames, const FrameSettings *settings);

typedef struct FrameStream FrameStream;

/* In the arena; the settings (`causal`, with their plan) and the level are kept. The level is
 * that of the training split; NORMALISE_RUNNING leans to it and then to the frames since the last
 * restart, NORMALISE_CORPUS stays with it. */
FrameStream *frame_stream_new(Arena *arena, const FrameSettings *settings, Normalise over,
        const real *mean, const real *scale);

/* Samples that a frame spans, and from one to the next: a frame comes out with the block that
 * brings its last sample. */
int frame_stream_window(const FrameStream *stream);
int frame_stream_hop(const FrameStream *stream);

/* The frames that `count` more samples at FRAMES_RATE complete, (frames,frames_width) in the
 * arena. *plain (may be NULL): the same before they were normalised. */
Tensor frame_stream_push(
        FrameStream *stream, Arena *arena, const real *samples, int count, Tensor *plain);

/* The statistics of the frames so far, (1,causal_whole) in the arena. */
Tensor frame_stream_statistics(const FrameStream *stream, Arena *arena);

/* The next sample is the first of another clip. */
void frame_stream_restart(FrameStream *stream);

#endif
