/* pretraining.h: the kinds of the command pretrain, each with options of its own. */
#ifndef EMOTIONNET_COMMAND_PRETRAINING_H
#define EMOTIONNET_COMMAND_PRETRAINING_H

#include "emotionnet/experiment/options.h"

Status pretrain_speech(Options *options, Error *error);
Status pretrain_text(Options *options, Error *error);

#endif
