/* tuned_model.h: a language model as the text encoder of a network of its own, beside the
 * networks that a comparison is of. */
#ifndef EMOTIONNET_TRIALS_TUNED_MODEL_H
#define EMOTIONNET_TRIALS_TUNED_MODEL_H

#include "emotionnet/trials/strategy.h"

/* The model at `path`, of which `how` learns (tune_parse), trained as these settings say, in the
 * arena. It reads the text alone; what they say of sound and of words is left out, and texts
 * are cut to what it can read. NULL: it cannot be opened, or not be tuned so. */
const TunedModel *tuned_model(Arena *arena, const Settings *settings, const char *path,
        const char *how, Error *error);

#endif
