/* refit.h: the last training, on all that may be learnt from.
 *
 * A validation split says how many epochs are best, and costs what it holds: of ten
 * speakers, two. Once it has said so, the model can learn from it too: it begins again
 * from its first weights and goes through both splits so many times. What validation would
 * say of that model means nothing any more; what it said of the one before stands. */
#ifndef EMOTIONNET_EXPERIMENT_REFIT_H
#define EMOTIONNET_EXPERIMENT_REFIT_H

#include "emotionnet/experiment/experiment.h"

/* Whether it is asked for, and there is a validation split. */
bool refit_wanted(const Settings *settings, const Prepared *prepared);

/* Trains the parameters of a checkpoint once more: from the first weights that these
 * choices and settings give, for the epochs that `chosen` kept; its speakers are then
 * those of both splits. Which parameters are frozen stays so. What the front end learnt is
 * the training split's alone. Returns `chosen` with the seconds of both and the loss of
 * the second; or that it diverged. */
TrainResult experiment_refit(Checkpoint *checkpoint, const Prepared *prepared,
        const ModelConfig *choices, const Settings *settings, TrainResult chosen,
        Pool *pool, const Progress *progress);

/* Trains a checkpoint that has just begun; and once more, if that is wanted. */
TrainResult experiment_fit(Checkpoint *checkpoint, const Prepared *prepared,
        const ModelConfig *choices, const Settings *settings, Pool *pool,
        const Progress *progress);

#endif
