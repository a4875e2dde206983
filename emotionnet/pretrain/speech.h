/* speech.h: the lesson of a model of sound (apc/apc.h): what frame comes n steps later. */
#ifndef EMOTIONNET_PRETRAIN_SPEECH_H
#define EMOTIONNET_PRETRAIN_SPEECH_H

#include "emotionnet/apc/apc.h"
#include "emotionnet/train/train.h"

/* In the arena. The model's parameters are apc_new's for this config. Its score is the
 * share of the error of "nothing changes" that the model saves on the validation split: 0
 * is as good as repeating the frame, 1 would be no error at all. */
Lesson speech_lesson(Arena *arena, const ApcConfig *config);

/* Takes out of a set the clips that are too short to predict anything in; returns how many
 * that were. */
int speech_drop_short(Dataset *data, const ApcConfig *config);

#endif
