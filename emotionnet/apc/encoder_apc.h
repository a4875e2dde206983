/* encoder_apc.h: frames by a pre-trained model of sound: --speech-encoder apc:FILE. */
#ifndef EMOTIONNET_APC_ENCODER_APC_H
#define EMOTIONNET_APC_ENCODER_APC_H

#include "emotionnet/apc/file.h"
#include "emotionnet/encoders.h"

/* The states of its topmost layer (states.h). Parameters: "NAME.norm.", and, of those layers
 * alone that learn or are random, "NAME.gru.". */
extern const EncoderKind encoder_apc;
/* The same, and functionals of the clip beside: --speech-encoder apc+functionals:FILE. */
extern const EncoderKind encoder_apc_functionals;

/* Opens pretrained->path, in the arena; of it the path, tune and random are given. */
bool encoder_apc_open(Pretrained *pretrained, Arena *arena, Error *error);

const ApcFile *encoder_apc_file(const Pretrained *pretrained); /* what it has opened */

/* Fails where the front end's frames are others than those that it was trained on. */
bool encoder_apc_agrees(
        const Pretrained *pretrained, const Frontend *frontend, Error *error);

#endif
