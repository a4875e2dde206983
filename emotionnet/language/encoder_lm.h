/* encoder_lm.h: texts by a language model: --text-encoder lm:FILE, a GGUF file or a folder
 * (language.h). */
#ifndef EMOTIONNET_LANGUAGE_ENCODER_LM_H
#define EMOTIONNET_LANGUAGE_ENCODER_LM_H

#include "emotionnet/encoders.h"
#include "emotionnet/language/language.h"
#include "emotionnet/pretrained.h"

/* The states of its tokens after its last norm, each brought to one size by a norm of the
 * model's own ("NAME.norm"), and their mean and maximum over time. Parameters besides, of
 * what learns alone: "NAME.lm." and as published, or the adapters'. */
extern const EncoderKind encoder_lm;

/* Opens pretrained->path, in the arena; of it the path, tune and random are given. */
bool encoder_lm_open(Pretrained *pretrained, Arena *arena, Error *error);

const LanguageFile *encoder_lm_file(
        const Pretrained *pretrained);                          /* what it has opened */
const Language *encoder_lm_model(const Pretrained *pretrained); /* frozen */

/* How many tokens it reads of a text at most. */
int encoder_lm_longest(const Pretrained *pretrained);

#endif
