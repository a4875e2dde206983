/* finished.h: models that say what they were trained by, so that the same training need
 * not be run again: a row of them, one a fold, goes on from the first that is missing. */
#ifndef EMOTIONNET_EXPERIMENT_FINISHED_H
#define EMOTIONNET_EXPERIMENT_FINISHED_H

#include "emotionnet/experiment/checkpoint.h"

/* All that decides what comes of a training, in a few lines: the settings, "--name value" a
 * line, and the data (resume_data). */
const char *finished_mark(Arena *arena, const char *settings, const char *data);

/* Saves a model whose training came to its end, with its mark. */
bool finished_save(
        const Checkpoint *checkpoint, const char *mark, const char *path, Error *error);

/* Whether the file is one with this mark, undamaged. */
bool finished_is(const char *path, const char *mark);

#endif
