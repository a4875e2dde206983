/* why.h: what a final answer rests on, by the method of explain/: how much each word, each
 * frame of sound and each modality adds to the log-odds of what was answered. */
#ifndef EMOTIONNET_SERVE_WHY_H
#define EMOTIONNET_SERVE_WHY_H

#include "emotionnet/live/live.h"

#include <stdio.h>

typedef struct Why Why;

/* In the arena; asks the models of the ensemble. */
Why *why_new(Arena *arena, const Ensemble *ensemble);

/* The seconds from frame to frame of the first model that reads frames; 0: none does. */
double why_hop(const Why *why);

/* Prints the members of a JSON object, each after a comma: "words", each with its bytes of
 * answer->text and what it adds, and "frames" with the seconds where they "begin" and their
 * "hop", both of the first model that reads such; "adds" of each modality, the mean of the
 * models that answered. To be called for a final answer, right after live_next gave it. */
void why_print(FILE *out, Why *why, Live *live, const LiveAnswer *answer);

#endif
