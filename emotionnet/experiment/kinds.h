/* kinds.h: the encoders that there are, by modality. A new one is a line in kinds.c. */
#ifndef EMOTIONNET_EXPERIMENT_KINDS_H
#define EMOTIONNET_EXPERIMENT_KINDS_H

#include "emotionnet/encoders.h"
#include "emotionnet/fusion.h"
#include "emotionnet/features/frontend.h"
#include "emotionnet/pretrained.h"

/* The encoder of this name, up to a colon, for this modality. Where there
 * is none, `error` is what would do: "cnn, lstm, transformer, ngrams
 * or vector". */
bool encoder_find(
        const EncoderKind **kind, ModalityKind modality, const char *name, Error *error);

/* Whether the encoder is one that begins with a file, KIND:FILE. */
bool encoder_pretrained(const EncoderKind *kind);

/* Opens that file, in the arena: path, tune and random are given. */
bool encoder_open(
        const EncoderKind *kind, Pretrained *pretrained, Arena *arena, Error *error);

/* What the front end and the encoder's widths are by that file: a language model's tokens. */
void encoder_prepare(EncoderConfig *encoder, Frontend *frontend);

/* Fails where the front end reads otherwise than the encoder was trained to read. */
bool encoder_agrees(const EncoderConfig *encoder, const Frontend *frontend, Error *error);

/* What the front end has to read for this encoder: vectors or not, of how many numbers, and
 * what of a clip. */
void encoder_asks(const EncoderKind *kind, ModalityKind modality, Frontend *frontend);

/* The least width of this encoder: without a layer at all, functionals can be read. */
int encoder_least(const EncoderKind *kind, ModalityKind modality);

/* What reads a modality alone: middle; where functionals stand beside its frames, product.
 * Each then learns to answer by itself, and neither is left behind because the other has
 * learnt the training clips by heart. */
const Fusion *encoder_fusion(const EncoderKind *kind);

/* A layer is at least so wide: an LSTM has half of it in each direction, and of the convolutions
 * over words each kind has a third. */
enum { HIDDEN_LEAST = 2, HIDDEN_LEAST_TEXT = 6 };

#endif
