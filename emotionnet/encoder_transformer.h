/* encoder_transformer.h: words and frames read by blocks of a Transformer
 * (layers/transformer.h): every step looks at all others. */
#ifndef EMOTIONNET_ENCODER_TRANSFORMER_H
#define EMOTIONNET_ENCODER_TRANSFORMER_H

#include "emotionnet/encoders.h"

/* Words: two blocks, maximum over time. Frames: twice (convolution over 5 frames, ReLU,
 * maximum of 2), then two blocks, then mean and maximum over time. From a width of 16 on,
 * four heads; the width is rounded down to a multiple of 4. */
extern const EncoderKind encoder_words_transformer, encoder_frames_transformer;
/* The same, and functionals of the clip beside, half as wide. */
extern const EncoderKind encoder_transformer_functionals;

#endif
