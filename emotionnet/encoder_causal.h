/* encoder_causal.h: encoders of mel frames that look into no future, so that they can listen
 * while somebody speaks; and how they do that, a few frames at a time.
 *
 * cnn-causal: twice (convolution over the last 5 frames, ReLU, maximum of 2), then mean and
 * maximum over time, as encoder_frames_cnn with all its padding before. lstm-causal: an LSTM
 * in one direction over pairs of frames' maxima, then the same. Beside either stand functionals
 * of the clip, or, where the frames are causal, statistics of those so far (features/causal.h). */
#ifndef EMOTIONNET_ENCODER_CAUSAL_H
#define EMOTIONNET_ENCODER_CAUSAL_H

#include "emotionnet/encoders.h"

extern const EncoderKind encoder_cnn_causal, encoder_lstm_causal;

bool encoder_causal(const EncoderKind *kind); /* one of these two */

/* An encoder's state after the frames so far. Its answer has the bits of its encode() over
 * all of them at once, however they came. */
typedef struct CausalStream CausalStream;

/* For a built encoder of such a kind, which is kept, and at most `most` frames a clip. In the
 * arena; pushing and answering need no more memory. */
CausalStream *causal_stream_new(Arena *arena, const Encoder *encoder, int most);
void causal_stream_restart(CausalStream *stream); /* another clip begins */

/* The next frames (n,in): all before them are remembered by what the encoder needs of them.
 * Stops where there are more than `most`. */
void causal_stream_push(CausalStream *stream, Tensor frames);

int causal_stream_frames(const CausalStream *stream); /* so far */

/* Steps (T',H) so far and the summary (P): mean and maximum over them. A pair whose second
 * frame has not come counts as its first, as at a clip's end. At least one frame must have
 * come. Both live until the next call. */
void causal_stream_answer(CausalStream *stream, Tensor *steps, Tensor *pooled);

#endif
