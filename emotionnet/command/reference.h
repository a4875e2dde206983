/* reference.h: --reference CLIP...: further clips of the speaker who is to be
 * understood, for models that normalise by speaker (features/enrol.h). */
#ifndef EMOTIONNET_COMMAND_REFERENCE_H
#define EMOTIONNET_COMMAND_REFERENCE_H

#include "emotionnet/experiment/ensemble.h"
#include "emotionnet/experiment/options.h"

void reference_option(Options *options, OptionWords *clips);

/* Reads each clip as sound of a corpus is read (its channel, what to do with one that was
 * cut short), and hands them to all models that normalise by speaker. Fails where none
 * does, though clips are given. */
bool reference_give(Ensemble *ensemble, const OptionWords *clips, Arena *arena,
        int channel, bool skip_bad, Error *error);

#endif
