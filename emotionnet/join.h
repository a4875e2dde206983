/* join.h: what the encoders made of an utterance, as one vector. */
#ifndef EMOTIONNET_JOIN_H
#define EMOTIONNET_JOIN_H

#include "emotionnet/fusion.h"

/* [t ; a ; ...], a missing modality as zeros: (B,P+P+...). */
Var *join_pooled(Tape *tape, const FusionInput *in);

#endif
