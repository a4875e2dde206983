/* text.h: the lesson of a model of language: which token comes next. */
#ifndef EMOTIONNET_PRETRAIN_TEXT_H
#define EMOTIONNET_PRETRAIN_TEXT_H

#include "emotionnet/pretrain/texts.h"
#include "emotionnet/train/train.h"
#include "layers/llama.h"

/* In the arena. The model's parameters are llama_new's for this config. Its score is the
 * share of a trigram's loss that the model saves on the texts that are held out: 0 is as
 * good as counting the last two tokens (trigram.h), `trigram` nats a token, 1 would be to
 * know every token. The trainer's training set has texts->part blocks: the part of this
 * epoch is taken from all. */
Lesson text_lesson(
        Arena *arena, const LlamaConfig *config, const Texts *texts, double trigram);

/* The loss, in nats a token, that a score stands for. */
double text_loss(double score, double trigram);

#endif
