/* whole_encoders.h: encoders of what is known of an utterance as a whole: a vector that
 * its corpus gives, or the functionals of its clip (audio/functionals/). */
#ifndef EMOTIONNET_WHOLE_ENCODERS_H
#define EMOTIONNET_WHOLE_ENCODERS_H

#include "emotionnet/encoders.h"

/* Vectors (B,T,F), T mostly 1: tanh(W x + b) of each with dropout before it, the mean
 * over time. */
extern const EncoderKind encoder_vectors;

/* Functionals alone are one step, and the same is done with it. Where the width is 0
 * there is no such layer, and fusion reads the numbers themselves: with
 * late fusion that is logistic regression. */
extern const EncoderKind encoder_functionals;

/* Frames as encoders.h has it, and functionals beside, half as wide. */
extern const EncoderKind encoder_cnn_functionals, encoder_lstm_functionals;

#endif
