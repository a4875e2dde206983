/* kinds.h: the encoders that there are, by modality. A new one is a line in kinds.c. */
#ifndef EMOTIONNET_EXPERIMENT_KINDS_H
#define EMOTIONNET_EXPERIMENT_KINDS_H

#include "emotionnet/encoders.h"

/* The encoder of this name for this modality. Where there
 * is none, `error` is what would do: "cnn, lstm or vector". */
bool encoder_find(
        const EncoderKind **kind, ModalityKind modality, const char *name, Error *error);

/* A layer is at least so wide: an LSTM has half of it in each direction, and of the convolutions
 * over words each kind has a third. */
enum { HIDDEN_LEAST = 2, HIDDEN_LEAST_TEXT = 6 };

#endif
