/* commands.h: what build/emotionnet can do; each command is one file, NAME.c. */
#ifndef EMOTIONNET_COMMAND_COMMANDS_H
#define EMOTIONNET_COMMAND_COMMANDS_H

#include "emotionnet/experiment/options.h"

extern const Command command_import;
extern const Command command_pair;
extern const Command command_corpus;
extern const Command command_pretrain;
extern const Command command_train;
extern const Command command_evaluate;
extern const Command command_leak;
extern const Command command_predict;
extern const Command command_serve;
extern const Command command_explain;
extern const Command command_compare;
extern const Command command_curve;
extern const Command command_baseline;
extern const Command command_stage;
extern const Command command_voice;
extern const Command command_show;
extern const Command command_lm;
extern const Command command_listen;

#endif
