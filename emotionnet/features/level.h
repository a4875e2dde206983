/* level.h: every number that is read comes to a common level: in deviations from the
 * mean, of the training split, of its speaker's clips (enrol.h) or of its own clip. */
#ifndef EMOTIONNET_FEATURES_LEVEL_H
#define EMOTIONNET_FEATURES_LEVEL_H

#include "emotionnet/features/enrol.h"

/* Learns the level of each modality's steps, and of functionals, from the training split;
 * in the arena. */
void level_learn(Frontend *frontend, const Dataset *training, Arena *arena);

/* Gives each example the level of its speaker's sound, in the arena; `corpus` NULL where
 * the front end has reference clips. Functionals of a speaker's only clip have no level of
 * their own: they get that of the training split. */
Enrolled level_speakers(
        const Frontend *frontend, Dataset *data, const Corpus *corpus, Arena *arena);

/* The same of a split, of faces too if these are normalised so, and remembers in `run` of
 * whom. Fails if nobody in it has two clips. */
bool level_speakers_of(const Frontend *frontend, Dataset *data, const Corpus *corpus,
        Split split, FrontendRun *run, Error *error);

/* Steps of a modality, and functionals beside them, to their level, in place. A vector,
 * and functionals, are not levelled by themselves: they are one step. */
void level_example(
        const Frontend *frontend, Example *example, ModalityKind kind, Arena *scratch);

/* What stands beside the frames alone, by the training split's level, in place. */
void level_beside(const Frontend *frontend, Tensor whole, Arena *scratch);

#endif
